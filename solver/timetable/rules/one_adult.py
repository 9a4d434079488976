"""Let a group keep one adult, or as few as it allows.

a[g, p] says that p serves g.

    given[g, p, …] ≤ a[g, p]
    Σ over p of a[g, p] ≤ max(max_people(g), adults(g))

Where one adult keeps the group, Σ given[g, p, …] ∈ {0} ∪ [fewest(g), owed(g)] holds for each p
alone, and a[g, p] is exact: the tighter form is what makes large schools solvable.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from planner.facts.service import Service
from planner.rules.different_days import RULE as DIFFERENT_DAYS
from planner.rules.one_adult import RULE
from solver.timetable.rules.dosage import count
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each group, and the ties between a and given."""
    for service in timetable.services:
        if service.most_people is None:
            continue
        ways = _ways_of_each(timetable, service)
        adults = {person: timetable.serves(service.id, person) for person in ways}
        for person, days in ways.items():
            for literals in days.values():
                _served_by(timetable, service, literals, adults[person])
        single = (
            service.most_people == 1
            and timetable.posting.is_hard(RULE, service.id)
            and not timetable.posting.diagnose
        )
        worst = max(0, len(adults) - service.most_people)
        timetable.posting.at_most(
            RULE, (service.id,), sum(adults.values()), service.most_people, worst
        )
        if single:
            _keeps(timetable, service, ways, adults)


def _served_by(
    timetable: Timetable, service: Service, literals: list[cp_model.IntVar], serves: cp_model.IntVar
) -> None:
    """Whoever gives a session of a day serves the group; one clique where a day has at most one
    session.
    """
    if service.times_a_day == 1 and timetable.is_on(DIFFERENT_DAYS, service.id):
        timetable.model.add_at_most_one([*literals, ~serves])
    else:
        for literal in literals:
            timetable.model.add_implication(literal, serves)


def _ways_of_each(
    timetable: Timetable, service: Service
) -> dict[str, dict[str, list[cp_model.IntVar]]]:
    found: defaultdict[str, defaultdict[str, list[cp_model.IntVar]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for (_, person, day, *_), literal in timetable.ways_of[service.id]:
        found[person][day].append(literal)
    return {person: dict(days) for person, days in found.items()}


def _keeps(
    timetable: Timetable,
    service: Service,
    ways: dict[str, dict[str, list[cp_model.IntVar]]],
    adults: dict[str, cp_model.IntVar],
) -> None:
    for person, days in ways.items():
        sessions = sum(literal for literals in days.values() for literal in literals)
        if service.fewest == service.sessions:
            timetable.model.add(sessions == service.sessions * adults[person])
        else:
            timetable.model.add(sessions >= service.fewest * adults[person])
            timetable.model.add(sessions <= service.sessions * adults[person])
    count(timetable, service)
    timetable.model.add(sum(adults.values()) == timetable.served[service.id])
