"""Cents: an exact amount rounded once, half up, and a sum of cents shared out without losing or
finding one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from planner.facts.cell_type import Share

CENTS = 100
WHOLE = 100
UNFUNDED = ""
"""The id under which money stands that no fund pays."""


def cents(amount: Fraction) -> int:
    """An exact amount to the cent, half up."""
    return floor(amount * CENTS + Fraction(1, 2))


def money(count: int) -> Decimal:
    """So many cents as an amount."""
    return Decimal(count).scaleb(-2)


def to_cents(amount: Decimal) -> int:
    """An amount in whole cents."""
    return int(amount * CENTS)


def shared_out(count: int, weights: Sequence[Fraction]) -> list[int]:
    """A sum of cents in proportion to weights, of which some is above 0: whole cents to each, the
    rest by the largest remainder.

    Equal remainders go by the order of the weights.
    """
    total = sum(weights, Fraction(0))
    exact = [count * weight / total for weight in weights]
    parts = [floor(part) for part in exact]
    first = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in first[: count - sum(parts)]:
        parts[place] += 1
    return parts


def weights_of(funding: Iterable[Share]) -> Mapping[str, Fraction]:
    """What part of something each fund pays, in percent; what they leave of 100 stands under the
    blank id.
    """
    found: dict[str, Fraction] = {}
    for share in funding:
        found[share.fund] = found.get(share.fund, Fraction(0)) + Fraction(share.percent)
    rest = WHOLE - sum(found.values(), Fraction(0))
    return found | {UNFUNDED: found.get(UNFUNDED, Fraction(0)) + rest} if rest > 0 else found


def by_fund(lines: Iterable[tuple[int, Mapping[str, Fraction]]]) -> Iterator[Mapping[str, Decimal]]:
    """The cents of each fund, line by line of one position: a sum of cents and the weights by which
    the funds share it.

    What a line gives a fund too much or too little for whole cents, the next lines that it pays
    make good: rounded line by line, the first of two equal funds would pay every odd cent.
    """
    owed: dict[str, Fraction] = {}
    for count, weights in lines:
        total = sum(weights.values(), Fraction(0))
        exact = {
            fund: count * weight / total + owed.get(fund, Fraction(0))
            for fund, weight in weights.items()
        }
        parts = _whole_cents(count, exact, [fund for fund, weight in weights.items() if weight])
        owed |= {fund: exact[fund] - part for fund, part in parts.items()}
        yield {fund: money(part) for fund, part in parts.items()}


def _whole_cents(
    count: int, exact: Mapping[str, Fraction], paying: Sequence[str]
) -> Mapping[str, int]:
    """Whole cents that sum to `count`, none below 0, each as near to the exact ones as may be."""
    parts = {fund: max(0, floor(part)) for fund, part in exact.items()}
    while sum(parts.values()) < count:
        parts[max(paying, key=lambda fund: exact[fund] - parts[fund])] += 1
    while sum(parts.values()) > count:
        parts[min(filter(parts.get, parts), key=lambda fund: exact[fund] - parts[fund])] -= 1
    return parts
