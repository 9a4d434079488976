"""What the rules on money and contracts find, each with its source and with what to write where;
worst first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planner.facts.problem import Problem
from planner.hr.budgeted_step import steps_apart
from planner.hr.calendar_days import beyond_the_calendar
from planner.hr.remedies import remedy
from planner.money.budgeted import positions_of
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by
from planner.rules import RULE_OF, RULES, fund_total
from planner.rules.checker import BROKEN, NOTED, notes, violations
from planner.rules.credentials import missing_credentials
from planner.rules.hr_section import HrSection
from planner.rules.rule import Rule, Strength, Violation


@dataclass(frozen=True)
class HrFinding:
    """A broken rule, or a note: by how much (in the rule's unit), of what, where that is said, and
    what to do.
    """

    rule: str
    title: str
    severity: str
    where: tuple[str, ...]
    amount: int
    unit: str
    message: str
    source: str
    remedy: str


def findings(problem: Problem, plan: Plan) -> tuple[HrFinding, ...]:
    """Broken hard rules before notes, larger amounts first.

    Where a plan says nothing of positions, the rules look at the filled and the vacant ones. Of
    people who work at schools, too, that are not seen (`Plan.elsewhere`), nothing is said that asks
    for all of their week or contract.
    """
    parted = {staff for staff, _ in plan.elsewhere}
    whole = replace(plan, positions=positions_of(problem, plan))
    people = staffed_by(problem, plan)
    money = [rule for rule in RULES if rule.hr in (HrSection.POSITIONS, HrSection.FUNDS)]
    timed = [rule for rule in RULES if rule.hr is HrSection.WEEK] if plan.placements else []
    found = (
        *_found(problem, whole, money),
        *_found(people, whole, timed),
        *_said(people, whole, BROKEN, missing_credentials(people)),
        *_said(problem, whole, NOTED, steps_apart(problem, whole.budgeted)),
        *_said(problem, whole, NOTED, beyond_the_calendar(problem, plan)),
    )
    told = (
        finding
        for finding in found
        if not (RULE_OF[finding.rule].needs_whole_person and finding.where[0] in parted)
    )
    return _worst_first(
        finding
        for finding in told
        if finding.severity == BROKEN or RULE_OF[finding.rule].hr is not HrSection.FUNDS
    )


def fund_findings(problem: Problem, plan: Plan) -> tuple[HrFinding, ...]:
    """What the rules on funds find of a plan's positions, and note; what is left of each fund,
    which `fund_total` notes, its account says.
    """
    found = _found(problem, plan, [rule for rule in RULES if rule.hr is HrSection.FUNDS])
    return _worst_first(
        finding
        for finding in found
        if finding.severity == BROKEN or finding.rule != fund_total.RULE.key
    )


def _worst_first(found: Iterable[HrFinding]) -> tuple[HrFinding, ...]:
    return tuple(sorted(found, key=lambda one: (one.severity != BROKEN, -one.amount)))


def _found(problem: Problem, plan: Plan, rules: list[Rule]) -> Iterator[HrFinding]:
    yield from _said(
        problem, plan, BROKEN, violations(problem, plan, strength=Strength.HARD, rules=rules)
    )
    yield from _said(problem, plan, NOTED, notes(problem, plan, rules))


def _said(
    problem: Problem, plan: Plan, severity: str, some: Iterable[Violation]
) -> Iterator[HrFinding]:
    for one in some:
        rule = RULE_OF[one.rule]
        where = tuple(part for part in one.where if part)
        what = remedy(problem, plan, one)
        yield HrFinding(
            rule.key,
            rule.title,
            severity,
            where,
            one.amount,
            rule.unit,
            one.message,
            rule.source,
            what,
        )
