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
from solver.timetable.timetable import Timetable


@dataclass(frozen=True)
class Placed:
    """The shifts of everybody, what can be delivered with them at most, by goal, and the model for further questions."""

    shifts: Mapping[str, tuple[Shift, ...]]
    promised: Mapping[str, int]
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
    """Places everybody so that most can be delivered in the goals' order; None where none was found in time, or the capacity is no
    bound here.
    """
    free = build(problem, rules, services=(), people=component.people, training=training)
    timetable = Timetable(problem, rules, services=component.services, people=component.people)
    variables.create(timetable)
    capacity = Capacity(timetable, free)
    if not capacity.holds:
        return None
    relaxation = Relaxation(capacity, settings.goals, settings, stop)
    promised = relaxation.climb(seconds)
    if promised is None:
        return None
    chosen = {
        person.id: tuple(
            shift for shift in person.shifts if person.id in free.settled or relaxation.solution[free.on[person.id, shift].index]
        )
        for person in component.people
    }
    return Placed(chosen, promised, relaxation)


def with_shifts(person: Person, shifts: Iterable[Shift], school: str | None = None) -> Person:
    """A person who works these shifts, and at one school where it is named."""
    mine = tuple(shifts)
    schools = person.schools if school is None else (school,)
    off_site = frozenset(place for place in person.off_site if place in schools and school is None)
    return replace(person, shifts=mine, obligation=sum(shift.obligation for shift in mine), schools=schools, off_site=off_site)
