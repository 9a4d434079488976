"""Shares of full time: of a position, a contract, or a row that says who holds a position."""

from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from planner.facts.person import WORKING_WEEK
from planner.facts.roles import Role

FTE_PLACES = Decimal("0.000001")


class SaysHowMuch(Protocol):
    """A row that says an FTE, or exact minutes a week instead."""

    @property
    def fte(self) -> Decimal | None:
        """Its share of full time."""

    @property
    def week_minutes(self) -> int | None:
        """Its minutes a week without lunch."""


def share_of_full_time(row: SaysHowMuch, role: Role) -> Fraction | None:
    """The exact share of full time that a row says: of its minutes a week, else its FTE; None where
    it says neither.
    """
    if row.week_minutes is not None:
        return Fraction(row.week_minutes, role.obligation_minutes * WORKING_WEEK)
    return None if row.fte is None else Fraction(row.fte)


def decimal_fte(share: Fraction) -> Decimal:
    """A share of full time, to six places."""
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(
        FTE_PLACES
    ).normalize() + 0
