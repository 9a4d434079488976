"""Keep sessions inside their service's windows.

given[g, p, d, t, e] exists only where [t, e) lies in one window of g: for each grade a block that
permits it.
"""

from functools import reduce

from planner.facts.group_rows import Group
from planner.facts.problem import MIDNIGHT, Problem
from planner.facts.service import Service
from planner.rules.windows import RULE
from solver.timetable.timetable import Timetable

Spans = list[tuple[int, int]]


def build(timetable: Timetable) -> None:
    """Filters when variables are made; in diagnosis, forbids what the filter would have left
    out.
    """
    if not timetable.posting.diagnose:
        return
    for service in timetable.services:
        for day in timetable.problem.cycle:
            allowed = {
                length: set(starts(timetable.problem, service, day, length))
                for length in service.lengths
            }
            for start, end in timetable.times_of[service.id].get(day, ()):
                if start not in allowed[end - start]:
                    timetable.posting.never(
                        RULE, (service.id,), timetable.meets(service.id, day, start, end)
                    )


def starts(problem: Problem, service: Service, day: str, length: int) -> list[int]:
    """Every start on the grid at which a session of some length lies inside one window of the
    service.
    """
    found: set[int] = set()
    for begin, end in _windows(problem, service, day):
        first = -(-begin // problem.grid) * problem.grid
        found |= set(range(first, end - length + 1, problem.grid))
    if service.group:
        for window in service.group.busy:
            if window.day == day:
                found = {t for t in found if t >= window.end or t + length <= window.start}
    return sorted(found)


def _windows(problem: Problem, service: Service, day: str) -> Spans:
    row = service.group or service.duty
    assert row is not None
    given = [(w.start, w.end) for w in row.windows if w.day == day]
    if row.windows:
        return given
    if service.group:
        return _blocks(problem, service.group, day)
    hours = problem.hours(service.school, day) if service.school else (0, MIDNIGHT)
    return [hours] if hours else []


def _blocks(problem: Problem, group: Group, day: str) -> Spans:
    """Stretches of a day in which every grade of the group has a block that permits its mode."""
    return reduce(_meet, (_permitted(problem, group, grade, day) for grade in group.grades))


def _permitted(problem: Problem, group: Group, grade: str, day: str) -> Spans:
    inside = group.mode in ("push_in", "co_teach", "whole_class")
    found = []
    for block in problem.blocks_of.get((group.school, grade), ()):
        open_to_it = block.allows_push_in if inside else block.allows_pull_out
        same_subject = not inside or not group.subject or block.subject in ("", group.subject)
        if open_to_it and same_subject and day in (block.days or (day,)):
            found.append((block.start, block.end))
    return found


def _meet(one: Spans, other: Spans) -> Spans:
    pairs = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return [(start, end) for start, end in pairs if start < end]
