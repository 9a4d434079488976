"""Sweep: solve the same district with more and with less of something, one case a worker.

More money never promises less: a plan that was found with less of it, is legal with more, and is
better than what was found there, is the answer there, too. The same holds the other way round: what
was found with more money and is legal with less.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from planner.facts.problem import Problem
from planner.plan.measures import measure
from planner.plan.plan import Plan
from planner.plan.plan_distance import changed, within
from planner.plan.positions import decimal_fte, staffed
from planner.plan.result import Result, Status
from planner.rules.checker import violations
from planner.rules.goals import GOAL_OF
from planner.rules.goals import cost as cost_goal
from planner.rules.rule import Strength
from solver.best_plan import best_plan
from solver.search.engine import Engine, Here
from solver.settings import SolveSettings
from solver.stop import Stop


@dataclass(frozen=True)
class Task:
    """One case: its problem, how it is solved, and its goals by key."""

    problem: Problem
    goals: tuple[str, ...]
    settings: SolveSettings


@dataclass(frozen=True)
class Outcome:
    """What became of a case. Without a plan, `why` says why; `error` where that is a fault of ours.

    `minutes` are those delivered by tier, `owed` those owed; `worst_school` with the share that it
    gets; `cost` in cents; `positions` the FTE of each budgeted position; `values` and `bounds` what
    each goal reached and can at most reach.
    """

    status: Status
    plan: Plan | None = None
    why: str = ""
    error: bool = False
    seconds: float = 0.0
    cost: int = 0
    minutes: Mapping[int, int] = field(default_factory=dict)
    owed: Mapping[int, int] = field(default_factory=dict)
    worst_school: str = ""
    worst_share: float = 1.0
    positions: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, int] = field(default_factory=dict)
    bounds: Mapping[str, int | None] = field(default_factory=dict)
    taken_from: int | None = None
    """The number of the case from which the plan was taken; None where it is this case's own."""


def sweep(
    tasks: Sequence[Task],
    engine: Engine,
    stop: Stop,
    told: Callable[[int, Outcome], None] = lambda number, outcome: None,
) -> dict[int, Outcome]:
    """What became of each case that was begun, by number; `told` is called as each is done. After a
    stop, those that are done.
    """
    found = {}
    for number, outcome in engine.run(solve_case, tasks, stop):
        lost = Outcome(Status.FAILED, why="its process died each time it was begun", error=True)
        found[number] = outcome or lost
        told(number, found[number])
    return dict(sorted(found.items()))


def solve_case(task: Task, stop: Stop) -> Outcome:
    """One case, in this process alone. Whatever goes wrong is told in its outcome."""
    began = monotonic()
    try:
        settings = replace(
            task.settings, goals=tuple(GOAL_OF[key] for key in task.goals), workers=1
        )
        result = best_plan(task.problem, settings, stop=stop, engine=Here())
        return replace(outcome_of(task.problem, result), seconds=monotonic() - began)
    except Exception as error:  # one case that fails must not end the others
        why = f"the solver failed ({type(error).__name__}: {error})"
        return Outcome(Status.FAILED, why=why, error=True, seconds=monotonic() - began)


def outcome_of(problem: Problem, result: Result) -> Outcome:
    """A result as a sweep shows it."""
    plan = result.plan
    if plan is None or result.status is Status.FAILED:
        return Outcome(result.status, why=_why(result), error=result.status is Status.FAILED)
    values = {goal.goal: goal.value for goal in result.goals}
    bounds = {goal.goal: goal.bound for goal in result.goals}
    return _measured(problem, plan, Outcome(result.status, plan, values=values, bounds=bounds))


def _measured(problem: Problem, plan: Plan, outcome: Outcome) -> Outcome:
    planned = staffed(problem, plan.positions) if plan.positions else problem
    found = measure(planned, plan)
    worst = found.worst_school
    return replace(
        outcome,
        cost=cost_goal.GOAL.value(planned, plan),
        minutes={tier: dose.delivered for tier, dose in found.tiers.items()},
        owed={tier: dose.owed for tier, dose in found.tiers.items()},
        worst_school=worst,
        worst_share=found.schools[worst].share if worst else 1.0,
        positions={
            position.position: f"{decimal_fte(position.fte):f}" for position in plan.positions
        },
    )


def _why(result: Result) -> str:
    if result.status is Status.INFEASIBLE:
        return "the hard rules contradict each other: " + " ".join(result.conflict)
    if result.status is Status.FAILED:
        return "solver and checker disagree"
    return "no plan was found in time"


# -- more money never promises less


def carried(
    tasks: Sequence[Task], found: Mapping[int, Outcome], below: Mapping[int, Sequence[int]]
) -> dict[int, Outcome]:
    """The outcomes, each no worse than any plan of a neighbour that is legal there: of the cases
    `below` it, which have one step less of some money and are otherwise the same, and of those
    above it.
    """
    better = dict(found)
    pairs = [
        (number, lower)
        for number in sorted(found)
        for lower in below.get(number, ())
        if lower in found
    ]
    for here, there in (*pairs, *((lower, number) for number, lower in reversed(pairs))):
        taken = better[there]
        if taken.plan is not None and _is_worse(tasks[here], better[here], taken):
            source = there if taken.taken_from is None else taken.taken_from
            if _is_legal(tasks[here], tasks[source], taken.plan):
                mine = better[here]
                status = Status.FEASIBLE if mine.plan is None else mine.status
                taken = replace(
                    taken,
                    status=status,
                    bounds=_bounds(taken, mine),
                    seconds=mine.seconds,
                    taken_from=source,
                )
                better[here] = taken
    return better


def _is_worse(task: Task, one: Outcome, other: Outcome) -> bool:
    """Whether a case's own plan is worse than another in its goals' order; whoever has none is."""
    if one.error:
        return False
    if one.plan is None:
        return True
    for key in task.goals:
        mine, theirs = one.values.get(key), other.values.get(key)
        if mine is not None and theirs is not None and mine != theirs:
            return mine < theirs if GOAL_OF[key].better == "more" else mine > theirs
    return False


def _is_legal(task: Task, where_found: Task, plan: Plan) -> bool:
    """Whether a plan breaks no hard rule here that it does not break where it was found, and is
    within the changes that are allowed here.
    """
    problem, settings = task.problem, task.settings
    if settings.reference is not None and settings.most_changes is not None:
        before = within(settings.reference, problem.service_of, problem.person_of)
        if changed(before, plan) > settings.most_changes:
            return False
    return _broken(problem, plan) <= _broken(where_found.problem, plan)


def _broken(problem: Problem, plan: Plan) -> set[tuple[str, tuple[str, ...]]]:
    planned = staffed(problem, plan.positions) if plan.positions else problem
    return {
        (violation.rule, violation.where)
        for violation in violations(planned, plan, strength=Strength.HARD)
    }


def _bounds(taken: Outcome, mine: Outcome) -> dict[str, int | None]:
    """What is at most possible here, goal by goal; not known where no bound was proved, or where
    one was proved beside other values of the goals before it, and the plan that was taken over
    exceeds it.
    """
    found: dict[str, int | None] = {}
    for key, value in taken.values.items():
        bound = mine.bounds.get(key)
        exceeds = bound is not None and (
            value > bound if GOAL_OF[key].better == "more" else value < bound
        )
        found[key] = None if exceeds else bound
    return found
