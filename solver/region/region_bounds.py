"""Bound each goal of a region from what its components prove.

What a school proves for itself holds only for the people and the days that it was given. So the
proof of a component that was split comes from its capacity, in which people are not divided yet.
"""

from collections.abc import Mapping, Sequence

from planner.facts.problem import Problem
from planner.rules.goals import soft_rules, tier_minutes
from planner.rules.goals.goal import Goal
from solver.region.component_state import ComponentState
from solver.timetable.incumbent import Reached


def component_bounds(
    problem: Problem,
    goals: Sequence[Goal],
    counted: Sequence[Goal],
    state: ComponentState,
    seconds: float,
) -> dict[str, int | None]:
    """What is proved of a component: by its timetable, unless people were divided for it, and by
    its capacity.

    Args:
        problem: The district.
        goals: The goals of the timetable, in order.
        counted: Those of them whose value can be read from sessions.
        state: The component with its plan.
        seconds: Most time for the questions to its capacity; with none, it is not asked.

    Returns:
        Each goal's bound by its key; None or no entry where nothing is proved.
    """
    bounds: dict[str, int | None] = {}
    if not state.split:
        bounds = {
            goal.key: reached.bound
            for goal, reached in zip(goals, state.answers[0].reached, strict=True)
        }
    owed = tier_minutes.owed(state.component.services)
    known = owed | {
        key: min(bound, owed.get(key, bound)) for key, bound in bounds.items() if bound is not None
    }
    bounds |= known
    if state.capacity is not None and seconds > 0:
        values = state.goal_values(problem, counted)
        for key, most in state.capacity.bounds(values, known, seconds).items():
            bounds[key] = min(most, known.get(key, most))
    return bounds


def goals_reached(
    goals: Sequence[Goal],
    values: Sequence[Mapping[str, int]],
    bounds: Sequence[Mapping[str, int | None]],
    soft_extra: int,
) -> list[Reached]:
    """Each goal's bound over all components: their sum, or the least of them for the worst-served
    school.

    After the worst-served school, sums stop to be bounds where components differ in it: a
    component that has no part in the region's worst school may give up some of its own share for
    the goals that follow, which its own proof does not allow for.

    Args:
        goals: The goals of the timetable, in order.
        values: What each component's plan reaches, by goal key.
        bounds: What each component proves, by goal key.
        soft_extra: Points that soft rules cost outside of the timetable at best, such as training.

    Returns:
        One entry a goal, without values; those are recomputed from the plan.
    """
    least = {goal.key for goal in goals if goal.takes_least}
    alike = all(len({value[key] for value in values if key in value}) <= 1 for key in least)
    reached, past_worst = [], False
    for goal in goals:
        mine = [bound.get(goal.key) for bound in bounds]
        known = [bound for bound in mine if bound is not None]
        sure = len(known) == len(mine) and (alike or not past_worst)
        total = (min(known) if goal.takes_least else sum(known)) if sure else None
        if total is not None and goal is soft_rules.GOAL:
            total += soft_extra
        reached.append(Reached(None, total))
        past_worst = past_worst or goal.takes_least
    return reached
