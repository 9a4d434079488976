"""What an adult's day can hold of some groups, by arithmetic: the facts that bounds are made of.

Only rules that are hard here are counted. Each figure may be too high and never too low: anything
that is left out (pins, supervision, pauses) could only lower what a plan reaches.
"""

from bisect import bisect_right
from functools import cached_property

from planner.facts.fund_students import funds_allow
from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.rules import (
    contact_minutes,
    different_days,
    duty_free_lunch,
    fund_students,
    preparation,
    qualification,
    required_duties,
    settings_of,
    sites,
    teacher_time,
    windows,
)
from planner.rules.rule import Rule, Strength
from planner.slots.intervals import Span, fills, fitting, joined, length, meet, without
from planner.slots.windows import group_spans, in_class

Groups = tuple[Service, ...]
Fit = tuple[int, tuple[Span, ...]]
"""The length of a group's session, and the stretches that can hold it."""


class AdultDays:
    """What each adult can deliver on each day.

    Everything that is asked twice is worked out once: a district's shortages ask for the same
    adults and days of many sets of groups.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._settings = settings_of(problem)
        self._able: dict[str, tuple[Person, ...]] = {}
        self._spans: dict[tuple[str, str], list[Span]] = {}
        self._present: dict[tuple[str, str, str], list[tuple[Shift, list[Span]]]] = {}
        self._fit: dict[tuple[str, str, str], list[tuple[Shift, Fit]]] = {}
        self._by_shift: dict[tuple[str, str, str], list[tuple[Shift, list[tuple[int, str]]]]] = {}
        self._numbers: dict[Fit, int] = {}
        self._fit_of: list[Fit] = []
        self._held: dict[tuple[object, ...], int] = {}

    def hard(self, rule: Rule) -> bool:
        """Whether a rule is kept always in this district."""
        return self._settings[rule.key].strengths == {Strength.HARD}

    @cached_property
    def anywhere(self) -> bool:
        """Whether the rule `windows` is off, so that sessions may be at any time."""
        return not self.hard(windows.RULE)

    @cached_property
    def once_a_day(self) -> bool:
        """Whether a group has no more sessions a day than its row says."""
        return self.hard(different_days.RULE)

    @property
    def grid(self) -> int:
        """What a session's start is a multiple of."""
        return 1 if self.anywhere else self.problem.grid

    def able(self, service: Service) -> tuple[Person, ...]:
        """Everybody who may serve a group."""
        if service.id not in self._able:
            found = self.problem.people
            if self.hard(qualification.RULE):
                near = (person for person in found if service.school in person.schools)
                found = tuple(
                    person
                    for person in near
                    if not qualification.lacks(self.problem, person, service)
                )
            if self.hard(fund_students.RULE):
                found = tuple(
                    person for person in found if funds_allow(self.problem, person.id, service)
                )
            self._able[service.id] = found
        return self._able[service.id]

    def spans(self, service: Service, day: str) -> list[Span]:
        """Stretches of a day of which one must hold each session of a group."""
        key = (service.id, day)
        if key not in self._spans:
            found = group_spans(self.problem, service, day, anywhere=self.anywhere)
            if self.hard(teacher_time.RULE):
                found = in_class(self.problem, service, day, found)
            self._spans[key] = fitting(found, service.shortest, self.grid)
        return self._spans[key]

    def present(self, person: Person, school: str, day: str) -> list[tuple[Shift, list[Span]]]:
        """The shifts that a person may have at a school on a day, each with the time in it that
        nothing fixed takes.
        """
        key = (person.id, school, day)
        if key not in self._present:
            anywhere = not self.hard(sites.RULE)
            away = [*person.busy_on(day), *self._must_attend.get((person.id, day), [])]
            self._present[key] = [
                (shift, without([(shift.start, shift.end)], away))
                for shift in self.problem.shifts_of(person, day)
                if anywhere or person.combines(shift.school, school)
            ]
        return self._present[key]

    def hold(self, person: Person, day: str, groups: Groups) -> int:
        """The most minutes of some groups of one school that a person can deliver on a day."""
        chosen = {group.id for group in groups}
        found = 0
        often = self.problem.service_of
        for shift, mine in self._shifts(person, day, groups[0].school):
            fits = tuple(
                number
                for number, group in mine
                if group in chosen
                for _ in range(often[group].times_a_day)
            )
            if fits:
                found = max(found, self._shift_holds(person, shift, fits))
        return found

    def _shifts(
        self, person: Person, day: str, school: str
    ) -> list[tuple[Shift, list[tuple[int, str]]]]:
        """For each shift that a person may have on a day, the school's groups that they may serve
        in it, by number of fit.
        """
        key = (person.id, day, school)
        if key not in self._by_shift:
            found: dict[Shift, list[tuple[int, str]]] = {}
            for group in self.groups_at[school]:
                for shift, fit in self.fits(person, day, group):
                    found.setdefault(shift, []).append((self._number(fit), group.id))
            self._by_shift[key] = [(shift, sorted(mine)) for shift, mine in found.items()]
        return self._by_shift[key]

    @cached_property
    def groups_at(self) -> dict[str, Groups]:
        """The groups of each school."""
        return {
            school: tuple(g for g in self.problem.groups if g.school == school and not g.dated)
            for school in self.problem.schools
        }

    def _number(self, fit: Fit) -> int:
        """A number for each fit that occurs: sets of them are looked up often, and numbers are
        quick to compare.
        """
        if fit not in self._numbers:
            self._numbers[fit] = len(self._fit_of)
            self._fit_of.append(fit)
        return self._numbers[fit]

    def fits(self, person: Person, day: str, group: Service) -> list[tuple[Shift, Fit]]:
        """For each shift that a person may have on a day, the time in it in which they may serve a
        group; of sessions of several lengths, for each length that fits.
        """
        key = (person.id, day, group.id)
        if key not in self._fit:
            spans = self.spans(group, day) if person in self.able(group) else []
            present = self.present(person, group.school, day) if spans else []
            self._fit[key] = [
                (shift, (minutes, fit))
                for shift, free in present
                for minutes in group.lengths
                if (fit := tuple(fitting(meet(spans, free), minutes, self.grid)))
            ]
        return self._fit[key]

    def _shift_holds(self, person: Person, shift: Shift, numbers: tuple[int, ...]) -> int:
        key = (person.role.role, shift.start, shift.end, numbers)
        if key not in self._held:
            fits = tuple(self._fit_of[number] for number in numbers)
            limits = [self.filled(fits)]
            if self.hard(duty_free_lunch.RULE):
                usable = joined({span for _, spans in fits for span in spans})
                limits.append(length(usable) - _lunch_takes(person, shift, usable))
            if person.role.max_contact_minutes is not None and self.hard(contact_minutes.RULE):
                limits.append(person.role.max_contact_minutes)
            lunch = shift.lunch_minutes if self.hard(duty_free_lunch.RULE) else 0
            prep = person.role.prep_minutes if self.hard(preparation.RULE) else 0
            limits.append(shift.end - shift.start - lunch - prep)
            self._held[key] = max(0, min(limits))
        return self._held[key]

    def filled(self, fits: tuple[Fit, ...]) -> int:
        """Minutes of sessions, one after another, in what the groups' stretches make together."""
        stretches = joined({span for _, spans in fits for span in spans}, touching=False)
        begins = [start for start, _ in stretches]
        inside: list[list[int]] = [[] for _ in stretches]
        for minutes, spans in fits:
            for place in {bisect_right(begins, start) - 1 for start, _ in spans}:
                inside[place].append(minutes)
        again = not self.once_a_day
        total = sum(
            fills(end - start, some, again=again)
            for (start, end), some in zip(stretches, inside, strict=True)
        )
        return min(total, sum(minutes for minutes, _ in fits)) if self.once_a_day else total

    @cached_property
    def _must_attend(self) -> dict[tuple[str, str], list[Span]]:
        """When somebody is at a required duty for certain: it needs each of its days, and each
        leaves it little choice.
        """
        found: dict[tuple[str, str], list[Span]] = {}
        if not (self.hard(required_duties.RULE) and self.once_a_day) or self.anywhere:
            return found
        for service in self.problem.services:
            days = (
                {w.day for w in service.duty.windows}
                if service.duty and service.required
                else set()
            )
            if service.duty and days and not service.dated and service.sessions == len(days):
                for day in days:
                    starts = [
                        (w.start, w.end - service.longest)
                        for w in service.duty.windows
                        if w.day == day
                    ]
                    core = (
                        max(last for _, last in starts),
                        min(first for first, _ in starts) + service.longest,
                    )
                    for person in service.attendees if core[0] < core[1] else ():
                        found.setdefault((person, day), []).append(core)
        return found


def _lunch_takes(person: Person, shift: Shift, usable: list[Span]) -> int:
    """The fewest minutes that lunch must take from the usable time: it lies where it disturbs
    least.
    """
    minutes = shift.lunch_minutes
    earliest, latest = person.lunch_window(shift.start, shift.end)
    if not minutes or latest - earliest < minutes:
        return 0
    edges = [edge for span in usable for edge in span] + [earliest, latest]
    starts = {
        min(max(start, earliest), latest - minutes)
        for edge in edges
        for start in (edge, edge - minutes)
    }
    return min(length(meet(usable, [(start, start + minutes)])) for start in starts)
