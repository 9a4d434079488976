"""Which cells of a plan's sheets a broken rule comes from: those that a planner would look at
first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.document.plan_rows import PlanRead, PlanRow
from planner.facts.problem import Problem
from planner.rules import RULE_OF
from planner.rules.rule import Violation


@dataclass(frozen=True)
class PlanCell:
    """A cell of a plan's sheet; in a `plan.json`, which has no cells, the place of an entry in its
    list.
    """

    row: PlanRow
    column: str

    @property
    def cell(self) -> str:
        """`sessions!D14`; nothing in a `plan.json`."""
        return self.row.cell(self.column)


def places_of(violation: Violation, problem: Problem, read: PlanRead) -> list[PlanCell]:
    """The cells that a violation comes from, each once, in the order of sheets and rows; none where
    no row is at fault.
    """
    found = {
        (row.sheet != "sessions", row.number, column): PlanCell(row, column)
        for item, column in RULE_OF[violation.rule].items(problem, read.plan, violation.where)
        if (row := read.rows.get(item)) is not None
    }
    return [found[key] for key in sorted(found)]


def cells(places: Iterable[PlanCell], most: int) -> Iterator[str]:
    """The cells as they are said, at most so many of them."""
    known = [place.cell for place in places if place.cell]
    yield from known[:most]
    if len(known) > most:
        yield f"{len(known) - most} more"
