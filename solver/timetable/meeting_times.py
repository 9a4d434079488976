"""When services and people can meet: stretches of time, and what fits into them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.rules import qualification, windows
from planner.rules.rule import Rule, Setting, Strength
from planner.rules.teacher_time import RULE as TEACHER_TIME
from solver.timetable.rules import teacher_time
from solver.timetable.rules.qualification import may_serve
from solver.timetable.rules.windows import starts

PARTS = 3
"""Into how many parts more a stretch of time is divided, at most, when sessions longer than a part
are counted.
"""
Spans = tuple[tuple[str, int, int], ...]
"""Stretches of time: day of the cycle, from, to."""


class Times:
    """When each service's sessions may lie, and when a person may give them."""

    def __init__(self, problem: Problem, settings: Mapping[str, Setting]) -> None:
        self.problem = problem
        self.settings = settings
        self._windows: dict[str, Spans] = {}

    def is_hard(self, rule: Rule) -> bool:
        """Whether a rule is kept always, everywhere."""
        return self.settings[rule.key].strengths == {Strength.HARD}

    def windows(self, service: Service) -> Spans:
        """The stretches of time in which a service's sessions lie."""
        if service.id not in self._windows:
            self._windows[service.id] = self._find(service)
        return self._windows[service.id]

    def of(self, person: Person, service: Service) -> Spans:
        """When a person may give a service; nothing where they may not serve it."""
        if service.adults == 0 or (
            self.is_hard(qualification.RULE) and not may_serve(self.problem, person, service)
        ):
            return ()
        spans = [
            span
            for span in self.windows(service)
            if any(shift.day == span[0] for shift in person.shifts)
        ]
        if not service.in_shift:
            return tuple(spans)
        found = []
        for day, start, end in spans:
            shifts = [
                s
                for s in person.shifts
                if s.day == day and (person.moves or service.school in ("", s.school))
            ]
            begin, finish = (
                min((s.start for s in shifts), default=end),
                max((s.end for s in shifts), default=start),
            )
            if min(end, finish) - max(start, begin) >= service.shortest:
                found.append((day, max(start, begin), min(end, finish)))
        return tuple(found)

    def _find(self, service: Service) -> Spans:
        if not self.is_hard(windows.RULE):
            return tuple((day, 0, 24 * 60) for day in self.problem.cycle)
        found: list[tuple[str, int, int]] = []
        with_teacher = teacher_time.concerns(service) and self.is_hard(TEACHER_TIME)
        for day in self.problem.cycle:
            before = None
            for start in starts(self.problem, service, day, service.shortest):
                end = start + service.shortest
                if with_teacher and not teacher_time.suits(self.problem, service, day, start, end):
                    continue
                if before is not None and start == before + self.problem.grid:
                    found[-1] = (day, found[-1][1], end)
                else:
                    found.append((day, start, end))
                before = start
        return tuple(found)


def union(parts: Iterable[Iterable[tuple[str, int, int]]]) -> Spans:
    """Stretches of time, those that touch or overlap joined."""
    joined: list[tuple[str, int, int]] = []
    for day, start, end in sorted({span for part in parts for span in part}):
        if joined and joined[-1][0] == day and start <= joined[-1][2]:
            joined[-1] = (day, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((day, start, end))
    return tuple(joined)


def held_by_day(times: Spans, lengths: tuple[int, ...]) -> dict[str, int]:
    """The most minutes that sessions of some lengths fill of stretches of time, by day."""
    by_day: defaultdict[str, int] = defaultdict(int)
    for day, start, end in times:
        by_day[day] += filled(end - start, lengths)
    return dict(by_day)


@lru_cache(maxsize=10_000)
def filled(length: int, lengths: tuple[int, ...]) -> int:
    """The most minutes, up to a length, that sessions of some lengths add up to."""
    if 1 in lengths:
        return length
    reached = 1
    for size in lengths:
        for _ in range(length // size):
            reached |= reached << size
    return (reached & ((1 << (length + 1)) - 1)).bit_length() - 1


def rounded(minutes: Sequence[int], room: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Weights of sessions and the most that they come to in one stretch of time: what rounding each
    length to (k + 1)-th parts of it says beyond its minutes, for small k.

    Σ f(minutes / room) ≤ 1 with f(x) = x where (k + 1) x is whole, else ⌊(k + 1) x⌋ / k: a dual
    feasible function (Fekete and Schepers 2001, New classes of fast lower bounds for bin packing
    problems). With k = 1: of sessions longer than half the stretch there is one at most.
    """
    told: set[tuple[int, ...]] = set()
    for k in range(1, PARTS + 1):
        parts = [divmod((k + 1) * length, room) for length in minutes]
        weights = tuple(whole * (k + 1 if left else k) for whole, left in parts)
        if any(weights) and weights not in told:
            told.add(weights)
            yield weights, k * (k + 1)
