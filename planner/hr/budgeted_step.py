"""Positions that are budgeted at another lane or step than whoever holds them has, and what that
makes a year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.money.budgeted import priced
from planner.money.ledger import money
from planner.plan.plan import FundedPosition
from planner.rules.one_contract import RULE
from planner.rules.rule import Violation
from planner.words.wording import listed


def steps_apart(problem: Problem, positions: Sequence[FundedPosition]) -> Iterator[Violation]:
    """One for each such position. What either leaves blank says nothing: the pay is then that of
    the other. Who holds one by the sheet `assignments` is paid at their own step, or the one there.

    HR alone is told: in the findings of a plan, whoever may see these would read lanes and steps.
    """
    people = {person.staff: person for person in problem.data.staff}
    for position in positions:
        person = people.get(position.staff)
        stretches = problem.stretches.get(position.position)
        by_itself = stretches is None or any(stretch.own for stretch in stretches)
        if person is not None and by_itself and _differ(person, position):
            budgeted, own = _step(position.lane, position.step), _step(person.lane, person.step)
            yield Violation(
                RULE.key,
                (position.staff, position.role, position.position),
                0,
                f"{person.called} has {own}; {position.position} is budgeted at {budgeted}"
                f"{_more(problem, person, position)}.",
            )


def _differ(person: Staff, position: FundedPosition) -> bool:
    pairs = ((person.lane, position.lane), (person.step, position.step))
    return any(own and said and own != said for own, said in pairs)


def _step(lane: str, step: str) -> str:
    return listed([f"{what} {which}" for what, which in (("lane", lane), ("step", step)) if which])


def _more(problem: Problem, person: Staff, position: FundedPosition) -> str:
    """By how much it costs more (or less) so; nothing where the sheet `pay` does not say."""
    own = replace(position, lane=person.lane or position.lane, step=person.step or position.step)
    costs = [priced(problem, [each]).costs for each in (position, own)]
    if not all(cost.positions for cost in costs):
        return ""
    more: Decimal = costs[0].total - costs[1].total
    if not more:
        return ""
    return f": {money(problem, abs(more))} a year {'more' if more > 0 else 'less'}"
