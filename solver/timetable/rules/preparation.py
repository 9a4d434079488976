"""Give everybody their minutes of preparation on each day that they work.

prep[p, d, t, n] says that p prepares in [t, t + n). On worked days:

    Σ n × prep[p, d, t, n] + planning duties ≥ prep_minutes(p)

Blocks, not ticks: a tick-wise model needs run-length clauses and took ten times as long to fill a
school. Only the lengths are made that some smallest set of blocks uses: 20 and 20 for 40 minutes,
30 or 20 and 20 for 30 minutes.
"""

from planner.facts.person import Person
from planner.rules.preparation import RULE, SHORTEST_BLOCK
from solver.posting import Literal
from solver.timetable.timetable import Timetable


def lengths(least: int, grid: int, *, exact: bool) -> list[int]:
    """The lengths of block, in minutes, that are enough to reach `least` in every way in which it
    can be reached.

    A block of 40 minutes or more is two. A set of blocks is smallest where none can be a tick
    shorter. Where the rule is soft (not `exact`), what is short must be measured, and every length
    is made.
    """
    shortest = -(-SHORTEST_BLOCK // grid) * grid
    whole = -(-least // grid) * grid
    parts = list(range(shortest, max(shortest, min(whole, 2 * shortest - grid)) + 1, grid))
    return sorted(set(_used(parts, whole, shortest))) if exact else parts


def _used(parts: list[int], least: int, shortest: int, chosen: tuple[int, ...] = ()) -> list[int]:
    """Lengths in any smallest set of blocks, in ascending order, whose sum reaches `least`."""
    if sum(chosen) >= least:
        spare = sum(chosen) - least
        return list(chosen) if spare == 0 or all(part == shortest for part in chosen) else []
    tails = [part for part in parts if not chosen or part >= chosen[-1]]
    return [length for part in tails for length in _used(parts, least, shortest, (*chosen, part))]


def build(timetable: Timetable) -> None:
    """Preparation on every worked day of those whose job class has it."""
    for person in timetable.people:
        if person.role.prep_minutes:
            for day in timetable.problem.cycle:
                _prepares(timetable, person, day)


def _prepares(timetable: Timetable, person: Person, day: str) -> None:
    where, least = (person.id, day), person.role.prep_minutes
    blocks = timetable.preparing_on.get(where, {})
    shifts = timetable.places(person.id, day)
    for (start, length), literal in blocks.items():
        timetable.occupy(RULE, person.id, day, start, start + length, literal)
        if person.id not in timetable.settled:
            covering = [
                on for shift, on in shifts if shift.start <= start and start + length <= shift.end
            ]
            timetable.posting.at_least_one_if(RULE, where, covering, literal)
    prepared = sum(length * literal for (_, length), literal in blocks.items())
    planned = sum(minutes * literal for minutes, literal in _planning(timetable, person, day))
    worked = sum(on for _, on in shifts)
    timetable.posting.at_least(RULE, where, prepared + planned, least * worked, least)


def _planning(timetable: Timetable, person: Person, day: str) -> list[tuple[int, Literal]]:
    """Planning duties that count: those that this person does, or attends."""
    found: list[tuple[int, Literal]] = [
        (way[4] - way[3], literal)
        for way, literal in timetable.ways_on.get((person.id, day), ())
        if timetable.service(way[0]).planning
    ]
    for (name, on_day, start, end), meeting in timetable.meetings.items():
        service = timetable.service(name)
        if on_day == day and service.planning and person.id in service.attendees:
            found.append((end - start, meeting))
    return found
