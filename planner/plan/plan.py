"""The answer: who is where, who serves whom and when.

Times are minutes after midnight, days are the cycle's names.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from planner.facts.cell_type import Share

if TYPE_CHECKING:
    from planner.plan.frames import Frames

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """One session of a service: a group served or a duty done, every cycle (or on `dates`
    alone).
    """

    service: str
    day: str
    start: int
    end: int
    staff: tuple[str, ...]
    school: str = ""
    kind: str = "group"
    place: str = ""
    dates: tuple[date, ...] = ()

    def meets(self, other: "Session") -> bool:
        """Whether both are given on some date: sessions with named dates meet only where they share
        one.
        """
        return not self.dates or not other.dates or not set(self.dates).isdisjoint(other.dates)

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """A person's day, or the part of it at one school: shift, lunch and the blocks kept for
    preparation.
    """

    staff: str
    day: str
    start: int
    end: int
    school: str
    half: str = "day"
    position: str = ""
    lunch: tuple[int, int] | None = None
    preparation: tuple[tuple[int, int], ...] = ()

    @property
    def lunch_start(self) -> int | None:
        """When lunch begins; None without one."""
        return self.lunch[0] if self.lunch else None

    @property
    def lunch_end(self) -> int | None:
        """When lunch ends; None without one."""
        return self.lunch[1] if self.lunch else None


@dataclass(frozen=True, slots=True, order=True)
class Attendance:
    """A course of a training that a person attends, on its one date."""

    staff: str
    training: str
    date: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FundedPosition:
    """A position that the plan budgets.

    `staff` holds it (for one that is not filled, whoever will be hired); `fte` is the exact share
    of full time; `school` is blank where the plan places it. The percentages of `funding` are of
    this position, those of `allowance_funding` of each allowance.
    """

    position: str
    role: str
    school: tuple[str, ...]
    staff: str
    fte: Fraction
    lane: str = ""
    step: str = ""
    funding: tuple[Share, ...] = ()
    allowances: tuple[str, ...] = ()
    allowance_funding: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A cycle's placements and sessions, the year's training and positions; the indexes are worked
    out once.

    `positions` are those that it budgets: none of them (`()`) where all are cut, and None where it
    says nothing of positions. `elsewhere` are people and days of whom whoever looks at this plan
    may only know that they are at another school.
    """

    placements: tuple[Placement, ...] = ()
    sessions: tuple[Session, ...] = ()
    training: tuple[Attendance, ...] = ()
    positions: tuple[FundedPosition, ...] | None = None
    elsewhere: frozenset[tuple[str, str]] = frozenset()

    @property
    def budgeted(self) -> tuple[FundedPosition, ...]:
        """The positions to go through; whoever must know whether anything is said of them asks
        `positions`.
        """
        return () if self.positions is None else self.positions

    @cached_property
    def sessions_of(self) -> Mapping[str, list[Session]]:
        """Each service's sessions, in the order of day name, start."""
        return _grouped((s.service, s) for s in sorted(self.sessions))

    def minutes_of(self, service: str) -> list[int]:
        """The length of each of a service's sessions."""
        return [session.end - session.start for session in self.sessions_of.get(service, ())]

    @cached_property
    def day_of(self) -> Mapping[tuple[str, str], list[Session]]:
        """Each person's sessions on each day, in order of time."""
        found = sorted(self.sessions, key=lambda s: (s.start, s.end, s.service))
        return _grouped(((person, s.day), s) for s in found for person in s.staff)

    @cached_property
    def placed(self) -> Mapping[tuple[str, str], list[Placement]]:
        """Each person's placements on each day, in order of time."""
        return _grouped(
            ((p.staff, p.day), p) for p in sorted(self.placements, key=lambda p: (p.start, p.end))
        )

    @cached_property
    def at_school(self) -> Mapping[tuple[str, str], list[Session]]:
        """The sessions at each school on each day, in order of time."""
        found = sorted(self.sessions, key=lambda s: (s.start, s.end, s.service))
        return _grouped(((s.school, s.day), s) for s in found)

    @cached_property
    def training_of(self) -> Mapping[str, list[Attendance]]:
        """What each person attends, in order of training and date."""
        return _grouped((attendance.staff, attendance) for attendance in sorted(self.training))

    def lunches(self, person: str, day: str) -> list[tuple[int, int]]:
        """A person's lunches on a day (one, in a good plan)."""
        return [p.lunch for p in self.placed.get((person, day), []) if p.lunch]

    def preparation(self, person: str, day: str) -> list[tuple[int, int]]:
        """A person's blocks of preparation on a day, in order of time."""
        return sorted(block for p in self.placed.get((person, day), []) for block in p.preparation)

    def to_frames(self) -> "Frames":
        """Data frames of the plan's rows, for analysts and notebooks.

        Returns:
            A `pandas.DataFrame` under each of "sessions", "placements", "training" and "positions",
            whose columns and types `planner.plan.frames.COLUMNS` lists. Times are minutes after
            midnight. A session of several people is one row, its `staff` a tuple:
            `frame.explode("staff")` makes one row for each.
        """
        from planner.plan.frames import frames_of

        return frames_of(
            {
                "sessions": self.sessions,
                "placements": self.placements,
                "training": self.training,
                "positions": () if self.positions is None else self.positions,
            }
        )


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, list[V]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
