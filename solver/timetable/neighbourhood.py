"""Search around what is left out: a few people's weeks are open, everybody else's stay.

As the plan stands, what is left out finds no place. What helps is a swap among those who could give
it, and a few weeks are searched through exactly in a second.
"""

from collections.abc import Sequence
from random import Random

from ortools.sat.python import cp_model

from planner.facts.service import Service
from planner.rules.goals.goal import Goal
from solver.posting import fix
from solver.timetable.incumbent import Incumbent

SMALL = 1.0
"""Most seconds of one small search."""


def around(
    search: Incumbent,
    objective: cp_model.LinearExpr,
    goals: Sequence[Goal],
    random: Random,
    seconds: float,
) -> bool:
    """Look for something better near one service that some of the goals want.

    Args:
        search: The timetable; a plan that is no worse takes the place of the best so far.
        objective: What is maximised.
        goals: Services that none of these counts are not looked for.
        random: Chooses the service and the people.
        seconds: Most time.

    Returns:
        Whether anything was left to look for.
    """
    missing = [s for s in search.timetable.services if _wanted(goals, s) and not _served(search, s)]
    if not missing or search.solution is None:
        return False
    search.complete_hint()
    # Everybody else's literals are fixed in a clone; what follows from them (rooms, students) is
    # then settled by presolve, and what is left is small enough to be searched through.
    model = search.timetable.model.clone()
    for index in _others(search, _who(search, random.choice(missing), random)):
        fix(model, index, search.solution[index])
    search.solve(model, seconds, seed=random.randrange(10**6), least=search.value_of(objective))
    return True


def _wanted(goals: Sequence[Goal], service: Service) -> bool:
    if service.group is None and service.required:
        return False
    return any(
        goal.minutes_of_tier == service.tier or (goal.takes_least and service.group is not None)
        for goal in goals
    )


def _served(search: Incumbent, service: Service) -> bool:
    days = len(search.timetable.times_of[service.id])
    if service.varied:
        possible = min(service.owed, days * service.times_a_day * service.longest)
        return search.value_of(search.timetable.minutes[service.id]) >= possible
    possible = min(service.sessions, days * service.times_a_day)
    return search.value_of(search.timetable.counts[service.id]) >= possible


def _who(search: Incumbent, service: Service, random: Random) -> set[str]:
    """Somebody who could serve it, and one to three of those who could take over what they are busy
    with.

    Somebody whose week is full can hand no group over as long as everybody else's week stays.
    """
    able = sorted(
        {way[1] for way, _ in search.timetable.ways_of[service.id]} | set(service.attendees)
    )
    if not able or search.solution is None:
        return set()
    first = random.choice(able)
    busy_with = {
        way[0]
        for way, literal in search.timetable.given.items()
        if way[1] == first and search.solution[literal.index]
    }
    others = [
        person
        for name in sorted({*busy_with, service.id})
        for person in sorted({way[1] for way, _ in search.timetable.ways_of[name]} - {first})
    ]
    return {first, *(random.choice(others) for _ in range(random.choice([1, 2, 2, 3])) if others)}


def _others(search: Incumbent, people: set[str]) -> list[int]:
    """The variables of everybody else's sessions, lunch and preparation."""
    timetable = search.timetable
    literals = [
        literal for (_, person, *_), literal in timetable.given.items() if person not in people
    ]
    literals += [
        literal for (person, _, _), literal in timetable.lunch.items() if person not in people
    ]
    literals += [
        literal
        for (person, _, _, _), literal in timetable.preparing.items()
        if person not in people
    ]
    return [literal.index for literal in literals]
