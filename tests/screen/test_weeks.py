"""The weeks that are drawn: which hours they show, what they are called, what a block says in
full.
"""

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from ui.screen.weeks import group_in_words, group_week, school_day


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Problem(load(example_path("new-bridge")))


def test_a_groups_week_shows_all_times_at_which_it_may_be_served(problem: Problem):
    session = Session("cal-Y7-LIT", "MonA", 660, 690, ("IW-03",), "cal", "pull_out")
    week = group_week(problem, Plan((), (session,)), "cal-Y7-LIT")
    drawn = str(week.html())
    ends = [block.end for column in week.columns for block in column.ground]
    assert max(ends) > session.end
    assert f">{max(ends) // 60 - 1}:00<" in drawn
    assert "When the group may be served" in drawn
    assert "in class alone" not in drawn


def test_a_group_is_named_in_words(problem: Problem):
    assert group_in_words(problem, "cal-Y7-LIT") == "Gr Y7 · english · tier 2 · cal-Y7-LIT"


def test_every_block_says_in_full_what_it_is(problem: Problem):
    session = Session("cal-Y7-LIT", "MonA", 660, 690, ("IW-03",), "cal", "pull_out")
    drawn = str(school_day(problem, Plan((), (session,)), "cal", "MonA").html())
    block = drawn.partition("data-pick=")[2].partition(">")[0]
    assert block.count("11:00–11:30, Gr Y7 · english · cal-Y7-LIT, tier 2") == 2, (
        "for who hears it, and for who points at it"
    )


def test_a_week_knows_the_sessions_in_it(problem: Problem):
    session = Session("cal-Y7-LIT", "MonA", 660, 690, ("IW-03",), "cal", "pull_out")
    week = group_week(problem, Plan((), (session,)), "cal-Y7-LIT")
    assert week.holds("cal-Y7-LIT|MonA|660|IW-03")
    assert not week.holds("cal-Y7-LIT|TueA|660|IW-03")
