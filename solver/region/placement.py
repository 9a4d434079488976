"""Who is at which school on which day, and what any placement could deliver at most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.plan import Attendance, Plan
from planner.problem.person import Person, Shift
from planner.problem.problem import Problem
from planner.rule import Setting, Strength
from planner.rules import RULES
from solver.components import Component
from solver.region.places import Places
from solver.relaxation import Relaxation
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.model import build

ABOUT_PLACES = frozenset({"contract_days", "pins", "position_split", "shift", "sites"})
"""The rules on where and when somebody works."""


@dataclass(frozen=True)
class Placed:
    """The shifts of everybody (none where nobody could be placed), and what can be asked of the capacity."""

    shifts: Mapping[str, tuple[Shift, ...]]
    relaxation: Relaxation


def place(
    problem: Problem,
    component: Component,
    rules: Mapping[str, Setting],
    training: Iterable[Attendance],
    settings: SolveSettings,
    stop: Stop,
    seconds: float,
) -> Placed:
    """Places everybody so that much can be delivered, under the rules on where somebody works. Where nobody was placed in time,
    there are no shifts.
    """
    elsewhere = {rule.key: Setting(Strength.OFF) for rule in RULES if rule.key not in ABOUT_PLACES}
    free = build(problem, {**rules, **elsewhere}, services=(), people=component.people, training=training)
    places = Places(problem, component, rules, free)
    relaxation = Relaxation(places, settings.goals, settings, stop)
    found = relaxation.together(seconds)
    chosen = {
        person.id: tuple(
            shift for shift in person.shifts if person.id in free.settled or relaxation.solution[free.on[person.id, shift].index]
        )
        for person in (component.people if found else ())
    }
    return Placed(chosen, relaxation)


def with_shifts(person: Person, shifts: Iterable[Shift], school: str | None = None) -> Person:
    """A person who works these shifts, and at one school where it is named."""
    mine = tuple(shifts)
    schools = person.schools if school is None else (school,)
    off_site = frozenset(place for place in person.off_site if place in schools and school is None)
    return replace(person, shifts=mine, obligation=sum(shift.obligation for shift in mine), schools=schools, off_site=off_site)


def worked(people: Iterable[Person], plan: Plan) -> dict[str, tuple[Shift, ...]]:
    """The shifts that people work in a plan in which nobody moves within a day."""
    days = {(p.staff, p.day, p.school, p.start, p.end) for p in plan.placements}
    return {person.id: tuple(s for s in person.shifts if (person.id, s.day, s.school, s.start, s.end) in days) for person in people}
