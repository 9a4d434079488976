"""Expenditures of the next year: planned anew, by the funds that are left."""

from collections.abc import Collection

from planner.facts.expenditures import PLANNED, AccountSegment, Expenditure
from planner.facts.sheets import Dataset
from planner.rollover.notes import DROPPED, LOOK, Note
from planner.rollover.year import dated


def expenditures(
    data: Dataset, funds: Collection[str], people: Collection[str]
) -> tuple[tuple[Expenditure, ...], list[Note]]:
    """The expenditures of the next year: those of a fund that is over, or for somebody who has
    left, are dropped; all others are planned again, 52 weeks later where they have dates.
    """
    found: list[Expenditure] = []
    notes: list[Note] = []
    for number, row in enumerate(data.expenditures, start=2):
        if row.fund not in funds:
            words = f"{row.fund}, which paid it, is over."
        elif row.staff and row.staff not in people:
            words = f"{row.staff} has left."
        else:
            changes: dict[str, object] = {"status": PLANNED, **dated(row, "from_", "to")}
            found.append(row.model_copy(update=changes))
            continue
        notes.append(Note(DROPPED, "expenditures", number, row.expenditure, words))
    if found:
        words = "planned as this year: are they bought again, at which price?"
        notes.append(Note(LOOK, "expenditures", 0, "", words))
    return tuple(found), notes


def accounts(data: Dataset, funds: Collection[str]) -> tuple[AccountSegment, ...]:
    """The account segments without those of funds that are over."""
    return tuple(
        row
        for row in data.accounts
        if not row.applies_to.startswith("fund:") or row.applies_to.partition(":")[2] in funds
    )
