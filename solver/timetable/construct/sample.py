"""A small construction that reaches every compiled function."""

from planner.facts.problem import Problem
from planner.rules import settings_of
from planner.rules.goals import GOALS
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from solver.stop import Stop
from solver.timetable.construct.construction import Construction, Limit, session_weights
from solver.timetable.construct.gather import gather
from solver.timetable.construct.placing import extend
from solver.timetable.construct.polished import polished
from solver.timetable.construct.strengths import SetStrengths


def run_sample() -> None:
    """Build the smallest example's week in a few rounds."""
    problem = Problem(load(example_path("first-steps")))
    gathered = gather(
        problem, SetStrengths(problem, settings_of(problem)), session_weights(problem, GOALS)
    )
    construction = Construction(problem, gathered)
    construction.build(Limit(Stop(), 0.0, reproducible=True))
    extend(gathered.facts, construction.state, 0)
    polished(
        problem,
        settings_of(problem),
        GOALS,
        construction.plan(),
        Stop(),
        seconds=0.0,
        reproducible=True,
    )
