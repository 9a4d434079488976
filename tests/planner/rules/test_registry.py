"""Every rule and every goal has each part that anybody asks of it."""

from importlib import import_module
from importlib.util import find_spec

import pytest

from planner.access import ROLES, Level, User, seen
from planner.facts.presets import preset
from planner.plan.plan import Plan
from planner.rules import RULES
from planner.rules.goals import GOALS
from planner.rules.goals.goal import Goal
from planner.rules.hr_section import HrSection
from planner.rules.rule import BUDGET, TIMETABLE, TRAINING, Rule, Strength
from planner.rules.stops import LAST, Judges, Stopped, by_sentence
from solver.budget import rules as of_budget
from solver.timetable import rules as of_timetable
from tests.solver.tiny import TINY, groups, staff, tiny

PROBLEM = tiny(staff=staff("Ana"), groups=groups("A"))
EVERYBODY = User("all of them", frozenset(ROLES), frozenset({"elm"}))
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
each_goal = pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.key)


@each_rule
def test_a_rule_lives_in_the_module_of_its_key(rule: Rule):
    assert import_module(f"planner.rules.{rule.key}").RULE is rule
    assert rule.violations.__module__ == f"planner.rules.{rule.key}"


@each_rule
def test_a_rule_has_a_row_in_the_tables(rule: Rule):
    assert all((rule.title, rule.sentence, rule.formula, rule.unit))
    assert rule.sentence.endswith(".")
    assert rule.default.strength in rule.strengths


@each_rule
def test_a_rule_has_a_builder_or_says_why_it_is_checked_alone(rule: Rule):
    """What is on training has one model, which test_training compares with the checkers."""
    package = {TIMETABLE: of_timetable, BUDGET: of_budget}.get(rule.part)
    built = package is not None and find_spec(f"{package.__name__}.{rule.key}") is not None
    assert built == (rule.part != TRAINING and not rule.checked_alone)
    if built:
        assert callable(package.builder(rule))
    assert not (rule.checked_alone and Strength.HARD in rule.strengths)


@each_rule
def test_somebody_may_read_what_a_rule_finds(rule: Rule):
    assert seen(EVERYBODY, f"finding:{rule.key}") is Level.ALL


@each_rule
def test_what_a_rule_on_money_finds_is_told_with_what_to_write(rule: Rule):
    """What is on a person's week its own sentence says, where nothing can be written that mends
    it.
    """
    if rule.part == BUDGET:
        assert rule.hr in (HrSection.POSITIONS, HrSection.FUNDS)
    if rule.hr in (HrSection.POSITIONS, HrSection.FUNDS):
        assert rule.remedy.write or rule.remedy.otherwise
    assert not rule.remedy.otherwise or rule.remedy.otherwise.endswith(".")


@each_rule
def test_a_rule_that_needs_a_whole_person_is_told_to_hr(rule: Rule):
    assert not rule.needs_whole_person or rule.hr is not HrSection.NOT


@each_rule
def test_a_rule_over_the_week_is_about_places(rule: Rule):
    assert not rule.is_over_the_week or rule.is_about_places


@each_rule
def test_a_rule_stops_a_session_with_a_rank_and_words_or_says_why_it_does_not(rule: Rule):
    """Those of the house look at no whole plan: with a region's groups that would take minutes."""
    if rule.part == TIMETABLE or rule.stops.judges is Judges.NOTHING:
        assert (rule.stops.judges is Judges.NOTHING) == bool(rule.stops.because)
    if rule.part == TIMETABLE and rule.stops.judges is not Judges.NOTHING:
        assert rule.stops.judges is not Judges.PLAN
        assert rule.stops.rank < LAST
    if rule.stops.words is not by_sentence:
        service = PROBLEM.service_of["A"]
        words = rule.stops.words(Stopped(rule.title, rule.sentence, PROBLEM, service, ("Ana",)))
        assert words.endswith(".")
        assert any(name in words for name in ("A ", "A.", "A's", "Ana", "Elm"))


def test_no_two_rules_are_blamed_at_the_same_place():
    for judges in ((Judges.ADULT,), (Judges.TIME,), (Judges.NEAR, Judges.WEEK, Judges.PLAN)):
        ranks = [rule.stops.rank for rule in RULES if rule.stops.judges in judges]
        ranks = [rank for rank in ranks if rank != LAST]
        assert len(set(ranks)) == len(ranks)


def test_every_rule_on_the_timetable_has_a_tiny_instance():
    assert set(TINY) == {rule.key for rule in RULES if rule.part == TIMETABLE}


@each_rule
def test_a_rule_finds_its_cells_in_any_plan(rule: Rule):
    """Of a violation that is about nobody known, no cell is named; none at all of the budget."""
    if rule.part == BUDGET:
        assert list(rule.items(PROBLEM, Plan(), ("A",))) == []
    assert callable(rule.cells)


@pytest.mark.parametrize("jurisdiction", ["us-wa", "us-ca-lausd"])
def test_a_rule_knows_the_presets_that_set_it(jurisdiction: str):
    set_there = {row.rule for row in preset(jurisdiction)}
    assert {rule.key for rule in RULES if jurisdiction in dict(rule.preset_sources)} == set_there


@each_goal
def test_a_goal_has_a_row_in_the_tables(goal: Goal):
    assert all((goal.title, goal.unit, goal.formula))
    assert goal.part in (TIMETABLE, BUDGET)


@each_goal
def test_a_goal_on_the_timetable_has_a_twin(goal: Goal):
    twin = f"solver.timetable.goals.{goal.twin or goal.key}"
    assert (find_spec(twin) is not None) == (goal.part == TIMETABLE)
    if goal.part == TIMETABLE:
        assert callable(import_module(twin).expression)


@each_goal
def test_somebody_may_read_what_was_reached(goal: Goal):
    assert seen(EVERYBODY, f"goal:{goal.key}") is Level.ALL
