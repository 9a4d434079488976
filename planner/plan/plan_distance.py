"""Count the changes between two plans of a cycle.

They are counted as a planner counts them who has promised to make few.

One change is somebody's session that is moved, added or dropped (one that is given to somebody else
is one change; a meeting that moves is one for each who attends), or somebody's day that begins at
another time or school, or is worked or not.
"""

from collections.abc import Collection
from dataclasses import replace

from planner.plan.plan import Plan

Seat = tuple[str, str, int]
"""Who takes part in a session, on which day, starting when."""
Begin = tuple[str, int]
"""At which school somebody's day begins, and when."""


def seats(plan: Plan) -> dict[str, set[Seat]]:
    """By service, who takes part when."""
    found: dict[str, set[Seat]] = {}
    for session in plan.sessions:
        found.setdefault(session.service, set()).update(
            (person, session.day, session.start) for person in session.staff
        )
    return found


def begins(plan: Plan) -> dict[tuple[str, str], Begin]:
    """Where and when the day of each person begins: (person, day)."""
    return {
        key: (placements[0].school, placements[0].start) for key, placements in plan.placed.items()
    }


def changed(before: Plan, after: Plan) -> int:
    """How many changes lie between two plans: Σ over services of max(seats gone, seats new) + days
    that begin otherwise.
    """
    was, now = seats(before), seats(after)
    sessions = sum(
        max(len(was.get(s, set()) - now.get(s, set())), len(now.get(s, set()) - was.get(s, set())))
        for s in {*was, *now}
    )
    return sessions + len({day for day, _ in begins(before).items() ^ begins(after).items()})


def within(plan: Plan, services: Collection[str], people: Collection[str]) -> Plan:
    """What a plan says of some services and people: what another problem can begin with. Of a
    meeting, those who are there.
    """
    here = [
        (s, tuple(person for person in s.staff if person in people))
        for s in plan.sessions
        if s.service in services
    ]
    sessions = tuple(
        replace(session, staff=staff) for session, staff in here if staff or not session.staff
    )
    return Plan(
        tuple(placement for placement in plan.placements if placement.staff in people), sessions
    )
