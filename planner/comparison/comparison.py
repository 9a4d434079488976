"""The comparison of two to four plans: all its rows, in the order in which planners ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.comparison import costs, findings, people, positions, served
from planner.comparison.attribution import explained
from planner.comparison.comparable import ComparableDocument, comparable
from planner.comparison.impact_counts import affected, wrong
from planner.comparison.row import ComparisonRow, ComparisonTable, names_of
from planner.comparison.search import search, unfinished
from planner.document.plan_document import PlanBrief
from planner.words.errors import DatasetError, Fault
from planner.words.wording import Words, listed, period

if TYPE_CHECKING:
    from planner.plan.frames import Frame

FEWEST_PLANS, MOST_PLANS = 2, 4
SECTIONS = ("Search", "Who is served", "What it costs", "Who is affected", "What is wrong")
TABLES = {
    "search": SECTIONS[0],
    "served": SECTIONS[1],
    "schools": SECTIONS[1],
    "costs": SECTIONS[2],
    "cost": SECTIONS[2],
    "affected": SECTIONS[3],
    "people": SECTIONS[3],
    "positions": SECTIONS[3],
    "groups": SECTIONS[3],
    "wrong": SECTIONS[4],
    "findings": SECTIONS[4],
}
"""Under which question each table stands."""
SUMMARY = ("search", "served", "costs", "affected", "wrong")
"""The tables that make up the summary."""


@dataclass(frozen=True)
class ComparedPlan:
    """One of the plans: what it is called here, its scenario, how far its search came, and what the
    scenario changed.
    """

    label: str
    scenario: str
    status: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Plans side by side; `base` is the place of the one that the others are compared with.
    `remarks` say what to mind.
    """

    plans: tuple[ComparedPlan, ...]
    base: int
    rows: tuple[ComparisonRow, ...]
    locale: str
    currency: str
    period: str
    remarks: tuple[str, ...]

    def table(self, *names: str, everything: bool = False) -> tuple[ComparisonRow, ...]:
        """The rows of some tables; those without any difference only where they always show, or
        where everything is asked for.
        """
        return tuple(
            row
            for row in self.rows
            if row.table in names and (everything or row.always or row.differs)
        )

    def to_frame(self) -> "Frame":
        """A data frame of every row, for analysts and notebooks.

        Returns:
            A `pandas.DataFrame` with what a row is about (`table`, `measure`, `kind`, `id`,
            `label`, `what`, `unit`: texts), a column of values under the label of each plan, and,
            for all but the base, the difference from it under "LABEL - base" and the scenario's
            change that alone explains it under "LABEL because". Values are whole numbers or, for
            money and shares, exact decimals, in the row's `unit`; None where nothing is known.
        """
        from planner.plan.frames import LIST, TEXT, frame_of

        texts = ("table", "measure", "kind", "id", "label", "what", "unit")
        columns: dict[str, tuple[str, Iterable[object]]] = {
            name: (TEXT, [getattr(row, name) for row in self.rows]) for name in texts
        }
        for place, plan in enumerate(self.plans):
            columns[plan.label] = (LIST, [row.values[place] for row in self.rows])
            if place != self.base:
                columns[f"{plan.label} - base"] = (
                    LIST,
                    [row.differences[place] for row in self.rows],
                )
                columns[f"{plan.label} because"] = (TEXT, [row.because[place] for row in self.rows])
        return frame_of(columns)

    def without_pay(self) -> "Comparison":
        """The same without what single positions are paid."""
        return replace(
            self,
            rows=tuple(
                row for row in self.rows if (row.table, row.measure) != ("positions", "cost")
            ),
        )


def compare(
    documents: Sequence[PlanBrief], labels: Sequence[str] = (), base: int = 0
) -> Comparison:
    """Compare plans; `labels` are what they are called (else their scenarios).

    Raises DatasetError where these are not two to four plans, one lacks figures, or their figures
    are no amounts of the same thing: other currencies, other cycles.
    """
    if not FEWEST_PLANS <= len(documents) <= MOST_PLANS:
        raise _fault(f"{FEWEST_PLANS} to {MOST_PLANS} plans can be compared, not {len(documents)}.")
    if not 0 <= base < len(documents):
        raise _fault(f"There is no plan {base + 1} among {len(documents)}.")
    names = _labels(labels or [document.scenario for document in documents])
    plans = tuple(
        comparable(document, name) for document, name in zip(documents, names, strict=True)
    )
    _find_unlike(plans, names, base)
    rows = explained(_rows(plans, base), plans, base)
    district = plans[base].district
    heads = tuple(
        ComparedPlan(
            name, plan.scenario, plan.solver.status, tuple(change.words for change in plan.changes)
        )
        for plan, name in zip(plans, names, strict=True)
    )
    remarks = tuple(_remarks(plans, names, base, rows))
    return Comparison(
        heads, base, rows, district.locale, district.currency, period(district.cycle), remarks
    )


def _rows(plans: tuple[ComparableDocument, ...], base: int) -> list[ComparisonRow]:
    names = names_of(plans, base)

    def table(name: str) -> ComparisonTable:
        return ComparisonTable(name, plans, base, names)

    lists = {
        "schools": list(served.schools(table("schools"))),
        "cost": list(costs.cost(table("cost"))),
        "people": list(people.people(table("people"))),
        "positions": list(positions.positions(table("positions"))),
        "groups": list(served.groups(table("groups"))),
        "findings": list(findings.findings(table("findings"))),
    }
    listed_rows = [row for rows in lists.values() for row in rows]
    heads = {
        "search": list(search(table("search"))),
        "served": list(served.summary(table("served"))),
        "costs": list(costs.summary(table("costs"))),
        "affected": [
            *people.fte(table("affected")),
            *affected(table("affected"), listed_rows),
            *people.weeks_of_everybody(table("affected")),
        ],
        "wrong": [*findings.summary(table("wrong")), *wrong(table("wrong"), listed_rows)],
    }
    found = heads | lists
    return [row for name in TABLES for row in found[name]]


def _labels(given: Sequence[str]) -> list[str]:
    """What plans are called, each by a name of its own."""
    names: list[str] = []
    for name in given:
        said = name or "plan"
        number = 2
        while said in names:
            said = f"{name or 'plan'} ({number})"
            number += 1
        names.append(said)
    return names


def _find_unlike(plans: Sequence[ComparableDocument], names: Sequence[str], base: int) -> None:
    """Raises DatasetError with every plan whose figures cannot be set against the base's."""
    first, name = plans[base].district, names[base]
    faults = []
    for plan, label in zip(plans, names, strict=True):
        own = plan.district
        if own.currency != first.currency:
            faults.append(
                f"{label} is in {own.currency}, {name} in {first.currency}: their money cannot be "
                "compared."
            )
        if own.cycle != first.cycle:
            days = (
                f"{len(own.cycle)} days ({'; '.join(own.cycle)}), {name} of "
                f"{len(first.cycle)} ({'; '.join(first.cycle)})"
            )
            faults.append(f"{label} has a cycle of {days}: their minutes cannot be compared.")
    if faults:
        raise DatasetError([Fault("", 0, "", "", fault) for fault in faults])


def _remarks(
    plans: Sequence[ComparableDocument],
    names: Sequence[str],
    base: int,
    rows: Sequence[ComparisonRow],
) -> Iterable[str]:
    words = Words(plans[base].district.locale)
    districts = list(dict.fromkeys(plan.district.name for plan in plans))
    if len(districts) > 1:
        yield f"These are plans of {words.count(len(districts), 'district')}: {listed(districts)}."
    for plan, name in zip(plans, names, strict=True):
        told = plan.tells_changes and plans[base].tells_changes
        if (
            plan.dataset_hash != plans[base].dataset_hash
            and told
            and not (plan.changes or plans[base].changes)
        ):
            yield (
                f"{name} was made from other data than {names[base]}, and no scenario says "
                "what was changed."
            )
    differing = (
        any(row.differs if one == base else row.differences[one] for row in rows)
        for one in range(len(plans))
    )
    yield from unfinished(
        [
            (name, plan)
            for name, plan, differs in zip(names, plans, differing, strict=True)
            if differs
        ]
    )
    priced = [plan.measures.cost is not None for plan in plans]
    if any(priced) and not all(priced):
        lacking = [name for name, known in zip(names, priced, strict=True) if not known]
        yield f"What {listed(lacking)} costs is not known: no positions with pay stand in it."


def _fault(rule: str) -> DatasetError:
    return DatasetError([Fault("", 0, "", "", rule)])
