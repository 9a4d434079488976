"""Put in what still fits at the end of a solve: nothing that could simply be given is left out.

People stay where they are and give what they give; lunch and preparation may move on the days to
which something is added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.checker import violations
from planner.rules.goals.goal import Goal
from planner.rules.rule import Setting, Strength
from solver.timetable.construct.arrays import WEIGHT
from solver.timetable.construct.construction import session_weights
from solver.timetable.construct.placing import extend, insert
from solver.timetable.construct.taken_up import taken_up


def topped_up(
    problem: Problem, rules: Mapping[str, Setting], goals: Sequence[Goal], plan: Plan
) -> Plan:
    """The plan with every session that fits beside what it holds, goal by goal.

    Args:
        problem: Whose plan it is.
        rules: How each rule is set, by key.
        goals: What counts, the first matters most.
        plan: A legal plan.

    Returns:
        The plan with more in it, legal too; the same plan where nothing fits.
    """
    weights = session_weights(problem, goals)
    lacking = {
        service.id
        for service in problem.services
        if service.id in weights and service.lacking(plan.minutes_of(service.id))
    }
    if not lacking:
        return plan
    construction = taken_up(problem, rules, weights, plan)
    gathered = construction.gathered
    before = construction.state.given.copy()
    facts, state = gathered.facts, construction.state
    for number in sorted(
        range(len(gathered.services)), key=lambda n: -int(facts.services[n, WEIGHT])
    ):
        if gathered.services[number].id in lacking:
            insert(facts, state, number) if not state.given[number] else extend(
                facts, state, number
            )
    added = {
        gathered.services[number].id for number in (state.given > before).nonzero()[0].tolist()
    }
    return _with(problem, plan, construction.plan(), added) if added else plan


def _with(problem: Problem, plan: Plan, fuller: Plan, added: set[str]) -> Plan:
    """The plan with the sessions of services that got more, one service after the other, as long
    as it stays legal.
    """
    worst = len(list(violations(problem, plan, strength=Strength.HARD)))
    for names in ([added], [{name} for name in sorted(added)]):
        best = plan
        for some in names:
            tried = _joined(best, fuller, some)
            if len(list(violations(problem, tried, strength=Strength.HARD))) <= worst:
                best = tried
        if best is not plan:
            return best
    return plan


def _joined(plan: Plan, fuller: Plan, services: set[str]) -> Plan:
    """The plan with some services as in the fuller one, and the days of who gives them."""
    sessions = tuple(s for s in fuller.sessions if s.service in services)
    days = {(s.staff[0], s.day) for s in sessions}
    return replace(
        plan,
        placements=tuple(
            sorted(
                [p for p in plan.placements if (p.staff, p.day) not in days]
                + [p for p in fuller.placements if (p.staff, p.day) in days]
            )
        ),
        sessions=tuple(
            sorted([*(s for s in plan.sessions if s.service not in services), *sessions])
        ),
    )
