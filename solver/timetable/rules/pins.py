"""Keep what was pinned.

For each pin, over the days that it names:

    Session:    Σ of the ways that match ≥ 1
    Placement:  Σ on[p, σ] at the school, from that time, = 1 (or = worked)
    Lunch:      lunch[p, d, start] = 1 (or = worked)
    Forbid:     every way that matches is 0;
                without subject and start, so is every on[p, σ] that matches
"""

from planner.facts.decisions import Pin
from planner.rules.pins import RULE, forbids_placements
from solver.posting import Literal
from solver.timetable.timetable import Timetable, When
from solver.timetable.two_school_days import arrives, seconds


def build(timetable: Timetable) -> None:
    """One row for each decision that concerns these people and services."""
    here = {service.id for service in timetable.services}
    people = {person.id for person in timetable.people}
    for number, pin in enumerate(timetable.problem.pins, start=1):
        where = (f"pin {number}",)
        if pin.kind == "session" and pin.subject in here:
            for day in pin.day or ("",):
                timetable.posting.at_least_one(RULE, where, _ways(timetable, pin, day))
        elif pin.kind == "placement" and pin.staff in people:
            _placement(timetable, pin, where)
        elif pin.kind == "lunch" and pin.staff in people:
            _lunch(timetable, pin, where)
        elif pin.kind == "forbid":
            for day in pin.day or ("",):
                for literal in _ways(timetable, pin, day):
                    timetable.posting.never(RULE, where, literal)
            if forbids_placements(pin):
                _kept_away(timetable, pin, where)


def _ways(timetable: Timetable, pin: Pin, day: str) -> list[Literal]:
    """The ways, and the meetings that somebody attends, that a decision speaks of."""
    found: list[Literal] = [
        literal
        for (name, person, on_day, start, end), literal in timetable.given.items()
        if pin.staff in ("", person) and _matches(timetable, pin, day, (name, on_day, start, end))
    ]
    for (name, on_day, start, end), meeting in timetable.meetings.items():
        attends = pin.staff in ("", *timetable.service(name).attendees)
        if attends and _matches(timetable, pin, day, (name, on_day, start, end)):
            found.append(meeting)
    return found


def _matches(timetable: Timetable, pin: Pin, day: str, when: When) -> bool:
    service, on_day, start, end = when
    return (
        pin.subject in ("", service)
        and day in ("", on_day)
        and pin.start in (None, start)
        and pin.minutes in (None, end - start)
        and pin.school in ("", timetable.service(service).school)
    )


def _placement(timetable: Timetable, pin: Pin, where: tuple[str, ...]) -> None:
    for day in pin.day or timetable.problem.cycle:
        at_school = [
            on
            for shift, on in timetable.places(pin.staff, day, pin.school)
            if pin.start in (None, shift.start)
        ]
        if pin.school or pin.start is not None:
            for _, then in seconds(timetable, pin.staff, day, pin.school):
                at_school.append(arrives(timetable, pin.staff, day, then, pin.start))
        worked = sum(on for _, on in timetable.places(pin.staff, day))
        timetable.posting.at_least(RULE, where, sum(at_school), 1 if pin.day else worked)


def _lunch(timetable: Timetable, pin: Pin, where: tuple[str, ...]) -> None:
    for day in pin.day or timetable.problem.cycle:
        then = sum(
            literal
            for key, literal in timetable.lunch.items()
            if key == (pin.staff, day, pin.start)
        )
        worked = sum(on for _, on in timetable.places(pin.staff, day))
        timetable.posting.at_least(RULE, where, then, 1 if pin.day else worked)


def _kept_away(timetable: Timetable, pin: Pin, where: tuple[str, ...]) -> None:
    for (person, shift), on in timetable.on.items():
        if (
            pin.staff in ("", person)
            and pin.school in ("", shift.school)
            and shift.day in (pin.day or timetable.problem.cycle)
        ):
            timetable.posting.never(RULE, where, on)
    for (person, day), move in timetable.moves.items():
        for school, literal in move.then.items():
            if (
                pin.staff in ("", person)
                and pin.school in ("", school)
                and day in (pin.day or timetable.problem.cycle)
            ):
                timetable.posting.never(RULE, where, literal)
