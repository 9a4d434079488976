"""Positions and the funds that pay them."""

from collections.abc import Iterator
from decimal import Decimal

from planner.facts.assignments import Assignment
from planner.facts.cell_formats import Share
from planner.facts.funds import Fund, Position
from planner.facts.roles import Allowance
from planner.facts.row import SheetRow
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault

WHOLE = Decimal(100)


def find_funding_that_is_not_whole(sheets: Sheets) -> Iterator[Fault]:
    """Funding that does not sum to 100 % of the position."""
    for position in sheets.of(Position):
        if position.funding:
            total = sum((share.percent for share in position.funding), Decimal(0))
            if total != WHOLE:
                yield sheets.fault(
                    position, "funding", f"sums to {total:f} percent of the position, not to 100."
                )


def find_funds_named_twice(sheets: Sheets) -> Iterator[Fault]:
    """A fund that is named twice in one cell of funding: which of the two holds?"""
    for position in sheets.of(Position):
        yield from fund_named_twice(sheets, position, "funding", position.funding)


def fund_named_twice(
    sheets: Sheets, row: SheetRow, field: str, shares: tuple[Share, ...]
) -> Iterator[Fault]:
    """Each fund that stands twice among the shares of a cell."""
    funds = [share.fund for share in shares]
    for fund in dict.fromkeys(fund for fund in funds if funds.count(fund) > 1):
        yield sheets.fault(
            row, field, f"names the fund '{fund}' twice.", "Write one percentage for it."
        )


def find_allowances_in_funding(sheets: Sheets) -> Iterator[Fault]:
    """A share of an allowance among the shares of the position."""
    for position in sheets.of(Position):
        for share in position.funding:
            if share.allowance:
                rule = (
                    f"speaks of the allowance '{share.allowance}'; funding is of the position "
                    "itself."
                )
                yield sheets.fault(
                    position, "funding", rule, "Write it in the column allowance_funding."
                )


def find_allowance_funding_that_does_not_fit(sheets: Sheets) -> Iterator[Fault]:
    """Funding of allowances that names none, one that the position has not, or a fund twice."""
    for position in sheets.of(Position):
        shares: dict[str, list[Share]] = {}
        for share in position.allowance_funding:
            shares.setdefault(share.allowance, []).append(share)
        for allowance, paid in shares.items():
            if not allowance:
                fix = "Write it like lead-diff@t1-elm:50."
                yield sheets.fault(
                    position, "allowance_funding", "names a fund without an allowance.", fix
                )
            elif allowance not in position.allowances and allowance in sheets.ids("allowances"):
                rule = (
                    f"pays the allowance '{allowance}', which is not among the position's "
                    "allowances."
                )
                yield sheets.fault(
                    position, "allowance_funding", rule, "Add it to the column allowances."
                )
            yield from fund_named_twice(sheets, position, "allowance_funding", tuple(paid))


def find_allowance_funding_that_is_not_whole(sheets: Sheets) -> Iterator[Fault]:
    """Funding of an allowance that does not sum to 100 %.

    One that must follow the position's percentages may fall short of 100 here: then it is not a
    slip of the pen but what is budgeted, and the rule on differentials finds it, fund by fund.
    """
    allowances = sheets.by_id(Allowance)
    for position in sheets.of(Position):
        totals: dict[str, Decimal] = {}
        for share in position.allowance_funding:
            totals[share.allowance] = totals.get(share.allowance, Decimal(0)) + share.percent
        for name, total in totals.items():
            follows = name in allowances and allowances[name].match == "same_percent"
            if total > WHOLE or (total < WHOLE and name in allowances and not follows):
                rule = f"pays {total:f} percent of the allowance '{name}', not 100."
                yield sheets.fault(position, "allowance_funding", rule)


def find_filled_positions_without_staff(sheets: Sheets) -> Iterator[Fault]:
    """A filled position that nobody holds, nor the sheet `assignments` gives to anybody."""
    assigned = {row.position for row in sheets.of(Assignment)}
    for position in sheets.of(Position):
        named = position.staff or position.position in assigned
        if position.status == "filled" and not named:
            fix = "Write the person's id, or make the position vacant."
            yield sheets.fault(
                position, "staff", "the position is filled, but nobody is named.", fix
            )


def find_smallest_fte_above_largest(sheets: Sheets) -> Iterator[Fault]:
    """A position whose FTE could be nothing at all."""
    for position in sheets.of(Position):
        if (
            position.min_fte is not None
            and position.max_fte is not None
            and position.min_fte > position.max_fte
        ):
            yield sheets.fault(position, "min_fte", f"is more than max_fte ({position.max_fte:f}).")


def find_allowances_of_other_roles(sheets: Sheets) -> Iterator[Fault]:
    """An allowance on a position of a job class that may not have it."""
    allowances = sheets.by_id(Allowance)
    for position in sheets.of(Position):
        for name in position.allowances:
            roles = allowances[name].roles if name in allowances else ()
            if roles and position.role not in roles and position.role in sheets.ids("roles"):
                rule = f"names the allowance '{name}', which {position.role} may not have."
                yield sheets.fault(
                    position, "allowances", rule, f"It is for {', '.join(roles)}.", name
                )


def find_funds_that_expire_before_a_position(sheets: Sheets) -> Iterator[Fault]:
    """A fund that is over when the position that it pays begins."""
    funds, district = sheets.by_id(Fund), sheets.district
    for position in sheets.of(Position):
        begins = position.start or (district and district.year_start)
        for name in dict.fromkeys(
            share.fund
            for share in (*position.funding, *position.allowance_funding)
            if share.percent
        ):
            expires = funds[name].expires if name in funds else None
            if expires and begins and expires < begins:
                column = (
                    "funding"
                    if any(share.fund == name for share in position.funding)
                    else "allowance_funding"
                )
                rule = (
                    f"names the fund '{name}', which expires on {expires}, before the "
                    f"position begins on {begins}."
                )
                yield sheets.fault(position, column, rule)


def find_grants_that_give_less_than_the_year(sheets: Sheets) -> Iterator[Fault]:
    """A grant of several years of which less is left than this year's amount."""
    for fund in sheets.of(Fund):
        left = None if fund.total is None else fund.total - fund.spent_before
        if left is not None and fund.amount > left:
            rule = f"is more than the {left:f} that earlier years left of the grant."
            yield sheets.fault(
                fund, "amount", rule, "Write the most of this year, or another total."
            )
