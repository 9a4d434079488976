"""A person's day as blocks of time, one after another, and the minutes of each kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import add

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session

Span = tuple[int, int]


@dataclass(frozen=True)
class DayMinutes:
    """Minutes of a day by kind. `free` is what is left of the shift; `shift` runs from the first
    minute to the last.
    """

    contact: int = 0
    duties: int = 0
    preparation: int = 0
    lunch: int = 0
    travel: int = 0
    free: int = 0
    shift: int = 0

    def __add__(self, other: "DayMinutes") -> "DayMinutes":
        return DayMinutes(*map(add, vars(self).values(), vars(other).values()))


@dataclass(frozen=True)
class Journey:
    """The way from one school to the next on the same day."""

    start: int
    end: int
    to: str


def day_minutes(problem: Problem, plan: Plan, person: str, day: str) -> DayMinutes:
    """What a person's day is made of. Duties of kind planning count as preparation."""
    sessions = plan.day_of.get((person, day), [])
    services = problem.service_of
    lunches = plan.lunches(person, day)
    preparation = plan.preparation(person, day)
    travel = [(way.start, way.end) for way in journeys(problem, plan, person, day)]
    busy = [(session.start, session.end) for session in sessions] + lunches + preparation + travel
    return DayMinutes(
        contact=sum(s.minutes for s in sessions if services[s.service].contact),
        duties=sum(
            s.minutes
            for s in sessions
            if services[s.service].duty and not services[s.service].planning
        ),
        preparation=_length(preparation)
        + sum(s.minutes for s in sessions if services[s.service].planning),
        lunch=_length(lunches),
        travel=_length(travel),
        free=sum(_length(_gaps(shift, busy)) for shift in shifts(plan, person, day)),
        shift=_length(shifts(plan, person, day)),
    )


def shifts(plan: Plan, person: str, day: str) -> list[Span]:
    """The shift of a day from its first placement to its last, the way between schools included;
    none on a day off.
    """
    placed = plan.placed.get((person, day), [])
    return [(min(p.start for p in placed), max(p.end for p in placed))] if placed else []


def arrives(problem: Problem, plan: Plan, placement: Placement) -> int:
    """When somebody is there to work: the placement's start, or the end of the way from the day's
    school before.
    """
    before = [
        p
        for p in plan.placed[placement.staff, placement.day]
        if p.end <= placement.start and p.school != placement.school
    ]
    return placement.start + (
        problem.travel_minutes(before[-1].school, placement.school) or 0 if before else 0
    )


def journeys(problem: Problem, plan: Plan, person: str, day: str) -> Iterator[Journey]:
    """The ways between schools on a day. One starts when the first school is done with, late enough
    not to arrive early.
    """
    placed = plan.placed.get((person, day), [])
    sessions = plan.day_of.get((person, day), [])
    for here, there in pairwise(placed):
        if here.school != there.school:
            minutes = problem.travel_minutes(here.school, there.school)
            start, end = _journey(here, there, sessions, minutes)
            yield Journey(start, end, there.school)


def _journey(
    here: Placement, there: Placement, sessions: list[Session], minutes: int | None
) -> Span:
    """From when to when: in the gap between the placements, or, where they touch, before the first
    work at the second.
    """
    if minutes is None:
        return here.end, max(here.end, there.start)
    done = max([end for _, end in _work(here, sessions)], default=here.start)
    needed = min([start for start, _ in _work(there, sessions)], default=there.end)
    start = max(done, min(here.end, needed - minutes))
    return start, start + minutes


def _work(placement: Placement, sessions: list[Session]) -> list[Span]:
    """What a person does in one placement."""
    lunch = [placement.lunch] if placement.lunch else []
    inside = [(s.start, s.end) for s in sessions if placement.start <= s.start < placement.end]
    return [*inside, *lunch, *placement.preparation]


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _gaps(shift: Span, busy: Iterable[Span]) -> Iterator[Span]:
    """What a shift holds beside what is busy; things that overlap are counted once."""
    reached, last = shift
    for start, end in sorted(busy):
        if reached < min(start, last):
            yield reached, min(start, last)
        reached = max(reached, end)
    if reached < last:
        yield reached, last
