"""The lean model of who is where: sessions of a service by a person, days at its school.

`k[g, p]` sessions of g by p, `on[p, σ]` the shifts of a timetable without services, with every rule
on them. For each person and school, and each set of times U (the windows of some groups, a union of
two, a whole day):

    Σ minutes(g) × k[g, p] over g whose windows lie in U
        ≤ Σ hold(U, d) × on[p, σ] over their shifts σ at the school, day d by day

where hold(U, d) is what sessions of these lengths fill of U on d beside the lunch that must lie
there, or of the day's obligation beside preparation, or of the contact that a day may have; where U
is one stretch a day, also with the lengths rounded (`meeting_times.rounded`). The rooms of a school
hold in the same way.

No person, day and group at once: so 40 schools are placed in seconds, and the bound holds for every
timetable. The capacity of days (`timetable.capacity`) has a variable for each of these; it stays
with the timetable of a school, where it knows more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.facts.session_lengths import sums_within
from planner.rules import (
    contact_minutes,
    contact_week,
    different_days,
    duty_free_lunch,
    one_adult,
    preparation,
    pull_out_spaces,
)
from planner.rules.contact_week import cycle_contact
from planner.rules.rule import Setting
from solver.posting import Expr
from solver.timetable.components import Component
from solver.timetable.meeting_times import Spans, Times, held_by_day, rounded, union
from solver.timetable.timetable import Timetable

Given = tuple[Service, Spans, Expr]
"""A service, when a person may give it, and how many sessions they give."""


class Places:
    """The model; `counts` says how many sessions each service gets, as goals ask."""

    def __init__(
        self,
        problem: Problem,
        component: Component,
        settings: Mapping[str, Setting],
        placed: Timetable,
    ) -> None:
        self.problem = problem
        self.services = component.services
        self.model = placed.model
        self.counts: dict[str, Expr] = {}
        """Sessions of each service; its units, where they may have different lengths."""
        self.minutes: dict[str, Expr] = {}
        self.serves: list[cp_model.IntVar] = []
        """Whether somebody serves a group at all, where it may not have everybody."""
        self._placed = placed
        self._times = Times(problem, settings)
        self._planning = any(service.planning for service in component.services)
        self._of_service: defaultdict[str, list[tuple[Person, cp_model.IntVar]]] = defaultdict(list)
        self._pulled: defaultdict[str, list[tuple[Service, Expr]]] = defaultdict(list)
        at_school: defaultdict[str, list[Service]] = defaultdict(list)
        for service in component.services:
            at_school[service.school].append(service)
        for person in component.people:
            self._person(
                person,
                [service for school in ("", *person.schools) for service in at_school[school]],
            )
        for service in component.services:
            self._service(service)
        self._rooms()

    def _person(self, person: Person, near: Iterable[Service]) -> None:
        here: defaultdict[str, list[Given]] = defaultdict(list)
        for service in near:
            times = self._times.of(person, service)
            if times:
                count = self.model.new_int_var(0, service.units, f"{service.id} {person.id}")
                self._of_service[service.id].append((person, count))
                if service.group and not service.dated:
                    here[service.school].append((service, times, count))
        shifts = [(shift, self._placed.on[person.id, shift]) for shift in person.shifts]
        for school, given in here.items():
            self._at(
                person, given, [(s, on) for s, on in shifts if person.moves or s.school == school]
            )
        weekly = cycle_contact(self.problem, person)
        if weekly is not None and self._times.is_hard(contact_week.RULE):
            self.model.add(
                sum(service.unit * count for given in here.values() for service, _, count in given)
                <= weekly
            )
        if person.moves and len(here) > 1:
            self._at(person, [entry for given in here.values() for entry in given], shifts)

    def _at(self, person: Person, given: list[Given], shifts: Sequence[tuple[Shift, Expr]]) -> None:
        """What a person's days at a school hold."""
        if self._times.is_hard(different_days.RULE):
            for service, times, count in given:
                days = {day for day, _, _ in times}
                there = sum(on for shift, on in shifts if shift.day in days)
                self.model.add(count <= service.units_a_day * there)
        for inside in _families(given):
            lengths = tuple(sorted({service.unit for service, _, _ in inside}))
            times = union(times for _, times, _ in inside)
            room = held_by_day(times, lengths)
            limit = sum(
                min(room.get(s.day, 0), _beside_lunch(person, s, times, self._has_lunch)) * on
                for s, on in shifts
            )
            self.model.add(sum(service.unit * count for service, _, count in inside) <= limit)
            self._rounded(inside, times, shifts)
        most = [(self._most(person, shift), on) for shift, on in shifts]
        self.model.add(
            sum(service.unit * count for service, _, count in given)
            <= sum(minutes * on for minutes, on in most)
        )

    def _rounded(
        self, inside: list[Given], times: Spans, shifts: Sequence[tuple[Shift, Expr]]
    ) -> None:
        """Of long sessions a stretch of time holds few, whatever minutes they leave."""
        days = [day for day, _, _ in times]
        if len(set(days)) == len(days):
            room = max(end - start for _, start, end in times)
            there = sum(on for shift, on in shifts if shift.day in days)
            for weights, limit in rounded([service.unit for service, _, _ in inside], room):
                given = sum(
                    weight * count for weight, (_, _, count) in zip(weights, inside, strict=True)
                )
                self.model.add(given <= limit * there)

    @property
    def _has_lunch(self) -> bool:
        return self._times.is_hard(duty_free_lunch.RULE)

    def _most(self, person: Person, shift: Shift) -> int:
        """The most contact that a shift can have."""
        prep = person.role.prep_minutes if self._times.is_hard(preparation.RULE) else 0
        most = shift.obligation - (0 if self._planning else prep)
        limit = (
            person.role.max_contact_minutes if self._times.is_hard(contact_minutes.RULE) else None
        )
        return max(0, most if limit is None else min(most, limit))

    def _service(self, service: Service) -> None:
        """As many sessions as are owed, or as are worth giving, each with its adults, by no more
        people than it may have.
        """
        domain = cp_model.Domain.from_intervals([[0, 0], [service.fewest, service.sessions]])
        if service.varied:
            sums = sums_within(service.lengths, service.owed, service.sessions)
            domain = cp_model.Domain.from_values([minutes // service.unit for minutes in sums])
        count = self.counts[service.id] = self.model.new_int_var_from_domain(
            domain, f"{service.id} sessions"
        )
        self.minutes[service.id] = service.worth * count
        mine = self._of_service[service.id]
        if service.adults:
            self.model.add(sum(k for _, k in mine) == service.adults * count)
        if (
            service.most_people is not None
            and self._times.is_hard(one_adult.RULE)
            and len(mine) > service.most_people
        ):
            serves = [
                self.model.new_bool_var(f"serves {service.id} {person.id}") for person, _ in mine
            ]
            self.serves += serves
            for (_, k), serves_it in zip(mine, serves, strict=True):
                self.model.add(k <= service.units * serves_it)
            self.model.add(sum(serves) <= service.most_people)
        if service.takes_room and not service.dated:
            self._pulled[service.school].append((service, count))

    def _rooms(self) -> None:
        """Groups that are pulled out share a school's spaces."""
        if not self._times.is_hard(pull_out_spaces.RULE):
            return
        for school, pulled in self._pulled.items():
            spaces = self.problem.schools[school].spaces
            if spaces is not None:
                for inside in _families(
                    [(service, self._times.windows(service), count) for service, count in pulled]
                ):
                    lengths = tuple(sorted({service.unit for service, _, _ in inside}))
                    room = sum(
                        held_by_day(union(times for _, times, _ in inside), lengths).values()
                    )
                    self.model.add(
                        sum(service.unit * count for service, _, count in inside) <= spaces * room
                    )


def _families(given: Sequence[Given]) -> list[list[Given]]:
    """The services whose times lie in each set of times that occurs, and in each union of two."""
    single = sorted({times for _, times, _ in given})
    unions = {union((times,)) for times in single} | {union(two) for two in combinations(single, 2)}
    families = [[entry for entry in given if _inside(entry[1], times)] for times in sorted(unions)]
    return [list(family) for family in dict.fromkeys(tuple(f) for f in families if f)]


def _inside(times: Spans, whole: Spans) -> bool:
    return all(
        any(day == other and begin <= start and end <= finish for other, begin, finish in whole)
        for day, start, end in times
    )


def _beside_lunch(person: Person, shift: Shift, times: Spans, has_lunch: bool) -> int:
    """The minutes of a shift that lie in some times, without the lunch that can only lie there."""
    spans = [
        (max(start, shift.start), min(end, shift.end))
        for day, start, end in times
        if day == shift.day
    ]
    spans = [(start, end) for start, end in spans if start < end]
    minutes = sum(end - start for start, end in spans)
    if not has_lunch or not shift.lunch_minutes:
        return minutes
    earliest, latest = person.lunch_window(shift.start, shift.end)
    free, at = 0, earliest
    for start, end in [*sorted(spans), (latest, latest)]:
        free, at = max(free, min(start, latest) - at), max(at, end)
    return minutes - max(0, shift.lunch_minutes - max(0, free))
