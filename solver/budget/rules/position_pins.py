"""Keep the decisions on positions.

taken[o] = 0 for offers that a pin rules out; of those that keep a pinned position, unless the
position cannot be as it is pinned:

    Σ taken[o] ≥ 1
"""

from planner.facts.decisions import Pin
from planner.plan.plan import FundedPosition
from planner.plan.position_choices import no_choice, pinned_fte
from planner.rules.position_pins import RULE
from planner.rules.rule import Strength
from solver.budget.budget import Budget
from solver.budget.milp import total

SIX = 1_000_000


def build(budget: Budget) -> None:
    """Decisions on positions stand."""
    on = budget.settings[RULE.key].strength is not Strength.OFF
    for pin in budget.problem.pins if on else ():
        about = [
            (line.number, line.position)
            for line in budget.lines()
            if line.position.position == pin.subject
        ]
        if pin.kind == "forbid":
            for number, position in about:
                if _meets(pin, position):
                    budget.milp.add(budget.taken[number] <= 0)
        elif pin.kind == "position" and pinned_fte(pin) == 0:
            for number, _ in about:
                budget.milp.add(budget.taken[number] <= 0)
        elif pin.kind == "position" and not no_choice(budget.problem, pin):
            budget.milp.add(
                total(budget.taken[number] for number, position in about if _stands(pin, position))
                >= 1
            )


def _meets(pin: Pin, position: FundedPosition) -> bool:
    return pin.staff in ("", position.staff) and pin.school in ("", *position.school)


def _stands(pin: Pin, position: FundedPosition) -> bool:
    wanted = pinned_fte(pin)
    return _meets(pin, position) and (
        wanted is None or round(position.fte * SIX) == round(wanted * SIX)
    )
