"""What is left for each role: whole, counted, or said to be elsewhere."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from planner.access import (
    User,
    accounts_for,
    audit_for,
    dataset_for,
    document_for,
    money_for,
    plan_for,
    tables_for,
    view_for,
)
from planner.access.texts import NOT_TOLD
from planner.document.plan_document import PlanDocument, ScenarioChange
from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.funding import money
from planner.plan.plan import Plan, Session
from planner.plan.result import Finding, GoalResult, Result, Status, Unserved
from tests.planner import budgeted, planned
from tests.planner.access import made
from tests.planner.access.reading import viewer

ELM, OAK = viewer("principal", schools=["elm"]), viewer("principal", schools=["oak"])
RESULT = Result(
    Status.FEASIBLE,
    Plan(planned.PLACEMENTS, (planned.session("elm-2-read", "Mon", "09:00", "09:30", "P1"),)),
    (
        GoalResult("tier_3_minutes", 90, 100),
        GoalResult("cost", 500_000, None),
        GoalResult("worst_served_school", 50, None),
    ),
    (
        Unserved("elm-2-read", 2, 1, "shift", "Para 2 is not at Elm in its windows."),
        Unserved("elm-1-math", 4, 0, "shift", "Para 1 is at Oak in its windows."),
        Unserved("oak-K-read", 3, 0, "shift", "Para 9 is not there."),
    ),
    (
        Finding(
            "shift", "broken", "P2 · elm", 5, "minutes", "Para 2 works 5 minutes too long at Elm."
        ),
        Finding(
            "shift", "broken", "P1 · oak", 5, "minutes", "Para 1 works 5 minutes too long at Oak."
        ),
        Finding("contract_days", "noted", "", 1, "days", "The year is a day short."),
        Finding("fund_total", "noted", "t1", 1, "cents", "t1 pays $5 and has $4."),
    ),
)


def document_of_elm_and_oak() -> PlanDocument:
    return plan_document(planned.problem(), RESULT, scenario="small", dataset_hash="abc")


def test_hr_s_document_is_the_whole_plan():
    whole = made.document("new-bridge")
    assert document_for(viewer("hr"), whole, made.marked("new-bridge")) == whole


def test_somebody_who_works_at_two_schools_is_elsewhere_where_a_principal_may_not_look():
    seen = document_for(ELM, document_of_elm_and_oak(), planned.problem().data).as_data()
    assert {(row["staff"], row["school"]) for row in seen["placements"]} == {
        ("P1", "elm"),
        ("P2", "elm"),
    }
    assert seen["elsewhere"] == [{"staff": "P1", "day": "Mon"}]
    assert "Oak" not in json.dumps(seen)


def test_a_duty_of_no_place_is_where_somebody_of_the_school_is_then():
    """Para 1 is at Elm from 8:00 to 11:00 on Monday, and at Oak from 11:20 on."""
    problem = planned.problem(duties=planned.DUTIES + "call,family,,P1,30,\n")
    for start, end, seen_at in (
        ("10:30", "11:00", ["elm"]),
        ("12:30", "13:00", ["oak"]),
        ("11:00", "11:30", []),
    ):
        call = Session(
            "call", "Mon", planned.at(start), planned.at(end), ("P1",), "", "duty", "family"
        )
        plan = Plan(planned.PLACEMENTS, (call,))
        assert [
            who for who, v in (("elm", ELM), ("oak", OAK)) if plan_for(v, problem, plan)[1].sessions
        ] == seen_at


def test_a_principal_s_sentences_name_their_school_and_nobody_else():
    seen = document_for(ELM, document_of_elm_and_oak(), planned.problem().data).as_data()
    assert [row["message"] for row in seen["findings"]] == [
        "Para 2 works 5 minutes too long at Elm."
    ]
    assert {row["service"]: row["reason"] for row in seen["unserved"]} == {
        "elm-2-read": "Para 2 is not at Elm in its windows.",
        "elm-1-math": NOT_TOLD,
    }


def test_a_principal_s_figures_are_those_of_the_school():
    seen = document_for(ELM, document_of_elm_and_oak(), planned.problem().data).as_data()
    assert seen["measures"]["minutes"]["all"] == {"owed": 180, "delivered": 30}
    assert list(seen["measures"]["minutes"]["school"]) == ["elm"]
    assert [(goal["goal"], goal["value"], goal["bound"]) for goal in seen["solver"]["goals"]] == [
        ("tier_3_minutes", 30, None)
    ]


def test_a_student_whose_key_is_hidden_has_no_name_in_a_sentence():
    found = (
        Finding(
            "no_student_twice",
            "broken",
            "s2 · elm-2-read",
            1,
            "sessions",
            "s2 is in elm-2-read and oak-K-read at once.",
        ),
    )
    whole = plan_document(
        planned.problem(), replace(RESULT, findings=found), scenario="small", dataset_hash="abc"
    )
    data = planned.problem().data
    (row,) = document_for(viewer("hr"), whole, data).as_data()["findings"]
    assert (row["subject"], row["message"]) == (
        "a student · elm-2-read",
        "a student is in elm-2-read and oak-K-read at once.",
    )
    assert document_for(viewer("director"), whole, data).findings == whole.findings
    assert document_for(ELM, whole, data).as_data()["findings"] == []


def test_a_viewer_sees_every_school_and_no_money():
    seen = document_for(
        viewer("viewer"), document_of_elm_and_oak(), planned.problem().data
    ).as_data()
    assert [goal["goal"] for goal in seen["solver"]["goals"]] == [
        "tier_3_minutes",
        "worst_served_school",
    ]
    assert [row["rule"] for row in seen["findings"]] == ["shift", "shift", "contract_days"]
    assert len(seen["placements"]) == len(planned.PLACEMENTS)


def test_principal_and_viewer_together_see_all_schools_and_their_own_money():
    who = viewer("principal", "viewer", schools=["mos"])
    seen = document_for(who, made.document("new-bridge"), made.marked("new-bridge")).as_data()
    funded = {row["position"] for row in seen["positions"] if row["funding"]}
    assert len(seen["positions"]) == len(made.document("new-bridge").positions)
    # P-05 has no school: the plan places it, and Mossbank's money pays it.
    assert funded == {
        row.position for row in made.marked("new-bridge").positions if "mos" in row.school
    } | {"P-05"}


def test_who_may_not_know_students_is_told_how_many_they_are():
    data = planned.problem().data
    for role in ("hr", "viewer"):
        seen = dataset_for(viewer(role), data)
        assert seen.members == ()
        assert {group.group: group.students for group in seen.groups} == {
            "elm-2-read": 2,
            "elm-1-math": 4,
            "oak-K-read": 2,
        }
    assert dataset_for(viewer("director"), data).members == data.members
    assert dataset_for(viewer("director"), data).groups == data.groups
    assert {member.student for member in dataset_for(ELM, data).members} == {"s1", "s2"}


def test_figures_count_students_once_also_for_who_may_not_know_them():
    problem, plan = plan_for(viewer("viewer"), planned.problem(), RESULT.plan or Plan())
    assert sorted({member.student for member in problem.data.members}) == [
        "student 1",
        "student 2",
        "student 3",
    ]
    assert problem.students.keys() == {"student 2"}
    assert plan.sessions == (RESULT.plan or Plan()).sessions


def test_a_dataset_s_hidden_amounts_are_no_cells_of_its_tables():
    data = made.marked("new-bridge")
    tables = tables_for(viewer("director"), data)
    assert "pay" not in tables
    assert "oncosts" not in tables
    assert all("amount" not in cells for _, cells in tables["allowances"].rows)
    assert dataset_for(viewer("director"), data).allowances[0].amount == 0
    assert [cells["amount"] for _, cells in tables["funds"].rows] == [
        f"{fund.amount:.2f}".removesuffix(".00") for fund in data.funds
    ]


def test_pins_and_rules_of_other_schools_are_not_shown():
    pins = "kind,subject,staff,day,start,school\nplacement,,P1,Mon,,oak\nplacement,,P2,Mon,,elm\nforbid,,P1,Fri,08:00,\n"
    rules = "rule,setting,applies_to\nwindows,off,school:oak\nwindows,off,school:elm\nsites,off,role:para\n"
    seen = dataset_for(ELM, planned.problem(pins=pins, rules=rules).data)
    assert [(pin.staff, pin.school) for pin in seen.pins] == [("P2", "elm")]
    assert [rule.applies_to for rule in seen.rules] == ["school:elm", "role:para"]


POSITIONS = """position,role,school,status,staff,fte,step,funding
P1,aide,elm,filled,A1,1,1,t1-elm:100
P2,aide,elm,filled,A2,1,1,t1-elm:50;general:50
P3,ei,elm,filled,E1,1,1,t1-elm:100
P4,ei,oak,filled,E2,1,1,t1-oak:100
"""
PAY = "schedule,step,amount,unit\naide,1,40000,year\nei,1,90000,year\n"
SCHOOL_STAFF = (
    "staff,name,role,schools\nA1,Ada,aide,elm\nA2,Abe,aide,elm\nE1,Edda,ei,elm\nE2,Egon,ei,oak\n"
)


def test_what_a_fund_has_left_is_told_a_principal_where_it_pays_three_people():
    problem = budgeted.problem(POSITIONS, pay=PAY, staff=SCHOOL_STAFF)
    plan = budgeted.whole(problem)
    whole = money(problem, plan)
    (elm,) = accounts_for(ELM, problem, plan, whole)
    assert (elm.fund, elm.planned, elm.left) == (
        "t1-elm",
        Decimal("150000.00"),
        Decimal("850000.00"),
    )
    (oak,) = accounts_for(OAK, problem, plan, whole)
    assert (oak.fund, oak.allocated, oak.planned, oak.left) == (
        "t1-oak",
        Decimal(1000000),
        None,
        None,
    )
    assert money_for(OAK, problem, whole) is None
    assert money_for(viewer("viewer"), problem, whole) is None


def test_a_director_sees_what_funds_have_left_and_no_position_s_cost():
    problem = budgeted.problem(POSITIONS, pay=PAY, staff=SCHOOL_STAFF)
    found = money_for(viewer("director"), problem, money(problem, budgeted.whole(problem)))
    assert found
    assert {account.fund: account.planned for account in found.accounts}["t1-oak"] == Decimal(
        "90000.00"
    )
    assert found.total.cost == Decimal("260000.00")
    assert found.budget.costs.positions == ()
    assert {position.step for position in found.budget.positions} == {""}


SPENT = """expenditure,fund,school,kind,title,amount,hours,rate,staff
books,t1-elm,,materials,Readers,1000,,,
lead,t1-elm,,stipend,Lead,500,,,E1
subs,t1-oak,,substitutes,Substitutes,,10,40,
"""


def test_an_expenditure_that_is_somebody_s_pay_is_hr_s_alone():
    problem = budgeted.problem(POSITIONS, pay=PAY, staff=SCHOOL_STAFF, expenditures=SPENT)

    def shown(who: User) -> list[tuple[str, Decimal | None]]:
        rows = dataset_for(who, problem.data).expenditures
        return [(row.expenditure, row.amount) for row in rows]

    assert [name for name, _ in shown(viewer("hr"))] == ["books", "lead", "subs"]
    assert shown(viewer("director")) == shown(ELM) == [("books", Decimal("1000"))]
    assert shown(OAK) == shown(viewer("viewer")) == []


def test_what_a_pooled_grant_gives_in_all_is_no_school_s_own():
    funds = (
        "fund,program,school,amount,total,spent_before\n"
        "t1-elm,title-1,elm,100000,300000,50000\ngeneral,general,,100000,300000,50000\n"
    )
    positions = POSITIONS.splitlines(keepends=True)[0] + "P1,ei,elm,filled,E1,1,1,t1-elm:100\n"
    data = budgeted.problem(positions, pay=PAY, staff=SCHOOL_STAFF, funds=funds).data
    shown = {row.fund: (row.total, row.spent_before) for row in dataset_for(ELM, data).funds}
    assert shown == {
        "t1-elm": (Decimal(300000), Decimal(50000)),
        "general": (None, Decimal(0)),
    }


def test_a_fund_s_expenditures_are_told_where_none_of_them_is_pay():
    problem = budgeted.problem(POSITIONS, pay=PAY, staff=SCHOOL_STAFF, expenditures=SPENT)
    plan = budgeted.whole(problem)
    whole = money(problem, plan)
    (elm,) = accounts_for(ELM, problem, plan, whole)
    assert (elm.planned, elm.expenditures) == (Decimal("151500.00"), None)
    seen = {one.fund: one for one in accounts_for(viewer("director"), problem, plan, whole)}
    assert seen["t1-elm"].expenditures == Decimal("1500.00")
    without = budgeted.problem(
        POSITIONS, pay=PAY, staff=SCHOOL_STAFF, expenditures="".join(SPENT.splitlines(True)[:2])
    )
    (elm,) = accounts_for(ELM, without, plan, money(without, plan))
    assert elm.expenditures == Decimal("1000.00")
    told = money_for(viewer("director"), problem, whole)
    assert told
    assert [line.id for line in told.lines] == ["books"]


def test_other_schools_shares_of_a_position_are_left_out():
    shared = POSITIONS + "P5,ei,elm;oak,filled,E2,1,1,t1-elm:50;t1-oak:50\n"
    seen = dataset_for(
        ELM, budgeted.problem(shared.replace("P4", "P6"), pay=PAY, staff=SCHOOL_STAFF).data
    )
    position = next(row for row in seen.positions if row.position == "P5")
    assert (position.school, [share.fund for share in position.funding], position.step) == (
        ("elm",),
        ["t1-elm"],
        "",
    )


ENTRIES = [
    {
        "by": "ann",
        "at": "2026-11-02T08:00:00Z",
        "action": "adopt",
        "subject": "plan 7",
        "schools": [],
        "detail": "for Egon",
    },
    {
        "by": "dot",
        "at": "2026-11-02T09:00:00Z",
        "action": "adopted",
        "subject": "plan 8",
        "schools": ["elm", "oak"],
        "detail": {"dataset": "small", "note": "after the raise", "replaces": 7},
    },
    {
        "by": "ben",
        "at": "2026-11-03T08:00:00Z",
        "action": "edit",
        "subject": "staff E1",
        "schools": ["elm"],
        "detail": {
            "changes": [
                {"sheet": "staff", "column": "step", "row": 4, "before": "3", "after": "9"},
                {"remark": "a raise"},
            ]
        },
    },
    {
        "by": "cy",
        "at": "2026-11-04T08:00:00Z",
        "action": "edit",
        "subject": "group oak-K",
        "schools": ["oak"],
        "detail": {
            "sheet": "groups",
            "column": "minutes",
            "row": 2,
            "before": "20",
            "after": "30",
            "remark": "Egon asked",
        },
        "password": "xyzzy",
    },
]


def test_the_audit_trail_is_cut_to_what_each_may_see():
    assert audit_for(viewer("viewer"), ENTRIES) == []
    assert [entry["detail"] for entry in audit_for(viewer("hr"), ENTRIES)] == [
        entry["detail"] for entry in ENTRIES
    ]
    for_director = audit_for(viewer("director"), ENTRIES)
    assert [entry["subject"] for entry in for_director] == [
        "plan 7",
        "plan 8",
        "staff E1",
        "group oak-K",
    ]
    assert [entry["detail"] for entry in for_director] == [
        None,
        {"dataset": "small", "note": "after the raise", "replaces": 7},
        {},
        {"sheet": "groups", "column": "minutes", "row": 2, "before": "20", "after": "30"},
    ]
    for_elm = audit_for(ELM, ENTRIES)
    assert [(entry["subject"], entry["schools"]) for entry in for_elm] == [
        ("plan 8", ["elm"]),
        ("staff E1", ["elm"]),
    ]
    assert [entry["detail"] for entry in for_elm] == [{"dataset": "small", "replaces": 7}, {}]
    assert "xyzzy" not in repr([audit_for(viewer(role), ENTRIES) for role in ("hr", "director")])


@pytest.mark.parametrize("school", ["mos", "whf"])
def test_what_a_principal_gets_from_a_director_s_files_is_what_they_get_from_the_whole(school: str):
    whole, data = made.document("new-bridge"), made.marked("new-bridge")
    director, principal = viewer("director"), viewer("principal", schools=[school])
    handed = document_for(director, whole, data)
    dataset = dataset_for(director, data, made.plan("new-bridge"))
    mine = document_for(principal, whole, data)
    assert document_for(principal, handed, dataset).as_data() == mine.as_data()
    problem = Problem(dataset)
    plan = made.plan("new-bridge")
    found = money(problem, plan)
    assert money_for(director, problem, found) is None
    assert {account.left for account in accounts_for(director, problem, plan, found)} == {None}


def test_a_scenario_s_change_of_pay_is_hr_s_alone():
    changes = [
        {
            "words": "step of ESP-01: 3 → 9",
            "sheet": "staff",
            "key": "ESP-01",
            "subjects": ["ESP-01"],
        },
        {"words": "amount of t1: 8 % less", "sheet": "funds", "key": "t1", "subjects": ["t1"]},
        {"words": "amount of PA4 1", "sheet": "pay", "key": "PA4", "subjects": []},
        {"words": "ESP 1: leave days 3 → 5", "sheet": "staff", "key": "ESP-01", "subjects": []},
    ]
    told = tuple(ScenarioChange.model_validate(change) for change in changes)
    whole = document_of_elm_and_oak().model_copy(update={"changes": told})
    data = planned.problem().data
    assert document_for(viewer("hr"), whole, data).as_data()["changes"] == changes
    assert document_for(viewer("director"), whole, data).as_data()["changes"] == [changes[1]]
    assert "changes" not in document_for(viewer("viewer"), whole, data).as_data()
    assert "changes" not in document_for(ELM, whole, data).as_data()


def test_reports_of_a_principal_say_elsewhere():
    view = view_for(ELM, document_of_elm_and_oak(), planned.problem().data)
    assert view.plan.elsewhere == {("P1", "Mon")}
    assert isinstance(view.problem, Problem)
    assert [school.school for school in view.problem.data.schools] == ["elm"]
