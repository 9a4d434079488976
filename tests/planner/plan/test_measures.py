from decimal import Decimal

import pytest

from planner.money.head_count import RoleFte, fte_by_role
from planner.plan.measures import Continuity, Dose, Measures, measure, person_fte
from planner.plan.plan import Placement, Plan
from planner.plan.workday import DayMinutes, Journey, day_minutes, journeys
from tests.planner.planned import PLAN, STAFF, at, problem, session


@pytest.fixture(scope="module")
def measures() -> Measures:
    return measure(problem(), PLAN)


def test_minutes_are_owed_and_delivered_by_tier_school_and_subject(measures: Measures):
    assert measures.minutes == Dose(60 + 120 + 60, 60 + 90)
    assert measures.tiers == {3: Dose(60, 60), 2: Dose(180, 90)}
    assert measures.schools == {"oak": Dose(60, 0), "elm": Dose(180, 150)}
    assert measures.subjects == {"reading": Dose(120, 60), "math": Dose(120, 90)}


def test_tier_3_stands_first_and_schools_worst_first(measures: Measures):
    assert list(measures.tiers) == [3, 2]
    assert list(measures.schools) == ["oak", "elm"]
    assert measures.worst_school == "oak"


def test_groups_stand_worst_first(measures: Measures):
    assert [group.service.id for group in measures.groups] == [
        "oak-K-read",
        "elm-1-math",
        "elm-2-read",
    ]
    assert [group.minutes.missing for group in measures.groups] == [60, 30, 0]
    assert [group.service.id for group in measures.left_out] == ["oak-K-read"]


def test_sessions_are_counted(measures: Measures):
    assert measures.sessions == Dose(2 + 4 + 3, 2 + 3)


def test_a_student_in_two_groups_is_counted_once(measures: Measures):
    assert measures.students == Dose(3 + 4, 2 + 4)


def test_a_persons_minutes_add_up_to_the_shift(measures: Measures):
    monday = DayMinutes(
        contact=60, duties=45, preparation=60, lunch=30, travel=20, free=235, shift=450
    )
    tuesday = DayMinutes(contact=60, preparation=30, lunch=30, free=330, shift=450)
    assert measures.people["P1"].days == {"Mon": monday, "Tue": tuesday}
    for day in (monday, tuesday):
        assert (
            day.contact + day.duties + day.preparation + day.lunch + day.travel + day.free
            == day.shift
        )
    assert measures.people["P1"].total.contact == 120


def test_utilisation_is_contact_of_the_obligation(measures: Measures):
    assert measures.people["P1"].utilisation == 120 / 2100
    assert measures.people["P2"].utilisation == 30 / 1050


def test_people_who_are_not_under_contract_are_not_there(measures: Measures):
    assert "P9" not in measures.people
    assert fte_by_role(problem(), PLAN) == (RoleFte("para", 2, Decimal("1.5")),)


def test_fte_of_exact_minutes_is_their_share_of_a_full_week():
    exact = problem(staff="staff,role,week_minutes,start\nP1,para,1975,08:00\n", duties=None)
    assert person_fte(exact, "P1") == Decimal(1975) / Decimal(2100)


def test_continuity_counts_the_adults_of_served_groups(measures: Measures):
    assert measures.continuity == Continuity(groups=2, with_one_adult=1, adults=3)
    assert measures.continuity.adults_a_group == 1.5


def test_spread_is_how_far_schools_are_apart(measures: Measures):
    assert measures.spread == pytest.approx(150 / 180)


def test_a_session_of_two_adults_is_delivered_once_and_contact_of_both():
    both = Plan(PLAN.placements, (session("elm-2-read", "Mon", "9:00", "9:30", "P1", "P2"),))
    found = measure(problem(), both)
    assert found.minutes.delivered == 30
    assert [found.people[person].total.contact for person in ("P1", "P2")] == [30, 30]


def test_an_empty_plan_serves_nobody():
    found = measure(problem(), Plan())
    assert (found.minutes.delivered, found.students.delivered, found.continuity) == (
        0,
        0,
        Continuity(),
    )
    assert all(not week.days for week in found.people.values())


def test_without_groups_nothing_is_owed():
    found = measure(problem(groups=None, members=None), Plan())
    assert found.minutes.share == 1
    assert (found.worst_school, found.spread) == ("", 0)


def test_travel_lies_in_the_gap_between_two_schools():
    assert list(journeys(problem(), PLAN, "P1", "Mon")) == [
        Journey(at("11:00"), at("11:20"), "oak")
    ]


def test_travel_between_touching_placements_starts_when_the_work_is_done():
    touching = Plan(
        (
            Placement("P1", "Mon", 480, 660, "elm"),
            Placement("P1", "Mon", 660, 930, "oak", lunch=(670, 700)),
        ),
        (session("elm-2-read", "Mon", "10:00", "10:30", "P1"),),
    )
    assert list(journeys(problem(), touching, "P1", "Mon")) == [Journey(650, 670, "oak")]


def test_overlaps_are_not_taken_from_free_time_twice():
    twice = Plan(
        (Placement("P1", "Mon", 480, 930, "elm"),),
        (
            session("elm-2-read", "Mon", "9:00", "9:30", "P1"),
            session("elm-1-math", "Mon", "9:15", "9:45", "P1"),
        ),
    )
    assert day_minutes(problem(staff=STAFF), twice, "P1", "Mon").free == 450 - 45
