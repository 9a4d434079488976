"""Assign people to courses: many deadlines met, then many hours, then as early as possible."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from planner.facts.problem import Problem
from planner.facts.training import MINUTES_AN_HOUR, Course
from planner.plan.plan import Attendance
from planner.rules.rule import Setting, Strength
from planner.rules.training import RULE
from solver.training.model import TrainingModel, classes_of

LIMIT = 1.0
"""Deterministic seconds for each of the three aims."""


@dataclass(frozen=True)
class TrainingPlan:
    """What everybody attends. `cost` is what hours short weigh among the soft rules, `bound` the
    least that it can be.
    """

    attendances: tuple[Attendance, ...] = ()
    cost: int = 0
    bound: int = 0


def plan_training(problem: Problem, settings: Mapping[str, Setting]) -> TrainingPlan:
    """The training of the year; nothing where the rule is off."""
    setting = settings[RULE.key]
    if setting.strength is Strength.OFF:
        return TrainingPlan()
    attendances = _best(
        TrainingModel(classes_of(problem.training_needs, problem.courses), problem.courses)
    )
    return TrainingPlan(
        attendances, *(setting.weight * hours for hours in _hours_short(problem, attendances))
    )


def _best(training: TrainingModel) -> tuple[Attendance, ...]:
    """The attendances that are best in the aims, one after the other."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = LIMIT
    solver.parameters.catch_sigint_signal = False
    model = training.model
    found: tuple[Attendance, ...] = ()
    for aim in training.aims if training.classes else ():
        model.maximize(aim)
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        found = tuple(sorted(training.extract(solver)))
        model.add(aim >= round(solver.objective_value))
        model.clear_hints()
        for counts in (*training.whole, *training.part):
            for count in counts.values():
                model.add_hint(count, solver.value(count))
    return found


def _hours_short(problem: Problem, attendances: tuple[Attendance, ...]) -> tuple[int, int]:
    """Hours short at deadlines, and the fewest that there could be if everybody had every course to
    themselves.
    """
    attended: defaultdict[str, set[Course]] = defaultdict(set)
    for a in attendances:
        attended[a.staff].add(Course(a.date, a.start, a.end, a.training))
    by_training: defaultdict[str, list[Course]] = defaultdict(list)
    for course in problem.courses:
        by_training[course.training].append(course)
    short = fewest = 0
    for need in problem.training_needs:
        if need.due is not None:
            had = sum(
                course.minutes for course in attended[need.person.staff] if need.serves(course)
            )
            offered = sum(
                course.minutes for course in by_training[need.training] if need.serves(course)
            )
            short += max(0, -(-(need.minutes - had) // MINUTES_AN_HOUR))
            fewest += max(0, -(-(need.minutes - offered) // MINUTES_AN_HOUR))
    return short, fewest
