"""What funds pay beside positions: the lines of the sheet `expenditures`, and paid extra hours.

An hour paid on top costs what an hour of the position costs, and the rates on it; it is paid by the
funds of that position. Flat sums and minimum hours are those of the position.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.facts.expenditures import PLANNED, Expenditure
from planner.facts.problem import Problem
from planner.facts.roles import Oncost
from planner.money.budgeted import Budgeted
from planner.money.cents import by_fund, cents, money, weights_of
from planner.money.employment import MINUTES_AN_HOUR, Employment, hours_in_all
from planner.money.extra_work import PAID, ExtraWork, Held, extra_work, held_by_person, is_timed
from planner.money.hourly import hourly
from planner.money.lines import ZERO
from planner.money.number_format import NumberFormat
from planner.money.oncosts import ALL_IN
from planner.money.paid_months import months_paid
from planner.money.rates import Rate, Schedules
from planner.plan.plan import Plan
from planner.plan.positions import before_budget

EXTRA_HOURS = "extra_hours"
EXPECTED = (
    "There is no timetable yet: hours of duties are those of the people who may do them and cost "
    "most."
)


@dataclass(frozen=True)
class SpendingLine:
    """Money beside positions: a row of the sheet `expenditures`, or a line of the extra hours of
    one person at one duty (`oncost` names the employer cost that it is, blank: wages).

    `funds` gives the cents of each fund. `dates` are those on which it is earned, where these are
    known; else it is spent from `first` to `last`. `tells_pay`: it tells what somebody is paid;
    `is_expected`: there is no timetable yet that says who works these hours.
    """

    id: str
    kind: str
    title: str
    school: str
    role: str
    staff: str
    status: str
    amount: Decimal
    formula: str
    funds: Mapping[str, Decimal]
    first: date
    last: date
    tells_pay: bool
    oncost: str = ""
    dates: tuple[date, ...] = ()
    is_extra_work: bool = False
    is_indirect: bool = False
    is_expected: bool = False


def spending(problem: Problem, budget: Budgeted, plan: Plan) -> tuple[SpendingLine, ...]:
    """Every line beside the positions of a budget, first the sheet's, then paid extra hours.

    Indirect costs are a part of all other lines of their fund, positions included, each rounded
    once, half up.
    """
    extra = tuple(extra_hours(problem, budget, plan))
    rows = problem.data.expenditures
    if not rows:
        return extra
    saying = NumberFormat(problem.data.district)
    others = dict(budget.costs.funds)
    for line in extra:
        for fund, amount in line.funds.items():
            others[fund] = others.get(fund, ZERO) + amount
    own = {row.expenditure: row.own_amount for row in rows}
    for row in rows:
        exact = own[row.expenditure]
        if exact is not None:
            others[row.fund] = others.get(row.fund, ZERO) + money(cents(exact))
    return (
        *(_row(problem, row, own[row.expenditure], others, saying) for row in rows),
        *extra,
    )


def _row(
    problem: Problem,
    row: Expenditure,
    own: Fraction | None,
    others: Mapping[str, Decimal],
    saying: NumberFormat,
) -> SpendingLine:
    district = problem.data.district
    if own is None:
        base = others.get(row.fund, ZERO)
        exact = row.percent_of_others * Fraction(base)
        formula = f"{saying.percent(row.percent or Decimal(0))} × {saying.money(base)}"
    else:
        exact = own
        formula = (
            f"{saying.hours(Fraction(row.hours))} × {saying.money(row.rate)}"
            if row.hours is not None and row.rate is not None
            else saying.amount(own)
        )
    amount = money(cents(exact))
    first, last = row.dates(district.year_start, district.year_end)
    return SpendingLine(
        row.expenditure,
        row.kind,
        row.title or row.kind.replace("_", " "),
        row.school or problem.funds[row.fund].school,
        row.role,
        row.staff,
        row.status,
        amount,
        formula,
        {row.fund: amount},
        first,
        last,
        row.is_pay,
        is_indirect=row.own_amount is None,
    )


def extra_hours(problem: Problem, budget: Budgeted, plan: Plan) -> Iterator[SpendingLine]:
    """The lines of duties that are paid on top: wages, then each employer cost with a rate."""
    if not budget.costs.positions or not any(row.time == PAID for row in problem.data.duties):
        return
    # As the sheets pose it, also where a budget has been written into them: who is yet to be hired
    # is nobody of whom a duty is expected.
    problem = before_budget(problem)
    pricing = _Pricing(problem, budget)
    for extra in extra_work(problem, plan, pricing.held, pricing.cost_of_an_hour, PAID):
        for line in pricing.lines(extra):
            yield replace(line, is_expected=not is_timed(plan))


class _Pricing:
    """Prices hours; what somebody has been paid so far counts towards thresholds and caps."""

    def __init__(self, problem: Problem, budget: Budgeted) -> None:
        self.problem = problem
        self.saying = NumberFormat(problem.data.district)
        self._schedules = Schedules(problem.data.pay, problem.data.district)
        self._people = {person.staff: person for person in problem.data.staff}
        costs = budget.costs.positions
        self.held: Held = held_by_person(problem, (cost.position for cost in costs))
        self._base: dict[str, Fraction] = {}
        for part in (part for cost in costs for part in cost.parts):
            name = part.holding.staff
            if problem.roles[part.holding.held.role].pay_basis != ALL_IN:
                earned = part.of("pay") + part.of("allowance")
                self._base[name] = self._base.get(name, Fraction(0)) + Fraction(earned)
        self.cost_of_an_hour: Mapping[str, Fraction] = {
            name: hourly(mine[0], rate, self.saying).value
            for name, mine in self.held.items()
            if (rate := self._rate(self._main(name))) is not None
        }

    def _main(self, staff: str, roles: Sequence[str] = ()) -> Employment:
        """The position whose rate and funds pay the hours: the largest in one of these job
        classes, else of all.
        """
        held = self.held[staff]
        fitting = [one for one in held if one.role.role in roles] or held
        return max(fitting, key=lambda one: one.position.fte)

    def _rate(self, one: Employment) -> Rate | None:
        rate = self._schedules.rate(one, self._people.get(one.position.staff))
        return rate if isinstance(rate, Rate) else None

    def lines(self, extra: ExtraWork) -> Iterator[SpendingLine]:
        """Wages and employer costs of one person's hours at one duty."""
        if extra.staff not in self.held:
            return
        one = self._main(extra.staff, extra.duty.roles)
        rate = self._rate(one)
        if rate is None:
            return
        per_hour = hourly(one, rate, self.saying)
        hours = Fraction(extra.duty.minutes, MINUTES_AN_HOUR)
        wages = cents(per_hour.value * hours * len(extra.dates))
        said = f"{len(extra.dates)} × {self.saying.hours(hours)} × {per_hour.said}"
        priced = [("", wages, said)]
        if one.role.pay_basis != ALL_IN:
            before = self._base.get(extra.staff, Fraction(0))
            after = before + Fraction(wages, 100)
            self._base[extra.staff] = after
            priced += [
                (row.oncost, count, formula)
                for row in self.problem.data.oncosts
                for count, formula in self._on(row, one, before, after)
            ]
        weights = weights_of(one.position.funding)
        funds = by_fund((count, weights) for _, count, _ in priced)
        for (oncost, count, formula), part in zip(priced, funds, strict=True):
            yield SpendingLine(
                extra.duty.duty,
                EXTRA_HOURS,
                f"{extra.duty.duty}, {extra.staff}" + (f", {oncost}" if oncost else ""),
                extra.school or (one.position.school[0] if len(one.position.school) == 1 else ""),
                one.role.role,
                extra.staff,
                PLANNED,
                money(count),
                formula,
                part,
                extra.dates[0],
                extra.dates[-1],
                True,
                oncost,
                extra.dates,
                True,
            )

    def _on(
        self, row: Oncost, one: Employment, before: Fraction, after: Fraction
    ) -> Iterator[tuple[int, str]]:
        """The rate of an employer cost on what lies between two sums of pay, as far as these are
        above its threshold and below its cap.
        """
        held = self.held[one.position.staff]
        due = hours_in_all(held, annualised=row.annualised) >= (row.min_hours_year or 0)
        if not due or not row.rate_percent or (row.roles and one.role.role not in row.roles):
            return
        free = Fraction(row.threshold or 0)
        if row.threshold_unit == "month":
            free *= months_paid(self.problem.data.district, held)

        def charged(pay: Fraction) -> Fraction:
            return max(
                Fraction(0), (pay if row.cap is None else min(pay, Fraction(row.cap))) - free
            )

        on = charged(after) - charged(before)
        if on:
            rate = self.saying.percent(row.rate_percent)
            yield cents(Fraction(row.rate_percent) / 100 * on), f"{rate} × {self.saying.amount(on)}"


def by_funds(
    lines: Iterable[SpendingLine], wanted: Callable[[SpendingLine], bool] = lambda line: True
) -> Mapping[str, Decimal]:
    """What each fund pays of some lines."""
    found: dict[str, Decimal] = {}
    for line in lines:
        if wanted(line):
            for fund, amount in line.funds.items():
                found[fund] = found.get(fund, ZERO) + amount
    return found


def indirect_rates(problem: Problem, fund: str) -> tuple[Fraction, ...]:
    """The parts (0 to 1) of all its other lines that a fund's indirect costs are."""
    return tuple(
        row.percent_of_others
        for row in problem.data.expenditures
        if row.fund == fund and row.own_amount is None
    )


def indirect(problem: Problem, fund: str, others: Decimal) -> Decimal:
    """The indirect costs of a fund whose other lines come to so much."""
    rates = indirect_rates(problem, fund)
    return sum((money(cents(rate * Fraction(others))) for rate in rates), ZERO)
