"""Share out what somebody may deliver in a week among the schools that are planned apart.

Each piece of a region sees the days that somebody spends there, and no other. So that the pieces
together keep the week's limit, each has a part of it: what the plan gives there by now, and of what
is left as much as the shifts there are of the week's.
"""

from collections.abc import Sequence

from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.plan.plan import Plan


def shared_out(
    problem: Problem, person: Person, here: Sequence[Sequence[Shift]], plan: Plan
) -> list[tuple[int, ...]]:
    """The minutes of contact in each week of the cycle that each piece may use of somebody.

    Args:
        problem: The region.
        person: Somebody who is in several pieces.
        here: Their shifts in each of these.
        plan: The plan of all pieces by now; empty where there is none yet.

    Returns:
        For each piece, minutes by week; nothing where there is no limit. Together they are no
        more than the limit, and each is enough for what the plan has there.
    """
    limits = [person.most_contact(number) for number in range(len(problem.weeks))]
    if all(limit is None for limit in limits):
        return [() for _ in here]
    shares: list[list[int]] = [[] for _ in here]
    for limit, week in zip(limits, problem.weeks, strict=True):
        assert limit is not None
        given = [_given(problem, plan, person.id, week, shifts) for shifts in here]
        duty = [sum(s.obligation for s in shifts if s.day in week) for shifts in here]
        rest = max(0, limit - sum(given))
        for number, minutes in enumerate(given):
            shares[number].append(minutes + rest * duty[number] // max(1, sum(duty)))
    return [tuple(minutes) for minutes in shares]


def _given(
    problem: Problem, plan: Plan, person: str, week: Sequence[str], shifts: Sequence[Shift]
) -> int:
    """Minutes of contact in the plan on the days of a week on which somebody works some shifts."""
    return sum(
        session.minutes
        for day in {shift.day for shift in shifts}.intersection(week)
        for session in plan.day_of.get((person, day), ())
        if problem.service_of[session.service].contact
    )
