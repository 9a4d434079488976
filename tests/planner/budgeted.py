"""A small district with money, and the positions of its sheet as a plan budgets them.

Elm and Oak have Title I each; Title III, two unrestricted programs and a state grant are pooled.
"""

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import funded
from planner.rules.rule import Rule
from tests.planner.small import dataset

ROLES = """role,title,certificated,obligation_minutes,contract_days,fte_step,min_fte
ei,Interventionist,yes,480,183,,
aide,Aide,no,480,195,,
clerk,Clerk,no,480,195,,
"""
PROGRAMS = """program,source,supplement_only,percents
title-1,federal,yes,ei=50;60;70;80;90;100 | *=50;100
title-3,federal,yes,
tsp,unrestricted,,
general,unrestricted,,
lcff,unrestricted,,
"""
FUNDS = """fund,program,school,amount,expires
t1-elm,title-1,elm,1000000,2027-06-30
t1-oak,title-1,oak,1000000,2027-06-30
t3,title-3,,1000000,
tsp,tsp,,1000000,
general,general,,1000000,
lcff,lcff,,1000000,
"""
ALLOWANCES = """allowance,roles,amount,unit,budget_item,match,required
diff,ei,238,period,15266,same_percent,yes
bonus,aide,100,year,,prorated,
"""
STAFF = "staff,name,role\nE1,Edda,ei\nE2,Egon,ei\nA1,Ada,aide\nA2,Abe,aide\nC1,Cleo,clerk\n"


def problem(positions: str, **changes: str | None) -> Problem:
    """The district with these positions (text of the sheet), some sheets replaced by other text."""
    sheets: dict[str, str | None] = {
        "roles": ROLES,
        "programs": PROGRAMS,
        "funds": FUNDS,
        "allowances": ALLOWANCES,
        "staff": STAFF,
        "positions": positions,
        "groups": None,
        "duties": None,
        "blocks": None,
    }
    return Problem(dataset(**sheets | changes), "budgeted")


def whole(facts: Problem) -> Plan:
    """A plan that budgets every position of the sheet, as it stands there."""
    return Plan(positions=tuple(funded(facts, row) for row in facts.data.positions))


def amounts(rule: Rule, facts: Problem, plan: Plan | None = None) -> list[int]:
    """By how much a plan (else: every position as it stands) breaks a rule, each time."""
    return [
        found.amount for found in rule.violations(facts, whole(facts) if plan is None else plan)
    ]


def said(rule: Rule, facts: Problem, plan: Plan | None = None) -> list[str]:
    """How a rule says what is wrong."""
    return [
        found.message for found in rule.violations(facts, whole(facts) if plan is None else plan)
    ]


def noted(rule: Rule, facts: Problem, plan: Plan | None = None) -> list[tuple[int, str]]:
    """What a rule notes."""
    return [
        (found.amount, found.message)
        for found in rule.notes(facts, whole(facts) if plan is None else plan)
    ]
