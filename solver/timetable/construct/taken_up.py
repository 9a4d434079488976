"""Take a plan up as a timetable under construction, to change it further."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.rule import Setting
from solver.timetable.construct.construction import Construction
from solver.timetable.construct.gather import gather, known_services
from solver.timetable.construct.strengths import SetStrengths


def taken_up(
    problem: Problem,
    rules: Mapping[str, Setting],
    weights: Mapping[str, int],
    plan: Plan,
    kept: AbstractSet[str] = frozenset(),
) -> Construction:
    """A plan as a timetable in which people stay where they are.

    Args:
        problem: Whose plan it is.
        rules: How each rule is set, by key.
        weights: What a session of each service is worth; others are fixed.
        plan: A legal plan.
        kept: Services that are fixed, too.

    Returns:
        The timetable. What the construction does not know is fixed in it.
    """
    twice = {
        name
        for name, sessions in plan.sessions_of.items()
        if len({session.day for session in sessions}) < len(sessions)
        or any(len(session.staff) != 1 for session in sessions)
    }
    lengths = {name: sessions[0].minutes for name, sessions in plan.sessions_of.items()}
    mixed = {name for name in lengths if len(set(plan.minutes_of(name))) > 1}
    known = known_services(problem, weights, lengths)
    open_ids = {service.id for service in known} - twice - mixed - kept
    fixed = replace(plan, sessions=tuple(s for s in plan.sessions if s.service not in open_ids))
    gathered = gather(
        problem,
        SetStrengths(problem, rules),
        {name: weight for name, weight in weights.items() if name in open_ids},
        plan.training,
        fixed=fixed,
        as_they_are=True,
        lengths=lengths,
    )
    construction = Construction(problem, gathered, fixed=fixed)
    construction.take_up(plan)
    return construction
