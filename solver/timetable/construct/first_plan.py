"""A legal plan in seconds, before any model of the whole is made.

What must be (required duties, pins, preparation as a duty) is timed first, by a model of that
alone; around it the construction gives everything else that it knows of. The checker judges the
plan, and sessions that stand against a rule which the construction does not know are taken out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from time import monotonic

from ortools.sat.python import cp_model

from planner.facts.person import at_one_place
from planner.facts.problem import Problem
from planner.plan.plan import Attendance, Plan
from planner.rules import RULE_OF, settings_of
from planner.rules.checker import violations
from planner.rules.goals.goal import Goal
from planner.rules.rule import TIMETABLE, Setting, Strength
from solver.stop import Stop
from solver.timetable.components import Component, components
from solver.timetable.construct.construction import Construction, Limit, session_weights
from solver.timetable.construct.gather import gather
from solver.timetable.construct.sessions_behind import sessions_behind
from solver.timetable.construct.strengths import SetStrengths
from solver.timetable.extract import extract
from solver.timetable.model import build
from solver.timetable.required_services import needed

MUST = 10.0
"""Most deterministic seconds for timing what must be, where the clock may not be looked at."""
MUST_SHARE = 0.5
"""The share of what is left of the time that timing what must be may take, as there is no plan
without it. It mostly takes a second.
"""
LEAST = 0.5
"""Seconds that each step has in any case."""
MENDED = 5
"""How often sessions that break a rule are taken out before the plan is given up."""


def first_plan(
    problem: Problem,
    goals: Sequence[Goal],
    training: Iterable[Attendance],
    stop: Stop,
    *,
    seconds: float,
    seed: int = 1,
    reproducible: bool = False,
    staying: bool = False,
    fixed: Plan | None = None,
    start: Plan | None = None,
    strands: int = 1,
) -> Plan | None:
    """A legal plan that serves as much as can be built in the time.

    Args:
        problem: The district, or a part of it.
        goals: What counts, the first matters most.
        training: Who attends which course.
        stop: Ends the construction early, and the search for what must be when it is asked.
        seconds: Most time for it; it ends before where everything is served.
        seed: Of all chance.
        reproducible: Whether the clock may not be looked at.
        staying: Whether everybody stays at one school a day, whatever the job class allows.
        fixed: What must be (`must_of`), where it was timed before.
        start: A legal plan to go on from, with this in it.
        strands: How many constructions run beside each other; the best is taken.

    Returns:
        The plan; None where what must be finds no time, or no legal plan was built.
    """
    attended, began, rules = tuple(training), monotonic(), settings_of(problem)
    people = at_one_place(problem.people) if staying else problem.people
    if fixed is None:
        fixed = _what_must_be(
            problem.part(people, problem.services),
            rules,
            attended,
            stop,
            None if reproducible else max(LEAST, seconds, MUST_SHARE * stop.left()),
        )
    if fixed is None:
        return None
    gathered = gather(
        problem,
        SetStrengths(problem, rules),
        session_weights(problem, goals),
        attended,
        fixed=fixed,
        staying=staying,
        bundles=True,
    )
    construction = Construction(
        problem,
        gathered,
        seed=seed,
        fixed=fixed,
        strands=1 if reproducible else strands,
    )
    if start is not None:
        construction.take_up(start)
    construction.build(Limit(stop, max(LEAST, seconds - (monotonic() - began)), reproducible))
    return _legal(problem, replace(construction.plan(), training=attended))


def must_of(problem: Problem, plan: Plan) -> Plan:
    """What must be in a plan: what is required or pinned, with the days of who does it."""
    must, whom = needed(problem, problem.services), _decided_about(problem)
    sessions = tuple(session for session in plan.sessions if session.service in must)
    days = {(name, session.day) for session in sessions for name in session.staff}
    placements = tuple(
        placement
        for placement in plan.placements
        if placement.staff in whom or (placement.staff, placement.day) in days
    )
    return Plan(placements, sessions)


def _decided_about(problem: Problem) -> set[str]:
    """Of whose days, and not of what they give, something was decided."""
    return {pin.staff for pin in problem.pins if pin.kind in ("placement", "lunch", "forbid")}


def _what_must_be(
    problem: Problem,
    rules: Mapping[str, Setting],
    training: Sequence[Attendance],
    stop: Stop,
    seconds: float | None,
) -> Plan | None:
    """What is required or pinned, with the days of who does it; nothing where nothing must be."""
    ends = None if seconds is None else monotonic() + seconds
    must = needed(problem, problem.services)
    whom = _decided_about(problem)
    if not must and not whom:
        return Plan()
    services = [service for service in problem.services if service.id in must]
    plan = Plan()
    # What shares nobody is timed apart: one model of all of it takes ten times as long.
    for part in components(problem.part(problem.people, services)):
        if not part.services and not whom & {person.id for person in part.people}:
            continue
        # An early plan that nobody waits for any more ends here, and not after all parts.
        found = None if stop.broken_off else _timed(problem, rules, part, training, stop, ends)
        if found is None:
            return None
        plan = Plan(plan.placements + found.placements, plan.sessions + found.sessions)
    return plan


def _timed(
    problem: Problem,
    rules: Mapping[str, Setting],
    part: Component,
    training: Sequence[Attendance],
    stop: Stop,
    ends: float | None,
) -> Plan | None:
    """A timetable of what must be in a part; None where none is found in time."""
    try:
        timetable = build(
            problem,
            rules,
            services=part.services,
            people=part.people,
            training=training,
            is_over=lambda: ends is not None and monotonic() >= ends,
        )
    except TimeoutError:
        return None
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.catch_sigint_signal = False
    # Presolve with all its probing takes longer than the search, and linear relaxations help
    # nobody to a first plan.
    solver.parameters.symmetry_level = solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.linearization_level = 0
    if ends is None:
        solver.parameters.max_deterministic_time = MUST
    else:
        solver.parameters.max_time_in_seconds = max(LEAST, ends - monotonic())
    for service in part.services:
        literals = [literal for _, literal in timetable.ways_of[service.id]]
        if not service.required and literals:
            timetable.model.add_hint(literals[0], 0)
    stop.watch(solver)
    status = solver.solve(timetable.model)
    stop.watch(None)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return extract(timetable, solver.boolean_value)


def _legal(problem: Problem, plan: Plan) -> Plan | None:
    """The plan without the sessions that break a hard rule; None where it cannot be mended so."""
    must = needed(problem, problem.services)
    for _ in range(MENDED):
        broken = [
            violation
            for violation in violations(problem, plan, strength=Strength.HARD)
            if RULE_OF[violation.rule].part == TIMETABLE
        ]
        if not broken:
            return plan
        bad = sessions_behind(problem, plan, broken)
        out = {session.service for session in bad if session.service not in must}
        if not out:
            return None
        plan = replace(
            plan, sessions=tuple(session for session in plan.sessions if session.service not in out)
        )
    return None
