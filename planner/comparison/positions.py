"""The table `positions`: those that appear, go, or change FTE, funding, school or holder."""

from collections.abc import Iterator
from decimal import Decimal

from planner.comparison.document import PositionFigures
from planner.comparison.row import ComparisonRow, ComparisonTable, Kind, each

NOTHING = Decimal(0)


def positions(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """For each position FTE, cost, the percentage of each fund, schools and who holds it."""
    by_id = [{position.position: position for position in plan.positions} for plan in table.plans]
    for name in sorted(table.ids(lambda plan: (position.position for position in plan.positions))):
        yield from _position(table, name, [positions.get(name) for positions in by_id])


def _position(
    table: ComparisonTable, name: str, figures: list[PositionFigures | None]
) -> Iterator[ComparisonRow]:
    role = next(one.role for one in figures if one)
    of: tuple[Kind, str, str] = ("position", name, f"{name}, {table.role(role)}")
    base = figures[table.base]
    yield table.row("fte", "FTE", "fte", each(figures, lambda one: one.fte), of=of)
    paid = each(figures, lambda one: one.total)
    unknown = any(one and one.total is None for one in figures)
    if any(total is not None for total in paid):
        yield table.row("cost", "a year", "money", paid, of=of, known=not unknown)
    shares = [
        {} if one is None else {share.fund: share.percent for share in one.funding}
        for one in figures
    ]
    for fund in dict.fromkeys(fund for funds in (shares[table.base], *shares) for fund in funds):
        percents = [
            None if one is None else funds.get(fund, NOTHING)
            for one, funds in zip(figures, shares, strict=True)
        ]
        yield table.row(
            f"paid_by:{fund}", f"paid by {fund or 'no fund'}", "percent", percents, of=of
        )
    schools = [
        ", ".join(table.school(school) for school in one.school) if one else "" for one in figures
    ]
    moved = [int(bool(base and one and set(base.school) != set(one.school))) for one in figures]
    yield table.counted("schools", "at", "changes", moved, of=of, notes=schools)
    held = [table.person(one.staff) if one else "" for one in figures]
    other = [int(bool(base and one and base.staff != one.staff)) for one in figures]
    yield table.counted("staff", "held by", "changes", other, of=of, notes=held)
