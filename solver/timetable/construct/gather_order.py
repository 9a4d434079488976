"""Which duties wait for which, and so what goes out of the timetable along with what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.order import RULE as ORDER
from solver.timetable.construct.arrays import DAY_MINUTES, NOTHING, Ints, ints
from solver.timetable.construct.row import Row
from solver.timetable.construct.strengths import Strengths


@dataclass(frozen=True)
class Order:
    """The order of duties as arrays, by row."""

    after: tuple[int, ...]
    """The first row of the duty that it waits for; -1 for none in the tables."""
    waits: tuple[int, ...]
    """How many duties come before it, one after the other; 0 where it waits for none."""
    ended_from: Ints
    ended_at: Ints
    """When sessions that must be, and for which it waits, have ended: minutes of the cycle."""
    along_from: Ints
    along_at: Ints
    """The rows that go out with it: its bundle's, and those of duties that wait for it."""


def order_of(problem: Problem, rules: Strengths, rows: Sequence[Row], fixed: Plan) -> Order:
    """The order of duties.

    Args:
        problem: Whose duties they are.
        rules: How rules are set.
        rows: The rows of the tables.
        fixed: What must be.
    """
    number = {row.service.id: place for place, row in enumerate(rows) if row.is_first(place)}
    day_number = {day: place for place, day in enumerate(problem.cycle)}
    earlier = [
        earlier_of(row.service) if rules.is_on(ORDER, row.service.id) else "" for row in rows
    ]
    ended, ends = [0], []
    waiting: defaultdict[int, list[int]] = defaultdict(list)
    for place, name in enumerate(earlier):
        sessions = fixed.sessions_of.get(name, ()) if name else ()
        ends += [day_number[s.day] * DAY_MINUTES + s.end for s in sessions]
        ended.append(len(ends))
        if name in number and rows[place].is_first(place):
            waiting[rows[number[name]].bundle].append(rows[place].bundle)
    pointers, along = [0], list[int]()
    for row in rows:
        along += _along(row.bundle, rows, waiting)
        pointers.append(len(along))
    return Order(
        tuple(number.get(name, NOTHING) for name in earlier),
        tuple(_depth(problem, name) for name in earlier),
        ints(ended),
        ints(ends),
        ints(pointers),
        ints(along),
    )


def earlier_of(service: Service) -> str:
    """The duty that comes before a service; blank for none."""
    return service.duty.after if service.duty else ""


def _depth(problem: Problem, name: str) -> int:
    """How many duties come one after the other up to this one."""
    found = 0
    while name:
        found += 1
        service = problem.service_of.get(name)
        name = earlier_of(service) if service else ""
    return found


def _along(bundle: int, rows: Sequence[Row], waiting: Mapping[int, Sequence[int]]) -> Sequence[int]:
    found = list(range(bundle, bundle + rows[bundle].rows))
    for later in waiting.get(bundle, ()):
        found += _along(later, rows, waiting)
    return found
