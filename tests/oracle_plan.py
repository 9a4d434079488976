"""The plan as the oracle sees it: sessions and placements of plan.json, with times in minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.oracle_cells import Span, clock, listed, shown
from tests.oracle_facts import Dataset, Service


@dataclass(frozen=True)
class Session:
    """One session of a service; no dates means every cycle."""

    service: Service
    school: str
    staff: tuple[str, ...]
    day: str
    start: int
    end: int
    dates: frozenset[date]

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end

    @property
    def is_contact(self) -> bool:
        """Contact is delivering a group; duties are not."""
        return self.service.kind == "group"

    @property
    def deliverers(self) -> tuple[str, ...]:
        """The people who give the session: everybody listed but those who only attend."""
        return tuple(name for name in self.staff if name not in self.service.attending)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What narrows a rule to this session."""
        return (f"school:{self.school}", f"tier:{self.service.tier}")

    def __str__(self) -> str:
        """Words for a sentence."""
        return (
            f"{self.service.kind} {self.service.service} on {self.day} "
            f"{shown(self.start)}-{shown(self.end)}"
        )


@dataclass(frozen=True)
class Placement:
    """Where a person works on a day, or on a half of it."""

    staff: str
    day: str
    half: str
    school: str
    shift: Span
    lunch: Span | None
    preparation: tuple[Span, ...]
    way: int | None = 0
    """Minutes from the day's placement before; None where nothing says how long it takes."""

    @property
    def on_site(self) -> Span:
        """The placement after the way to it."""
        return self.shift[0] + (self.way or 0), self.shift[1]


@dataclass(frozen=True)
class Attendance:
    """An offering of a training that a person attends."""

    staff: str
    training: str
    day: date
    span: Span


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a minute."""
    return one[0] < other[1] and other[0] < one[1]


def inside(inner: Span, outer: Span) -> bool:
    """Whether the first span lies in the second."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def words(span: Span) -> str:
    """`HH:MM-HH:MM`."""
    return f"{shown(span[0])}-{shown(span[1])}"


def worlds(sessions: Iterable[Session]) -> list[list[Session]]:
    """The weeks that can come about: sessions with dates meet only on a shared date, undated ones
    meet always.

    The last is a week in which no session with dates is given.
    """
    known = list(sessions)
    dates = sorted({day for session in known for day in session.dates})
    undated = [session for session in known if not session.dates]
    return [
        [session for session in known if not session.dates or day in session.dates] for day in dates
    ] + [undated]


def staff_of(row: dict[str, Any]) -> tuple[str, ...]:
    """The staff of a session: a list, or one id."""
    staff = row.get("staff") or []
    return (staff,) if isinstance(staff, str) else tuple(staff)


def dates_of(row: dict[str, Any]) -> frozenset[date]:
    """The named dates of a session, from a list or a `;` text."""
    dates = row.get("dates") or []
    return frozenset(
        date.fromisoformat(day) for day in (listed(dates) if isinstance(dates, str) else dates)
    )


def session_of(row: dict[str, Any], data: Dataset) -> Session:
    """One entry of `sessions`."""
    service = data.services[row["kind"], row["service"]]
    school = row.get("school") or service.school
    return Session(
        service,
        school,
        staff_of(row),
        row["day"],
        clock(row["start"]),
        clock(row["end"]),
        dates_of(row),
    )


def placement_of(row: dict[str, Any]) -> Placement:
    """One entry of `placements`."""
    lunch = (clock(row["lunch_start"]), clock(row["lunch_end"])) if row.get("lunch_start") else None
    blocks = tuple(
        (clock(block["start"]), clock(block["end"])) for block in row.get("preparation") or []
    )
    shift = (clock(row["shift_start"]), clock(row["shift_end"]))
    return Placement(
        row["staff"], row["day"], row.get("half") or "day", row["school"], shift, lunch, blocks
    )


def with_ways(data: Dataset, placements: Iterable[Placement]) -> list[Placement]:
    """The placements in order of time, each with the way to it from the one before on the same
    day.
    """
    days: dict[tuple[str, str], list[Placement]] = defaultdict(list)
    for row in sorted(placements, key=lambda row: (row.shift, row.half)):
        before = days[row.staff, row.day][-1:]
        away = before and before[0].school != row.school
        way = data.travel.get((before[0].school, row.school)) if away else 0
        days[row.staff, row.day].append(replace(row, way=way))
    return [row for rows in days.values() for row in rows]


def attendance_of(row: dict[str, Any]) -> Attendance:
    """One entry of `training`."""
    span = (clock(row["start"]), clock(row["end"]))
    return Attendance(row["staff"], row["training"], date.fromisoformat(row["date"]), span)


def find_unknown(data: Dataset, plan: dict[str, Any]) -> list[str]:
    """References of the plan to what the dataset does not hold; no other rule can be read before
    these are mended.
    """
    broken = []
    for row in plan["sessions"]:
        if (row["kind"], row["service"]) not in data.services:
            broken.append(f"session of an unknown {row['kind']} {row['service']}")
        if row["day"] not in data.cycle:
            broken.append(f"{row['service']}: session on unknown day {row['day']}")
        if row.get("school") and row["school"] not in data.schools:
            broken.append(f"{row['service']}: session at unknown school {row['school']}")
        for name in staff_of(row):
            if name not in data.people and name not in data.teachers:
                broken.append(f"{row['service']}: session by unknown person {name}")
    for row in plan["placements"]:
        if row["staff"] not in data.people:
            broken.append(f"placement of unknown person {row['staff']}")
        if row["school"] not in data.schools or row["day"] not in data.cycle:
            broken.append(
                f"placement of {row['staff']} at unknown {row['school']} or day {row['day']}"
            )
        if not row.get("shift_start") or not row.get("shift_end"):
            broken.append(f"placement of {row['staff']} on {row['day']} has no shift")
    for row in plan.get("training") or []:
        if row["staff"] not in data.people:
            broken.append(f"training of unknown person {row['staff']}")
    return broken
