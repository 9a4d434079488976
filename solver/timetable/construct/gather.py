"""Make the arrays of a problem: what may be when, by whom, in which shift.

Starts, people and shifts come from the same functions that make the variables of the solver's
model, so that the construction is no third statement of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd
from types import MappingProxyType

import numpy as np

from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Attendance, Plan
from planner.rules.preparation import SHORTEST_BLOCK
from planner.rules.pull_out_spaces import RULE as ROOMS
from solver.timetable.construct.arrays import (
    ANYWHERE,
    NO_LIMIT,
    NOTHING,
    Facts,
    Ints,
    ints,
    table,
)
from solver.timetable.construct.gather_bundles import rows_of
from solver.timetable.construct.gather_order import Order, earlier_of, order_of
from solver.timetable.construct.gather_people import (
    held_by,
    limits_of,
    patterns_of,
    shifts_of,
)
from solver.timetable.construct.gather_services import (
    apart_of,
    candidates_of,
    in_one_length,
    is_known,
    is_plain,
    starts_of,
)
from solver.timetable.construct.row import Row
from solver.timetable.construct.strengths import Strengths
from solver.timetable.required_services import needed

NO_LENGTHS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Gathered:
    """The arrays, and what their indexes stand for."""

    facts: Facts
    rows: tuple[Row, ...]
    people: tuple[Person, ...]
    schools: tuple[str, ...]
    cycle: tuple[str, ...]
    shifts: tuple[Shift, ...]
    """By the number of a shift."""

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """The service of each row."""
        return tuple(row.service for row in self.rows)

    @cached_property
    def service_number(self) -> Mapping[str, int]:
        """Which index stands for a service: its first row."""
        return {row.service.id: place for place, row in enumerate(self.rows) if row.is_first(place)}

    @cached_property
    def person_number(self) -> Mapping[str, int]:
        """Which index stands for a person."""
        return _numbers(person.id for person in self.people)

    @cached_property
    def school_number(self) -> Mapping[str, int]:
        """Which index stands for a school."""
        return _numbers(self.schools)

    @cached_property
    def day_number(self) -> Mapping[str, int]:
        """Which index stands for a day of the cycle."""
        return _numbers(self.cycle)


def gather(
    problem: Problem,
    rules: Strengths,
    weights: Mapping[str, int],
    training: Iterable[Attendance] = (),
    *,
    fixed: Plan | None = None,
    staying: bool = False,
    as_they_are: bool = False,
    lengths: Mapping[str, int] = NO_LENGTHS,
    bundles: bool = False,
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
        lengths: In what minutes services are given that may be given in several.
        bundles: Whether services are in them of which several sessions go in and out as one, beside
            the plain ones.

    Returns:
        Arrays and what their indexes stand for. What must be or lies outside of shifts is left to
        the model.
    """
    services = known_services(problem, weights, lengths, bundles=bundles)
    people = tuple(problem.people)
    schools = tuple(problem.schools)
    school_number, person_number = _numbers(schools), _numbers(person.id for person in people)
    away = any(pin.kind == "forbid" for pin in problem.pins)
    held = held_by(problem, fixed or Plan(), all_days=away or as_they_are)
    shifts, shift_from, shift_table = shifts_of(problem, rules, people, school_number, held)
    pattern_from, pattern_duty = patterns_of(problem, rules, people, training, held)
    if bundles:
        rows = rows_of(problem, rules, services, fixed or Plan())
    else:
        rows = tuple(Row(service, n, 1, 0, n) for n, service in enumerate(services))
    start_from, starts = starts_of(problem, rules, rows, fixed or Plan())
    person_from, person_at = candidates_of(problem, rules, rows, person_number)
    apart_from, apart_at = apart_of(problem, rules, rows)
    order = order_of(problem, rules, rows, fixed or Plan())
    in_rooms = [row.service.longest for row in rows if row.service.takes_room]
    facts = Facts(
        days=len(problem.cycle),
        grid=problem.grid,
        shortest=SHORTEST_BLOCK,
        week=ints(
            next(number for number, week in enumerate(problem.weeks) if day in week)
            for day in problem.cycle
        ),
        tick=gcd(problem.grid, *in_rooms),
        services=_services(rows, order, school_number, weights),
        most_along=int(max(np.diff(order.along_from), default=1)),
        along_from=order.along_from,
        along_at=order.along_at,
        ended_from=order.ended_from,
        ended_at=order.ended_at,
        start_from=start_from,
        starts=starts,
        person_from=person_from,
        person_at=person_at,
        apart_from=apart_from,
        apart_at=apart_at,
        people=limits_of(problem, rules, people, staying=staying),
        pattern_from=pattern_from,
        pattern_duty=pattern_duty,
        shift_from=shift_from,
        shifts=shift_table,
        schools=_schools(problem, rules, schools),
        way=_ways(problem, schools, school_number),
    )
    return Gathered(facts, rows, people, schools, problem.cycle, shifts)


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def known_services(
    problem: Problem,
    weights: Mapping[str, int],
    lengths: Mapping[str, int] = NO_LENGTHS,
    *,
    bundles: bool = False,
) -> tuple[Service, ...]:
    """The services with a weight that the construction knows how to give, as it gives them: the
    plain ones, or with those of which several sessions go in and out as one.
    """
    must = needed(problem, problem.services)
    people = {person.id for person in problem.people}
    given = (
        in_one_length(problem, service, lengths.get(service.id))
        for service in problem.services
        if service.id in weights
        and service.id not in must
        and (is_known(service) if bundles and not service.varied else is_plain(service))
        and people.issuperset(service.attendees)
    )
    found = {service.id: service for service in given if service.sessions >= service.fewest}

    def has_its_turn(service: Service) -> bool:
        """Whether all that it waits for, one after the other, is known or must be."""
        earlier = earlier_of(service)
        return not earlier or earlier in must or (earlier in found and has_its_turn(found[earlier]))

    return tuple(service for service in found.values() if has_its_turn(service))


def _services(
    rows: Sequence[Row],
    order: Order,
    school_number: Mapping[str, int],
    weights: Mapping[str, int],
) -> Ints:
    return table(
        (
            (
                *_service(place, row, school_number, weights),
                order.after[place],
                order.waits[place],
            )
            for place, row in enumerate(rows)
        ),
        14,
    )


def _service(
    place: int, row: Row, school_number: Mapping[str, int], weights: Mapping[str, int]
) -> Sequence[int]:
    service, counts = row.service, row.is_first(place)
    return (
        service.longest,
        service.sessions if counts else 0,
        service.fewest,
        NO_LIMIT if service.most_people is None else service.most_people,
        school_number.get(service.school, ANYWHERE),
        int(service.takes_room and row.leads),
        int(service.contact),
        weights[service.id] if counts else 0,
        row.bundle,
        row.rows,
        row.seats,
        row.counts_for,
    )


def _schools(problem: Problem, rules: Strengths, schools: Iterable[str]) -> Ints:
    rows = []
    for name in schools:
        school = problem.schools[name]
        spaces = NOTHING if school.spaces is None or not rules.is_on(ROOMS, name) else school.spaces
        rows.append((spaces, int(school.kind == "off_site")))
    return table(rows, 2)


def _ways(problem: Problem, schools: Sequence[str], school_number: Mapping[str, int]) -> Ints:
    found = np.full((len(schools), len(schools)), NOTHING)
    for row in problem.data.travel:
        for start, to in ((row.from_, row.to), (row.to, row.from_)):
            minutes = problem.travel_minutes(start, to)
            if minutes is not None:
                found[school_number[start], school_number[to]] = minutes
    return found
