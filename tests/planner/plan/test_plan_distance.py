"""How many changes lie between two plans: the sentence of the docstring, case by case."""

from dataclasses import replace

import pytest

from planner.plan.plan import Placement, Plan, Session
from planner.plan.plan_distance import changed, within

READ = Session("read", "Mon", 540, 570, ("A",), "elm")
MEETING = Session("meeting", "Tue", 600, 630, ("A", "B"), "elm", "duty")
DAY = Placement("A", "Mon", 480, 900, "elm")
PLAN = Plan((DAY, replace(DAY, staff="B", day="Tue")), (READ, MEETING))


@pytest.mark.parametrize(
    ("after", "count"),
    [
        (PLAN, 0),
        (replace(PLAN, sessions=(replace(READ, start=545, end=575), MEETING)), 1),
        (replace(PLAN, sessions=(replace(READ, staff=("B",)), MEETING)), 1),
        (
            replace(
                PLAN, sessions=(replace(READ, day="Wed", start=600, end=630, staff=("B",)), MEETING)
            ),
            1,
        ),
        (replace(PLAN, sessions=(MEETING,)), 1),
        (replace(PLAN, sessions=(READ, replace(READ, day="Wed"), MEETING)), 1),
        (replace(PLAN, sessions=(READ, replace(MEETING, start=605, end=635))), 2),
        (replace(PLAN, sessions=(READ, replace(MEETING, staff=("A",)))), 1),
        (
            replace(
                PLAN, sessions=(READ, MEETING, Session("math", "Fri", 540, 570, ("A",), "elm"))
            ),
            1,
        ),
        (replace(PLAN, placements=(replace(DAY, school="oak"), PLAN.placements[1])), 1),
        (replace(PLAN, placements=(replace(DAY, start=490, end=910), PLAN.placements[1])), 1),
        (replace(PLAN, placements=(replace(DAY, lunch=(700, 730)), PLAN.placements[1])), 0),
        (replace(PLAN, placements=PLAN.placements[1:]), 1),
        (Plan(), 5),
    ],
)
def test_changes_are_counted(after: Plan, count: int):
    assert changed(PLAN, after) == count
    assert changed(after, PLAN) == count


def test_what_is_about_people_and_services_that_are_gone_is_passed_over():
    assert within(PLAN, {"meeting"}, {"B"}) == Plan(
        PLAN.placements[1:], (replace(MEETING, staff=("B",)),)
    )
    assert within(PLAN, {"read"}, {"B"}).sessions == ()
