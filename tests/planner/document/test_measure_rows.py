"""What a plan.json says for a comparison: groups, students, money, names; on a district of paper
and on every example.
"""

import json
from decimal import Decimal

import pytest

from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import as_they_stand, staffed
from planner.plan.result import Result, Status
from planner.sheets.dataset import dataset_hash, load
from planner.sheets.examples import example_names, example_path
from tests.planner import planned
from tests.planner.comparison.plans import SHEETS, Json, compared, document, now, with_positions

READABLE = tuple(name for name in example_names() if name != "misspelt")


@pytest.fixture(scope="module")
def found() -> Json:
    return now()


def test_a_group_says_what_it_gets_and_of_whom(found: Json):
    assert found["measures"]["groups"][0] == {
        "service": "elm-1-math", "school": "elm", "tier": 2, "grades": ["K", "1"], "subject": "math", "students": 4,
        "minutes": {"owed": 120, "delivered": 90}, "sessions": {"owed": 4, "delivered": 3}, "adults": ["P1", "P2"],
    }  # fmt: skip
    assert [group["service"] for group in found["measures"]["groups"]] == [
        "elm-1-math",
        "elm-2-read",
        "oak-K-read",
    ]


def test_students_are_counted_once_in_each_figure(found: Json):
    measures = found["measures"]
    assert measures["students"] == {"owed": 7, "delivered": 6}
    assert measures["students_by"]["tier"] == {
        "2": {"owed": 6, "delivered": 4},
        "3": {"owed": 2, "delivered": 2},
    }
    assert measures["students_by"]["school"] == {
        "elm": {"owed": 6, "delivered": 6},
        "oak": {"owed": 2, "delivered": 0},
    }


def test_minutes_by_school_and_tier_add_up(found: Json):
    minutes = found["measures"]["minutes"]
    assert minutes["school_tier"] == {
        "elm": {"2": {"owed": 120, "delivered": 90}, "3": {"owed": 60, "delivered": 60}},
        "oak": {"2": {"owed": 60, "delivered": 0}},
    }
    for school, dose in minutes["school"].items():
        assert sum(tier["owed"] for tier in minutes["school_tier"][school].values()) == dose["owed"]


def test_people_say_their_job_class_and_fte_and_all_together_their_utilisation(found: Json):
    measures = found["measures"]
    assert (measures["people"]["P2"]["role"], measures["people"]["P2"]["fte"]) == ("para", 0.5)
    assert measures["utilisation"] == round((120 + 30) / (2100 + 1050), 6)


def test_money_is_exact_and_adds_up(found: Json):
    cost = found["measures"]["cost"]
    assert cost == {
        "all": "60000.00",
        "fund": {"t1-elm": "40000.00", "general": "20000.00"},
        "role": {"para": "60000.00"},
        "school": {"": "40000.00", "elm": "20000.00"},
        "expenditures": {},
        "fund_left": {"t1-elm": "10000.00", "general": "40000.00"},
        "per_student_minute": {"all": "3.0030", "fund": {"t1-elm": "2.6774", "general": "3.9683"}},
    }
    assert sum(Decimal(position["total"]) for position in found["positions"]) == Decimal(
        cost["all"]
    )


def test_a_plan_without_positions_or_with_positions_without_pay_says_nothing_of_money():
    assert document(planned.PLAN, "bare")["measures"]["cost"] is None
    unpaid = planned.problem(**SHEETS | {"pay": None})
    result = Result(Status.FEASIBLE, with_positions("P-1", "P-2"))
    found = plan_document(unpaid, result, scenario="", dataset_hash="").as_data()
    assert found["measures"]["cost"] is None
    assert found["positions"][0]["total"] is None


def test_ids_have_names(found: Json):
    assert found["names"] == {
        "schools": {"elm": "Elm", "oak": "Oak"},
        "people": {"P1": "Para 1", "P2": "Para 2", "P9": "Para 9"},
        "roles": {"para": "Paraeducator"},
        "funds": {"t1-elm": "title-1, Elm", "general": "general, pooled"},
    }
    assert found["district"] == {
        "name": "Small", "locale": "en_US", "currency": "USD",
        "cycle": ["Mon", "Tue", "Wed", "Thu", "Fri"], "grades": ["K", "1", "2", "3", "4", "5", "6"],
    }  # fmt: skip


def as_it_stands(name: str) -> Json:
    """The filled positions of an example as a plan without a timetable."""
    data = load(example_path(name))
    facts = Problem(data, name)
    positions = as_they_stand(facts)
    result = Result(Status.FEASIBLE, Plan(positions=positions))
    problem = staffed(facts, positions) if positions else facts
    return plan_document(problem, result, scenario=name, dataset_hash=dataset_hash(data)).as_data()


@pytest.mark.parametrize("name", READABLE)
def test_every_example_can_be_measured_and_compared(name: str):
    found = as_it_stands(name)
    assert json.loads(json.dumps(found, sort_keys=True)) == found
    comparison = compared([found, found])
    assert not [row for row in comparison.rows if row.differs]
    if name == "lausd-region":
        assert found["measures"]["cost"]["all"] == "4772331.49"
    assert (found["measures"]["cost"] is None) == (
        name not in ("lausd-region", "tacoma-mtss", "new-bridge")
    )
