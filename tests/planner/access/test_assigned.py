"""Who sees who holds a position: everybody who sees the position; only HR why, and at which step."""

from planner.access import dataset_for
from planner.facts.assignments import Assignment
from planner.facts.sheets import Dataset
from tests.planner.access.reading import viewer
from tests.planner.small import dataset

STAFF = "staff,role,schools,lane\nE1,para,elm,BA\nO1,para,oak,BA\n"
POSITIONS = (
    "position,role,school,status,funding\nP1,para,elm,filled,general:100\nP2,para,oak,filled,\n"
)
ROWS = (
    "position,staff,kind,lane,step,paid,funding,note\n"
    "P1,E1,leave,BA,2,no,t1-elm:100,a reason of their own\nP2,O1,,,,,,\n"
)


def held() -> Dataset:
    return dataset(staff=STAFF, positions=POSITIONS, assignments=ROWS)


def first(role: str, *schools: str) -> Assignment:
    return dataset_for(viewer(role, schools=list(schools)), held()).assignments[0]


def test_hr_sees_every_cell():
    assert dataset_for(viewer("hr"), held()).assignments == held().assignments


def test_a_reason_and_a_step_are_for_hr_alone():
    for seen in (first("director"), first("viewer"), first("principal", "elm")):
        assert (seen.staff, seen.kind) == ("E1", "leave")
        assert (seen.lane, seen.step, seen.paid, seen.note) == ("", "", True, "")


def test_who_pays_is_for_those_who_see_money():
    assert first("director").funding
    assert first("principal", "elm").funding
    assert not first("viewer").funding


def test_a_principal_sees_the_positions_of_their_school_alone():
    shown = dataset_for(viewer("principal", schools=["oak"]), held())
    assert [(row.position, row.staff) for row in shown.assignments] == [("P2", "O1")]
