"""Write what a sweep leaves on disk.

A table for spreadsheets, the same for machines, and a picture of cost against minutes.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from planner.document.plan_file import write_json
from planner.facts.sheets import Dataset
from planner.private_files import all_or_nothing, write_text
from planner.render.workbook.chart import chart
from planner.scenario.variation import Case, Variation
from planner.sheets.csv_folder import protected
from planner.words.errors import WrongInput, sentence_of
from solver.frontier import Outcome

NAMES = ("frontier.csv", "frontier.json", "frontier.svg")
TIERS = (3, 2, 1)
MINUTES_AN_HOUR = 60
NOT_BEGUN = "not begun"


@dataclass(frozen=True)
class Frontier:
    """A sweep: what was varied, its cases, and by number what became of those that were begun."""

    name: str
    varied: tuple[Variation, ...]
    cases: tuple[Case, ...]
    outcomes: Mapping[int, Outcome]
    dataset: Dataset

    def steps(self) -> Iterator[tuple[int, Case, Outcome | None, tuple[str, ...], tuple[str, ...]]]:
        """Each case with its number, its outcome, and the positions that it gains and loses against
        the case one step before it in the last variation (of which it has more FTE, or less).
        """
        for number, case in enumerate(self.cases):
            outcome, before = self.outcomes.get(number), self.outcomes.get(number - 1)
            first = number % len(self.varied[-1].values) == 0
            gained, lost = ((), ()) if first else differing(before, outcome)
            yield number, case, outcome, gained, lost


def differing(
    before: Outcome | None, after: Outcome | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The positions of which a plan has more FTE than another, and those of which it has less."""
    if before is None or after is None or before.plan is None or after.plan is None:
        return (), ()
    was = {name: Decimal(fte) for name, fte in before.positions.items()}
    now = {name: Decimal(fte) for name, fte in after.positions.items()}
    nothing = Decimal(0)
    gained = tuple(name for name in now if now[name] > was.get(name, nothing))
    return gained, tuple(name for name in was if now.get(name, nothing) < was[name])


def rows(frontier: Frontier) -> Iterator[dict[str, Any]]:
    """The table, a row a case: `cost` in the district's currency, minutes of a cycle."""
    for _, case, outcome, gained, lost in frontier.steps():
        row: dict[str, Any] = {
            one.name: str(value) for one, value in zip(frontier.varied, case.values, strict=True)
        }
        row["status"] = outcome.status.value if outcome else NOT_BEGUN
        made = outcome is not None and outcome.plan is not None
        row["cost"] = f"{Decimal(outcome.cost) / 100:.2f}" if outcome and made else None
        for tier in TIERS:
            row[f"tier_{tier}_minutes"] = outcome.minutes.get(tier, 0) if outcome and made else None
            row[f"tier_{tier}_owed"] = outcome.owed.get(tier, 0) if outcome and made else None
        row["worst_school"] = outcome.worst_school if outcome and made else None
        row["worst_school_percent"] = (
            round(100 * outcome.worst_share, 2) if outcome and made else None
        )
        row["positions_gained"] = list(gained)
        row["positions_lost"] = list(lost)
        row["plan_from"] = (
            _case_called(frontier, outcome.taken_from)
            if outcome and outcome.taken_from is not None
            else None
        )
        row["why"] = outcome.why if outcome else None
        yield row


def _case_called(frontier: Frontier, number: int) -> str:
    return frontier.cases[number].scenario.name


def find_obstacle(folder: Path) -> None:
    """Look before a long sweep whether it can be written there. Raises WrongInput where it
    cannot.
    """
    try:
        with all_or_nothing(folder):
            pass
    except OSError as error:
        raise _not_written(folder, error) from None


def write_frontier(folder: Path, frontier: Frontier) -> tuple[Path, ...]:
    """Write the table and the picture; their paths. Raises WrongInput where they cannot be
    written.
    """
    table = list(rows(frontier))
    try:
        with all_or_nothing(folder) as unfinished:
            write_text(unfinished / NAMES[0], _csv(table))
            write_json(unfinished / NAMES[1], document(frontier))
            write_text(unfinished / NAMES[2], picture(frontier))
    except OSError as error:
        raise _not_written(folder, error) from None
    return tuple(folder / name for name in NAMES)


def document(frontier: Frontier) -> dict[str, Any]:
    """The sweep for machines: the table with what each goal reached and could reach, and the FTE of
    each position.
    """
    table = list(rows(frontier))
    for number, row in enumerate(table):
        outcome = frontier.outcomes.get(number)
        row["values"] = dict(outcome.values) if outcome else {}
        row["bounds"] = dict(outcome.bounds) if outcome else {}
        row["positions"] = dict(outcome.positions) if outcome else {}
    return {
        "scenario": frontier.name,
        "varied": [
            {"name": one.name, "values": [str(value) for value in one.values]}
            for one in frontier.varied
        ],
        "cases": table,
    }


def picture(frontier: Frontier) -> str:
    """Cost against the hours that are delivered, by tier and in all, as SVG."""
    made = [outcome for outcome in frontier.outcomes.values() if outcome.plan is not None]
    lines = {
        "all tiers": [(one.cost / 100, sum(one.minutes.values()) / MINUTES_AN_HOUR) for one in made]
    }
    for tier in TIERS:
        if any(tier in one.owed for one in made):
            lines[f"tier {tier}"] = [
                (one.cost / 100, one.minutes.get(tier, 0) / MINUTES_AN_HOUR) for one in made
            ]
    across = f"cost of positions ({frontier.dataset.district.currency})"
    title = f"{frontier.name}: {', '.join(one.name for one in frontier.varied)}"
    return chart(lines, title, across, "hours delivered a cycle", logarithmic=False)


def _csv(table: list[dict[str, Any]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
    writer.writeheader()
    for row in table:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return file.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(value)
    return (
        protected(value)
        if isinstance(value, str) and not value.lstrip("-").rstrip("%").replace(".", "").isdigit()
        else value
    )


def _not_written(folder: Path, error: OSError) -> WrongInput:
    return WrongInput(
        f"Nothing can be written into {folder} ({sentence_of(error)}). Choose another folder with "
        "-o."
    )
