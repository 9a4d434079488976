"""HR's view: differentials, hours, benefits, deadlines, position control and findings with
remedies.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from planner.access import User, plan_for
from planner.facts.cell_type import Credential
from planner.facts.problem import Problem
from planner.hr import Hr, hr
from planner.hr.benefits import benefits
from planner.hr.control import bounded_by
from planner.money import Employments
from planner.money.number_format import NumberFormat
from planner.plan.plan import Placement, Plan
from planner.plan.positions import as_they_stand, staffed
from planner.rules import RULE_OF
from planner.sheets.dataset import load
from tests.planner import budgeted, planned
from tests.planner.comparison.plans import SHEETS, with_positions
from tests.planner.money.district import district, esp
from tests.ui.command import ROOT
from ui.render.hr_person import person_lines

FILLED = "position,role,school,status,staff,fte,step,funding,allowances,allowance_funding\n"
PAY = "schedule,step,amount,unit,from\nei,1,100000,year,2026-07-01\naide,1,50000,year,2026-07-01\n"


def example(name: str) -> Problem:
    return Problem(load(Path(ROOT / "scenarios" / name / "dataset")), name)


def view(rows: str, **changes: str | None) -> Hr:
    return hr(budgeted.problem(FILLED + rows, pay=PAY, **changes), Plan())


SPLIT = "P-1,ei,elm,filled,E1,1,1,t1-elm:50;general:50,diff,diff@t1-elm:40;diff@general:60\n"


def test_a_differential_at_40_percent_beside_50_is_named_with_what_to_write():
    found = view(SPLIT)
    worst = found.findings[0]
    assert (worst.rule, worst.severity) == ("same_percent", "broken")
    assert (
        worst.message
        == "t1-elm pays 50 % of P-1 and 40 % of its diff (15266); the two must be the same."
    )
    assert worst.source
    assert worst.remedy.startswith(
        "Sheet positions, P-1: write diff@t1-elm:50;diff@general:50 in allowance_funding "
    )
    (place,) = found.people[0].places
    assert [
        (one.fund, one.position_percent, one.percent, one.agrees) for one in place.differentials
    ] == [
        ("t1-elm", 50, 40, False),
        ("general", 50, 60, False),
    ]
    # 238 × 12 = 2,856: 40 % and 60 % of it.
    assert [one.amount for one in place.differentials] == [Decimal("1142.40"), Decimal("1713.60")]
    assert place.differentials[0].allowance_item == "15266"


def test_what_funds_leave_of_a_position_stands_beside_its_money():
    people = view("P-1,ei,elm,filled,E1,1,1,t1-elm:40,,\n").people
    (place,) = (place for person in people for place in person.places)
    lines = {line.fund: line.percent for line in place.funding}
    assert lines == {"t1-elm": 40, "": 60}


def test_findings_stand_worst_first():
    found = view(SPLIT + "P-2,aide,elm,filled,A1,1,1,t1-elm:60;general:40,,\n")
    order = [(one.severity, one.amount) for one in found.findings]
    assert order == sorted(order, key=lambda each: (each[0] != "broken", -each[1]))
    assert {one.severity for one in found.findings} == {"broken", "noted"}
    assert found.broken == tuple(one for one in found.findings if one.severity == "broken")


@pytest.mark.parametrize(
    ("fte", "eligible", "hours"),
    [("0.4375", True, "682.5"), ("0.4", False, "624"), ("0.875", True, "1365")],
)
def test_the_cliff_at_630_hours(fte: str, eligible: bool, hours: str):
    facts = district()
    (one,) = benefits(facts, Employments(facts).held(esp(fte=fte)))
    assert (one.oncost, one.eligible, one.hours, one.threshold) == (
        "sebb",
        eligible,
        Fraction(hours),
        630,
    )
    assert one.months == (12 if eligible else 0)
    assert one.margin == Fraction(hours) - 630


def test_two_positions_of_one_person_stack():
    facts = district()
    held = list(Employments(facts).paid(esp(position, fte="0.4") for position in ("P-1", "P-2")))
    (one,) = benefits(facts, held)
    assert (one.hours, one.eligible) == (1248, True)


def test_somebody_hired_in_december_has_eight_months():
    record = next(
        person for person in hr(example("tacoma-mtss"), Plan()).people if person.staff == "ESP-14"
    )
    (sebb,) = record.benefits
    assert (sebb.eligible, sebb.months) == (True, 8)
    assert [(need.training, str(need.due), need.met) for need in record.training] == [
        ("fcs-days-1-2", "2026-04-15", False),
        ("fcs-days-3-4", "2026-06-15", False),
    ]


def test_hours_days_and_lines_of_a_paraeducator():
    record = next(
        person for person in hr(example("tacoma-mtss"), Plan()).people if person.staff == "ESP-22"
    )
    (place,) = record.places
    assert (place.hours_a_day, place.hours_a_week, place.hours_a_year, place.contract_days) == (
        7,
        35,
        1365,
        195,
    )
    assert place.cost
    assert [(line.name, line.amount) for line in place.cost.lines] == [
        ("PA4 BA 10", Decimal("46082.40")),
        ("sers", Decimal("3258.03")),
        ("fica", Decimal("3525.30")),
        ("sebb", Decimal("13200.00")),
    ]
    assert record.total == Decimal("66065.73")


def test_exact_weeks_in_term_time():
    record = next(
        person for person in hr(example("new-bridge"), Plan()).people if person.staff == "IW-03"
    )
    assert record.obligation == 2 * 1975
    assert record.places[0].hours_a_week == Fraction(1975, 60)


def test_scheduled_minutes_stand_beside_the_obligation():
    facts = example("first-steps")
    day = Placement("ESP-1", "Mon", 480, 930, "cedar", lunch=(690, 720))
    people = {person.staff: person for person in hr(facts, Plan((day,))).people}
    assert (people["ESP-1"].obligation, people["ESP-1"].scheduled) == (2100, 420)
    assert (people["ESP-2"].scheduled, hr(facts, Plan()).people[0].scheduled) == (0, None)


def test_credentials_that_end_within_the_year_are_named():
    facts = example("tacoma-mtss")
    soon = "2025-10-01", "2026-01-31", "2027-01-31"
    held = tuple(Credential(day, date.fromisoformat(day)) for day in soon)
    row = facts.data.staff[0].model_copy(update={"credentials": held})
    changed = Problem(facts.data.model_copy(update={"staff": (row,)}), "x")
    (person,) = hr(changed, Plan()).people
    assert [(end.credential, end.ended) for end in person.credentials] == [
        (soon[0], True),
        (soon[1], False),
    ]


def test_position_control_counts_every_place_once():
    control = hr(example("lausd-region"), Plan()).control
    for parts in (control.schools, control.roles):
        assert (
            sum(one.budgeted.positions for one in parts) == control.total.budgeted.positions == 60
        )
        assert sum(one.budgeted.amount for one in parts) == control.total.budgeted.amount
        assert sum(one.proposed.fte for one in parts) == control.total.proposed.fte == 3
    assert sum(one.filled.amount for one in control.funds) == control.total.filled.amount
    assert sum(one.vacant.fte for one in control.funds) == control.total.vacant.fte
    assert [len(names) for names in control.bounds.values()] == [60, 0, 3, 0]


@pytest.mark.parametrize(
    ("fte", "funding", "bound"),
    [
        ("1", "general:100", "FTE and amount"),
        ("1", "", "FTE"),
        ("", "general:100", "amount"),
        ("", "", "neither"),
    ],
)
def test_what_bounds_a_position(fte: str, funding: str, bound: str):
    rows = f"position,role,status,fte,funding\nP-1,ei,proposed,{fte},{funding}\n"
    (row,) = budgeted.problem(rows).data.positions
    assert bounded_by(row) == bound


def test_long_vacancies_are_found_although_nobody_holds_them():
    named = {
        one.where[0]
        for one in hr(example("lausd-region"), Plan()).findings
        if one.rule == "vacancy"
    }
    assert named == {"P-058", "P-060"}


def test_one_person_and_one_school():
    found = hr(example("lausd-region"), Plan())
    assert [person.staff for person in found.of_person("EI-03").people] == ["EI-03"]
    assert {one.where[0] for one in found.of_person("EI-03").findings} == {"P-003"}
    at = found.at_school("bri")
    assert {person.staff for person in at.people} == {"EI-03", "MI-07", "IC-01", "IA-01"}


def test_positions_without_a_cell_of_pay_are_named_and_the_others_priced():
    facts = budgeted.problem(f"{FILLED}{SPLIT}P-2,aide,elm,filled,A1,1,1,general:100,,\n", pay=PAY)
    first, second = as_they_stand(facts)
    found = hr(facts, Plan(positions=(replace(first, step="9"), second)))
    assert found.budget.remarks == (
        "Position P-1: the sheet pay has no cell for schedule 'ei', step '9'.",
    )
    totals = {person.staff: person.total for person in found.people if person.places}
    assert totals == {"E1": None, "A1": Decimal("50000.00")}


def test_of_who_works_elsewhere_too_a_principal_hears_nothing_that_asks_for_the_whole():
    facts = staffed(planned.problem(**SHEETS), with_positions("P-1", "P-2").positions)
    whole = with_positions("P-1", "P-2")
    before = hr(facts, whole)
    elm = User("principal", frozenset({"principal"}), frozenset({"elm"}))
    found = hr(*plan_for(elm, facts, whole))
    people = {person.staff: person for person in found.people}
    assert (
        people["P1"].elsewhere,
        people["P1"].scheduled,
        people["P1"].dates,
        people["P1"].benefits,
    ) == (1, None, None, ())
    assert (people["P2"].elsewhere, people["P2"].scheduled) == (0, before.people[1].scheduled)
    assert {one.rule for one in found.findings if "P1" in one.where} <= {
        one.rule for one in before.findings if "P1" in one.where
    }
    of_part = [RULE_OF[one.rule] for one in found.findings if "P1" in one.where]
    assert not any(rule.needs_whole_person for rule in of_part)
    lines = list(
        person_lines(
            found.problem, people["P1"], NumberFormat(found.problem.data.district), with_pay=False
        )
    )
    assert (
        "  Also at other schools, on 1 day of the cycle: what asks for their whole week or "
        "contract is not told here" in lines
    )


def test_a_person_in_full_names_every_credential_with_its_last_date():
    facts = example("tacoma-mtss")
    soon = (
        Credential("ended", date(2025, 10, 1)),
        Credential("soon", date(2026, 1, 31)),
        Credential("later", date(2027, 1, 31)),
    )
    row = facts.data.staff[0].model_copy(update={"credentials": (*soon, Credential("always"))})
    found = hr(Problem(facts.data.model_copy(update={"staff": (row,)}), "x"), Plan())
    lines = list(
        person_lines(
            found.problem,
            found.people[0],
            NumberFormat(found.problem.data.district),
            with_pay=False,
        )
    )
    assert [line for line in lines if "Credential" in line] == [
        "  Credential ended ended on October 1, 2025",
        "  Credential soon ends on January 31, 2026",
        "  Credential later is valid until January 31, 2027",
        "  Credential always, without end",
    ]
