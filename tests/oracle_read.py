"""Reads a CSV dataset folder into plain facts for the oracle, by the data contract alone.

Standard library only, and nothing of the program under test: when both misread a sheet in the same way, no test can
see it, so this file is written from the contract's words and not from the program's code.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

Row = dict[str, str]
Span = tuple[int, int]
Windows = dict[str, list[Span]]


@dataclass(frozen=True)
class Role:
    """A job class, the columns that a timetable needs."""

    role: str
    certificated: bool
    obligation: int
    lunch: int
    lunch_from: int
    lunch_to: int
    preparation: int
    max_contact: int | None
    max_consecutive: int
    pause: int
    part_time: str
    tiers: frozenset[str]
    requires: tuple[str, ...]
    supervised: str
    max_supervised: int | None
    max_sites_per_day: int
    max_sites: int | None


@dataclass(frozen=True)
class Person:
    """A contracted person; an empty set of subjects, grades or schools means no restriction."""

    staff: str
    role: Role
    obligation: Fraction
    days: frozenset[str]
    schools: frozenset[str]
    credentials: dict[str, date | None]
    subjects: frozenset[str]
    grades: frozenset[str]
    start: int | None
    end: int | None
    shifts: Windows
    hire: date | None
    leave: date | None
    busy: Windows


@dataclass(frozen=True)
class School:
    """A place of work: hours by day (for sessions, on the grid), when it opens by day (exactly), pull-out spaces."""

    school: str
    hours: dict[str, Span]
    opens: dict[str, int]
    spaces: int | None


@dataclass(frozen=True)
class Block:
    """Part of a school day of some grades."""

    school: str
    grades: frozenset[str]
    days: frozenset[str]
    span: Span
    kind: str
    subject: str
    pull_out: bool
    push_in: bool


@dataclass(frozen=True)
class Service:
    """A group or a duty: so many sessions of so many minutes, by somebody qualified, inside windows."""

    service: str
    kind: str
    school: str
    minutes: int
    most: int
    least: int
    grades: tuple[str, ...]
    subject: str
    tier: str
    mode: str
    roles: frozenset[str]
    requires: tuple[str, ...]
    candidates: frozenset[str]
    windows: Windows
    busy: Windows
    first: date | None
    last: date | None
    max_people: int
    adults: int
    attending: tuple[str, ...]
    duty_kind: str
    time: str
    after: str
    required: bool


@dataclass(frozen=True)
class Dataset:
    """All the facts of one folder."""

    cycle: tuple[str, ...]
    grid: int
    plan_date: date
    year_end: date
    people: dict[str, Person]
    schools: dict[str, School]
    blocks: list[Block]
    services: dict[tuple[str, str], Service]
    members: dict[str, frozenset[str]]
    teachers: dict[str, tuple[str, bool]]
    travel: dict[tuple[str, str], int]
    pins: list[Row]


# -- cells


def clock(text: str) -> int:
    """Minutes after midnight of `HH:MM`."""
    hour, minute = text.strip().split(":")[:2]
    return int(hour) * 60 + int(minute)


def shown(minute: int) -> str:
    """`HH:MM` of minutes after midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def listed(text: str) -> tuple[str, ...]:
    """The entries of a `;` list."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def named(text: str, order: tuple[str, ...]) -> tuple[str, ...]:
    """Names of `order` picked by a list, by ranges such as `Mon-Fri` or `K-2`, or by `all` (blank picks all)."""
    if text.strip() in ("", "all"):
        return order
    chosen: set[str] = set()
    for part in listed(text):
        if part in order:
            chosen.add(part)
        elif part == "all":
            chosen.update(order)
        else:
            first, last = (end.strip() for end in part.split("-"))
            chosen.update(order[order.index(first) : order.index(last) + 1])
    return tuple(name for name in order if name in chosen)


def windows(text: str, cycle: tuple[str, ...]) -> Windows:
    """Windows such as `Mon 08:30-09:45; Tue-Thu 10:00-10:35`; `Mon;Wed 08:30-09:00` names two days at once."""
    found: Windows = defaultdict(list)
    waiting: list[str] = []
    for part in listed(text):
        days, _, span = part.rpartition(" ")
        if ":" not in span:
            waiting.append(part)
            continue
        start, end = (clock(end) for end in span.split("-"))
        for day in named(";".join([*waiting, days]), cycle):
            found[day].append((start, end))
        waiting = []
    return dict(found)


def rows_of(folder: Path, sheet: str) -> list[Row]:
    """The rows of one sheet, cells stripped; none where the file is missing."""
    path = folder / f"{sheet}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: (cell or "").strip() for key, cell in row.items() if key} for row in csv.DictReader(file)]


def cell(row: Row, column: str, default: str = "") -> str:
    """A cell's text, or the default where it is blank or the column is missing."""
    return row.get(column, "") or default


def yes(row: Row, column: str, default: bool) -> bool:
    """A yes/no cell."""
    text = cell(row, column)
    return default if not text else text.lower() in ("yes", "true", "1")


def number(row: Row, column: str) -> int | None:
    """A whole number, None where blank."""
    text = cell(row, column)
    return int(float(text)) if text else None


def amount(row: Row, column: str, default: int) -> int:
    """A whole number with a default."""
    value = number(row, column)
    return default if value is None else value


def day_of(row: Row, column: str) -> date | None:
    """An ISO date, None where blank."""
    text = cell(row, column)
    return date.fromisoformat(text) if text else None


def minute_of(row: Row, column: str) -> int | None:
    """A clock time, None where blank."""
    text = cell(row, column)
    return clock(text) if text else None


# -- rows


def role_of(row: Row) -> Role:
    """One row of `roles`."""
    return Role(
        role=row["role"],
        certificated=yes(row, "certificated", False),
        obligation=amount(row, "obligation_minutes", 0),
        lunch=amount(row, "lunch_minutes", 30),
        lunch_from=minute_of(row, "lunch_from") or 0,
        lunch_to=minute_of(row, "lunch_to") or 1440,
        preparation=amount(row, "prep_minutes", 0),
        max_contact=number(row, "max_contact_minutes"),
        max_consecutive=amount(row, "max_consecutive_minutes", 180),
        pause=amount(row, "break_minutes", 10),
        part_time=cell(row, "part_time", "hours"),  # Read: blank means every day, shorter
        tiers=frozenset(tier for tier in listed(cell(row, "tiers")) if tier != "all"),
        requires=listed(cell(row, "requires")),
        supervised=cell(row, "supervised", "no"),
        max_supervised=number(row, "max_supervised"),
        max_sites_per_day=amount(row, "max_sites_per_day", 1),
        max_sites=number(row, "max_sites"),
    )


def credentials_of(text: str) -> dict[str, date | None]:
    """`name` or `name:expiry` entries."""
    found: dict[str, date | None] = {}
    for part in listed(text):
        name, _, expiry = part.partition(":")
        found[name.strip()] = date.fromisoformat(expiry.strip()) if expiry else None
    return found


def chosen(text: str) -> frozenset[str]:
    """A list in which blank and `all` mean no restriction."""
    return frozenset(part for part in listed(text) if part != "all")


def person_of(row: Row, roles: dict[str, Role], cycle: tuple[str, ...], grades: tuple[str, ...]) -> Person:
    """One row of `staff`; a cycle of n days is read as n / 5 weeks for `week_minutes`."""
    role = roles[row["role"]]
    if cell(row, "week_minutes"):
        obligation = Fraction(row["week_minutes"]) * len(cycle) / 5
    else:
        obligation = Fraction(cell(row, "fte", "1")) * role.obligation * len(cycle)
    return Person(
        staff=row["staff"],
        role=role,
        obligation=obligation,
        days=frozenset(named(cell(row, "days"), cycle)),
        schools=chosen(cell(row, "schools")),
        credentials=credentials_of(cell(row, "credentials")),
        subjects=chosen(cell(row, "subjects")),
        grades=frozenset(named(cell(row, "grades"), grades)),
        start=minute_of(row, "start"),
        end=minute_of(row, "end"),
        shifts=windows(cell(row, "shifts"), cycle),
        hire=day_of(row, "hire_date"),
        leave=day_of(row, "end_date"),
        busy=windows(cell(row, "busy"), cycle),
    )


def school_of(row: Row, cycle: tuple[str, ...], grid: int) -> School:
    """One row of `schools`; `hours` replaces open and close, off-grid times round inward."""
    plain = (minute_of(row, "open") or 0, minute_of(row, "close") or 1440)
    by_day = windows(cell(row, "hours"), cycle)
    hours: dict[str, Span] = {}
    opens: dict[str, int] = {}
    for day in cycle:
        if by_day and day not in by_day:
            hours[day] = (0, 0)  # `hours` replaces open and close, so a day it does not name is closed
            continue
        start, end = by_day[day][0] if by_day else plain
        opens[day] = start
        hours[day] = (-(-start // grid) * grid, end // grid * grid)
    return School(row["school"], hours, opens, number(row, "spaces"))


def block_of(row: Row, cycle: tuple[str, ...], grades: tuple[str, ...]) -> Block:
    """One row of `blocks`."""
    return Block(
        school=row["school"],
        grades=frozenset(named(cell(row, "grades"), grades)),
        days=frozenset(named(cell(row, "days"), cycle)),
        span=(clock(row["start"]), clock(row["end"])),
        kind=row["kind"],
        subject=cell(row, "subject"),
        pull_out=yes(row, "pull_out", row["kind"] == "flex"),
        push_in=yes(row, "push_in", row["kind"] == "core"),
    )


def sessions_a_cycle(row: Row) -> int:
    """Slots a cycle; `n/quarter` (month, year) reserves one slot whatever n is."""
    text = cell(row, "sessions", "1")
    return 1 if "/" in text else int(float(text))


def service_of(row: Row, kind: str, cycle: tuple[str, ...], grades: tuple[str, ...]) -> Service:
    """One row of `groups` or of `duties`."""
    most = sessions_a_cycle(row)
    return Service(
        service=row[kind],
        kind=kind,
        school=cell(row, "school"),
        minutes=amount(row, "minutes", 0),
        most=most,
        least=amount(row, "min_sessions", most),
        grades=named(cell(row, "grades"), grades) if kind == "group" else (),
        subject="" if cell(row, "subject") == "any" else cell(row, "subject"),
        tier=cell(row, "tier"),
        mode=cell(row, "mode", "pull_out"),
        roles=chosen(cell(row, "roles")),
        requires=listed(cell(row, "requires")),
        candidates=chosen(cell(row, "staff")),
        windows=windows(cell(row, "windows"), cycle),
        busy=windows(cell(row, "busy"), cycle),
        first=day_of(row, "from"),
        last=day_of(row, "to"),
        max_people=amount(row, "max_people", 1),
        adults=amount(row, "adults", 1),
        attending=listed(cell(row, "with")),
        duty_kind=cell(row, "kind"),
        time=cell(row, "time", "shift"),
        after=cell(row, "after"),
        required=yes(row, "required", False),
    )


def travel_of(rows: Iterable[Row]) -> dict[tuple[str, str], int]:
    """Minutes from school to school, both ways unless the reverse is given."""
    given = {(row["from"], row["to"]): int(float(row["minutes"])) for row in rows}
    return {(end, start): minutes for (start, end), minutes in given.items()} | given


def read(folder: str | Path) -> Dataset:
    """All facts of the folder."""
    folder = Path(folder)
    district = rows_of(folder, "district")[0]
    cycle = listed(cell(district, "cycle", "Mon;Tue;Wed;Thu;Fri"))
    grades = listed(cell(district, "grades", "K;1;2;3;4;5;6"))
    grid = amount(district, "grid_minutes", 5)
    roles = {row["role"]: role_of(row) for row in rows_of(folder, "roles")}
    people = [person_of(row, roles, cycle, grades) for row in rows_of(folder, "staff")]
    schools = [school_of(row, cycle, grid) for row in rows_of(folder, "schools")]
    services = [service_of(row, "group", cycle, grades) for row in rows_of(folder, "groups")]
    services += [service_of(row, "duty", cycle, grades) for row in rows_of(folder, "duties")]
    members: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(folder, "members"):
        members[row["student"]].add(row["group"])
    return Dataset(
        cycle=cycle,
        grid=grid,
        plan_date=day_of(district, "plan_date") or date.fromisoformat(district["year_start"]),
        year_end=date.fromisoformat(district["year_end"]),
        people={person.staff: person for person in people},
        schools={school.school: school for school in schools},
        blocks=[block_of(row, cycle, grades) for row in rows_of(folder, "blocks")],
        services={(service.kind, service.service): service for service in services},
        members={student: frozenset(groups) for student, groups in members.items()},
        teachers={row["teacher"]: (row["school"], yes(row, "certificated", True)) for row in rows_of(folder, "teachers")},
        travel=travel_of(rows_of(folder, "travel")),
        pins=rows_of(folder, "pins"),
    )
