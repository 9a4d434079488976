"""The oracle on pins: what must stand and what must not be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.oracle_cells import Row, cell, clock, named, number
from tests.oracle_facts import Dataset
from tests.oracle_plan import Placement, Session
from tests.oracle_sessions import is_running


def find_pins(data: Dataset, sessions: list[Session], placements: list[Placement]) -> Iterator[str]:
    """Sessions and placements that must stand, and what must not be; a pin's day may be a list of
    days.
    """
    for pin in data.pins:
        if is_moot(data, pin) or not data.rules.is_hard("pins"):
            continue
        matching: list[Any] = [s for s in sessions if is_session_of(data, pin, s)]
        wanted = named(cell(pin, "day"), data.cycle) if cell(pin, "day") else ()
        missing = [day for day in wanted if not any(session.day == day for session in matching)]
        if pin["kind"] == "session" and (not matching or missing):
            yield f"pin: no session as pinned {dict(pin)}"
        placed = [row for row in placements if is_placement_of(data, pin, row)]
        if pin["kind"] == "placement" and not placed:
            yield f"pin: no placement as pinned {dict(pin)}"
        # Read: a forbid without subject and start also forbids the placement itself.
        about_a_session = any(cell(pin, column) for column in ("subject", "start", "minutes"))
        if pin["kind"] == "forbid" and not about_a_session:
            matching = [*matching, *placed]
        if pin["kind"] == "forbid" and matching:
            yield f"pin: {matching[0]} is forbidden by {dict(pin)}"


def is_moot(data: Dataset, pin: Row) -> bool:
    """Read: a session of a group that does not run on the plan date cannot be pinned, nor the place
    of who is not there.
    """
    service = data.services.get(("group", cell(pin, "subject")))
    if pin["kind"] == "session" and service is not None:
        return not is_running(data, service)
    person = data.people.get(cell(pin, "staff"))
    return (
        pin["kind"] == "placement"
        and person is not None
        and not person.is_employed_on(data.plan_date)
    )


def is_session_of(data: Dataset, pin: Row, session: Session) -> bool:
    """Whether a session matches all the columns that the pin gives."""
    return (
        cell(pin, "subject", session.service.service) == session.service.service
        and (not cell(pin, "staff") or cell(pin, "staff") in session.staff)
        and session.day in named(cell(pin, "day"), data.cycle)
        and (not cell(pin, "start") or clock(pin["start"]) == session.start)
        and number(pin, "minutes") in (None, session.end - session.start)
        and cell(pin, "school", session.school) == session.school
    )


def is_placement_of(data: Dataset, pin: Row, row: Placement) -> bool:
    """Whether a placement matches the staff, day and school that the pin gives."""
    return (
        cell(pin, "staff", row.staff) == row.staff
        and row.day in named(cell(pin, "day"), data.cycle)
        and cell(pin, "school", row.school) == row.school
    )
