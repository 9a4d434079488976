"""A fund pays only what it may: jobs, schools and dates."""

from collections.abc import Iterator
from datetime import date

from planner.facts.problem import Problem
from planner.plan.holdings import as_paid, holders, holdings
from planner.plan.plan import FundedPosition, Plan
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, about
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each reason for which a fund may not pay a position."""
    for position in plan.budgeted:
        ways = as_paid(problem, [position])
        for fund in dict.fromkeys(fund for way in ways for fund in funds_of(way)):
            for reason in _against(problem, position, fund):
                message = f"{fund} pays {position.position}, but {reason}."
                yield Violation(RULE.key, about(position, fund), 1, message)


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """A school's money that pays somebody who works at other schools, too."""
    for position in plan.budgeted:
        people = {*holders(problem, position), position.staff}
        placed = {placement.school for placement in plan.placements if placement.staff in people}
        for fund in funds_of(position):
            school = problem.funds[fund].school
            others = sorted((placed | set(position.school)) - {school}) if school else []
            shared = len(position.school) > 1 and school in position.school
            if others and (shared or not position.school):
                also = f"{position.position}, which is at {_called(problem, *others)}, too"
                message = f"{fund} is money of {_called(problem, school)} and pays {also}."
                yield Violation(RULE.key, about(position, fund), 1, message)


def funds_of(position: FundedPosition) -> tuple[str, ...]:
    """The funds that pay a position or its allowances, each once."""
    shares = (*position.funding, *position.allowance_funding)
    return tuple(dict.fromkeys(share.fund for share in shares if share.percent))


def _against(problem: Problem, position: FundedPosition, fund: str) -> Iterator[str]:
    terms, row = problem.fund_terms[fund], problem.funds[fund]
    title = problem.roles[position.role].title
    if (terms.roles and position.role not in terms.roles) or position.role in terms.blocked_roles:
        yield f"{terms.program} may not pay {title}"
    if row.school and position.school and row.school not in position.school:
        yield (
            f"it is money of {_called(problem, row.school)}, and the position is at "
            f"{_called(problem, *position.school)}"
        )
    last = _last_paid(problem, position, fund)
    if row.expires and row.expires < last:
        words = Words(problem.data.district.locale)
        yield (
            f"it may be spent until {words.day(row.expires)} alone, and the position lasts "
            f"until {words.day(last)}"
        )


def _last_paid(problem: Problem, position: FundedPosition, fund: str) -> date:
    """The last day on which a fund pays a position."""
    said = problem.positions.get(position.position)
    whole = (said and said.end) or problem.data.district.year_end
    if position.position not in problem.stretches:
        return whole
    ends = [
        holding.end
        for holding in holdings(problem, [position])
        if holding.paid and fund in funds_of(holding.held)
    ]
    return max(ends, default=whole)


def _called(problem: Problem, *schools: str) -> str:
    return " and ".join(problem.schools[school].name for school in schools)


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    return (
        f"name another fund than {where[-1]} in funding, or change what it allows in "
        "the sheets programs and funds."
    )


RULE = Rule(
    key="fund_allows",
    title="What a fund may pay",
    sentence="A fund pays only jobs that it may pay, positions of its own school (pooled: of any; "
    "a position that the plan places"
    " may be anywhere), and no position that lasts longer than the fund.",
    formula="for each fund f of position x: role(x) ∈ roles(f) ∖ blocked_roles(f), school(f) ∈ "
    "schools(x), expires(f) ≥ end(x)",
    unit="reasons against",
    violations=violations,
    readers=Readers.MONEY,
    source="LAUSD Program and Budget Handbook 2023-24, p. 86; 2025-26, p. 85",
    scopes=SCOPES,
    part="budget",
    notes=notes,
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
