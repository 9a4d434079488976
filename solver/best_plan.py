"""The one door: a problem in, the best plan that could be found and proved out, checked before
anyone sees it.
"""

from contextlib import nullcontext
from dataclasses import replace
from math import inf
from time import monotonic

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.plan.plan_distance import within
from planner.plan.result import Result, Status
from planner.rules import RULES, settings_of
from planner.rules.goals import soft_rules
from planner.rules.goals.goal import Goal
from solver.budget.rounds import plan_with_money
from solver.region.region import Region
from solver.search.conflict import conflict
from solver.search.engine import Engine, Processes
from solver.search.run import SearchRun
from solver.search.verified_result import checked
from solver.settings import OnPlan, OnProgress, Progress, SolveSettings, default_seconds, unheard
from solver.stop import Stop
from solver.timetable.components import Component, components
from solver.timetable.construct.polished import polished
from solver.timetable.construct.top_up import topped_up
from solver.training.assign_training import TrainingPlan, plan_training

REGION = 250
"""From so many groups and duties on, schools are timetabled in parallel, and together again where
that pays.
"""
PROBE = 20.0
"""Most seconds for finding out whether a problem has a plan at all."""
CLOSING, MOST_CLOSING = 0.006, 0.1
"""Seconds for each service that are kept for the top-up and the independent check, and the most of
them as a share of all.
"""
TURNED = 0.7
"""The share of the last polish in which the plan is turned over; what is left goes into smaller
changes of the better of the two.
"""
EXPLAINING = 2.0
"""Seconds that there are in any case for saying what contradicts what, or why something is left
out.
"""

STOPPED = 0.5
"""The same for the reasons once somebody asked for the end: the plan is written before more is
said of it.
"""


def best_plan(
    problem: Problem,
    settings: SolveSettings | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
    engine: Engine | None = None,
    on_plan: OnPlan = unheard,
) -> Result:
    """The best plan in the ordered goals, each proved as far as the time allows.

    Raises nothing for an over-full or contradictory problem: what cannot be served is left out and
    named, and where the hard rules contradict each other the result's status is INFEASIBLE and its
    `conflict` says which.

    An `engine` solves the parts of a region; without one, as many processes of this machine do as
    `settings.workers` says. `on_plan` gets the plan so far, now and then.
    """
    settings, watch, stop = (
        settings or SolveSettings(),
        on_progress or (lambda progress: None),
        stop or Stop(),
    )
    seconds = default_seconds(problem) if settings.seconds is None else settings.seconds
    settings = replace(settings, seconds=seconds)
    if not settings.reproducible:
        stop = stop.within(seconds)
    if not problem.data.positions:
        return timetable(problem, settings, watch, stop, engine=engine, on_plan=on_plan)

    def value_alone(progress: Progress) -> None:
        watch(replace(progress, bound=None))

    def paid(
        whom: Problem,
        how: SolveSettings,
        positions: tuple[FundedPosition, ...],
        *,
        one_of_many: bool = False,
        first: Plan | None = None,
    ) -> Result:
        told = value_alone if one_of_many else watch
        return timetable(whom, how, told, stop, positions, engine, on_plan, first)

    return plan_with_money(problem, settings, paid, stop, on_plan)


def timetable(
    problem: Problem,
    settings: SolveSettings,
    on_progress: OnProgress,
    stop: Stop,
    positions: tuple[FundedPosition, ...] | None = None,
    engine: Engine | None = None,
    on_plan: OnPlan = unheard,
    first: Plan | None = None,
) -> Result:
    """The best timetable of the people who are there, whom these positions pay; no worse than a
    first one, where there is one already.
    """
    rules, began = settings_of(problem), monotonic()
    money = [rule for rule in RULES if rule.part == "budget"]
    paid = Plan(positions=positions)
    elsewhere = 0 if positions is None else soft_rules.ledger(problem, paid, money)
    training = plan_training(problem, rules)
    settings = _begun(problem, settings)
    if settings.seconds is not None and not settings.reproducible:
        closing = min(CLOSING * len(problem.services), MOST_CLOSING * settings.seconds)
        settings = replace(settings, seconds=settings.seconds - closing)
    limited = settings.limited
    # A limit of changes is one sum over everybody, which no school alone can keep.
    parts = (Component(problem.services, problem.people),) if limited else components(problem)

    def so_far(plan: Plan) -> None:
        on_plan(replace(plan, positions=positions))

    run: SearchRun | Region
    large = len(problem.services) >= REGION
    if limited or settings.reproducible or not large:
        run = SearchRun(
            problem,
            parts,
            settings,
            training,
            on_progress,
            stop,
            elsewhere=elsewhere,
            on_plan=so_far,
            first=first,
            polishes=settings.reference is None,
            # Schools in parallel hang on the clock, and all of them as one model take an hour.
            builds=limited or not large,
        )
        found, claimed = run.best(), run.claimed
    else:
        with nullcontext(engine) if engine else Processes(settings.workers) as solving:
            run = Region(
                problem,
                parts,
                settings,
                training,
                on_progress,
                stop,
                solving,
                elsewhere=elsewhere,
                on_plan=so_far,
                first=first,
            )
            found, claimed = run.best(), _nothing
    stopped = "interrupt" if stop.asked else "deadline"
    if found is None:
        left = max(EXPLAINING, stop.left())
        if (
            run.contradictory is not None
            and limited
            and not _is_contradictory(problem, settings, training, stop, left)
        ):
            return Result(Status.INFEASIBLE, conflict=(too_far(problem, settings),))
        if run.contradictory is not None:
            return Result(
                Status.INFEASIBLE,
                conflict=conflict(problem, rules, run.contradictory, training.attendances, left),
            )
        return Result(Status.NO_PLAN_YET, stopped=stopped)
    plan, reached = found
    better = plan
    if settings.reference is None and not all(mine.proved for mine in reached):
        # Polishing turns days over for little: who stays close to a plan did not ask for that.
        for turned, share in ((True, TURNED), (False, 1.0)):
            left = min((settings.seconds or 0) - (monotonic() - began), stop.left())
            better = polished(
                problem,
                rules,
                run.goals,
                better,
                stop,
                seconds=share * left,
                seed=settings.seed,
                reproducible=settings.reproducible,
                turned=turned,
            )
    if not limited:
        better = topped_up(problem, rules, run.goals, better)
    if better is not plan:
        plan, claimed = better, _nothing
    least = STOPPED if stop.asked else EXPLAINING
    explaining = inf if settings.reproducible else monotonic() + max(least, stop.left())
    return checked(
        problem,
        replace(plan, positions=positions),
        run.goals,
        reached,
        claimed,
        stopped,
        lambda: monotonic() >= explaining,
    )


def _begun(problem: Problem, settings: SolveSettings) -> SolveSettings:
    """The settings with as much of the plans to begin with and to stay close to as is about people
    and services that are there.
    """
    start, reference = (
        plan and within(plan, problem.service_of, problem.person_of)
        for plan in (settings.start, settings.reference)
    )
    return replace(settings, start=start, reference=reference)


def _is_contradictory(
    problem: Problem, settings: SolveSettings, training: TrainingPlan, stop: Stop, seconds: float
) -> bool:
    """Whether a problem has no plan however much is changed of the one to stay close to."""
    quick = replace(settings.afresh(), seconds=min(PROBE, seconds), goals=())
    run = SearchRun(problem, components(problem), quick, training, lambda progress: None, stop)
    run.best()
    return run.contradictory is not None


def too_far(problem: Problem, settings: SolveSettings) -> str:
    """That no plan is within the changes that are allowed, in words."""
    most = settings.most_changes or 0
    changes = "1 change" if most == 1 else f"{most:,} changes"
    return (
        f"At most {changes} against the plan to stay close to are allowed, and no legal plan "
        "is so close to it."
    )


def _nothing(goal: Goal) -> None:
    """No model counts a goal of the whole region, nor of a plan that was topped up."""
