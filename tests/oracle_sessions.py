"""The oracle on one session: place, length, windows, and whether its people are there."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle_cells import Span
from tests.oracle_facts import Dataset, Service
from tests.oracle_plan import Placement, Session, inside, overlap


def is_running(data: Dataset, service: Service) -> bool:
    """Whether the service runs on the plan date."""
    return (service.first is None or service.first <= data.plan_date) and (
        service.last is None or data.plan_date <= service.last
    )


def find_session(data: Dataset, session: Session) -> Iterator[str]:
    """Place, length, grid, dates and windows of one session."""
    service = session.service
    if service.school and session.school != service.school:
        yield f"{session} is given at {session.school}, not at {service.school}"
    if session.end - session.start not in service.lengths:
        allowed = " or ".join(str(length) for length in sorted(service.lengths))
        yield f"{session} is not {allowed} minutes long"
    if session.start % data.grid:
        yield f"{session} starts off the grid"
    if not is_running(data, service):
        yield f"{session} is given outside the group's dates"
    if (
        session.school
        and service.time == "shift"
        and not inside(session.span, hours(data, session))
    ):
        yield f"{session} lies outside the opening hours of {session.school}"
    if not data.rules.is_hard("windows", session.scopes):
        return
    if not is_in_windows(data, session):
        yield f"{session} lies outside its windows"
    # Read: a group's busy windows are part of the rule about windows.
    if any(overlap(session.span, span) for span in service.busy.get(session.day, [])):
        yield f"{session} lies in a busy window of the group"


def hours(data: Dataset, session: Session) -> Span:
    """Opening hours where and when the session is given."""
    return data.schools[session.school].hours[session.day]


def is_in_windows(data: Dataset, session: Session) -> bool:
    """Inside one given window, or for every grade of the group inside one single block that permits
    the mode.
    """
    service = session.service
    if service.windows:
        return any(inside(session.span, span) for span in service.windows.get(session.day, []))
    if service.kind == "duty":
        return True
    return all(
        any(inside(session.span, span) for span in spans_for(data, session, grade))
        for grade in service.grades
    )


def spans_for(data: Dataset, session: Session, grade: str) -> Iterator[Span]:
    """The blocks of one grade on the session's day that permit the group's mode and subject."""
    service = session.service
    for block in data.blocks:
        if (
            block.school != service.school
            or grade not in block.grades
            or session.day not in block.days
        ):
            continue
        permits = block.pull_out if service.mode in ("pull_out", "off_site") else block.push_in
        # Read: only push-in is tied to the block's subject; whoever is pulled out may do another
        # one.
        pulled = service.mode in ("pull_out", "off_site")
        if permits and (
            pulled or not block.subject or not service.subject or block.subject == service.subject
        ):
            yield block.span


def find_absent(data: Dataset, session: Session, placements: list[Placement]) -> Iterator[str]:
    """Everybody in a session works that day at that school with a shift around it, and is not busy
    elsewhere.
    """
    for name in session.staff:
        person = data.people.get(name)
        if person is None:
            continue
        if not session.dates and not person.is_employed_on(data.plan_date):
            yield f"{session}: {name} is not employed on the plan date"
        here = [row for row in placements if row.staff == name and row.day == session.day]
        # Read: a duty without a school may be anywhere, its `school` is only the place to travel
        # from.
        here = [
            row
            for row in here
            if not session.service.school or row.school == session.service.school
        ]
        # Read: toil and paid duties need no placement.
        if session.service.time == "shift" and not here:
            yield f"{session}: {name} is not placed there that day"
        elif session.service.time == "shift" and not any(
            inside(session.span, shift) for shift in shifts(here, session)
        ):
            yield f"{session}: outside the shift of {name}"
        if any(overlap(session.span, span) for span in person.busy.get(session.day, [])):
            yield f"{session}: {name} is busy"


def shifts(here: list[Placement], session: Session) -> list[Span]:
    """The shifts a session may lie in: each placement's own, or the whole day's for a duty without
    a school.
    """
    if session.service.school:
        return [row.on_site for row in here]
    return [(min(row.shift[0] for row in here), max(row.shift[1] for row in here))]
