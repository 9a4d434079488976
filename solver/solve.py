"""The one door: a problem in, the best plan that could be found and proved out, checked before anyone sees it."""

from contextlib import nullcontext
from dataclasses import replace

from planner.goals import soft_rules
from planner.goals.goal import Goal
from planner.plan import FundedPosition, Plan
from planner.problem.problem import Problem
from planner.result import Result, Status
from planner.rules import RULES, settings_of
from solver.budget.rounds import plan_with_money
from solver.checked import checked
from solver.components import components
from solver.conflict import conflict
from solver.engine import Engine, Processes
from solver.region.region import Region
from solver.run import Run
from solver.settings import OnPlan, OnProgress, SolveSettings, unheard
from solver.stop import Stop
from solver.training.solve import plan_training

REGION = 250
"""From so many groups and duties on, schools are timetabled in parallel, and together again where that pays."""


def solve(
    problem: Problem,
    settings: SolveSettings | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
    engine: Engine | None = None,
    on_plan: OnPlan = unheard,
) -> Result:
    """The best plan in the ordered goals, each proved as far as the time allows.

    Raises nothing for an over-full or contradictory problem: what cannot be served is left out and named, and where the
    hard rules contradict each other the result's status is INFEASIBLE and its `conflict` says which.

    An `engine` solves the parts of a region; without one, as many processes of this machine do as `settings.workers` says.
    `on_plan` gets the plan so far, now and then.
    """
    settings, watch, stop = settings or SolveSettings(), on_progress or (lambda progress: None), stop or Stop()
    if not problem.data.positions:
        return timetable(problem, settings, watch, stop, engine=engine, on_plan=on_plan)

    def paid(whom: Problem, how: SolveSettings, positions: tuple[FundedPosition, ...]) -> Result:
        return timetable(whom, how, watch, stop, positions, engine, on_plan)

    return plan_with_money(problem, settings, paid, stop)


def timetable(
    problem: Problem,
    settings: SolveSettings,
    on_progress: OnProgress,
    stop: Stop,
    positions: tuple[FundedPosition, ...] = (),
    engine: Engine | None = None,
    on_plan: OnPlan = unheard,
) -> Result:
    """The best timetable of the people who are there, whom these positions pay."""
    rules = settings_of(problem)
    money = [rule for rule in RULES if rule.part == "budget"]
    elsewhere = soft_rules.ledger(problem, Plan(positions=positions), money) if positions else 0
    training = plan_training(problem, rules)
    parts = components(problem)

    def so_far(plan: Plan) -> None:
        on_plan(replace(plan, positions=positions))

    run: Run | Region
    if settings.reproducible or len(problem.services) < REGION:
        run = Run(problem, parts, settings, training, on_progress, stop, elsewhere=elsewhere, on_plan=so_far)
        found, claimed = run.best(), run.claimed
    else:
        with nullcontext(engine) if engine else Processes(settings.workers) as solving:
            run = Region(problem, parts, settings, training, on_progress, stop, solving, elsewhere=elsewhere, on_plan=so_far)
            found, claimed = run.best(), _nothing
    stopped = "interrupt" if stop.asked else "deadline"
    if found is None:
        if run.contradictory is not None:
            return Result(Status.INFEASIBLE, conflict=conflict(problem, rules, run.contradictory, training.attendances))
        return Result(Status.NO_PLAN_YET, stopped=stopped)
    plan, reached = found
    return checked(problem, replace(plan, positions=positions), run.goals, reached, claimed, stopped)


def _nothing(goal: Goal) -> None:
    """No model counts a goal of the whole region."""
