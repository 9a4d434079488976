"""Have a plan judged by the independent check.

Where solver and check disagree, the fault is ours and is said.
"""

from collections.abc import Callable, Mapping, Sequence

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import Finding, GoalResult, Result, Status
from planner.rules import RULE_OF
from planner.rules.checker import BROKEN, findings, goal_values
from planner.rules.explanations import unserved
from planner.rules.goals.goal import Goal
from planner.rules.rule import BUDGET
from solver.timetable.incumbent import Reached

FAULT = "fault"
"""The severity of what only a fault of ours can bring about."""


def checked(
    problem: Problem,
    plan: Plan,
    goals: Sequence[Goal],
    reached: Sequence[Reached],
    claimed: Callable[[Goal], int | None],
    stopped: str,
    is_over: Callable[[], bool] = lambda: False,
) -> Result:
    """The result of a search: `claimed` is what its models count for a goal (None where they do
    not), `reached` has the bounds, and `stopped` says why it ended where not everything is proved;
    once `is_over`, no more reasons are looked for.
    """
    values = goal_values(problem, plan)
    found = findings(problem, plan) + _disagreements(goals, claimed, values)
    results = tuple(
        GoalResult(goal.key, values[goal.key], mine.bound)
        for goal, mine in zip(goals, reached, strict=True)
    )
    if any(
        finding.severity == FAULT
        or (finding.severity == BROKEN and RULE_OF[finding.rule].part != BUDGET)
        for finding in found
    ):
        return Result(Status.FAILED, plan, results, findings=found)
    status = Status.OPTIMAL if all(goal.proved for goal in results) else Status.FEASIBLE
    return Result(
        status,
        plan,
        results,
        unserved(problem, plan, is_over),
        found,
        stopped="" if status is Status.OPTIMAL else stopped,
    )


def _disagreements(
    goals: Sequence[Goal], claimed: Callable[[Goal], int | None], values: Mapping[str, int]
) -> tuple[Finding, ...]:
    """Goals whose value in the model is not the checker's (or, where auxiliaries may be slack,
    claims to be better).
    """
    found = []
    for goal in goals:
        counted, real = claimed(goal), values[goal.key]
        if counted is None:
            continue
        exact = goal.by_counts and not goal.takes_least
        if (exact and counted != real) or (
            counted > real if goal.better == "more" else counted < real
        ):
            message = f"The model counts {counted} for {goal.title}; the plan holds {real}."
            found.append(
                Finding(goal.key, FAULT, goal.title, abs(counted - real), goal.unit, message)
            )
    return tuple(found)
