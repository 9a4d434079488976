"""Hand a piece of a region to a worker: the rows that it needs and no more, and what comes back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planner.facts.decisions import Pin
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Attendance, Plan
from planner.rules.goals import GOAL_OF
from solver.search.run import SearchRun
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.components import Component
from solver.timetable.incumbent import Reached
from solver.training.assign_training import TrainingPlan


@dataclass(frozen=True)
class Subproblem:
    """Services and people to be timetabled, as a problem of their own; `people` may have fewer days
    and places than their rows say.

    Goals are keys: a worker looks them up.
    """

    problem: Problem
    people: tuple[Person, ...]
    goals: tuple[str, ...]
    training: tuple[Attendance, ...]
    settings: SolveSettings

    @property
    def settings_with_goals(self) -> SolveSettings:
        """The settings with the goals themselves."""
        return replace(self.settings, goals=tuple(GOAL_OF[key] for key in self.goals))


@dataclass(frozen=True)
class SubproblemAnswer:
    """The plan of a part (None where none was found; `contradictory` where there provably is none),
    and what each goal reached.
    """

    plan: Plan | None
    reached: tuple[Reached, ...] = ()
    contradictory: bool = False


def part_of(
    problem: Problem,
    services: Iterable[Service],
    people: Iterable[Person],
    settings: SolveSettings,
    training: Iterable[Attendance] = (),
    *,
    split: bool = False,
) -> Subproblem:
    """The part of these services and people, with their part of the plans to begin with and to
    stay close to. Where
    people are `split` between parts, it is settled where they are: pins of placements, and those of
    people who are not here, are left to the whole.
    """
    inside, whom = tuple(services), tuple(people)
    names, persons = {service.id for service in inside}, {person.id for person in whom}
    schools = {service.school for service in inside} | {
        shift.school for person in whom for shift in person.shifts
    }
    data = problem.data
    assigned = {row.position for row in data.assignments if row.staff in persons}
    held = {row.position for row in data.positions if row.staff in persons} | assigned
    small = data.model_copy(
        update={
            "staff": tuple(person.row for person in whom),
            "groups": tuple(row for row in data.groups if row.group in names),
            "members": tuple(row for row in data.members if row.group in names),
            "duties": tuple(row for row in data.duties if row.duty in names),
            "blocks": tuple(row for row in data.blocks if row.school in schools),
            "teachers": tuple(row for row in data.teachers if row.school in schools),
            "positions": tuple(row for row in data.positions if row.position in held),
            "assignments": tuple(row for row in data.assignments if row.position in held),
            "pins": tuple(pin for pin in problem.pins if not split or _concerns(pin, names, whom)),
            "training": (),
            "offerings": (),
            "pay": (),
            "oncosts": (),
            "expenditures": (),
            "accounts": (),
        }
    )
    start, reference = (
        plan and _within(plan, names, persons) for plan in (settings.start, settings.reference)
    )
    goals = tuple(goal.key for goal in settings.goals)
    attended = tuple(attendance for attendance in training if attendance.staff in persons)
    return Subproblem(
        Problem(small, problem.name),
        whom,
        goals,
        attended,
        replace(settings, goals=(), start=start, reference=reference),
    )


def solve_part(part: Subproblem, stop: Stop) -> SubproblemAnswer:
    """The best timetable of a part in its seconds."""
    problem = part.problem.part(part.people, part.problem.services)
    component = Component(problem.services, problem.people)
    run = SearchRun(
        problem,
        [component],
        part.settings_with_goals,
        TrainingPlan(part.training),
        lambda progress: None,
        stop,
    )
    best = run.best()
    if best is None:
        return SubproblemAnswer(None, contradictory=run.contradictory is not None)
    plan, reached = best
    return SubproblemAnswer(replace(plan, training=()), tuple(reached))


def _concerns(pin: Pin, services: set[str], people: tuple[Person, ...]) -> bool:
    """Whether a decision can be kept, or broken, by these services and people on the days that they
    are here.
    """
    if pin.kind == "placement":
        return False
    if pin.kind == "lunch":
        days = {shift.day for person in people if person.id == pin.staff for shift in person.shifts}
        return bool(days) and days >= set(pin.day)
    return pin.kind != "session" or pin.subject in services


def _within(plan: Plan, services: set[str], people: set[str]) -> Plan:
    """What a plan says of some services and people."""
    sessions = tuple(session for session in plan.sessions if session.service in services)
    return Plan(
        tuple(placement for placement in plan.placements if placement.staff in people), sessions
    )
