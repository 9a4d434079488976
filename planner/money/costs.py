"""What a set of positions costs: pay, then allowances, then employer costs, which look at all that
a person holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.money.allowances import allowance_lines
from planner.money.cents import cents, money, weights_of
from planner.money.employment import Employment, Employments
from planner.money.lines import (
    Costs,
    HoldingCost,
    PositionCost,
    UnsharedLine,
    shared_among_funds,
)
from planner.money.number_format import NumberFormat
from planner.money.oncosts import ALL_IN, Paid, oncost_lines
from planner.money.pay import pay_of
from planner.money.rates import NoPay, PayMissing, Rate, Schedules, remarks_on
from planner.plan.plan import FundedPosition


def costs(problem: Problem, positions: Sequence[FundedPosition]) -> Costs:
    """Every position's lines, in order: pay, allowances, employer costs.

    Thresholds, caps, flat sums and minimum hours of employer costs count per person over the
    positions given here. Raises PayMissing where the sheet `pay` has no cell for a position.
    """
    saying = NumberFormat(problem.data.district)
    employments = Employments(problem)
    times = [employments.held(position) for position in positions]
    held = [one for mine in times for one in mine if one.holding.paid]
    rates = _rates(problem, held, employments.people)
    paid = []
    for employment, rate in zip(held, rates, strict=True):
        person = employments.people.get(employment.position.staff)
        pay = _pay_line(employment, rate, person, saying)
        paid.append(
            Paid(employment, (pay, *allowance_lines(problem, employment, pay, person, saying)))
        )
    oncosts = oncost_lines(problem, paid, saying)
    lines = iter([(*one.lines, *more) for one, more in zip(paid, oncosts, strict=True)])
    return Costs(
        tuple(
            _cost(position, [(one, next(lines) if one.holding.paid else ()) for one in mine])
            for position, mine in zip(positions, times, strict=True)
        ),
        remarks_on(rates, problem.data.district, saying),
    )


def _cost(
    position: FundedPosition, mine: Sequence[tuple[Employment, tuple[UnsharedLine, ...]]]
) -> PositionCost:
    """A position's cost; what a line gives a fund too much or too little, the next one makes good,
    also of another holder.
    """
    shared = iter(shared_among_funds([line for _, lines in mine for line in lines]))
    return PositionCost(
        position,
        tuple(HoldingCost(one.holding, tuple(islice(shared, len(lines)))) for one, lines in mine),
    )


def _rates(problem: Problem, held: Iterable[Employment], people: Mapping[str, Staff]) -> list[Rate]:
    schedules = Schedules(problem.data.pay, problem.data.district)
    found = [
        schedules.rate(employment, people.get(employment.position.staff)) for employment in held
    ]
    missing = [rate for rate in found if isinstance(rate, NoPay)]
    if missing:
        raise PayMissing(missing)
    return [rate for rate in found if isinstance(rate, Rate)]


def _pay_line(
    employment: Employment, rate: Rate, person: Staff | None, saying: NumberFormat
) -> UnsharedLine:
    position, role = employment.position, employment.role
    pay = pay_of(employment, rate, person, saying)
    said = pay.said + (", all in" if role.pay_basis == ALL_IN else "")
    return UnsharedLine(
        position.position,
        "pay",
        rate.name,
        role.budget_item,
        money(cents(pay.value)),
        said,
        weights_of(position.funding),
    )
