"""The figures of a plan in its file, and what else lets a comparison speak of it without its
dataset.

Minutes are a cycle's; shares are parts of 1; money is a decimal written as text, so that nothing is
lost of it.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from planner.facts.problem import Problem
from planner.funding import FundingReport, money
from planner.funding.report import Spending
from planner.money.head_count import fte_by_role
from planner.plan.measures import Dose, GroupDose, PersonWeek, measure
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by

DECIMALS = 6
Json = dict[str, Any]


def measures_row(problem: Problem, plan: Plan) -> Json:
    """The figures of a plan, with the people whom its positions pay."""
    problem = staffed_by(problem, plan)
    measures = measure(problem, plan)
    continuity = measures.continuity
    return {
        "minutes": {
            "all": dose_row(measures.minutes),
            "tier": {str(tier): dose_row(dose) for tier, dose in measures.tiers.items()},
            "school": _doses(measures.schools),
            "subject": {
                subject or "any": dose_row(dose) for subject, dose in measures.subjects.items()
            },
            "school_tier": _by_school_and_tier(measures.schools_by_tier),
        },
        "sessions": dose_row(measures.sessions),
        "students": dose_row(measures.students),
        "students_by": {
            "tier": {str(tier): dose_row(dose) for tier, dose in measures.tier_students.items()},
            "school": _doses(measures.school_students),
        },
        "groups": [
            _group(group) for group in sorted(measures.groups, key=lambda group: group.service.id)
        ],
        "fte": {
            role.role: {"people": role.people, "fte": float(role.fte)}
            for role in fte_by_role(problem, plan)
        },
        "people": {person: _person(week) for person, week in measures.people.items()},
        "utilisation": round(measures.utilisation, DECIMALS),
        "worst_school": measures.worst_school,
        "continuity": {
            "groups": continuity.groups,
            "with_one_adult": continuity.with_one_adult,
            "adults_a_group": round(continuity.adults_a_group, DECIMALS),
        },
        "fairness": {"spread_of_schools": round(measures.spread, DECIMALS)},
        "training_deadlines": dose_row(measures.deadlines),
        "travel": sum(week.total.travel for week in measures.people.values()),
        "cost": _cost(money(problem, plan))
        if plan.positions is not None and problem.data.pay
        else None,
    }


def names_row(problem: Problem) -> Json:
    """What the ids are called that a plan names: schools, people and job classes; of a fund, its
    program and school.
    """
    data = problem.data
    return {
        "schools": {school.school: school.name for school in data.schools},
        "people": {person.staff: person.called for person in data.staff},
        "roles": {role.role: role.title for role in data.roles},
        "funds": {
            fund.fund: f"{fund.program}, "
            f"{problem.schools[fund.school].name if fund.school else 'pooled'}"
            for fund in data.funds
        },
    }


def district_row(problem: Problem) -> Json:
    """In which district, cycle and language the figures stand."""
    district = problem.data.district
    return {
        "name": district.name,
        "locale": district.locale,
        "currency": district.currency,
        "cycle": list(district.cycle),
        "grades": list(district.grades),
    }


def dose_row(dose: Dose) -> Json:
    """What is owed and delivered."""
    return {"owed": dose.owed, "delivered": dose.delivered}


def _doses(doses: Mapping[str, Dose]) -> Json:
    return {name: dose_row(dose) for name, dose in doses.items()}


def _by_school_and_tier(doses: Mapping[tuple[str, int], Dose]) -> Json:
    found: dict[str, Json] = {}
    for (school, tier), dose in sorted(doses.items()):
        found.setdefault(school, {})[str(tier)] = dose_row(dose)
    return found


def _group(group: GroupDose) -> Json:
    row = group.service.group
    assert row
    return {
        "service": group.service.id,
        "school": row.school,
        "tier": row.tier,
        "grades": list(row.grades),
        "subject": row.subject,
        "students": group.students,
        "minutes": dose_row(group.minutes),
        "sessions": dose_row(group.sessions),
        "adults": list(group.adults),
    }


def _person(week: PersonWeek) -> Json:
    total = week.total
    return {
        "role": week.role,
        "fte": float(round(week.fte, DECIMALS)),
        "obligation": week.obligation,
        "contact": total.contact,
        "duties": total.duties,
        "preparation": total.preparation,
        "lunch": total.lunch,
        "travel": total.travel,
        "free": total.free,
        "utilisation": round(week.utilisation, DECIMALS),
    }


def _cost(spent: FundingReport) -> Json | None:
    """What the positions cost a year; nothing where some of them have no pay. What no fund pays
    stands under the blank id.
    """
    if len(spent.budget.costs.positions) < len(spent.budget.positions):
        return None
    return {
        "all": str(spent.total.cost),
        "fund": _costs(spent.funds),
        "role": _costs(spent.roles),
        "school": _costs(spent.schools),
        "fund_left": {account.fund: str(account.left) for account in spent.accounts},
        "per_student_minute": {
            "all": _text(spent.total.per_minute),
            "fund": {one.id: _text(one.per_minute) for one in spent.funds},
        },
    }


def _costs(some: Iterable[Spending]) -> Json:
    return {one.id: str(one.cost) for one in some}


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
