"""For each person p and tick t:  Σ sessions of p that cover t (+ lunch, preparation, travel, by their own rules) ≤ 1.

The cliques are posted once for all that takes a person's time (model.py); here sessions are entered. Busy windows filter.

The shift keeps all work of a day at one school, but for duties outside it. So for p's sessions x until e at one school and y from b
at another, one of them outside the shift, where the way takes n minutes:
x ∧ y → another session at a school lies in [e, b), or one of way[p, d, t, n] holds with e ≤ t, t + n ≤ b; a way takes p's time.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import permutations

from ortools.sat.python.cp_model import LiteralT

from planner.rules.one_place_at_once import RULE
from solver.posting import Literal
from solver.timetable.timetable import Timetable


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
    for (name, person, day, start), literal in timetable.given.items():
        _enter(timetable, visits, name, person, day, start, literal)
        if (name, day, start) not in timetable.meetings:
            _guests(timetable, name, day, start, literal)
    here = {person.id for person in timetable.people}
    for (name, day, start), meeting in timetable.meetings.items():
        service = timetable.service(name)
        for person in service.attendees:
            if person in here:
                _enter(timetable, visits, name, person, day, start, meeting)
        _guests(timetable, name, day, start, meeting)
    for (person, day), found in visits.items():
        if not all(visit.in_shift for visit in found):
            _ways(timetable, person, day, found)


def _guests(timetable: Timetable, name: str, day: str, start: int, literal: Literal) -> None:
    """Adults who are not planned cannot attend two meetings at once either."""
    service = timetable.service(name)
    for guest in service.guests:
        timetable.occupy(RULE, guest, day, start, start + service.minutes, literal)


def _enter(
    timetable: Timetable,
    visits: dict[tuple[str, str], list[Visit]],
    name: str,
    person: str,
    day: str,
    start: int,
    literal: Literal,
) -> None:
    service = timetable.service(name)
    end = start + service.minutes
    timetable.occupy(RULE, person, day, start, end, literal)
    if any(begin < end and start < finish for begin, finish in timetable.problem.person_of[person].busy_on(day)):
        timetable.posting.never(RULE, (person, day, name), literal)
    if service.school:
        visits[person, day].append(Visit(service.school, start, end, service.in_shift, literal))


def _ways(timetable: Timetable, person: str, day: str, visits: list[Visit]) -> None:
    """The time between two schools, where one of them is visited outside the shift."""
    ways: dict[tuple[int, int], Literal] = {}
    ends = _ends(timetable, person, day)
    for first, then in permutations(visits, 2):
        if first.end > then.start or first.school == then.school or (first.in_shift and then.in_shift):
            continue
        minutes = timetable.problem.travel_minutes(first.school, then.school)
        enough: list[LiteralT] = [v.literal for v in visits if first.end <= v.start and v.end <= then.start]
        for begin in ends[bisect_left(ends, first.end) :] if minutes is not None else ():
            if minutes is None or begin + minutes > then.start:
                break
            if (begin, minutes) not in ways:
                ways[begin, minutes] = timetable.model.new_bool_var(f"{person} travels on {day} at {begin}")
                timetable.occupy(RULE, person, day, begin, begin + minutes, ways[begin, minutes])
            enough.append(ways[begin, minutes])
        timetable.posting.at_least_one_if(RULE, (person, day), [*enough, ~first.literal], then.literal)


def _ends(timetable: Timetable, person: str, day: str) -> list[int]:
    """When something that takes time may be over, in order: a way may begin then."""
    found = {way[3] + timetable.service(way[0]).minutes for way, _ in timetable.ways_on.get((person, day), ())}
    found |= {t + timetable.service(name).minutes for name, on_day, t in timetable.meetings if on_day == day}
    length = timetable.problem.person_of[person].lunch_minutes
    found |= {t + length for who, on_day, t in timetable.lunch if (who, on_day) == (person, day)}
    found |= {t + n for who, on_day, t, n in timetable.preparing if (who, on_day) == (person, day)}
    return sorted(found)
