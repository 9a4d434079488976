"""What a fund allows, asks and holds back.

Its program's columns, and its own in the place of those.
"""

from decimal import ROUND_HALF_UP, Decimal

from planner.facts.funds import Fund, Program

OWN = tuple(
    name for name in Program.model_fields if name in Fund.model_fields and name not in Program.KEY
)
"""The columns of a program that a fund may say otherwise."""
CENT = Decimal("0.01")
WHOLE = Decimal(100)


def terms_of(fund: Fund, program: Program) -> Program:
    """The program as this fund has it."""
    said = {name: value for name in OWN if (value := getattr(fund, name)) is not None}
    return program.model_copy(update=said) if said else program


def part_of(amount: Decimal, percent: Decimal) -> Decimal:
    """A percentage of an amount, to the cent, half up."""
    return (amount * percent / WHOLE).quantize(CENT, ROUND_HALF_UP)


def after_hold(fund: Fund, terms: Program) -> Decimal:
    """What positions may cost of a fund: its amount without what is held back for variance."""
    return fund.amount - part_of(fund.amount, terms.hold_percent)
