"""Who is at which school on which day: the week's capacity over all schools that share people, with every rule on shifts in it.

`y[g, p, d]` and what a day, a window and a room can hold are those of `timetable.capacity`; `on[p, shift]` and the rules on them
those of a timetable without services. So what is promised to a school is what its windows and people can hold on each day, and the
same model bounds what any placement could deliver.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.plan import Attendance
from planner.problem.person import Person, Shift
from planner.problem.problem import Problem
from planner.rule import Setting
from solver.components import Component
from solver.relaxation import Relaxation
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable import variables
from solver.timetable.capacity import Capacity
from solver.timetable.model import build
from solver.timetable.neighbourhood import fix
from solver.timetable.timetable import Timetable


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
) -> Placed | None:
    """Places everybody so that most can be delivered in the goals' order, nobody at two places on a day; None where the capacity is
    no bound here. Where nobody was placed (some must move within a day, or time was short), there are no shifts.
    """
    free = build(problem, rules, services=(), people=component.people, training=training)
    timetable = Timetable(problem, rules, services=component.services, people=component.people)
    variables.create(timetable)
    capacity = Capacity(timetable, free)
    if not capacity.holds:
        return None
    assert capacity.stays is not None
    relaxation = Relaxation(capacity, settings.goals, settings, stop)
    fix(capacity.model, capacity.stays.index, 1)
    found = relaxation.climb(seconds)
    chosen = {
        person.id: tuple(
            shift for shift in person.shifts if person.id in free.settled or relaxation.solution[free.on[person.id, shift].index]
        )
        for person in (component.people if found is not None else ())
    }
    if timetable.moves or any(service.attendees for service in component.services):
        relaxation.loosen(capacity.stays)
    return Placed(chosen, relaxation)


def with_shifts(person: Person, shifts: Iterable[Shift], school: str | None = None) -> Person:
    """A person who works these shifts, and at one school where it is named."""
    mine = tuple(shifts)
    schools = person.schools if school is None else (school,)
    off_site = frozenset(place for place in person.off_site if place in schools and school is None)
    return replace(person, shifts=mine, obligation=sum(shift.obligation for shift in mine), schools=schools, off_site=off_site)
