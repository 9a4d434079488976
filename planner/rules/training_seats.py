"""Whoever attends a training has a seat in one of its offerings, one at a time, while employed."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.facts.training import Course, employed_on
from planner.plan.plan import Attendance, Plan
from planner.rules.cells import course_cells
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stops
from planner.words.wording import Words, plural


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Attendances that cannot be: of no offering, outside of employment, two at once, more than
    there are seats.
    """
    words = Words(problem.data.district.locale)
    people = {row.staff: row for row in problem.data.staff}
    for attendance in plan.training:
        person, where = people[attendance.staff], (attendance.staff, attendance.training)
        when = f"{words.day(attendance.date)} {clock(attendance.start)}–{clock(attendance.end)}"
        if _course(attendance) not in problem.courses:
            yield Violation(
                RULE.key,
                where,
                1,
                f"{attendance.training} is not offered on {when} ({person.called}).",
            )
        elif not employed_on(person, attendance.date):
            yield Violation(
                RULE.key,
                where,
                1,
                f"{person.called} is not employed on {when} ({attendance.training}).",
            )
    for name, attendances in plan.training_of.items():
        for one, other in combinations(attendances, 2):
            if _course(one).overlaps(_course(other)):
                message = (
                    f"{people[name].called} attends {one.training} and {other.training} at "
                    f"once on {words.day(one.date)}."
                )
                yield Violation(RULE.key, (name, one.training), 1, message)
    for course, count in Counter(map(_course, plan.training)).items():
        seats = problem.courses.get(course)
        if seats is not None and count > seats:
            there = f"there {plural(seats, 'is', 'are')} {words.count(seats, 'seat')}"
            message = (
                f"{count} people attend {course.training} on {words.day(course.date)}; {there}."
            )
            yield Violation(RULE.key, (course.training,), count - seats, message)


def _course(attendance: Attendance) -> Course:
    return Course(attendance.date, attendance.start, attendance.end, attendance.training)


RULE = Rule(
    key="training_seats",
    title="Seats in training",
    sentence="Whoever attends a training has a seat in one of its offerings, one at a time, while "
    "employed.",
    formula="for each offering: attending ≤ seats; for each person and minute: offerings attended "
    "≤ 1",
    unit="attendances",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.HARD}),
    part="training",
    cells=course_cells,
    stops=Stops(Judges.NOTHING, because="courses make way for no session"),
    hr=HrSection.WEEK,
)
