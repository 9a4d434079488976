"""The positions that a plan budgets, as its document holds them: each with its money, exact to the
cent.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import repeat
from typing import Annotated

from planner.document.document_part import Exact, PlanPart, SeenBy
from planner.facts.problem import Problem
from planner.facts.who import EVERYBODY, MONEY, PAY
from planner.money import PositionCost
from planner.money.budgeted import priced
from planner.money.lines import ZERO, added
from planner.plan.holdings import holdings
from planner.plan.plan import FundedPosition
from planner.plan.positions import decimal_fte


class FundShare(PlanPart):
    """What a fund pays of a position or an allowance."""

    fund: Annotated[str, SeenBy(MONEY, "The fund.")]
    percent: Annotated[Exact, SeenBy(MONEY, "Its part, 0 to 100.")]
    amount: Annotated[
        Exact | None, SeenBy(PAY, "Its part of a year's cost; null where pay is not known.")
    ] = None


class AllowanceRow(PlanPart):
    """An allowance of a position."""

    allowance: Annotated[str, SeenBy(MONEY, "The allowance.")]
    budget_item: Annotated[str, SeenBy(MONEY, "The district's number for it.")] = ""
    percent: Annotated[
        Exact, SeenBy(MONEY, "What is funded apart from the position, 0 to 100.")
    ] = Decimal(0)
    amount: Annotated[Exact | None, SeenBy(PAY, "What it costs a year.")] = None
    funding: tuple[FundShare, ...] = ()


class HolderRow(PlanPart):
    """Somebody's time on a position, where the sheet `assignments` says who holds it."""

    staff: Annotated[str, SeenBy(EVERYBODY, "Who holds it, is on leave from it or fills it.")]
    start: Annotated[str, SeenBy(EVERYBODY, "Their first day (YYYY-MM-DD).")]
    end: Annotated[str, SeenBy(EVERYBODY, "Their last day (YYYY-MM-DD).")]
    kind: Annotated[str, SeenBy(EVERYBODY, "holds, leave or substitute.")]
    fte: Annotated[Exact, SeenBy(EVERYBODY, "Their share of full time on it.")]
    total: Annotated[Exact | None, SeenBy(PAY, "What it costs.")] = None


class PositionRow(PlanPart):
    """A position that the plan budgets."""

    position: Annotated[str, SeenBy(EVERYBODY, "The position.")]
    role: Annotated[str, SeenBy(EVERYBODY, "Its job class.")]
    school: Annotated[tuple[str, ...], SeenBy(EVERYBODY, "Its schools; none: the plan places it.")]
    staff: Annotated[str, SeenBy(EVERYBODY, "Who holds it, or will be hired.")]
    fte: Annotated[Exact, SeenBy(EVERYBODY, "Its share of full time.")]
    lane: Annotated[str, SeenBy(PAY, "The lane of its pay.")] = ""
    step: Annotated[str, SeenBy(PAY, "The step of its pay.")] = ""
    funding: tuple[FundShare, ...] = ()
    allowances: tuple[AllowanceRow, ...] = ()
    salary: Annotated[Exact | None, SeenBy(PAY, "Its pay a year.")] = None
    oncosts: Annotated[Exact | None, SeenBy(PAY, "Employer costs a year.")] = None
    total: Annotated[Exact | None, SeenBy(PAY, "All that it costs a year.")] = None
    holders: tuple[HolderRow, ...] = ()


def position_rows(
    problem: Problem, positions: tuple[FundedPosition, ...]
) -> tuple[PositionRow, ...]:
    """Each position with its money; without amounts where the sheet `pay` does not
    price all of them.
    """
    budget = priced(problem, positions)
    cost_of = budget.cost_of if len(budget.costs.positions) == len(positions) else {}
    return tuple(
        _row(problem, position, cost_of.get(position.position))
        for position in sorted(positions, key=lambda p: p.position)
    )


def _row(problem: Problem, position: FundedPosition, cost: PositionCost | None) -> PositionRow:
    paid = cost.funds if cost else {}
    return PositionRow(
        position=position.position,
        role=position.role,
        school=position.school,
        staff=position.staff,
        fte=decimal_fte(position.fte),
        lane=position.lane,
        step=position.step,
        funding=tuple(
            FundShare(fund=share.fund, percent=share.percent, amount=paid.get(share.fund))
            for share in position.funding
        ),
        allowances=tuple(_allowance(problem, position, name, cost) for name in position.allowances),
        salary=cost.of("pay") if cost else None,
        oncosts=cost.of("oncost") if cost else None,
        total=cost.total if cost else None,
        holders=tuple(_holders(problem, position, cost)),
    )


def _holders(
    problem: Problem, position: FundedPosition, cost: PositionCost | None
) -> Iterator[HolderRow]:
    if position.position not in problem.stretches:
        return
    held = holdings(problem, [position])
    parts = cost.parts if cost else repeat(None)
    for holding, part in zip(held, parts, strict=False):
        yield HolderRow(
            staff=holding.staff,
            start=holding.start.isoformat(),
            end=holding.end.isoformat(),
            kind=holding.kind,
            fte=decimal_fte(holding.held.fte),
            total=part.total if part else None,
        )


def _allowance(
    problem: Problem, position: FundedPosition, name: str, cost: PositionCost | None
) -> AllowanceRow:
    shares = [share for share in position.allowance_funding if share.allowance == name]
    lines = (
        [line for line in cost.lines if line.kind == "allowance" and line.name == name]
        if cost
        else []
    )
    paid = added(line.funds for line in lines)
    return AllowanceRow(
        allowance=name,
        budget_item=problem.allowances[name].budget_item,
        percent=sum((share.percent for share in shares), Decimal(0)),
        amount=sum((line.amount for line in lines), ZERO) if cost else None,
        funding=tuple(
            FundShare(
                fund=share.fund,
                percent=share.percent,
                amount=paid.get(share.fund, Decimal(0)) if cost else None,
            )
            for share in shares
        ),
    )
