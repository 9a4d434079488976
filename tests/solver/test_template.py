"""The template that a planner starts from can be solved as it stands."""

from planner.facts.problem import Problem
from planner.plan.result import Status
from planner.sheets.dataset import load
from planner.sheets.workbook import template
from solver.best_plan import best_plan
from solver.settings import SolveSettings


def test_the_template_is_solved_and_everybody_in_it_is_served(tmp_path):
    template(tmp_path / "template.xlsx")
    problem = Problem(load(tmp_path / "template.xlsx"))
    result = best_plan(problem, SolveSettings(seconds=20, workers=1))
    assert result.status is Status.OPTIMAL
    # A calendar of one holiday has more dates than the contract has days: what a planner sees who
    # has not yet typed the year. The one position leaves more of its program than may be carried
    # over.
    assert [(finding.rule, finding.severity) for finding in result.findings] == [
        ("carryover", "noted"),
        ("contract_days", "noted"),
    ]
    assert {goal.goal: goal.value for goal in result.goals}["tier_2_minutes"] == sum(
        g.owed * g.priority for g in problem.groups
    )
