"""Make the arrays of a problem: what may be when, by whom, in which shift.

Starts, people and shifts come from the same functions that make the variables of the solver's
model, so that the construction is no third statement of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np

from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Attendance, Plan
from planner.rules.consecutive_contact import RULE as ON_END
from planner.rules.contact_minutes import RULE as CONTACT
from planner.rules.preparation import RULE as PREPARATION
from planner.rules.preparation import SHORTEST_BLOCK
from planner.rules.pull_out_spaces import RULE as ROOMS
from planner.rules.sites import RULE as SITES
from solver.timetable.construct.arrays import NOTHING, Facts, Ints, ints
from solver.timetable.construct.gather_people import (
    NO_LIMIT,
    held_by,
    patterns_of,
    rest_of,
    rests,
    shifts_of,
)
from solver.timetable.construct.gather_services import apart_of, candidates_of, is_plain, starts_of
from solver.timetable.construct.strengths import Strengths
from solver.timetable.required_services import needed


@dataclass(frozen=True)
class Gathered:
    """The arrays, and what their indexes stand for."""

    facts: Facts
    services: tuple[Service, ...]
    people: tuple[Person, ...]
    schools: tuple[str, ...]
    cycle: tuple[str, ...]
    shifts: tuple[Shift, ...]
    """By the number of a shift."""


def gather(
    problem: Problem,
    rules: Strengths,
    weights: Mapping[str, int],
    training: Iterable[Attendance] = (),
    *,
    fixed: Plan | None = None,
    staying: bool = False,
    as_they_are: bool = False,
) -> Gathered:
    """The arrays of a problem.

    Args:
        problem: Whose week it is.
        rules: How rules are set.
        weights: What a session of each service is worth; others are left out.
        training: Who attends which course; it counts among the dates of their contract.
        fixed: What must be; on days with sessions in it, or with a pin, people work its shift.
        staying: Whether everybody stays at one school a day, whatever the job class allows.
        as_they_are: Whether everybody works the shifts of `fixed` on all days.

    Returns:
        Arrays and what their indexes stand for. In them are services of one adult that take place
        every cycle and need not; what must be, has named dates or is a meeting is left to the
        model.
    """
    services = known_services(problem, weights)
    people = tuple(problem.people)
    schools = tuple(problem.schools)
    school_number = {school: number for number, school in enumerate(schools)}
    person_number = {person.id: number for number, person in enumerate(people)}
    away = any(pin.kind == "forbid" for pin in problem.pins)
    held = held_by(problem, fixed or Plan(), all_days=away or as_they_are)
    shifts, shift_arrays = shifts_of(problem, rules, people, school_number, held)
    pattern_from, pattern_duty = patterns_of(problem, rules, people, training, held)
    start_from, start_day, start_at, start_edges = starts_of(
        problem, rules, services, fixed or Plan()
    )
    person_from, person_at = candidates_of(problem, rules, services, person_number)
    apart_from, apart_at = apart_of(problem, rules, services)
    lengths = [service.minutes for service in services if service.takes_room]
    facts = Facts(
        days=len(problem.cycle),
        grid=problem.grid,
        shortest=SHORTEST_BLOCK,
        tick=gcd(problem.grid, *lengths),
        minutes=ints(service.minutes for service in services),
        wanted=ints(service.sessions for service in services),
        fewest=ints(service.fewest for service in services),
        most_people=ints(
            NO_LIMIT if service.most_people is None else service.most_people for service in services
        ),
        school=ints(school_number.get(service.school, NOTHING) for service in services),
        takes_room=ints(int(service.takes_room) for service in services),
        contact=ints(int(service.contact) for service in services),
        weight=ints(weights[service.id] for service in services),
        start_from=start_from,
        start_day=start_day,
        start_at=start_at,
        start_edges=start_edges,
        person_from=person_from,
        person_at=person_at,
        apart_from=apart_from,
        apart_at=apart_at,
        prepares=ints(p.role.prep_minutes if rules.is_on(PREPARATION, p.id) else 0 for p in people),
        most_contact=ints(
            p.role.max_contact_minutes
            if p.role.max_contact_minutes is not None and rules.is_on(CONTACT, p.id)
            else NO_LIMIT
            for p in people
        ),
        most_on_end=ints(
            p.role.max_consecutive_minutes if rules.is_on(ON_END, p.id) else NO_LIMIT
            for p in people
        ),
        pause=ints(p.role.break_minutes for p in people),
        most_work_on_end=ints(
            rest_of(problem, p, "work_without_rest") if rests(rules, p) else NO_LIMIT
            for p in people
        ),
        rest=ints(rest_of(problem, p, "rest_minutes") if rests(rules, p) else 0 for p in people),
        most_schools=ints(
            p.role.max_sites
            if p.role.max_sites is not None and rules.is_on(SITES, p.id)
            else NO_LIMIT
            for p in people
        ),
        moves=ints(int(p.moves and not staying) for p in people),
        roams=ints(int(len({shift.school for shift in p.shifts}) > 1) for p in people),
        pattern_from=pattern_from,
        pattern_duty=pattern_duty,
        spaces=ints(
            NOTHING if spaces is None or not rules.is_on(ROOMS, school) else spaces
            for school, spaces in ((name, problem.schools[name].spaces) for name in schools)
        ),
        way=_ways(problem, schools, school_number),
        off_site=ints(int(problem.schools[school].kind == "off_site") for school in schools),
        **shift_arrays,
    )
    return Gathered(facts, services, people, schools, problem.cycle, shifts)


def known_services(problem: Problem, weights: Mapping[str, int]) -> tuple[Service, ...]:
    """The services with a weight that the construction knows how to give."""
    must = needed(problem, problem.services)
    return tuple(
        service
        for service in problem.services
        if service.id in weights and service.id not in must and is_plain(service)
    )


def _ways(problem: Problem, schools: Sequence[str], school_number: Mapping[str, int]) -> Ints:
    found = np.full((len(schools), len(schools)), NOTHING)
    for row in problem.data.travel:
        for start, to in ((row.from_, row.to), (row.to, row.from_)):
            minutes = problem.travel_minutes(start, to)
            if minutes is not None:
                found[school_number[start], school_number[to]] = minutes
    return found
