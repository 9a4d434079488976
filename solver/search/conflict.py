"""Find an irreducible set of rules that contradict each other.

Without any one of them there would be a plan. A raw core of the solver is a hint, never shown: it
can hold innocents. Each member that stays has been shown necessary by solving without it.
"""

from collections.abc import Iterable, Mapping
from time import monotonic

from ortools.sat.python import cp_model

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Attendance
from planner.rules.contradictions import contradiction
from planner.rules.pins import RULE as PINS
from planner.rules.pins import absent
from planner.rules.required_duties import RULE as REQUIRED
from planner.rules.rule import Setting
from solver.posting import Guard
from solver.search.conflict_candidates import suspects
from solver.timetable.components import Component
from solver.timetable.model import build
from solver.timetable.required_services import needed
from solver.timetable.timetable import Timetable

QUICK = 5.0
"""Seconds for one question, without presolve."""
PATIENT = 10.0
"""Seconds for the same with presolve; what is not settled then counts as no contradiction, so that
its member stays.
"""

SHRINKING = 45.0
"""Most seconds for a set; members that were not looked at by then stay, necessary or not."""


def conflict(
    problem: Problem,
    settings: Mapping[str, Setting],
    part: Component,
    training: Iterable[Attendance] = (),
    seconds: float = SHRINKING,
) -> tuple[str, ...]:
    """Say what contradicts what in a part that has no plan.

    Where decisions contradict each other by themselves, a model of the services that they are about
    is enough, and is small.

    Args:
        problem: The district.
        settings: Each rule's setting, by key.
        part: The part that provably has no plan.
        training: Who attends which course; it stands, and is none of the members.
        seconds: The most that it may take.

    Returns:
        A sentence for each member of an irreducible set. Where the time was too short, all that was
        decided, after a sentence that says so.
    """
    until = monotonic() + min(seconds, SHRINKING)
    pinned = {pin.subject for pin in problem.pins if pin.kind == "session"}
    suspected = pinned & {service.id for service in suspects(problem, settings)}
    few = needed(problem, part.services, suspected) if suspected < pinned else set()
    # From small to large: a contradiction among few services is one of the whole, too, and is
    # shrunk in a fraction of the time.
    for looked_at in (
        few,
        needed(problem, part.services),
        {service.id for service in part.services},
    ):
        if not looked_at:
            continue
        try:
            timetable = _diagnosed(problem, settings, part, looked_at, training, until)
        except TimeoutError:
            break
        if members := _irreducible(timetable, until):
            return in_words(problem, members)
    return _unshrunk(problem, part)


def _unshrunk(problem: Problem, part: Component) -> tuple[str, ...]:
    """What was decided in a part, all of it, where the time was too short to tell which of it
    contradicts the rest.
    """
    names = {service.id for service in part.services}
    pinned = [
        (PINS.key, (f"pin {number}",))
        for number, pin in enumerate(problem.pins, 1)
        if pin.subject in names
    ]
    required = [(REQUIRED.key, (service.id,)) for service in part.services if service.required]
    decisions = in_words(problem, [(rule, *where) for rule, where in (*required, *pinned)])
    schools = "" if part.called == "all" else f" (schools {part.called})"
    first = (
        f"Not all of the following can stand beside the contracts{schools}; the time was too "
        "short to tell what is innocent."
    )
    return (first, *decisions)


def _diagnosed(
    problem: Problem,
    settings: Mapping[str, Setting],
    part: Component,
    looked_at: set[str],
    training: Iterable[Attendance],
    until: float,
) -> Timetable:
    """A model in diagnosis of some services and those who give them."""
    services = [service for service in part.services if service.id in looked_at]
    named = {
        pin.staff for pin in problem.pins if pin.kind == "session" and pin.subject in looked_at
    }
    people = [person for person in problem.people if person in part.people or person.id in named]
    return build(
        problem,
        settings,
        services=services,
        people=people or problem.people,
        training=training,
        diagnose=True,
        is_over=lambda: monotonic() >= until,
    )


def _irreducible(timetable: Timetable, until: float) -> tuple[Guard, ...]:
    """An irreducible set of what a model in diagnosis holds; nothing where it holds no
    contradiction. What was not looked at when the time is over stays in it.
    """
    guards = timetable.posting.guards
    # Deletion, one member after the other: what is left when no member can be spared is
    # irreducible. The solver's own core is where it starts, and no answer.
    members = _core(timetable.model, guards, list(guards), until)
    for member in list(members):
        others = [guard for guard in members if guard != member]
        if _contradict(timetable.model, guards, others, until):
            members = others
    return tuple(members)


def alone(
    problem: Problem, settings: Mapping[str, Setting], person: Person, seconds: float = SHRINKING
) -> tuple[Guard, ...]:
    """What contradicts what in the week of one person of whom nothing is asked but to be there.

    What is asked of them besides, by services and by colleagues, only makes it harder: where this
    is a contradiction, there is none but plans without them.

    Returns:
        The members of an irreducible set, each a rule's key and what it is about; nothing where the
        week can be legal, or the time was too short to tell.
    """
    until = monotonic() + min(seconds, SHRINKING)
    try:
        timetable = build(
            problem,
            settings,
            services=(),
            people=(person,),
            diagnose=True,
            is_over=lambda: monotonic() >= until,
        )
    except TimeoutError:
        return ()
    return _irreducible(timetable, until)


def in_words(problem: Problem, members: Iterable[Guard]) -> tuple[str, ...]:
    """Members of a contradiction as sentences, each once; a decision for somebody who is not there
    with the fact that they are not, which no rule posts.
    """
    sentences: dict[str, None] = {}
    for rule, *where in members:
        sentences[contradiction(problem, rule, tuple(where))] = None
        if rule == PINS.key and where:
            pin = problem.pins[int(where[0].removeprefix("pin ")) - 1]
            sentences |= {sentence: None for sentence in (absent(problem, pin),) if sentence}
    return tuple(sentences)


def _solve(
    model: cp_model.CpModel,
    guards: Mapping[Guard, cp_model.IntVar],
    held: list[Guard],
    until: float,
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    model.clear_assumptions()
    model.add_assumptions([guards[guard] for guard in held])
    solver, status = cp_model.CpSolver(), cp_model.UNKNOWN
    # Under assumptions presolve mostly takes four times as long as it saves; where it is missed,
    # seconds tell.
    for presolve, most in ((False, QUICK), (True, PATIENT)):
        if (seconds := min(most, until - monotonic())) <= 0:
            break
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False
        solver.parameters.cp_model_presolve = presolve
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(model)
        if status != cp_model.UNKNOWN:
            break
    return solver, status


def _core(
    model: cp_model.CpModel,
    guards: Mapping[Guard, cp_model.IntVar],
    held: list[Guard],
    until: float,
) -> list[Guard]:
    """A contradicting part of what is held, as the solver hints at it; nothing where it does not
    contradict itself.
    """
    solver, status = _solve(model, guards, held, until)
    if status != cp_model.INFEASIBLE:
        return []
    core = set(solver.sufficient_assumptions_for_infeasibility())
    hinted = [guard for guard in held if guards[guard].index in core]
    return hinted if _contradict(model, guards, hinted, until) else held


def _contradict(
    model: cp_model.CpModel,
    guards: Mapping[Guard, cp_model.IntVar],
    held: list[Guard],
    until: float,
) -> bool:
    return _solve(model, guards, held, until)[1] == cp_model.INFEASIBLE
