"""A plan of a region that begins with where its people are wanted.

The construction sends somebody to another school by emptying their days at one, and gains nothing
by it until a third has taken over what they gave there. Where little time is to spare, people who
are shared along a chain of schools are then idle at one end of it while groups are left out at the
other. A lean model of all schools together (`placement`) knows no clock time and sees the whole
chain: it says who is where, a plan is built so, and from there on everybody is free again.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic

from planner.facts.person import Shift, at_one_place
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import settings_of
from planner.rules.goals.goal import Goal
from solver.region.placement import place, with_shifts
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.components import Component
from solver.timetable.construct.first_plan import first_plan, must_of
from solver.training.assign_training import TrainingPlan

SHORT = 0.07
"""The share of the minutes owed from which on it is asked who is wanted where. Where less is left
out, somebody is there for nearly everything, and to go on serves more: 12 planted schools at 95 %
load leave 1.4 and 2.9 % out after a minute, and 1.7 and 3.9 % where it is asked first. Where staff
are short (`lausd-region`), it decides who goes without.
"""
PLACING, NEAR = 0.6, 0.15
"""The shares of the time for placing people, at most, and for the plan in which they stay there."""


def guided_plans(
    problem: Problem,
    parts: Sequence[Component],
    goals: Sequence[Goal],
    settings: SolveSettings,
    training: TrainingPlan,
    first: Plan,
    missing: float,
    stop: Stop,
    seconds: float,
) -> Iterator[Plan]:
    """Go on with the first plan; where much is missing in it, place everybody meanwhile, and build
    a plan from there.

    Args:
        problem: The region.
        parts: Its components.
        goals: Those of the timetable, the first matters most.
        settings: How to solve.
        training: Who attends which course.
        first: A legal plan; what must be stays as it is there.
        missing: The share of the minutes owed to groups that it does not give.
        stop: Ends the construction early.
        seconds: Most time for all of it.

    Returns:
        Legal plans, as soon as there is one; each may be worse than the one before.
    """
    clock = stop.within(seconds)
    fixed = must_of(problem, first)
    # The linear program runs without the interpreter's lock, as the construction does.
    waiting = clock.beside()
    shifts: dict[str, tuple[Shift, ...]] = {}

    def place_everybody() -> None:
        for part in parts:
            if len({school for person in part.people for school in person.schools}) > 1:
                shifts.update(_places(problem, part, settings, training, clock, PLACING * seconds))
        if shifts:
            waiting.until = monotonic()

    placing = threading.Thread(target=place_everybody, daemon=True)
    if missing >= SHORT:
        placing.start()
    further = _built(problem, goals, settings, training, waiting, fixed, first, settings.workers)
    if further is not None:
        yield further
    if missing < SHORT:
        return
    placing.join(clock.left())
    if clock.over or not shifts or placing.is_alive():
        return
    held = {placement.staff for placement in fixed.placements}
    people = tuple(
        with_shifts(person, shifts[person.id])
        if person.id in shifts and person.id not in held
        else person
        for person in problem.people
    )
    near = _built(
        problem.part(people, problem.services),
        goals,
        settings,
        training,
        clock.within(NEAR * seconds),
        fixed,
        strands=settings.workers,
    )
    if near is not None:
        guided = _built(problem, goals, settings, training, clock, fixed, near, settings.workers)
        if guided is not None:
            yield guided


def _places(
    problem: Problem,
    part: Component,
    settings: SolveSettings,
    training: TrainingPlan,
    clock: Stop,
    seconds: float,
) -> Mapping[str, tuple[Shift, ...]]:
    """Where everybody of a component is wanted; nobody where nobody was placed in time."""
    return place(
        problem,
        Component(part.services, at_one_place(part.people)),
        settings_of(problem),
        training.attendances,
        settings,
        clock,
        min(seconds, clock.left()),
    )[0]


def _built(
    problem: Problem,
    goals: Sequence[Goal],
    settings: SolveSettings,
    training: TrainingPlan,
    clock: Stop,
    fixed: Plan,
    start: Plan | None = None,
    strands: int = 1,
) -> Plan | None:
    return first_plan(
        problem,
        goals,
        training.attendances,
        clock,
        seconds=clock.left(),
        seed=settings.seed,
        staying=True,
        fixed=fixed,
        start=start,
        strands=strands,
    )
