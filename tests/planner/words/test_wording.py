from datetime import date
from decimal import Decimal

import pytest

from planner.plan.result import GoalResult
from planner.rules.goals import GOALS
from planner.rules.goals.goal_text import goal_text, still_possible
from planner.words.palette import TIER, tint
from planner.words.wording import Words, clock_range, grades, listed, period, shorten_list

US = Words("en_US")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (95, "95 min"),
        (120, "120 min"),
        (125, "2 h 05"),
        (63000, "1,050 h 00"),
        (-130, "−2 h 10"),
    ],
)
def test_minutes_become_hours_beyond_two_hours(minutes: int, text: str):
    assert US.minutes(minutes) == text


@pytest.mark.parametrize(
    ("fte", "text"), [("0.875", "0.875"), ("1.50", "1.5"), ("1", "1"), ("0.88964", "0.89")]
)
def test_fte_has_three_decimals_at_most(fte: str, text: str):
    assert US.fte(Decimal(fte)) == text


def test_money_and_exact_figures_keep_their_decimals():
    told = [US.money(Decimal(said), "USD") for said in ("1100", "26.81", "0.125", "-5")]
    assert told == ["$1,100.00", "$26.81", "$0.125", "−$5.00"]
    assert Words("en_GB").money(Decimal("24982"), "GBP") == "£24,982.00"
    assert [US.exact(Decimal(said)) for said in ("1365.0", "0.8896")] == ["1,365", "0.8896"]


@pytest.mark.parametrize(
    ("share", "text"), [(1, "100 %"), (0.9999, "99 %"), (0.94, "94 %"), (0.0001, "1 %"), (0, "0 %")]
)
def test_only_all_is_a_hundred_percent(share: float, text: str):
    assert US.percent(share) == text


def test_a_negative_figure_has_a_true_minus():
    assert (US.number(-640), US.signed(1240), US.signed(-640), US.signed(0)) == (
        "−640",
        "+1,240",
        "−640",
        "0",
    )


def test_dates_follow_the_locale():
    day = date(2025, 10, 6)
    assert (US.day(day), Words("en_GB").day(day)) == ("October 6, 2025", "6 October 2025")
    assert (US.day_of_month(day), Words("en_GB").day_of_month(day)) == ("October 6", "6 October")


def test_counts_are_said():
    assert [US.counted(count, "group") for count in (1, 2, 14)] == [
        "One group",
        "Two groups",
        "14 groups",
    ]
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert shorten_list(["a", "b", "c"], 3) == "a, b, c"
    assert shorten_list(["a", "b", "c", "d"], 3) == "a, b, c and 1 more"
    assert (period(("Mon",) * 5), period(("Mon",) * 10)) == ("week", "cycle")
    assert clock_range(465, 975) == "7:45–16:15"


@pytest.mark.parametrize(
    ("names", "text"),
    [(["2"], "Gr 2"), (["K", "1", "2"], "Gr K–2"), (["1", "3"], "Gr 1, 3"), ([], "")],
)
def test_grades_are_said(names: list[str], text: str):
    assert grades(names, ("K", "1", "2", "3")) == text


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (GoalResult("tier_3_minutes", 1000, 1000), "proved best"),
        (GoalResult("tier_3_minutes", 1000, 1008), "at most 0.8 % more is possible"),
        (GoalResult("tier_3_minutes", 0, 30), "at best 30"),
        (GoalResult("tier_3_minutes", 0, None), "not known"),
        (GoalResult("same_time", 12, 9), "at best 9"),
        (GoalResult("worst_served_school", 8125, 9000), "at best 90.00 %"),
    ],
)
def test_what_is_still_possible_is_said(result: GoalResult, text: str):
    assert still_possible(result, US) == text


def test_a_goal_is_said_in_its_own_unit():
    told = goal_text(GoalResult("worst_served_school", 8125, None), US)
    assert (told.value, told.unit) == ("81.25", "% of the minutes owed")


def test_a_tint_is_fourteen_percent_over_white():
    assert tint("#000000") == "#DBDBDB"
    assert TIER[2].ground == "#FCF2DB"


@pytest.mark.parametrize("value", [0, 1, 2])
def test_the_unit_of_a_goal_is_that_of_one_where_it_reached_one(value: int):
    units = {goal.key: goal_text(GoalResult(goal.key, value, None), US).unit for goal in GOALS}
    s = "" if value == 1 else "s"
    tiers = {f"tier_{tier}_minutes": f"minute{s} × priority" for tier in (1, 2, 3)}
    assert units == tiers | {
        "worst_served_school": "% of the minutes owed",
        "duty_minutes": f"minute{s}",
        "soft_rules": f"weighted unit{s} of breaking them",
        "same_time": f"change{s} of time",
        "idle_time": f"minute{s} between sessions",
        "wished_times": "minutes × weight at wished times, less those at times to avoid",
        "balanced_load": "% of the busiest person's hours, added over schools",
        "cost": "in the district's currency",
    }
