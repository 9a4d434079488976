"""Filled positions that a plan cuts or pays otherwise, as is said before all else of the plan."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.money import PayMissing, costs
from planner.money.ledger import ledger_of, money
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand, before_budget
from planner.rules.funding import exactly, paid_by
from planner.words.wording import Words, listed, plural

MOST_NAMED = 6


def cut_positions(problem: Problem, plan: Plan) -> tuple[FundedPosition, ...]:
    """The filled positions, as they stand, of which a plan budgets less; none where it says nothing
    of positions.
    """
    if plan.positions is None:
        return ()
    kept = {position.position: position.fte for position in plan.budgeted}
    return tuple(
        position
        for position in as_they_stand(before_budget(problem))
        if kept.get(position.position, Fraction(0)) < position.fte
    )


def cut_headline(problem: Problem, plan: Plan) -> str:
    """`All three filled positions are cut: …`, with who holds them; blank where none is."""
    cut, problem = cut_positions(problem, plan), before_budget(problem)
    if not cut:
        return ""
    words = Words(problem.data.district.locale)
    number, filled = len(cut), len(as_they_stand(problem))
    kept = {position.position: position.fte for position in plan.budgeted}
    names = {person.staff: person.called for person in problem.data.staff}
    told = []
    for position in cut[:MOST_NAMED]:
        left = kept.get(position.position)
        to = f" to {exactly(words, left)}" if left else ""
        name = names.get(position.staff, position.staff)
        told.append(f"{position.position} ({name}, {exactly(words, position.fte)} FTE{to})")
    more = [f"{words.number(number - len(told))} more"] if number > len(told) else []
    if not plan.budgeted and number == filled:
        head = (
            f"All positions are cut: {words.count(number, 'filled position')}"
            if number > 1
            else "The only filled position is cut"
        )
    else:
        are = plural(number, "is", "are")
        head = f"{words.number(number)} of {words.count(filled, 'filled position')} {are} cut"
    return f"{head}, {listed([*told, *more])}."


def cut_reason(problem: Problem, plan: Plan) -> str:
    """What the positions that are cut cost beside what the funds have left, for those who may see
    money; blank where none is cut, or where it cannot be priced.
    """
    cut = [position.position for position in cut_positions(problem, plan)]
    problem = before_budget(problem)
    found = ledger_of(problem, plan) if cut else None
    if found is None or not problem.data.funds:
        return ""
    try:
        priced = costs(problem, as_they_stand(problem))
    except PayMissing:
        return ""
    total = {cost.position.position: cost.total for cost in priced.positions}
    cheapest = min(cut, key=lambda name: total[name])
    left = sum((max(Decimal(0), account.left) for account in found.accounts), Decimal(0))
    name = cheapest if len(cut) == 1 else f"{cheapest}, the cheapest of them,"
    sums = money(problem, total[cheapest]), money(problem, left)
    has = f"{name} costs {sums[0]} and the funds have {sums[1]} left"
    if left < total[cheapest]:
        return f"No fund has the money: {has}."
    return f"{has}, which the rules on money keep from it (planner hr and planner rules say how)."


def paid_otherwise(problem: Problem, plan: Plan) -> Iterator[str]:
    """Each filled position that a plan keeps and pays from other funds than its row says, for those
    who may see who pays.
    """
    problem = before_budget(problem)
    words = Words(problem.data.district.locale)
    budgeted = {position.position: position for position in plan.budgeted}
    names = {person.staff: person.called for person in problem.data.staff}
    for before in as_they_stand(problem):
        after = budgeted.get(before.position)
        if after and before.funding and paid_by(after.funding) != paid_by(before.funding):
            name = names.get(before.staff, before.staff)
            yield (
                f"{before.position}, which {name} holds, is paid by "
                f"{_shares(words, after.funding)} instead of {_shares(words, before.funding)}."
            )


def _shares(words: Words, shares: tuple[Share, ...]) -> str:
    return (
        listed(
            [f"{fund} ({exactly(words, percent)} %)" for fund, percent in paid_by(shares).items()]
        )
        or "no fund"
    )
