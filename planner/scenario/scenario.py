"""A scenario as its file says it.

A base, changes, goals in order, how to solve, and the plan to stay close to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Literal

KINDS = ("scale", "set", "add", "drop")
Kind = Literal["scale", "set", "add", "drop"]


@dataclass(frozen=True)
class Change:
    """One change of some rows of a sheet.

    `where` holds by column what a row must say (any of several texts); blank: every row. `values`
    are the cells that `set` writes or the row that `add` adds; `scale` multiplies the numbers of
    `column` by `by`. With `cascade`, `drop` takes with it what refers to the rows. `line` is where
    the change begins in its file, `lines` where its columns stand.
    """

    kind: Kind
    sheet: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    by: Decimal = Decimal(1)
    cascade: bool = False
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SolveWishes:
    """How a scenario wants to be solved; None where it says nothing."""

    seconds: float | None = None
    workers: int | None = None
    seed: int | None = None
    reproducible: bool | None = None


@dataclass(frozen=True)
class StayClose:
    """The plan from which as little as possible, and `max_changes` at most, may differ; `file` is
    the scenario that says so.
    """

    plan: str
    max_changes: int | None = None
    file: Path | None = None
    line: int = 0


@dataclass(frozen=True)
class Scenario:
    """What one file says. `base` is blank where it is the dataset given beside it; `goals` are keys
    of goals, None: the usual.
    """

    name: str
    base: str = ""
    changes: tuple[Change, ...] = ()
    goals: tuple[str, ...] | None = None
    solve: SolveWishes = field(default_factory=SolveWishes)
    stay_close_to: StayClose | None = None
    file: Path | None = None
    base_line: int = 0

    @property
    def file_name(self) -> str:
        """What its file is called, for faults."""
        return self.file.name if self.file else ""

    @property
    def file_stem(self) -> str:
        """Its file's name without the ending, for folders named after it."""
        return self.file.stem if self.file else "scenario"

    def upon(self, below: "Scenario") -> "Scenario":
        """This scenario with what only the one below it says of goals, solving and closeness;
        changes stay its own.
        """
        mine, theirs = self.solve, below.solve
        return replace(
            self,
            goals=below.goals if self.goals is None else self.goals,
            solve=SolveWishes(
                theirs.seconds if mine.seconds is None else mine.seconds,
                theirs.workers if mine.workers is None else mine.workers,
                theirs.seed if mine.seed is None else mine.seed,
                theirs.reproducible if mine.reproducible is None else mine.reproducible,
            ),
            stay_close_to=self.stay_close_to or below.stay_close_to,
        )
