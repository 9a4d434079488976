"""The positions of a plan in its file: under the contract's names, and back again."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, get_args

from planner.facts.cell_formats import CellType, Share, Shares, nearest
from planner.facts.cell_numbers import fte
from planner.facts.problem import Problem
from planner.money import PayMissing, PositionCost, costs
from planner.money.lines import CostLine
from planner.plan.plan import FundedPosition
from planner.plan.positions import decimal_fte, funded
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import folded
from planner.words.errors import Fault

SHEET = "positions"
COLUMNS = (
    "position",
    "role",
    "school",
    "staff",
    "fte",
    "lane",
    "step",
    "funding",
    "allowances",
    "allowance_funding",
)
Json = dict[str, Any]
_SHARES: CellType = get_args(Shares)[1]


def position_rows(problem: Problem, positions: tuple[FundedPosition, ...]) -> list[Json]:
    """Each position with its money, exact to the cent and written as text; without amounts where
    the district has no pay.
    """
    try:
        priced = costs(problem, positions).positions if problem.data.pay else ()
    except PayMissing:
        priced = ()
    by_id = {one.position.position: one for one in priced}
    return [
        _row(problem, position, by_id.get(position.position))
        for position in sorted(positions, key=lambda p: p.position)
    ]


def _row(problem: Problem, position: FundedPosition, cost: PositionCost | None) -> Json:
    paid = cost.funds if cost else {}
    return {
        "position": position.position,
        "role": position.role,
        "school": list(position.school),
        "staff": position.staff,
        "fte": str(decimal_fte(position.fte)),
        "lane": position.lane,
        "step": position.step,
        "funding": [
            {
                "fund": share.fund,
                "percent": str(share.percent),
                "amount": str(paid[share.fund]) if share.fund in paid else None,
            }
            for share in position.funding
        ],
        "allowances": [_allowance(problem, position, name, cost) for name in position.allowances],
        "salary": str(cost.of("pay")) if cost else None,
        "oncosts": str(cost.of("oncost")) if cost else None,
        "total": str(cost.total) if cost else None,
    }


def _allowance(
    problem: Problem, position: FundedPosition, name: str, cost: PositionCost | None
) -> Json:
    shares = [share for share in position.allowance_funding if share.allowance == name]
    line: CostLine | None = (
        next((line for line in cost.lines if line.kind == "allowance" and line.name == name), None)
        if cost
        else None
    )
    return {
        "allowance": name,
        "budget_item": problem.allowances[name].budget_item,
        "percent": str(sum(share.percent for share in shares)),
        "amount": str(line.amount) if line else None,
        "funding": [
            {
                "fund": share.fund,
                "percent": str(share.percent),
                "amount": str(line.funds.get(share.fund, 0)) if line else None,
            }
            for share in shares
        ],
    }


def flat(row: Mapping[str, Any]) -> Json:
    """A position of a `plan.json` as the cells of a sheet."""
    allowances = [one for one in row.get("allowances") or [] if isinstance(one, dict)]
    shares = [
        f"{one.get('allowance')}@{_share(each)}"
        for one in allowances
        for each in one.get("funding") or []
    ]
    return dict(row) | {
        "funding": "; ".join(_share(one) for one in row.get("funding") or []),
        "allowances": "; ".join(str(one.get("allowance")) for one in allowances),
        "allowance_funding": "; ".join(shares),
    }


def _share(share: Any) -> str:
    return f"{share.get('fund')}:{share.get('percent')}" if isinstance(share, dict) else str(share)


def read_positions(
    table: RawSheet | None, problem: Problem, faults: list[Fault]
) -> tuple[FundedPosition, ...] | None:
    """The positions that a plan budgets: none where all are cut, None where it has no such sheet
    and in a district without positions. What is wrong with a cell is noted.
    """
    if table is None or not (table.rows or problem.data.positions):
        return None
    found = []
    for number, cells in table.rows:
        row = {folded(name).replace(" ", "_"): text.strip() for name, text in cells.items()}
        found += list(_Reading(problem, number, row, faults, table.file).position())
    return tuple(found)


class _Reading:
    """One row while it is read."""

    def __init__(
        self,
        problem: Problem,
        number: int,
        cells: Mapping[str, str],
        faults: list[Fault],
        file: str,
    ) -> None:
        self.problem, self.number, self.cells, self.faults, self.file = (
            problem,
            number,
            cells,
            faults,
            file,
        )

    def position(self) -> Iterator[FundedPosition]:
        """The row's position; none where anything in it is wrong."""
        before = len(self.faults)
        name = self.cells.get("position", "")
        row = self.problem.positions.get(name)
        if row is None:
            self.fault(
                "position",
                name,
                "is no position of this dataset.",
                nearest(name, self.problem.positions),
            )
            return
        said = funded(self.problem, row)
        share = self._fte(said)
        school = tuple(
            piece.strip() for piece in self.cells.get("school", "").split(";") if piece.strip()
        )
        for place in school:
            if place not in self.problem.schools:
                self.fault(
                    "school",
                    place,
                    "is no school of this dataset.",
                    nearest(place, self.problem.schools),
                )
        funding, extra = self._shares("funding"), self._shares("allowance_funding")
        allowances = tuple(
            piece.strip() for piece in self.cells.get("allowances", "").split(";") if piece.strip()
        )
        for allowance in allowances:
            if allowance not in self.problem.allowances:
                self.fault(
                    "allowances",
                    allowance,
                    "is no allowance of this dataset.",
                    nearest(allowance, self.problem.allowances),
                )
        if len(self.faults) == before:
            yield replace(
                said,
                school=school,
                fte=share,
                staff=self.cells.get("staff") or said.staff,
                lane=self.cells.get("lane", said.lane),
                step=self.cells.get("step", said.step),
                funding=funding,
                allowances=allowances,
                allowance_funding=extra,
            )

    def _fte(self, said: FundedPosition) -> Fraction:
        """The FTE written; the exact share of the dataset's row where that is written to six
        places.
        """
        text = self.cells.get("fte", "")
        try:
            written = fte(text) if text else decimal_fte(said.fte)
        except ValueError as error:
            self.fault("fte", text, str(error))
            return said.fte
        return said.fte if written == decimal_fte(said.fte) else Fraction(written)

    def _shares(self, column: str) -> tuple[Share, ...]:
        text = self.cells.get(column, "")
        try:
            shares: tuple[Share, ...] = _SHARES.parse(text, self.problem.data.reading)
        except ValueError as error:
            self.fault(column, text, str(error))
            return ()
        for share in shares:
            if share.fund not in self.problem.funds:
                self.fault(
                    column,
                    share.fund,
                    "is no fund of this dataset.",
                    nearest(share.fund, self.problem.funds),
                )
        return shares

    def fault(self, column: str, value: str, rule: str, fix: str = "") -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(SHEET, self.number, column, value, rule, fix, self.file))
