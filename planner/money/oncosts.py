"""Employer costs: rates on pay and allowances, and flat sums, counted per person over all their
positions.

A rate sheet has everything in it: its positions bear no employer cost. One that is not due has no
line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planner.facts.district import District
from planner.facts.problem import Problem
from planner.facts.roles import Oncost
from planner.money.allowances import allowance_shares
from planner.money.cents import cents, money, shared_out, weights_of
from planner.money.employment import (
    Employment,
    Tenure,
    benefit_months,
    hours_in_all,
    month_number,
    together,
)
from planner.money.lines import UnsharedLine
from planner.money.number_format import NumberFormat
from planner.money.paid_months import months_paid
from planner.money.pay import FormulaAmount, year_part

ALL_IN = "rate_sheet"


@dataclass(frozen=True)
class Paid:
    """A position with its lines so far, pay and allowances: what employer costs are counted on."""

    employment: Employment
    lines: tuple[UnsharedLine, ...]

    @property
    def all_in(self) -> bool:
        """Whether its rate holds the employer costs."""
        return self.employment.role.pay_basis == ALL_IN

    @property
    def base(self) -> Fraction:
        """Pay and allowances as they are rounded."""
        return sum((Fraction(line.amount) for line in self.lines), Fraction(0))

    def bears(self, row: Oncost) -> bool:
        """Whether an employer cost is paid for its job class."""
        return not self.all_in and (not row.roles or self.employment.role.role in row.roles)

    @property
    def base_by_fund(self) -> Mapping[str, Fraction]:
        """What each fund pays of the base, exactly: a rate on a differential is paid by the fund
        that pays the differential.
        """
        position, found = self.employment.position, dict[str, Fraction]()
        for line in self.lines:
            shares = (
                position.funding if line.kind == "pay" else allowance_shares(position, line.name)
            )
            weights = weights_of(shares)
            whole = sum(weights.values())
            for fund, weight in weights.items():
                found[fund] = found.get(fund, Fraction(0)) + Fraction(line.amount) * weight / whole
        return found


def oncost_lines(
    problem: Problem, paid: Sequence[Paid], saying: NumberFormat
) -> tuple[tuple[UnsharedLine, ...], ...]:
    """The employer costs of each position, in the order of the sheet: for each cost its rate, then
    its flat sum.
    """
    found: list[list[UnsharedLine]] = [[] for _ in paid]
    for places in _by_person(paid):
        mine = [paid[place] for place in places]
        held = [one.employment for one in mine]
        for row in problem.data.oncosts:
            if hours_in_all(held, annualised=row.annualised) >= (row.min_hours_year or 0):
                for index, line in (
                    *_rate(row, mine, problem.data.district, saying),
                    *_flat(row, mine, problem.data.district, saying),
                ):
                    found[places[index]].append(line)
    return tuple(tuple(lines) for lines in found)


def _by_person(paid: Sequence[Paid]) -> list[list[int]]:
    """The places of the positions that one person holds; a position that names nobody is somebody
    of its own.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(paid):
        position = one.employment.position
        found.setdefault((position.staff, "" if position.staff else position.position), []).append(
            place
        )
    return list(found.values())


def _rate(
    row: Oncost, mine: Sequence[Paid], district: District, saying: NumberFormat
) -> Iterator[tuple[int, UnsharedLine]]:
    """The rate on all that a person is paid, less the threshold and up to the cap, shared out over
    the positions by their base.
    """
    total = sum((one.base for one in mine if not one.all_in), Fraction(0))
    top = total if row.cap is None else min(total, Fraction(row.cap))
    free = _free(row, mine, district, saying)
    charged = top - free.value
    bearing = [index for index, one in enumerate(mine) if one.bears(row) and one.base]
    if not (row.rate_percent and bearing) or charged <= 0:
        return
    rate, said = Fraction(row.rate_percent) / 100, saying.percent(row.rate_percent)
    bases = [mine[index].base for index in bearing]
    if charged == total:
        figures = [(cents(rate * base), saying.amount(base)) for base in bases]
    else:
        parts = shared_out(cents(rate * charged * sum(bases) / total), bases)
        limits = _limited(free, top, total, saying)
        own = [
            f" × {saying.amount(base)} ÷ {saying.amount(total)}" if base != total else ""
            for base in bases
        ]
        figures = [(part, f"{limits}{share}") for part, share in zip(parts, own, strict=True)]
    for index, (amount, on) in zip(bearing, figures, strict=True):
        yield index, _line(row, mine[index], amount, f"{said} × {on}", mine[index].base_by_fund)


def _free(
    row: Oncost, mine: Sequence[Paid], district: District, saying: NumberFormat
) -> FormulaAmount:
    """What bears no rate: the threshold of the year, or that of a month for each month paid, so
    that a leaver and the successor do not have a whole year's each.
    """
    threshold, said = Fraction(row.threshold or 0), saying.money(row.threshold or Decimal(0))
    if row.threshold_unit == "year":
        return FormulaAmount(threshold, said)
    months = months_paid(district, [one.employment for one in mine if not one.all_in])
    return FormulaAmount(threshold * months, f"{said} × {saying.words.count(months, 'month')}")


def _limited(free: FormulaAmount, top: Fraction, total: Fraction, saying: NumberFormat) -> str:
    """`($19,441.47 − $5,000.00)`: what bears the rate."""
    upper = saying.amount(top) + (" (cap)" if top < total else "")
    return f"({upper} − {free.said})" if free.value else upper


def _flat(
    row: Oncost, mine: Sequence[Paid], district: District, saying: NumberFormat
) -> Iterator[tuple[int, UnsharedLine]]:
    """The flat sum: for each FTE of a position, or for the person and then shared out over their
    positions by FTE.
    """
    bearing = [
        index
        for index, one in enumerate(mine)
        if one.bears(row) and one.employment.position.fte and one.employment.dates
    ]
    if not row.flat or not bearing:
        return
    held = [mine[index].employment for index in bearing]
    if row.per == "fte":
        sums = _sums_by_fte(row, held, district, saying)
        ftes = [employment.position.fte for employment in held]
        amounts = [cents(one.value * fte) for one, fte in zip(sums, ftes, strict=True)]
        said = [
            f"{one.said} × {saying.number(fte)} FTE" for one, fte in zip(sums, ftes, strict=True)
        ]
    else:
        due = _sum_due(row, together(held), district, saying)
        parts, unit = _parts_of(row, held, district)
        total = sum(parts, Fraction(0))
        amounts = shared_out(cents(due.value), parts)
        said = [
            due.said
            + (f" × {saying.number(part)} ÷ {saying.number(total)} {unit}" if part != total else "")
            for part in parts
        ]
    for index, amount, formula in zip(bearing, amounts, said, strict=True):
        yield (
            index,
            _line(
                row,
                mine[index],
                amount,
                formula,
                weights_of(mine[index].employment.position.funding),
            ),
        )


def _parts_of(
    row: Oncost, held: Sequence[Employment], district: District
) -> tuple[list[Fraction], str]:
    """How a person's flat sum is shared out over their positions, and of what these parts are.

    By FTE where they hold all of them for the same time. Else each month (day worked) is borne by
    those that they hold then, also by FTE: who goes from one position to another must not have the
    first one pay for the time of the second.
    """
    ftes = [employment.position.fte for employment in held]
    if len({(employment.start, employment.end) for employment in held}) == 1:
        return ftes, "FTE"
    if row.unit == "month":
        whole = together(held)
        times = [_in_month(held, district, month) for month in whole.months(district)]
        unit = "months"
    else:
        dates = sorted({day for employment in held for day in employment.dates})
        times = [
            [employment.start <= day <= employment.end for employment in held] for day in dates
        ]
        unit = "days"
    parts = [Fraction(0) for _ in held]
    for there in times:
        together_then = sum((fte for fte, held_then in zip(ftes, there, strict=True) if held_then))
        for place, (fte, held_then) in enumerate(zip(ftes, there, strict=True)):
            parts[place] += fte / together_then if held_then else 0
    return (parts, unit) if any(parts) else (ftes, "FTE")


def _in_month(held: Sequence[Employment], district: District, month: int) -> list[bool]:
    """Which positions bear a month, counted as `month_number` does: those whose own months of
    benefit hold it. In one in which none does, the last before it (the month in which somebody
    begins on another position), unless that was over by then; else the next.
    """
    months = [benefit_months(district, one.start, one.end) for one in held]
    bearing = [month in own for own in months]
    if any(bearing):
        return bearing
    before = [
        one.start
        for one in held
        if month_number(one.start) < month and month_number(one.end) >= month - 1
    ]
    later = [one.start for one in held if month_number(one.start) >= month]
    first = max(before) if before else min(later or [one.start for one in held])
    return [one.start == first for one in held]


def _sums_by_fte(
    row: Oncost, held: Sequence[Employment], district: District, saying: NumberFormat
) -> list[FormulaAmount]:
    """The sum of a full-time person for each position: a yearly one for its share of the year, a
    monthly one for the months that it bears of those in which the person has the benefit.
    """
    if row.unit == "year":
        return [_yearly(row, employment, saying) for employment in held]
    times = [_in_month(held, district, month) for month in together(held).months(district)]
    counts = [sum(there[place] for there in times) for place in range(len(held))]
    return [_monthly(row, count, saying) for count in counts]


def _sum_due(row: Oncost, whole: Tenure, district: District, saying: NumberFormat) -> FormulaAmount:
    """A monthly sum for the months of benefit, a yearly one for the share of the year."""
    if row.unit == "month":
        return _monthly(row, len(whole.months(district)), saying)
    return _yearly(row, whole, saying)


def _monthly(row: Oncost, months: int, saying: NumberFormat) -> FormulaAmount:
    said = f"{saying.money(row.flat)} × {saying.words.count(months, 'month')}"
    return FormulaAmount(Fraction(row.flat) * months, said)


def _yearly(row: Oncost, time: Employment | Tenure, saying: NumberFormat) -> FormulaAmount:
    said = saying.money(row.flat) + year_part(time)
    return FormulaAmount(Fraction(row.flat) * time.share, said)


def _line(
    row: Oncost, one: Paid, amount: int, formula: str, weights: Mapping[str, Fraction]
) -> UnsharedLine:
    position = one.employment.position.position
    return UnsharedLine(position, "oncost", row.oncost, "", money(amount), formula, weights)
