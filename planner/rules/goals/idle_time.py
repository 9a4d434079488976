"""Nobody waits between sessions for longer than they prepare."""

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.workday import journeys
from planner.rules.goals.goal import Goal
from planner.rules.readers import Readers


def value(problem: Problem, plan: Plan) -> int:
    """Minutes between the first and the last session of somebody's day that hold no session, lunch
    or way and in which they could be planned, beyond the preparation that is due on a day; over all
    days.
    """
    return sum(
        of_day(problem, plan, person, day)
        for person, day in plan.day_of
        if person in problem.person_of
    )


def of_day(problem: Problem, plan: Plan, person: str, day: str) -> int:
    """The idle minutes of somebody's day, in which they have sessions."""
    sessions = plan.day_of[person, day]
    begins, ends = min(s.start for s in sessions), max(s.end for s in sessions)
    taken = [
        *((session.start, session.end) for session in sessions),
        *plan.lunches(person, day),
        *((way.start, way.end) for way in journeys(problem, plan, person, day)),
        *problem.person_of[person].busy_on(day),
    ]
    free, until = 0, begins
    for start, end in sorted(taken):
        free += max(0, min(start, ends) - until)
        until = max(until, end)
    return max(0, free - problem.person_of[person].role.prep_minutes)


GOAL = Goal(
    key="idle_time",
    title="Idle time",
    unit="minutes between sessions",
    one="minute between sessions",
    formula="Σ over days of people: max(0, free minutes between first and last session − "
    "preparation due)",
    better="less",
    value=value,
    readers=Readers.ALL_SCHOOLS,
)
