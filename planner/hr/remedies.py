"""What to write where, so that a broken rule on money or contracts is kept."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.rules import RULE_OF
from planner.rules.funding import exactly, paid_by
from planner.rules.rule import Violation
from planner.words.wording import Words

Remedy = Callable[[Problem, FundedPosition, Violation], str]


def remedy(problem: Problem, plan: Plan, found: Violation) -> str:
    """A sentence that begins with a sheet and a row where the rule is about a position; else what
    the rule asks for.
    """
    position = next((one for one in plan.budgeted if one.position in found.where), None)
    write = POSITIONS.get(found.rule)
    if position is not None and write is not None:
        return f"Sheet positions, {position.position}: {write(problem, position, found)}"
    return OTHERS.get(found.rule) or RULE_OF[found.rule].sentence


def _whole(problem: Problem, position: FundedPosition, found: Violation) -> str:
    column = "allowance_funding" if set(found.where) & set(position.allowances) else "funding"
    return f"write percentages that sum to 100 in {column}."


def _percents(problem: Problem, position: FundedPosition, found: Violation) -> str:
    program = problem.programs[found.where[-1]]
    return (
        f"give {program.program} one of these percentages in funding, and another fund the rest; "
        "or, where the program lists the"
        f" job by name, add {position.role} to its percents (sheet programs)."
    )


def _same(problem: Problem, position: FundedPosition, found: Violation) -> str:
    name = next(allowance for allowance in position.allowances if allowance in found.where)
    words = Words(problem.data.district.locale)
    shares = paid_by(position.funding).items()
    said = ";".join(f"{name}@{fund}:{exactly(words, percent)}" for fund, percent in shares)
    return f"write {said} in allowance_funding (blank follows funding), or change funding."


def _required(problem: Problem, position: FundedPosition, found: Violation) -> str:
    missing = next(row.allowance for row in problem.data.allowances if row.allowance in found.where)
    return f"write {';'.join((*position.allowances, missing))} in allowances."


def _step(problem: Problem, position: FundedPosition, found: Violation) -> str:
    words, step = Words(problem.data.district.locale), problem.roles[position.role].fte_step
    if step is None:
        return "write an FTE within its limits in fte."
    below = position.fte // Fraction(step) * Fraction(step)
    nearest = [exactly(words, one) for one in (below, below + Fraction(step)) if 0 < one <= 1]
    return f"write {' or '.join(nearest)} in fte, within min_fte and max_fte."


def _supplement(problem: Problem, position: FundedPosition, found: Violation) -> str:
    return (
        "pay it in funding from funds that need not supplement, or write no in base_program "
        "if the base program does not owe it."
    )


def _vacancy(problem: Problem, position: FundedPosition, found: Violation) -> str:
    return "fill it, or delete the row and give what it saves to another position."


def _mix(problem: Problem, position: FundedPosition, found: Violation) -> str:
    return (
        "name fewer programs in funding; a pair of federal ones that may go together stands "
        "in the sheet rules (federal_pairs)."
    )


def _allowed(problem: Problem, position: FundedPosition, found: Violation) -> str:
    return (
        f"name another fund than {found.where[-1]} in funding, or change what it allows in "
        "the sheets programs and funds."
    )


def _filled(problem: Problem, position: FundedPosition, found: Violation) -> str:
    return "pin it (sheet pins, kind position) if it must stay, or write the smaller FTE in fte."


def _apart(problem: Problem, position: FundedPosition, found: Violation) -> str:
    return "write the person's lane and step in lane and step, or correct those of the sheet staff."


POSITIONS: Mapping[str, Remedy] = {
    "funding_whole": _whole,
    "program_percents": _percents,
    "unlisted_percents": _percents,
    "same_percent": _same,
    "required_allowances": _required,
    "fte_steps": _step,
    "supplement": _supplement,
    "vacancy": _vacancy,
    "federal_mix": _mix,
    "fund_allows": _allowed,
    "filled_positions": _filled,
    "one_contract": _apart,
}
OTHERS: Mapping[str, str] = {
    "one_contract": "Sheets positions and staff: a person's positions must add up to the fte (or "
    "week_minutes) of the person.",
    "fund_total": "Sheet positions, funding: let another fund pay a part; or sheet funds, amount: "
    "what is granted by now.",
    "parent_engagement": "Keep as much free in the program's funds (sheet positions, funding: let "
    "others pay where it is lacking).",
    "carryover": "Sheet positions: let the program pay more of what it may pay, before the money "
    "expires.",
    "benefit_cliff": "Sheet positions, fte: stay at or above the hours, or decide it openly "
    "(sheet rules) with who it concerns.",
    "position_split": "Sheet positions: split the job into 3 + 3, 3 + 5 or 4 + 4 hours a day, or "
    "make it one position.",
    "position_pins": "Sheet pins: take the pin away, or let the position have what it says.",
    "training": "Sheet offerings: add a date before the deadline, or seats; a credential that "
    "waives it goes into the sheet staff.",
    "qualification": "Sheet staff, credentials: write the credential with its new date; or let "
    "somebody else serve the group.",
    "contract_days": "Sheets calendar and roles: compare contract_days with the days that "
    "works_on makes days of work.",
}
