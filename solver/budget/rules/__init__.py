"""Enter each money rule of planner.rules into the budget model; a test holds both lists equal."""

from collections.abc import Callable

from solver.budget.budget import Budget
from solver.budget.rules import (
    benefit_cliff,
    federal_mix,
    filled_positions,
    fte_steps,
    fund_allows,
    fund_total,
    funding_whole,
    one_contract,
    parent_engagement,
    position_pins,
    program_percents,
    required_allowances,
    same_percent,
    supplement,
    unlisted_percents,
)

BUILDERS: dict[str, Callable[[Budget], None]] = {
    "funding_whole": funding_whole.build,
    "program_percents": program_percents.build,
    "unlisted_percents": unlisted_percents.build,
    "federal_mix": federal_mix.build,
    "fund_allows": fund_allows.build,
    "supplement": supplement.build,
    "same_percent": same_percent.build,
    "required_allowances": required_allowances.build,
    "fte_steps": fte_steps.build,
    "one_contract": one_contract.build,
    "fund_total": fund_total.build,
    "parent_engagement": parent_engagement.build,
    "benefit_cliff": benefit_cliff.build,
    "position_pins": position_pins.build,
    "filled_positions": filled_positions.build,
}
