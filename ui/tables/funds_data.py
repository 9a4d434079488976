"""The funds' view for machines: money is a decimal written as text."""

from typing import Any

from planner.facts.problem import Problem
from planner.funding import Account, FundingReport, SchoolPlan
from planner.funding.report import Spending
from planner.money.carryover import carryovers
from planner.money.spending import SpendingLine
from planner.plan.measures import Dose
from planner.rollover.projection import Projection
from planner.rollover.year import display_name
from solver.budget.steps import FundingStep
from ui.tables.hr_data import exact, finding

Json = dict[str, Any]


def as_data(found: FundingReport) -> Json:
    """Accounts and costs; what only a timetable says is null without one."""
    return {
        "remarks": list(found.remarks),
        "funds": [_account(account) for account in found.accounts],
        "unfunded": str(found.unfunded),
        "expenditures": [line(one) for one in found.lines],
        "findings": [finding(one) for one in found.findings],
        "all": _spending(found.total),
        "fund": {one.id: _spending(one) for one in found.funds},
        "program": {one.id: _spending(one) for one in found.programs},
        "school": {one.id: _spending(one) for one in found.schools},
        "role": {one.id: _spending(one) for one in found.roles},
    }


def page(found: SchoolPlan, *, with_pay: bool) -> Json:
    """A school's page; without pay, amounts of positions and what their funds have left are
    missing.
    """
    return {
        "school": found.school,
        "name": found.name,
        "timetable": found.timed,
        "remarks": list(found.remarks),
        "needs": [
            {
                "tier": need.tier,
                "groups": _dose(need.groups),
                "students": _dose(need.students),
                "minutes": _dose(need.minutes),
            }
            for need in found.needs
        ],
        "positions": [
            {
                "position": one.position.position,
                "title": one.title,
                "holder": one.holder,
                "fte": exact(one.position.fte),
                "tiers": list(one.tiers),
                "activity": one.activity,
                "funding": [
                    {"fund": line.fund, "percent": exact(line.percent)}
                    | (
                        {"amount": None if line.amount is None else str(line.amount)}
                        if with_pay
                        else {}
                    )
                    for line in one.funding
                ],
            }
            for one in found.positions
        ],
        "vacant": list(found.vacant),
        "expenditures": [line(one) for one in found.lines if with_pay or not one.tells_pay],
    } | ({"funds": [_account(account) for account in found.accounts]} if with_pay else {})


def years(
    problem: Problem, now: FundingReport, ahead: Projection, following: FundingReport
) -> Json:
    """This year's accounts and the next year's, which are a projection."""
    return {
        "years": [
            {
                "year": display_name(district),
                "projection": report is following,
                "funds": [_account(account) for account in report.accounts],
                "unfunded": str(report.unfunded),
            }
            for district, report in (
                (problem.data.district, now),
                (ahead.problem.data.district, following),
            )
        ],
        "carryover": [
            {
                "program": one.program,
                "unspent": str(one.unspent),
                "at_most": str(one.at_most),
            }
            for one in carryovers(problem, now.accounts)
        ],
        "notes": list(ahead.notes),
    }


def _account(account: Account) -> Json:
    return {
        "fund": account.fund,
        "program": account.program,
        "school": account.school or None,
        "allocated": str(account.allocated),
        "held": str(account.held),
        "parents": str(account.parents),
        "filled": str(account.filled),
        "vacant": str(account.vacant),
        "proposed": str(account.proposed),
        "expenditures": str(account.expenditures),
        "extra_hours": str(account.extra_hours),
        "committed": str(account.committed),
        "spent": str(account.spent),
        "planned": str(account.planned),
        "left": str(account.left),
        "overdrawn": str(account.overdrawn),
        "starts": account.starts.isoformat() if account.starts else None,
        "expires": account.expires.isoformat() if account.expires else None,
        "grant": None if account.grant is None else str(account.grant),
        "left_of_grant": None if account.left_of_grant is None else str(account.left_of_grant),
    }


def line(one: SpendingLine) -> Json:
    """What funds pay beside positions: a row of the sheet, or extra hours of a duty."""
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "school": one.school or None,
        "role": one.role or None,
        "staff": one.staff or None,
        "oncost": one.oncost or None,
        "status": one.status,
        "amount": str(one.amount),
        "formula": one.formula,
        "funds": {fund: str(amount) for fund, amount in one.funds.items()},
    }


def _spending(one: Spending) -> Json:
    return {
        "fte": exact(one.fte),
        "cost": str(one.cost),
        "expenditures": str(one.expenditures),
        "students": one.delivered.students if one.delivered else None,
        "student_minutes": exact(one.delivered.minutes) if one.delivered else None,
        "per_student": None if one.per_student is None else str(one.per_student),
        "per_student_minute": None if one.per_minute is None else str(one.per_minute),
    }


def _dose(dose: Dose) -> Json:
    return {"owed": dose.owed, "delivered": dose.delivered}


def step(one: FundingStep) -> dict[str, Any]:
    """What a step of a fund changes."""
    return {
        "fund": one.fund,
        "amount": str(one.amount),
        "solved": one.solved,
        "minutes": dict(one.minutes),
        "added": list(one.added),
        "given_up": list(one.given_up),
        "filled_lost": list(one.filled_lost),
        "paid_otherwise": list(one.paid_otherwise),
    }
