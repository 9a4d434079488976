"""How much of a required training a plan gives in time."""

from planner.facts.training import Course, TrainingRequirement
from planner.plan.plan import Plan


def minutes_had(plan: Plan, need: TrainingRequirement) -> int:
    """Minutes of a need that a plan gives in time."""
    attended = {
        Course(a.date, a.start, a.end, a.training)
        for a in plan.training_of.get(need.person.staff, ())
    }
    return sum(course.minutes for course in attended if need.serves(course))
