"""An irreducible set of rules that contradict each other: without any one of them there would be a plan.

A raw core of the solver is a hint, never shown: it can hold innocents. Each member that stays has been shown necessary by solving
without it.
"""

from collections.abc import Iterable, Mapping

from ortools.sat.python import cp_model

from planner.explain import contradiction
from planner.plan import Attendance
from planner.problem.problem import Problem
from planner.rule import Setting
from solver.components import Component
from solver.posting import Guard
from solver.suspects import suspects
from solver.timetable.model import build


def conflict(
    problem: Problem, settings: Mapping[str, Setting], part: Component, training: Iterable[Attendance] = ()
) -> tuple[str, ...]:
    """What contradicts what in a part that has no plan beside this training, a sentence for each member.

    Where decisions contradict each other by themselves, a model of the services that they are about is enough, and is small.
    """
    pinned = {pin.subject for pin in problem.pins if pin.kind == "session"}
    suspected = pinned & {service.id for service in suspects(problem, settings)}
    if suspected < pinned:
        found = _members(problem, settings, part, suspected, training)
        if found:
            return found
    return _members(problem, settings, part, pinned, training)


def _members(
    problem: Problem, settings: Mapping[str, Setting], part: Component, pinned: set[str], training: Iterable[Attendance]
) -> tuple[str, ...]:
    """What contradicts what among the pins of some services and everything else that must be; nothing where nothing does."""
    services = [service for service in part.services if service.required or service.planning or service.id in pinned]
    named = {pin.staff for pin in problem.pins if pin.kind == "session" and pin.subject in pinned}
    people = [person for person in problem.people if person in part.people or person.id in named]
    timetable = build(problem, settings, services=services, people=people or problem.people, training=training, diagnose=True)
    guards = timetable.posting.guards
    members = _core(timetable.model, guards, list(guards))
    for member in list(members):
        others = [guard for guard in members if guard != member]
        if _contradict(timetable.model, guards, others):
            members = others
    return tuple(dict.fromkeys(contradiction(problem, rule, where) for rule, *where_ in members for where in [tuple(where_)]))


def _solve(
    model: cp_model.CpModel, guards: Mapping[Guard, cp_model.IntVar], held: list[Guard]
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    model.clear_assumptions()
    model.add_assumptions([guards[guard] for guard in held])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    # Under assumptions presolve takes four times as long as it saves.
    solver.parameters.cp_model_presolve = False
    return solver, solver.solve(model)


def _core(model: cp_model.CpModel, guards: Mapping[Guard, cp_model.IntVar], held: list[Guard]) -> list[Guard]:
    """A contradicting part of what is held, as the solver hints at it; nothing where it does not contradict itself."""
    solver, status = _solve(model, guards, held)
    if status != cp_model.INFEASIBLE:
        return []
    found = set(solver.sufficient_assumptions_for_infeasibility())
    hinted = [guard for guard in held if guards[guard].index in found]
    return hinted if _contradict(model, guards, hinted) else held


def _contradict(model: cp_model.CpModel, guards: Mapping[Guard, cp_model.IntVar], held: list[Guard]) -> bool:
    return _solve(model, guards, held)[1] == cp_model.INFEASIBLE
