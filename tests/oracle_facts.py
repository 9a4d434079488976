"""The facts of a dataset as the oracle knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.oracle_calendar import Calendar
from tests.oracle_cells import Row, Span, Windows
from tests.oracle_rules import Rules


@dataclass(frozen=True)
class Role:
    """A job class, the columns that a timetable needs."""

    role: str
    certificated: bool
    obligation: int
    lunch: int
    lunch_from: int
    lunch_to: int
    lunch_shift: int
    preparation: int
    max_contact: int | None
    max_contact_week: int | None
    max_days: int | None
    max_consecutive: int
    pause: int
    part_time: str
    tiers: frozenset[str]
    requires: tuple[str, ...]
    supervised: str
    max_supervised: int | None
    max_sites_per_day: int
    max_sites: int | None
    hourly: bool
    contract_days: int
    works_on: tuple[str, ...]

    def lunch_in(self, shift: int) -> int:
        """Minutes of lunch in a shift of so many minutes.

        Read: the shift counts from its start to its end, a lunch in it too.
        """
        return 0 if shift < self.lunch_shift else self.lunch


@dataclass(frozen=True)
class Person:
    """A contracted person; an empty set of subjects, grades or schools means no restriction."""

    staff: str
    role: Role
    obligation: Fraction
    full_time: int
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
    supervisor: str
    max_days: int | None

    @property
    def most_days(self) -> int:
        """Days of a cycle on which they may come; the person's row goes before the role's."""
        limit = self.role.max_days if self.max_days is None else self.max_days
        return len(self.days) if limit is None else min(limit, len(self.days))

    @property
    def fte(self) -> Fraction:
        """Obligation against a full-time one; the days of a cycle are as many for everybody."""
        return self.obligation / self.full_time

    @property
    def scopes(self) -> tuple[str, ...]:
        """What narrows a rule to this person."""
        return (f"role:{self.role.role}",)

    def is_employed_on(self, when: date) -> bool:
        """Hired by then and not gone."""
        return (self.hire is None or self.hire <= when) and (
            self.leave is None or when <= self.leave
        )


@dataclass(frozen=True)
class Teacher:
    """An adult on a site who is not planned; no grades means all."""

    school: str
    certificated: bool
    grades: frozenset[str]
    planning: Windows


@dataclass(frozen=True)
class School:
    """A place of work: hours by day (for sessions, on the grid), when it opens by day (exactly),
    pull-out spaces.
    """

    school: str
    off_site: bool
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
    """A group or a duty: so many sessions of so many minutes, by somebody qualified, inside
    windows.

    `count` sessions `per` quarter, month or year are owed where `per` says so; `most` is then the
    slots they reserve. A `total` of minutes is owed in sessions of any of the `lengths`; `most` is
    then how many of the shortest are in it.
    """

    service: str
    kind: str
    school: str
    minutes: int
    lengths: frozenset[int]
    total: int | None
    most: int
    least: int
    grades: tuple[str, ...]
    subject: str
    tier: str
    mode: str
    teacher: str
    times_a_day: int
    together: str
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
    students: int
    count: int
    per: str

    @property
    def scopes(self) -> tuple[str, ...]:
        """What narrows a rule to this service."""
        return (f"school:{self.school}", f"tier:{self.tier}")


@dataclass(frozen=True)
class Offering:
    """When a training is given, and to how many (None: to all who come)."""

    training: str
    day: date
    span: Span
    seats: int | None


@dataclass(frozen=True)
class Training:
    """Hours that people of some roles owe by the earliest of the due terms."""

    training: str
    roles: frozenset[str]
    hours: Fraction
    due: tuple[str, ...]
    hired_from: date | None
    hired_to: date | None
    waived_by: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """All the facts of one folder."""

    cycle: tuple[str, ...]
    grid: int
    plan_date: date
    calendar: Calendar
    rules: Rules
    roles: dict[str, Role]
    people: dict[str, Person]
    schools: dict[str, School]
    blocks: list[Block]
    services: dict[tuple[str, str], Service]
    members: dict[str, frozenset[str]]
    teachers: dict[str, Teacher]
    travel: dict[tuple[str, str], int]
    trainings: list[Training]
    offerings: list[Offering]
    positions: list[Row]
    pins: list[Row]

    @property
    def year_end(self) -> date:
        """The last day of the year."""
        return self.calendar.last
