"""A region with shared staff: placed, timetabled school by school and again together; the plan is
one legal plan.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import solver.best_plan
import solver.region.division
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import Result, Status
from planner.rules import settings_of
from planner.rules.checker import violations
from planner.rules.goals import GOAL_OF, tier_minutes
from planner.rules.rule import Strength
from planner.sheets.dataset import load, save
from planner.sheets.examples import example_path
from solver.region.assignment_refinement import NEIGHBOURS, neighbourhoods, opened
from solver.region.part import Subproblem, SubproblemAnswer, solve_part
from solver.region.placement import place
from solver.region.region import Region
from solver.region.split import DAY, pieces
from solver.search.engine import Here, Processes
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.components import components
from solver.timetable.construct.first_plan import first_plan
from solver.training.assign_training import TrainingPlan
from tests.planted import planted
from tests.planted_region import planted_region
from tests.planted_small import random_small
from tests.slow import quick_and_slow
from tests.solver.judged import faults

TIERS = tuple(GOAL_OF[key] for key in ("tier_3_minutes", "tier_2_minutes", "tier_1_minutes"))
SETTINGS = SolveSettings(goals=TIERS, seconds=40)


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every dataset is solved as a region, and split wherever it can be."""
    monkeypatch.setattr(solver.best_plan, "REGION", 0)
    monkeypatch.setattr(solver.region.division, "SMALL", 0)


def two_sites(folder: Path, *, seed: int) -> Problem:
    """Three schools with people who may be at two of them in a day, read."""
    planted(
        folder,
        schools=3,
        groups_per_school=8,
        load=0.6,
        seed=seed,
        features=frozenset({"two_sites"}),
    )
    return Problem(load(folder), folder.name)


def region(folder: Path, *, schools: int, groups: int, load_: float = 0.7) -> Problem:
    """A planted region, read."""
    planted_region(folder, schools=schools, groups=groups, load=load_, seed=3)
    return Problem(load(folder), folder.name)


def delivered(problem: Problem, result: Result) -> int:
    """Minutes of groups."""
    assert result.plan is not None
    return sum(session.minutes for session in result.plan.sessions)


@pytest.mark.slow
@pytest.mark.usefixtures("always")
def test_schools_that_share_people_are_all_served(tmp_path: Path):
    problem = region(tmp_path, schools=4, groups=12)
    with Processes(2) as engine:
        result = solver.best_plan.best_plan(problem, SETTINGS, engine=engine)
    assert result.status is Status.OPTIMAL
    assert delivered(problem, result) == sum(group.owed for group in problem.groups)
    assert faults(tmp_path, problem, result, SETTINGS) == []


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("most", quick_and_slow([300], [900]))
def test_a_week_s_contact_holds_over_all_schools(tmp_path: Path, most: int):
    """Whoever works at several schools is planned at each apart, and yet has one week."""
    problem = limited(region(tmp_path, schools=3, groups=12), tmp_path, most)
    result = solver.best_plan.best_plan(problem, replace(SETTINGS, seconds=4), engine=Here())
    assert faults(tmp_path, problem, result, SETTINGS) == []
    assert result.plan is not None
    weeks = [week_of(result.plan, person.id) for person in problem.people]
    assert 0.8 * most < max(weeks) <= most


def limited(problem: Problem, folder: Path, most: int) -> Problem:
    """The same with so many minutes of groups a week for everybody."""
    roles = tuple(role.model_copy(update={"max_contact_week": most}) for role in problem.data.roles)
    save(problem.data.model_copy(update={"roles": roles}), folder)
    return Problem(load(folder), problem.name)


def week_of(plan: Plan, person: str) -> int:
    """The minutes of groups that somebody delivers."""
    return sum(session.minutes for session in plan.sessions if person in session.staff)


@pytest.mark.parametrize("load_", [0.7, 0.95])
def test_what_is_planted_can_be_placed(tmp_path: Path, load_: float):
    """The placement's bound is no less than what the planted plan delivers: everything."""
    problem = region(tmp_path, schools=4, groups=30, load_=load_)
    for part in components(problem):
        _, capacity = place(problem, part, settings_of(problem), (), SETTINGS, Stop(), 1)
        nothing = dict.fromkeys((goal.key for goal in TIERS), 0)
        bounds = capacity.bounds(nothing, {}, 6)
        owed = tier_minutes.owed(part.services)
        assert all(bounds.get(key, most) >= most for key, most in owed.items())


def test_people_are_divided_without_remainder(tmp_path: Path):
    """Each day that somebody works is in exactly one piece, and nobody is at two schools on a
    day.
    """
    problem = region(tmp_path, schools=4, groups=12)
    (part,) = components(problem)
    shifts, _ = place(problem, part, settings_of(problem), (), SETTINGS, Stop(), 10)
    assert {name: sum(s.obligation for s in shifts) for name, shifts in shifts.items()} == {
        person.id: person.obligation for person in problem.people
    }
    cut = pieces(problem, part, shifts, (), Plan())
    assert sorted(school for piece in cut for school in piece.schools) == sorted(problem.schools)
    days = [
        (person.id, shift.day)
        for piece in cut
        for person in piece.people
        for shift in person.shifts
    ]
    assert len(days) == len(set(days)) == sum(len(shifts) for shifts in shifts.values())
    assert sorted(s.id for piece in cut for s in piece.services) == sorted(
        s.id for s in problem.services
    )
    free = [
        (p.id, day)
        for piece in cut
        for p in piece.people
        for day in problem.cycle
        if (day, 0, DAY) not in p.row.busy
    ]
    assert sorted(free) == sorted(
        (person.id, day) for person in problem.people for day in problem.cycle
    )


def test_neighbours_are_those_who_share_people(tmp_path: Path):
    """Each school is in one neighbourhood of about four; whoever is opened keeps their days and
    their minutes.
    """
    problem = region(tmp_path, schools=6, groups=12)
    (part,) = components(problem)
    found = neighbourhoods(part.people, problem.schools, ())
    assert sorted(school for some in found for school in some) == sorted(problem.schools)
    assert all(1 < len(some) <= NEIGHBOURS + 2 for some in found)
    shifts, _ = place(problem, part, settings_of(problem), (), SETTINGS, Stop(), 10)
    for person in part.people:
        free = opened(person, shifts[person.id], found[0])
        assert free.obligation == sum(
            shift.obligation for shift in shifts[person.id] if shift.school in found[0]
        )
        assert {shift.day for shift in free.shifts} == {
            shift.day for shift in shifts[person.id] if shift.school in found[0]
        }


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("seed", quick_and_slow([17], [3, 11, 26, 41]))
def test_tiny_districts_split_into_schools_stay_legal(tmp_path: Path, seed: int):
    random_small(tmp_path, seed=seed)
    problem = Problem(load(tmp_path), tmp_path.name)
    settings = SolveSettings(seconds=3, workers=1)
    result = solver.best_plan.best_plan(problem, settings, engine=Here())
    assert result.status is not Status.FAILED
    assert faults(tmp_path, problem, result, settings) == []
    whole = solver.best_plan.best_plan(problem, replace(settings, reproducible=True))
    first, reached = result.goals[0], whole.goals[0]
    assert first.bound is None or first.bound >= reached.value


@pytest.mark.usefixtures("always")
def test_what_contradicts_itself_is_said_of_a_region_too():
    problem = Problem(load(example_path("cannot-be")), "cannot-be")
    result = solver.best_plan.best_plan(problem, SETTINGS, engine=Here())
    assert result.status is Status.INFEASIBLE
    assert result.conflict


@pytest.mark.slow
@pytest.mark.usefixtures("always")
def test_a_stop_keeps_the_plan_so_far(tmp_path: Path):
    problem, stop = region(tmp_path, schools=4, groups=20), Stop()
    result = solver.best_plan.best_plan(
        problem, SETTINGS, lambda progress: stop.ask(), stop, Here()
    )
    assert result.plan is not None
    assert result.stopped == ("interrupt" if result.status is Status.FEASIBLE else "")
    assert faults(tmp_path, problem, result, SETTINGS) == []


@pytest.mark.slow
@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("seed", quick_and_slow([1], [2]))
def test_who_moves_within_a_day_is_planned_legally_in_a_region(tmp_path: Path, seed: int):
    """Who works at two schools in a day keeps a component from being split between them."""
    problem = two_sites(tmp_path, seed=seed)
    assert any(person.moves for person in problem.people)
    settings = replace(SETTINGS, seconds=3, reproducible=True)
    result = solver.best_plan.best_plan(problem, settings, engine=Here())
    assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert faults(tmp_path, problem, result, settings) == []


@pytest.mark.slow
@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("example", ["lausd-region", "new-bridge"])
def test_who_moves_in_an_example_is_planned_legally_in_a_region(example: str):
    """Where a common duty off site keeps a component from being split, pins of placements hold in
    it, too.
    """
    data = load(example_path(example)).model_copy(update={"positions": ()})
    problem = Problem(data, example)
    assert any(person.moves for person in problem.people)
    result = solver.best_plan.best_plan(problem, SolveSettings(seconds=20, workers=2))
    assert result.status in (Status.FEASIBLE, Status.OPTIMAL)


@pytest.mark.usefixtures("always")
def test_a_region_stays_legal_whose_first_plan_has_somebody_at_two_places_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A piece holds whole days of a person: a day at two schools belongs to no piece alone."""
    problem = two_sites(tmp_path, seed=1)
    settings = replace(SETTINGS, seconds=4)
    goals = [goal for goal in settings.goals if goal.part == "timetable"]
    first = first_plan(problem, goals, (), Stop(), seconds=0.5)
    assert first is not None
    assert any(placement.half != "day" for placement in first.placements)
    monkeypatch.setattr(Region, "_construct", lambda region: None)
    region = Region(
        problem,
        components(problem),
        settings,
        TrainingPlan(()),
        lambda progress: None,
        Stop(),
        Here(),
        first=first,
    )
    found = region.best()
    assert found is not None
    assert violations(problem, found[0], strength=Strength.HARD) == []


@pytest.mark.usefixtures("always")
def test_the_first_plan_of_a_region_has_everybody_at_one_place_a_day(tmp_path: Path):
    problem = two_sites(tmp_path, seed=1)
    region = Region(
        problem,
        components(problem),
        SolveSettings(seconds=6),
        TrainingPlan(()),
        lambda progress: None,
        Stop(),
        Here(),
    )
    assert region.best() is not None
    assert region.first is not None
    assert all(placement.half == "day" for placement in region.first.placements)


def solve_once_killed(part: Subproblem, stop: Stop) -> SubproblemAnswer:
    """Solves a part; the first to come dies of it."""
    grave = Path(os.environ["PLANNER_TEST_GRAVE"])
    if not grave.exists():
        grave.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return solve_part(part, stop)


class Deadly(Processes):
    """Processes of which one dies in the middle of its first school."""

    def run(
        self, solve: Callable[[Any, Stop], Any], tasks: Sequence[Any], stop: Stop
    ) -> Iterator[tuple[int, Any]]:
        return super().run(solve_once_killed if solve is solve_part else solve, tasks, stop)


@pytest.mark.slow
@pytest.mark.usefixtures("always")
def test_a_worker_that_dies_in_a_region_run_costs_no_school(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    problem = region(tmp_path, schools=4, groups=12)
    monkeypatch.setenv("PLANNER_TEST_GRAVE", str(tmp_path / "grave"))
    with Deadly(2) as engine:
        result = solver.best_plan.best_plan(problem, SETTINGS, engine=engine)
    assert (tmp_path / "grave").exists()
    assert result.status is Status.OPTIMAL
    assert delivered(problem, result) == sum(group.owed for group in problem.groups)
