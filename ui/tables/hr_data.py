"""HR's view for machines.

Money and percentages are decimals written as text, minutes are whole, FTE has six places at most.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from planner.hr import Hr
from planner.hr.control import Controlled
from planner.hr.effort import CAUTION, RECORD_SOURCES, Effort
from planner.hr.findings import HrFinding
from planner.hr.people import HeldPosition, Record
from planner.hr.vacancy_savings import VacancySaving
from planner.money.head_count import Count
from planner.money.spending import SpendingLine
from planner.plan.positions import decimal_fte

Json = dict[str, Any]


def as_data(found: Hr, *, with_pay: bool, in_full: bool = False) -> Json:
    """The whole view; without pay, every amount is left out. `in_full` says what positions cost
    month by month, too.
    """
    control = found.control
    return {
        "timetable": found.timed,
        "as_of": found.day.isoformat() if found.day else None,
        "remarks": list(found.budget.remarks),
        "clean": not found.broken,
        "findings": [finding(one) for one in found.findings],
        "people": [
            _person(person, with_pay=with_pay)
            | (_months(found, person) if with_pay and in_full else {})
            for person in found.people
        ],
        "position_control": {
            "all": _controlled(control.total, with_pay=with_pay),
            "school": {one.id: _controlled(one, with_pay=with_pay) for one in control.schools},
            "role": {one.id: _controlled(one, with_pay=with_pay) for one in control.roles},
            "fund": {one.id: _controlled(one, with_pay=with_pay) for one in control.funds},
            "bounded_by": {bound: list(names) for bound, names in control.bounds.items()},
        },
        "counted_to": found.counted_to.isoformat(),
        "extra_pay": [_extra_pay(line, with_pay=with_pay) for line in found.extra_pay],
        "time_off_in_lieu": [
            {
                "staff": one.staff,
                "earned_minutes": one.earned,
                "taken_minutes": one.taken,
                "balance_minutes": one.balance,
                "year_minutes": one.in_the_year,
            }
            for one in found.time_off
        ],
        "vacancy_savings": [_saving(one, with_pay=with_pay) for one in found.savings],
        "time_and_effort_note": CAUTION,
        "time_and_effort_source": RECORD_SOURCES,
    }


def _extra_pay(line: SpendingLine, *, with_pay: bool) -> Json:
    """Somebody's pay beside their positions; without pay, what it is for alone."""
    said: Json = {"staff": line.staff, "id": line.id, "kind": line.kind, "status": line.status}
    if not with_pay:
        return said
    return said | {
        "line": line.oncost or "pay",
        "formula": line.formula,
        "amount": str(line.amount),
        "funds": {fund: str(amount) for fund, amount in line.funds.items()},
    }


def _saving(one: VacancySaving, *, with_pay: bool) -> Json:
    said: Json = {"position": one.position, "since": one.since.isoformat()}
    if not with_pay:
        return said
    return said | {
        "saved": str(one.saved),
        "if_it_stays_vacant": str(one.in_the_year),
        "budgeted": str(one.budgeted),
    }


def finding(one: HrFinding) -> Json:
    """What a rule found, in the rule's unit."""
    return {
        "rule": one.rule,
        "severity": one.severity,
        "subject": list(one.where),
        "amount": one.amount,
        "unit": one.unit,
        "message": one.message,
        "source": one.source,
        "remedy": one.remedy,
    }


def exact(value: Fraction | None) -> str | None:
    """A share or a percentage, to six places."""
    return None if value is None else f"{decimal_fte(value):f}"


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _person(person: Record, *, with_pay: bool) -> Json:
    pay = {"total": _money(person.total)} if with_pay else {}
    return {
        "staff": person.staff,
        "name": person.name,
        "role": person.role,
        "schools": list(person.schools),
        "supervisor": person.supervisor or None,
        "fte": exact(person.fte),
        "obligation_minutes": person.obligation,
        "scheduled_minutes": person.scheduled,
        "contract_days": person.days,
        "dates_worked": person.dates,
        "paid_hours": exact(person.hours_a_year),
        **pay,
        "positions": [_place(place, with_pay=with_pay) for place in person.places],
        "credentials_ending": [
            {
                "credential": one.credential,
                "expires": one.expires.isoformat(),
                "ended": one.ended,
                "required": one.required,
            }
            for one in person.credentials
        ],
        "training": [
            {
                "training": one.training,
                "due": one.due.isoformat() if one.due else None,
                "needed_minutes": one.needed,
                "planned_minutes": one.planned,
            }
            for one in person.training
        ],
        "benefits": [
            {
                "oncost": one.oncost,
                "paid_hours": exact(one.hours),
                "threshold": exact(one.threshold),
                "eligible": one.eligible,
                "months": one.months,
            }
            for one in person.benefits
        ],
        "time_and_effort": _effort(person.effort),
    }


def _months(found: Hr, person: Record) -> Json:
    """What a person costs in each month (`2026-01`), position by position, and who pays it."""
    district = found.problem.data.district
    return {
        "months": [
            {
                "month": month.isoformat()[:7],
                "position": place.position.position,
                "amount": str(sum(paid.values())),
                "funds": {fund: str(amount) for fund, amount in paid.items()},
            }
            for place in person.places
            for month, paid in place.by_month(district).items()
        ]
    }


def _place(place: HeldPosition, *, with_pay: bool) -> Json:
    position = place.position
    lines = place.cost.lines if place.cost else ()
    pay = {
        "lane": position.lane,
        "step": position.step,
        "total": _money(place.cost.total if place.cost else None),
        "lines": [
            {
                "kind": line.kind,
                "name": line.name,
                "budget_item": line.budget_item,
                "formula": line.formula,
                "amount": str(line.amount),
                "funds": {fund: str(amount) for fund, amount in line.funds.items()},
            }
            for line in lines
        ],
    }
    return {
        "position": position.position,
        "role": position.role,
        "school": list(position.school),
        "status": place.status,
        "from": place.holding.start.isoformat(),
        "to": place.holding.end.isoformat(),
        "kind": place.holding.kind,
        "paid": place.holding.paid,
        "fte": exact(position.fte),
        "hours_a_day": exact(place.hours_a_day),
        "hours_a_week": exact(place.hours_a_week),
        "paid_hours": exact(place.hours_a_year),
        "contract_days": place.contract_days,
        "paid_days": place.paid_days,
        "funding": [
            {"fund": line.fund, "percent": exact(line.percent)}
            | ({"amount": _money(line.amount)} if with_pay else {})
            for line in place.funding
        ],
        "differentials": [
            {
                "allowance": one.allowance,
                "budget_item": one.allowance_item,
                "position_item": one.item,
                "fund": one.fund,
                "position_percent": exact(one.position_percent),
                "percent": exact(one.percent),
                "must_match": one.must_match,
            }
            | ({"amount": _money(one.amount)} if with_pay else {})
            for one in place.differentials
        ],
    } | (pay if with_pay else {})


def _effort(found: Effort) -> Json:
    return {
        "minutes": found.minutes,
        "record": found.record or None,
        "funds": [
            {
                "fund": line.fund,
                "funded_percent": exact(line.funded),
                "planned_percent": exact(line.planned),
                "difference": exact(line.difference),
            }
            for line in found.lines
        ],
    }


def _controlled(one: Controlled, *, with_pay: bool) -> Json:
    parts = {
        "budgeted": one.budgeted,
        "filled": one.filled,
        "vacant": one.vacant,
        "proposed": one.proposed,
    }
    return {name: _count(count, with_pay=with_pay) for name, count in parts.items()}


def _count(count: Count, *, with_pay: bool) -> Json:
    found: Json = {"positions": count.positions, "fte": exact(count.fte)}
    return found | ({"amount": str(count.amount)} if with_pay else {})
