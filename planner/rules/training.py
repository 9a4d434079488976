"""Everybody has had the hours of training that their job class asks for by the deadline."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.facts.training import MINUTES_AN_HOUR, Course, TrainingRequirement
from planner.plan.plan import Plan
from planner.plan.training_minutes import minutes_had
from planner.rules.cells import course_cells
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Setting, Strength, Violation
from planner.rules.stops import Judges, Stops
from planner.words.wording import Words, listed

MOST_NAMED = 3


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Hours that a person is short of at a deadline, rounded up, and why."""
    words = Words(problem.data.district.locale)
    taken: dict[Course, int] = {}
    for attendance in plan.training:
        course = Course(attendance.date, attendance.start, attendance.end, attendance.training)
        taken[course] = taken.get(course, 0) + 1
    for need in problem.training_needs:
        short = need.minutes - minutes_had(plan, need)
        if need.due is not None and short > 0:
            had = (
                f"{_hours(words, need.minutes - short)} of {_hours(words, need.minutes)} hours "
                f"of {need.training}"
            )
            why = _why(problem, need, taken, words)
            message = f"{need.person.called} has {had} by {words.day(need.due)}: {why}."
            yield Violation(
                RULE.key, (need.person.staff, need.training), -(-short // MINUTES_AN_HOUR), message
            )


def _why(
    problem: Problem, need: TrainingRequirement, taken: dict[Course, int], words: Words
) -> str:
    """What leaves a need open: too little is offered in time, no seat is left, or nothing but the
    plan itself.
    """
    courses = [course for course in problem.courses if need.serves(course)]
    offered = sum(course.minutes for course in courses)
    if not courses:
        return "none is offered by then while they are employed"
    if offered < need.minutes:
        return f"only {_hours(words, offered)} hours are offered by then while they are employed"
    full = [
        c for c in courses if (seats := problem.courses[c]) is not None and taken.get(c, 0) >= seats
    ]
    if full:
        named = [words.day_of_month(course.date) for course in full[:MOST_NAMED]]
        more = [f"{len(full) - MOST_NAMED} more courses"] if len(full) > MOST_NAMED else []
        return f"the seats of {listed([*named, *more])} are taken"
    return "there are courses that they do not attend"


def _hours(words: Words, minutes: int) -> str:
    return words.fte(minutes / MINUTES_AN_HOUR)


RULE = Rule(
    key="training",
    title="Training deadlines",
    sentence="Everybody has had the hours of training that their job class asks for by the "
    "earliest of its deadlines.",
    formula="for each person p and training t they need: Σ hours of t's courses attended by "
    "due(p, t) ≥ hours(t)",
    unit="hours short",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.SOFT, Strength.OFF}),
    default=Setting(Strength.SOFT),
    part="training",
    source="RCW 28A.413.060",
    cells=course_cells,
    stops=Stops(Judges.NOTHING, because="courses make way for no session"),
    hr=HrSection.WEEK,
    remedy=Remedy(
        otherwise="Sheet offerings: add a date before the deadline, or seats; a "
        "credential that waives it goes into the sheet staff."
    ),
)
