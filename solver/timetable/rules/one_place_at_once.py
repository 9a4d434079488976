"""Let nobody be in two places at once, and give the way between two schools its time.

For each person p and tick t:

    Σ sessions of p that cover t (+ lunch, preparation, travel, by their own rules) ≤ 1

The cliques are posted once for all that takes a person's time (model.py); here sessions are
entered. Busy windows filter.

The shift keeps all work of a day at one school, but for duties outside it. For these, over the
times t at which a session ends: last[A, t] says that p's last session before t was at school A,
gone[n, t] that a way of n minutes lies between it and t; a way takes p's time.

    A session at B from b → ¬last[A, b] ∨ gone[way from A to B, b]

Two sessions in the shift need no such way: for those inside it, last[A, t] tells of sessions
outside it alone. Linear in the sessions, where pairs of them would be quadratic.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python.cp_model import LiteralT

from planner.rules.one_place_at_once import RULE
from solver.posting import Literal
from solver.timetable.timetable import Timetable, When


@dataclass(frozen=True)
class Visit:
    """A session that takes somebody to a school."""

    school: str
    start: int
    end: int
    in_shift: bool
    literal: Literal


def build(timetable: Timetable) -> None:
    """Enters every session into the time of those who take part."""
    visits: defaultdict[tuple[str, str], list[Visit]] = defaultdict(list)
    for (name, person, day, start, end), literal in timetable.given.items():
        when = (name, day, start, end)
        _enter(timetable, visits, person, when, literal)
        if when not in timetable.meetings:
            _guests(timetable, when, literal)
    here = {person.id for person in timetable.people}
    for when, meeting in timetable.meetings.items():
        for person in timetable.service(when[0]).attendees:
            if person in here:
                _enter(timetable, visits, person, when, meeting)
        _guests(timetable, when, meeting)
    for (person, day), found in visits.items():
        if not all(visit.in_shift for visit in found):
            _ways(timetable, person, day, found)


def _guests(timetable: Timetable, when: When, literal: Literal) -> None:
    """Adults who are not planned cannot attend two meetings at once either."""
    name, day, start, end = when
    for guest in timetable.service(name).guests:
        timetable.occupy(RULE, guest, day, start, end, literal)


def _enter(
    timetable: Timetable,
    visits: dict[tuple[str, str], list[Visit]],
    person: str,
    when: When,
    literal: Literal,
) -> None:
    name, day, start, end = when
    service = timetable.service(name)
    timetable.occupy(RULE, person, day, start, end, literal)
    if any(
        begin < end and start < finish
        for begin, finish in timetable.problem.person_of[person].busy_on(day)
    ):
        timetable.posting.never(RULE, (person, day, name), literal)
    if service.school:
        visits[person, day].append(Visit(service.school, start, end, service.in_shift, literal))


def _ways(timetable: Timetable, person: str, day: str, visits: list[Visit]) -> None:
    """The time between two schools, where one of them is visited outside the shift."""
    ends: defaultdict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        ends[visit.end].append(visit)
    times = sorted(ends)
    points = sorted({*times, *(visit.start for visit in visits)})
    schools = sorted({visit.school for visit in visits})
    name = f"{person} on {day}"
    anywhere = _last(timetable, name, ends, schools, lambda visit: True)
    outside = _last(timetable, name, ends, schools, lambda visit: not visit.in_shift)
    travel = timetable.problem.travel_minutes
    minutes = {travel(first, then) for first in schools for then in schools if first != then}
    gone = {
        n: _gone(timetable, (person, day), ends, points, n) for n in sorted(n for n in minutes if n)
    }
    for visit in visits:
        place = bisect_right(times, visit.start) - 1
        if place < 0:
            continue
        for school in schools:
            n = travel(school, visit.school)
            if school != visit.school and n != 0:
                way: list[LiteralT] = [] if n is None else [gone[n][visit.start]]
                was_there = (outside if visit.in_shift else anywhere)[school, times[place]]
                timetable.posting.at_least_one_if(
                    RULE, (person, day), [~was_there, *way], visit.literal
                )


def _last(
    timetable: Timetable,
    name: str,
    ends: dict[int, list[Visit]],
    schools: list[str],
    counts: Callable[[Visit], bool],
) -> dict[tuple[str, int], Literal]:
    """Whether the last session that has ended by a time was at a school, and one that counts."""
    model, times = timetable.model, sorted(ends)
    last = {
        (s, t): model.new_bool_var(f"{name}: last at {s} by {t}") for s in schools for t in times
    }
    for visit in (visit for found in ends.values() for visit in found if counts(visit)):
        model.add_implication(visit.literal, last[visit.school, visit.end])
    for school in schools:
        for before, now in pairwise(times):
            others = [
                visit.literal
                for visit in ends[now]
                if not (visit.school == school and counts(visit))
            ]
            model.add_bool_or([~last[school, before], last[school, now], *others])
    return last


def _gone(
    timetable: Timetable,
    where: tuple[str, str],
    ends: dict[int, list[Visit]],
    points: list[int],
    minutes: int,
) -> dict[int, Literal]:
    """Whether a way of so many minutes lies between the last session and each time at which one may
    start or end.
    """
    person, day = where
    ways: list[tuple[int, Literal]] = []
    for start in (
        start for start in _ends(timetable, person, day) if start + minutes <= points[-1]
    ):
        ways.append(
            (
                start + minutes,
                timetable.model.new_bool_var(f"{person} travels on {day} at {start} for {minutes}"),
            )
        )
        timetable.occupy(RULE, person, day, start, start + minutes, ways[-1][1])
    gone = {
        t: timetable.model.new_bool_var(f"{person} has gone {minutes} on {day} by {t}")
        for t in points
    }
    timetable.model.add_bool_or([~gone[points[0]]])
    for before, now in pairwise(points):
        arriving = [way for arrival, way in ways if before < arrival <= now]
        timetable.model.add_bool_or([~gone[now], gone[before], *arriving])
    for time, found in ends.items():
        for visit in found:
            timetable.model.add_bool_or([~visit.literal, ~gone[time]])
    return gone


def _ends(timetable: Timetable, person: str, day: str) -> list[int]:
    """When something that takes time may be over, in order: a way may begin then."""
    found = {way[4] for way, _ in timetable.ways_on.get((person, day), ())}
    found |= {end for _, on_day, _, end in timetable.meetings if on_day == day}
    length = timetable.problem.person_of[person].lunch_minutes
    found |= {t + length for who, on_day, t in timetable.lunch if (who, on_day) == (person, day)}
    found |= {t + n for t, n in timetable.preparing_on.get((person, day), {})}
    return sorted(found)
