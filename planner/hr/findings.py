"""What the rules on money and contracts find, each with its source and with what to write where;
worst first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planner.facts.problem import Problem
from planner.hr.budgeted_step import steps_apart
from planner.hr.credentials import missing_credentials
from planner.hr.remedies import remedy
from planner.money.budgeted import positions_of
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by
from planner.rules import RULE_OF, RULES
from planner.rules.checker import BROKEN, NOTED, notes, violations
from planner.rules.rule import Rule, Strength, Violation

BUDGET = "budget"
CONTRACT = ("position_split",)
FUNDS = ("fund_total", "parent_engagement", "carryover")
"""Rules on funds alone: what they note is no concern of HR's."""
TIMETABLE = (
    "shift",
    "contract_days",
    "duty_free_lunch",
    "meal_period",
    "rest_breaks",
    "qualification",
    "fund_students",
    "supervision",
    "training",
    "training_seats",
)
"""Rules on a person's contract that only a timetable can keep or break."""
WHOLE_PERSON = (
    "one_contract",
    "benefit_cliff",
    "position_split",
    "shift",
    "contract_days",
    "duty_free_lunch",
    "meal_period",
    "rest_breaks",
)
"""Rules that the part of a person which is at some schools neither keeps nor breaks."""


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
    money = [rule for rule in RULES if rule.part == BUDGET or rule.key in CONTRACT]
    timed = [rule for rule in RULES if rule.key in TIMETABLE] if plan.placements else []
    found = (
        *_found(problem, whole, money),
        *_found(people, whole, timed),
        *_said(people, whole, BROKEN, missing_credentials(people)),
        *_said(problem, whole, NOTED, steps_apart(problem, whole.budgeted)),
    )
    told = (one for one in found if one.rule not in WHOLE_PERSON or one.where[0] not in parted)
    return _worst_first(one for one in told if one.severity == BROKEN or one.rule not in FUNDS)


def fund_findings(problem: Problem, plan: Plan) -> tuple[HrFinding, ...]:
    """What the rules on funds find of a plan's positions, and note; what is left of each fund its
    account says.
    """
    found = _found(problem, plan, [rule for rule in RULES if rule.key in FUNDS])
    return _worst_first(one for one in found if one.severity == BROKEN or one.rule != FUNDS[0])


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
