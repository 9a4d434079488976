"""The positions of a plan, read back from its document."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from planner.document.position_rows import FundShare, PositionRow
from planner.document.row_reading import RowReading
from planner.facts.cell_formats import Share
from planner.plan.plan import FundedPosition
from planner.plan.positions import decimal_fte, funded


class PositionReading(RowReading[PositionRow]):
    """A row of the positions. What the row does not say is as the dataset says it."""

    def positions(self) -> Iterator[FundedPosition]:
        """The row's position; none where anything in it is wrong."""
        name = self.text("position")
        in_data = self.problem.positions.get(name)
        if in_data is None:
            self.unknown("position", name, "position", self.problem.positions)
            return
        row, said = self.row, funded(self.problem, in_data)
        for school in row.school:
            if school not in self.problem.schools:
                self.unknown("school", school, "school", self.problem.schools)
        for allowance in row.allowances:
            if allowance.allowance not in self.problem.allowances:
                self.unknown(
                    "allowances", allowance.allowance, "allowance", self.problem.allowances
                )
        funding = self._shares("funding", row.funding)
        extra = tuple(
            share
            for allowance in row.allowances
            for share in self._shares("allowance_funding", allowance.funding, allowance.allowance)
        )
        if self.sound:
            yield replace(
                said,
                school=row.school,
                fte=self._fte(said),
                staff=self.text("staff") or said.staff,
                lane=row.lane if "lane" in row.model_fields_set else said.lane,
                step=row.step if "step" in row.model_fields_set else said.step,
                funding=funding,
                allowances=tuple(allowance.allowance for allowance in row.allowances),
                allowance_funding=extra,
            )

    def _fte(self, said: FundedPosition) -> Fraction:
        """The FTE written; the exact share of the dataset's row where that is written to six
        places.
        """
        written = self.row.fte
        return said.fte if written == decimal_fte(said.fte) else Fraction(written)

    def _shares(
        self, column: str, shares: tuple[FundShare, ...], allowance: str = ""
    ) -> tuple[Share, ...]:
        for share in shares:
            if share.fund not in self.problem.funds:
                self.unknown(column, share.fund, "fund", self.problem.funds)
            if not 0 <= share.percent <= 100:
                self.fault(column, str(share.percent), "is not between 0 and 100.")
        return tuple(Share(share.fund, share.percent, allowance) for share in shares)
