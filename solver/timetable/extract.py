"""Reads a plan back from a solution."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from planner.plan.plan import Placement, Plan, Session
from solver.posting import Literal
from solver.timetable.dates import named
from solver.timetable.timetable import Timetable, When


def extract(timetable: Timetable, holds: Callable[[Literal], bool]) -> Plan:
    """The plan in which exactly the literals that hold are true."""
    return named(
        timetable.problem,
        Plan(
            tuple(sorted(_placements(timetable, holds))), tuple(sorted(_sessions(timetable, holds)))
        ),
    )


def _sessions(timetable: Timetable, holds: Callable[[Literal], bool]) -> list[Session]:
    people: defaultdict[When, list[str]] = defaultdict(list)
    for (name, person, day, start, end), literal in timetable.given.items():
        if holds(literal):
            people[name, day, start, end].append(person)
    for key, literal in timetable.meetings.items():
        if holds(literal):
            people[key].extend(timetable.service(key[0]).attendees)
    found = []
    for (name, day, start, end), adults in people.items():
        service = timetable.service(name)
        staff = tuple(sorted(set(adults)))
        found.append(
            Session(
                name,
                day,
                start,
                end,
                staff,
                service.school,
                service.kind,
                service.place,
            )
        )
    return found


def _placements(timetable: Timetable, holds: Callable[[Literal], bool]) -> list[Placement]:
    found = []
    for person in timetable.people:
        lunches = {
            day: t
            for (who, day, t), literal in timetable.lunch.items()
            if who == person.id and holds(literal)
        }
        blocks = sorted(
            (day, t, t + length)
            for day in timetable.problem.cycle
            for (t, length), literal in timetable.preparing_on.get((person.id, day), {}).items()
            if holds(literal)
        )
        for (who, shift), literal in timetable.on.items():
            if who == person.id and holds(literal):
                lunch = lunches.get(shift.day)
                day = Placement(
                    staff=person.id,
                    day=shift.day,
                    start=shift.start,
                    end=shift.end,
                    school=shift.school,
                    lunch=None if lunch is None else (lunch, lunch + person.lunch_minutes),
                    preparation=_joined(
                        _enough(
                            [b[1:] for b in blocks if b[0] == shift.day], person.role.prep_minutes
                        )
                    ),
                )
                found += _split(timetable, day, holds)
    return found


def _split(
    timetable: Timetable, day: Placement, holds: Callable[[Literal], bool]
) -> list[Placement]:
    """A day as it is, or in two parts where a second school follows; the way there is in the
    second.
    """
    move = timetable.moves.get((day.staff, day.day))
    then = (
        next((school for school, literal in move.then.items() if holds(literal)), "")
        if move
        else ""
    )
    if move is None or not then:
        return [day]
    leaves = next(time for time in move.leaves if holds(move.left[time]))
    lunch_first = day.lunch is not None and day.lunch[0] < leaves
    return [
        replace(
            day,
            end=leaves,
            half="am",
            lunch=day.lunch if lunch_first else None,
            preparation=tuple(block for block in day.preparation if block[0] < leaves),
        ),
        replace(
            day,
            start=leaves,
            school=then,
            half="pm",
            lunch=None if lunch_first else day.lunch,
            preparation=tuple(block for block in day.preparation if block[0] >= leaves),
        ),
    ]


def _enough(blocks: list[tuple[int, int]], least: int) -> list[tuple[int, int]]:
    """The longest blocks, as many as are needed: the search may set aside more than it must."""
    kept: list[tuple[int, int]] = []
    for block in sorted(blocks, key=lambda b: (b[0] - b[1], b[0])):
        if sum(end - start for start, end in kept) < least:
            kept.append(block)
    return sorted(kept)


def _joined(blocks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Blocks that follow each other, as one."""
    found: list[tuple[int, int]] = []
    for start, end in blocks:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
