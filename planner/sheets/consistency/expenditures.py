"""Expenditures that say how much they are in no way, or in two; account segments of nothing."""

from collections.abc import Iterator, Mapping

from planner.facts.cell_formats import nearest
from planner.facts.cell_names import account_segments
from planner.facts.expenditures import INDIRECT, KINDS, AccountSegment, Expenditure
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault

EVERYTHING = "all"
NAMED: Mapping[str, str] = {
    "fund": "funds",
    "program": "programs",
    "school": "schools",
    "role": "roles",
    "allowance": "allowances",
    "oncost": "oncosts",
}
"""The sheet in which the name after each of these words must be an id."""


def find_expenditures_without_an_amount(sheets: Sheets) -> Iterator[Fault]:
    """An expenditure that does not say how much it is, or says it twice."""
    for row in sheets.of(Expenditure):
        ways = {
            "amount": row.amount is not None,
            "hours": row.hours is not None or row.rate is not None,
            "percent": row.percent is not None,
        }
        said = [column for column, is_said in ways.items() if is_said]
        if not said:
            rule = "is blank, and so are hours and percent: nothing says how much it is."
            yield sheets.fault(
                row, "amount", rule, "Write an amount, or hours and a rate, or a percent."
            )
        elif len(said) > 1:
            rule = f"says how much it is, and so does {said[0]}."
            yield sheets.fault(row, said[1], rule, "Leave one of them blank.")
        elif said == ["hours"] and (row.hours is None or row.rate is None):
            missing = "hours" if row.hours is None else "rate"
            yield sheets.fault(row, missing, "is blank: hours need a rate, and a rate hours.")


def find_percentages_that_are_not_indirect(sheets: Sheets) -> Iterator[Fault]:
    """A percentage of the fund's other lines that is no indirect cost."""
    for row in sheets.of(Expenditure):
        if row.percent is not None and row.kind != INDIRECT:
            rule = f"is for indirect costs alone, and this is {row.kind}."
            yield sheets.fault(row, "percent", rule, "Write kind indirect, or an amount.")


def find_accounts_of_nothing(sheets: Sheets) -> Iterator[Fault]:
    """A code for a fund, program, school, job class, allowance, cost or kind that is not there."""
    for row in sheets.of(AccountSegment):
        kind, _, name = row.applies_to.partition(":")
        if row.applies_to == EVERYTHING or (kind == "kind" and name in KINDS):
            continue
        if kind == "kind":
            rule = f"names no kind of expenditure; these are {', '.join(KINDS)}."
            yield sheets.fault(row, "applies_to", rule, nearest(name, KINDS))
        elif kind not in NAMED or not name:
            rule = f"is none of {', '.join(f'{word}:…' for word in (*NAMED, 'kind'))} and all."
            yield sheets.fault(row, "applies_to", rule)
        elif name not in sheets.ids(sheet := NAMED[kind]) and (
            sheets.whole(sheet) or not sheets.has(sheet)
        ):
            rule = f"names no id of the sheet {sheet}."
            yield sheets.fault(row, "applies_to", rule, nearest(name, sheets.ids(sheet)))


def find_segments_of_no_account(sheets: Sheets) -> Iterator[Fault]:
    """A code for a segment that accounts do not have."""
    if sheets.district is None:
        return
    wanted = sheets.district.account_format
    segments = account_segments(wanted)
    for row in sheets.of(AccountSegment):
        if row.segment not in segments:
            rule = (
                "is no segment of the district's account_format"
                f"{f' {wanted}' if segments else ', which is blank'}."
            )
            yield sheets.fault(row, "segment", rule, nearest(row.segment, segments))
