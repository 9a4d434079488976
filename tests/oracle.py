"""An independent checker: a CSV dataset folder and a plan.json in, every broken hard rule out, as
sentences.

It shares no line with the program: standard library and the data contract only. Rules stand at
their defaults, at what the jurisdiction's preset says, or at what the `rules` sheet says; only what
is hard can be broken. Where the contract can be read in two ways, the reading taken is said where
it is used, in words that start with "Read:"; and here:

Read: credentials are valid through their expiry date and must last to the end of use: the last
named date, or else the end of the group, of the person's contract, or of the year, whichever is
first. Read: blank hours of a school are no limit; a duty inside the shift keeps to the opening
hours, toil and paid do not. Read: a session pin that names several days wants a session on each.
Read: `max_people` counts people over the cycle. Read: people
in `with` must be listed in the session unless they are teachers; who of them may do the duty
themselves (by its staff and roles) counts among its `adults`, the others come beside these. Read:
an optional duty may be given in part; a duty is never given more often than asked. Read: a group is
there or not by the plan date alone (from, to), and so is a person (hire_date, end_date). Read:
opening hours, the grid, shifts, attendance and dosage cannot be set off; what a pair of sessions
may not do is broken where the rule is hard for both.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.oracle_clashes import find_crowded_spaces, find_overlaps
from tests.oracle_days import person_days
from tests.oracle_dosage import find_dosage, find_together
from tests.oracle_duties import find_missing, find_order, find_teacher_time
from tests.oracle_facts import Dataset, Service
from tests.oracle_hourly import find_position_split
from tests.oracle_people import find_broken_days
from tests.oracle_pins import find_pins
from tests.oracle_plan import (
    Attendance,
    Placement,
    Session,
    attendance_of,
    find_unknown,
    placement_of,
    session_of,
    with_ways,
)
from tests.oracle_qualified import find_unqualified
from tests.oracle_read import read
from tests.oracle_sessions import find_absent, find_session, is_running
from tests.oracle_supervision import find_named_supervisors, find_supervisors, find_unsupervised
from tests.oracle_training import find_attendance, find_short_training, find_training_clashes
from tests.oracle_year import find_contract_days, find_dates, find_minimum_days


def check(folder: str | Path, plan: dict[str, Any]) -> list[str]:
    """Every broken hard rule of the plan, one sentence each; an empty list proves the plan
    legal.
    """
    data = read(folder)
    broken = find_unknown(data, plan)
    if broken:
        return broken
    sessions = [session_of(row, data) for row in plan["sessions"]]
    placements = with_ways(data, (placement_of(row) for row in plan["placements"]))
    attended = [attendance_of(row) for row in plan.get("training") or []]
    return list(
        dict.fromkeys(
            [
                *find_in_cycle(data, sessions, placements),
                *find_in_year(data, sessions, placements, attended),
            ]
        )
    )


def find_in_cycle(data: Dataset, sessions: list[Session], placements: list[Placement]) -> list[str]:
    """What the cycle's timetable breaks."""
    broken: list[str] = []
    for session in sessions:
        broken += find_session(data, session)
        broken += find_unqualified(data, session)
        broken += find_absent(data, session, placements)
    broken += find_dosage(data, sessions)
    broken += find_together(data, sessions)
    broken += find_missing(data, sessions)
    broken += find_order(data, sessions)
    broken += find_teacher_time(data, sessions)
    broken += find_overlaps(data, sessions)
    broken += find_crowded_spaces(data, sessions)
    broken += find_unsupervised(data, sessions, placements)
    broken += find_supervisors(data, sessions, placements)
    broken += find_named_supervisors(data, sessions)
    broken += find_pins(data, sessions, placements)
    return broken


def find_in_year(
    data: Dataset, sessions: list[Session], placements: list[Placement], attended: list[Attendance]
) -> list[str]:
    """What people's days and the year's dates break."""
    days = person_days(data, placements, sessions)
    broken = [*find_broken_days(data, days), *find_position_split(data)]
    broken += find_dates(data, sessions)
    broken += find_minimum_days(data, sessions)
    broken += find_contract_days(data, days, attended)
    broken += find_attendance(data, attended)
    broken += find_training_clashes(attended)
    broken += find_short_training(data, attended)
    return broken


def delivered(folder: str | Path, plan: dict[str, Any]) -> dict[str, int]:
    """Minutes of group sessions a cycle, by tier (a slot with dates counts what they come to)."""
    data = read(folder)
    minutes: dict[str, int] = defaultdict(int)
    for session in (session_of(row, data) for row in plan["sessions"]):
        if session.service.kind == "group":
            is_counted = session.service.total is not None
            minutes[session.service.tier] += (
                session.end - session.start if is_counted else worth(data, session.service)
            )
    return dict(minutes)


def owed(folder: str | Path) -> dict[str, int]:
    """Minutes owed a cycle, by tier, of the groups that run on the plan date."""
    data = read(folder)
    minutes: dict[str, int] = defaultdict(int)
    for service in data.services.values():
        if service.kind == "group" and is_running(data, service):
            slots = service.most * worth(data, service)
            minutes[service.tier] += slots if service.total is None else service.total
    return dict(minutes)


def worth(data: Dataset, service: Service) -> int:
    """Minutes a cycle of one slot. Read: `n/quarter` is n × minutes ÷ cycles, shared by its slots,
    in whole minutes.
    """
    if not service.per:
        return service.minutes
    weeks = {
        "quarter": min(data.calendar.quarter_weeks),
        "month": 4,
        "year": sum(data.calendar.quarter_weeks),
    }[service.per]
    exact = Fraction(service.count * service.minutes, data.calendar.cycles(weeks) * service.most)
    return max(1, int(exact + Fraction(1, 2)))
