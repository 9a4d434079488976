"""Make the arrays of what the goals beside the minutes look at, from the goals' own functions."""

from collections.abc import Iterator

import numpy as np

from planner.facts.person import Person
from planner.facts.preferences import Preference
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals.wished_times import of_person, of_session
from solver.timetable.construct.arrays import (
    AT_TIME,
    NOTHING,
    ON_DAY,
    Ints,
    State,
    Tally,
    Tastes,
    ints,
)
from solver.timetable.construct.gather import Gathered
from solver.timetable.construct.tally import count

MINUTES_OF_DAY = 24 * 60


def tastes_of(problem: Problem, gathered: Gathered) -> Tastes:
    """What the goals beside the minutes look at."""
    profile_of, profiles = _profiles(problem, gathered)
    return Tastes(
        worth=ints(_worths(problem, gathered)),
        profile_of=profile_of,
        profiles=profiles,
        is_group=ints(int(service.group is not None) for service in gathered.services),
        obligation=ints(max(1, person.obligation) for person in gathered.people),
    )


def tally_of(
    problem: Problem, gathered: Gathered, tastes: Tastes, state: State, plan: Plan
) -> Tally:
    """What a timetable reaches of these goals; the plan says who has contact where."""
    tally = Tally(
        totals=np.zeros(4, np.int64),
        idle=np.zeros(len(gathered.people) * gathered.facts.days, np.int64),
        load=np.zeros((len(gathered.schools), len(gathered.people)), np.int64),
        changes=np.zeros(len(gathered.services), np.int64),
        peaks=np.zeros(len(gathered.schools), np.int64),
    )
    for session in plan.sessions:
        if problem.service_of[session.service].contact and session.school in gathered.school_number:
            for name in session.staff:
                school, person = (
                    gathered.school_number[session.school],
                    gathered.person_number[name],
                )
                tally.load[school, person] += session.minutes
    count(gathered.facts, state, tastes, tally)
    return tally


def _worths(problem: Problem, gathered: Gathered) -> Iterator[int]:
    facts = gathered.facts
    for number, service in enumerate(gathered.services):
        for row in range(facts.start_from[number], facts.start_from[number + 1]):
            day, start = gathered.cycle[facts.starts[row, ON_DAY]], int(facts.starts[row, AT_TIME])
            yield of_session(problem, service, day, start, start + service.longest)


def _profiles(problem: Problem, gathered: Gathered) -> tuple[Ints, Ints]:
    """The profile of each person's day, and what each is worth up to each minute."""
    numbers: dict[tuple[tuple[Preference, ...], str], int] = {}
    profile_of: list[int] = []
    rows: list[list[int]] = []
    for person in gathered.people:
        wishes = _wishes(problem, person)
        for day in gathered.cycle:
            key = (wishes, day)
            if wishes and key not in numbers:
                numbers[key] = len(rows)
                rows.append(
                    [of_person(problem, person.id, day, 0, t) for t in range(MINUTES_OF_DAY + 1)]
                )
            profile_of.append(numbers[key] if wishes else NOTHING)
    return ints(profile_of), np.array(rows, np.int64).reshape(len(rows), MINUTES_OF_DAY + 1)


def _wishes(problem: Problem, person: Person) -> tuple[Preference, ...]:
    return (
        *problem.preferences.get(f"staff:{person.id}", ()),
        *problem.preferences.get(f"role:{person.role.role}", ()),
    )
