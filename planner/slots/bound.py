"""The most minutes that some groups of a school can get in a cycle, however one schedules:
arithmetic, no search.

For a set of groups G and each day,

    minutes(day) ≤ min(Σ over adults p of hold(p, day), rooms × fill(pulled out) + in class, Σ over
    g of what g can take)

where hold(p, day) fills the windows of those groups of G that p may serve, inside p's shift and
beside what p must attend, with sessions of their lengths; leaves lunch and preparation their
minutes; and keeps within the day's contact limit. The cycle holds no more than the days together,
than each adult on the days that the contract allows, and than each group can take. Only rules that
are hard here are counted, and anything left out (pins, supervision, pauses, students in two groups)
could only lower what a plan reaches: a plan that keeps the rules never gets beyond it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from planner.facts.fund_students import funds_allow
from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.rules import (
    contact_minutes,
    different_days,
    duty_free_lunch,
    fund_students,
    one_adult,
    preparation,
    pull_out_spaces,
    qualification,
    required_duties,
    settings_of,
    sites,
    windows,
)
from planner.rules.rule import Rule, Strength
from planner.slots.intervals import Span, fills, fitting, joined, length, meet, without
from planner.slots.windows import group_spans

Groups = tuple[Service, ...]
Fit = tuple[int, tuple[Span, ...]]
"""The length of a group's session, and the stretches that can hold it."""


@dataclass(frozen=True)
class DayMost:
    """The most minutes of a day, and what sets the limit: `adults`, `rooms` or the `groups`
    themselves.
    """

    day: str
    minutes: int
    by: str


@dataclass(frozen=True)
class Most:
    """The most minutes of a cycle for some groups.

    `by` is what sets the limit: the `days` added up, the `adults` on the days of their contracts,
    or the `groups`, of which `sessions` says how many each can have at most. `adults` are those who
    may serve any of them.
    """

    minutes: int
    by: str
    days: tuple[DayMost, ...]
    adults: tuple[str, ...]
    sessions: dict[str, int]


class Bound:
    """The facts of one problem that bounds are made of; what is asked twice is worked out once."""

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
        self._most_sessions: dict[str, int] = {}
        self._work_days: dict[str, int] = {}
        self._days_alike: dict[str, dict[str, str]] = {}

    def hard(self, rule: Rule) -> bool:
        """Whether a rule is kept always in this district."""
        return self._settings[rule.key].strengths == {Strength.HARD}

    @cached_property
    def anywhere(self) -> bool:
        """Whether the rule `windows` is off, so that sessions may be at any time."""
        return not self.hard(windows.RULE)

    @cached_property
    def once_a_day(self) -> bool:
        """Whether a group has one session a day at most."""
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
            self._spans[key] = fitting(found, service.minutes, self.grid)
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

    def most(self, groups: Sequence[Service]) -> Most:
        """The most minutes that groups of one school can get together."""
        groups = tuple(groups)
        cycle, school = self.problem.cycle, groups[0].school
        people = {person.id: person for group in groups for person in self.able(group)}
        alike = self._alike(school)
        held = {
            (p, day): self.hold(people[p], day, groups)
            for p in people
            for day in set(alike.values())
        }
        one = {
            day: self._day(groups, day, sum(held[p, day] for p in people))
            for day in set(alike.values())
        }
        days = tuple(DayMost(day, one[alike[day]].minutes, one[alike[day]].by) for day in cycle)
        sessions = {group.id: self.most_sessions(group) for group in groups}
        there = tuple(p for p in people if any(held[p, alike[day]] for day in cycle))
        added = {
            "days": sum(day.minutes for day in days),
            "adults": sum(
                self._best_days(people[p], [held[p, alike[day]] for day in cycle]) for p in people
            ),
            "groups": sum(group.minutes * sessions[group.id] for group in groups),
        }
        by = min(added, key=lambda name: added[name])
        return Most(added[by], by, days, there, sessions)

    def _alike(self, school: str) -> dict[str, str]:
        """For each day of a school, the first day that holds just the same: the same windows, and
        the same people at work.
        """
        if school not in self._days_alike:
            groups = self._here[school]
            first: dict[object, str] = {}
            for day in self.problem.cycle:
                times = tuple(tuple(self.spans(group, day)) for group in groups)
                fits = (self._fits(p, day, group) for group in groups for p in self.able(group))
                work = tuple(tuple((s.start, s.end, fit) for s, fit in each) for each in fits)
                self._days_alike.setdefault(school, {})[day] = first.setdefault((times, work), day)
        return self._days_alike[school]

    # -- an adult's day ----------------------------------------------------------------------------

    def hold(self, person: Person, day: str, groups: Groups) -> int:
        """The most minutes of some groups of one school that a person can deliver on a day."""
        chosen = {group.id for group in groups}
        found = 0
        for shift, mine in self._shifts(person, day, groups[0].school):
            fits = tuple(number for number, group in mine if group in chosen)
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
            for group in self._here[school]:
                for shift, fit in self._fits(person, day, group):
                    found.setdefault(shift, []).append((self._number(fit), group.id))
            self._by_shift[key] = [(shift, sorted(mine)) for shift, mine in found.items()]
        return self._by_shift[key]

    @cached_property
    def _here(self) -> dict[str, Groups]:
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

    def _fits(self, person: Person, day: str, group: Service) -> list[tuple[Shift, Fit]]:
        """For each shift that a person may have on a day, the time in it in which they may serve a
        group.
        """
        key = (person.id, day, group.id)
        if key not in self._fit:
            spans = self.spans(group, day) if person in self.able(group) else []
            present = self.present(person, group.school, day) if spans else []
            found = [
                (shift, tuple(fitting(meet(spans, free), group.minutes, self.grid)))
                for shift, free in present
            ]
            self._fit[key] = [(shift, (group.minutes, fit)) for shift, fit in found if fit]
        return self._fit[key]

    def _shift_holds(self, person: Person, shift: Shift, numbers: tuple[int, ...]) -> int:
        key = (person.role.role, shift.start, shift.end, numbers)
        if key not in self._held:
            fits = tuple(self._fit_of[number] for number in numbers)
            limits = [self._filled(fits)]
            if self.hard(duty_free_lunch.RULE):
                usable = joined({span for _, spans in fits for span in spans})
                limits.append(length(usable) - _lunch_takes(person, shift, usable))
            if person.role.max_contact_minutes is not None and self.hard(contact_minutes.RULE):
                limits.append(person.role.max_contact_minutes)
            lunch = person.lunch_minutes if self.hard(duty_free_lunch.RULE) else 0
            prep = person.role.prep_minutes if self.hard(preparation.RULE) else 0
            limits.append(shift.end - shift.start - lunch - prep)
            self._held[key] = max(0, min(limits))
        return self._held[key]

    def _filled(self, fits: tuple[Fit, ...]) -> int:
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
                        (w.start, w.end - service.minutes)
                        for w in service.duty.windows
                        if w.day == day
                    ]
                    core = (
                        max(last for _, last in starts),
                        min(first for first, _ in starts) + service.minutes,
                    )
                    for person in service.attendees if core[0] < core[1] else ():
                        found.setdefault((person, day), []).append(core)
        return found

    def _best_days(self, person: Person, minutes: list[int]) -> int:
        """The most over the days that the contract allows: its obligation is met exactly."""
        return sum(sorted(minutes, reverse=True)[: self.work_days(person)])

    def work_days(self, person: Person) -> int:
        """The most days of the cycle on which somebody can be at work."""
        if person.id not in self._work_days:
            least = min((shift.obligation for shift in person.shifts), default=0)
            full = person.role.obligation_minutes if person.works_full_days else 0
            days = (
                ceil(person.obligation / full)
                if full
                else person.obligation // least
                if least > 0
                else len(self.problem.cycle)
            )
            self._work_days[person.id] = min(days, len(self.problem.cycle))
        return self._work_days[person.id]

    # -- a group, and a day ------------------------------------------------------------------------

    def most_sessions(self, group: Service) -> int:
        """The most sessions that a group can have if nothing else is planned."""
        if group.id not in self._most_sessions:
            self._most_sessions[group.id] = self._alone(group)
        return self._most_sessions[group.id]

    def _alone(self, group: Service) -> int:
        able = {p.id: p for p in self.able(group)}
        days = {p: self._days(able[p], group) for p in able}
        any_day = {day for some in days.values() for day in some}
        if not self.once_a_day:
            return group.sessions if any_day else 0
        most = len(any_day)
        if group.most_people == 1 and self.hard(one_adult.RULE):
            most = max((min(len(days[p]), self.work_days(able[p])) for p in able), default=0)
        most = min(most, group.sessions)
        return most if most >= group.fewest else 0

    def _days(self, person: Person, group: Service) -> set[str]:
        """The days on which somebody can give a group its session."""
        alike = self._alike(group.school)
        can = {
            day for day in set(alike.values()) if self.hold(person, day, (group,)) >= group.minutes
        }
        return {day for day in self.problem.cycle if alike[day] in can}

    def never(self, group: Service) -> tuple[str, ...]:
        """The days on which nobody can give a group its session."""
        can = {day for person in self.able(group) for day in self._days(person, group)}
        return tuple(day for day in self.problem.cycle if day not in can)

    def _day(self, groups: Groups, day: str, adults: int) -> DayMost:
        here = [group for group in groups if self.spans(group, day)]
        wanted = sum(group.minutes if self.once_a_day else group.owed for group in here)
        limits = {"groups": wanted, "adults": adults, "rooms": self._rooms(here, day, wanted)}
        by = min(limits, key=lambda name: limits[name])
        return DayMost(day, limits[by], by)

    def _rooms(self, groups: list[Service], day: str, wanted: int) -> int:
        """The most minutes where pulled-out groups share the rooms of their school; no more than
        `wanted`.
        """
        spaces = self.problem.schools[groups[0].school].spaces if groups else None
        if spaces is None or not self.hard(pull_out_spaces.RULE):
            return wanted
        pulled = [group for group in groups if group.takes_room]
        room = self._filled(
            tuple(sorted((group.minutes, tuple(self.spans(group, day))) for group in pulled))
        )
        one = sum(group.minutes if self.once_a_day else group.owed for group in pulled)
        return min(wanted, wanted - one + spaces * room)


def _lunch_takes(person: Person, shift: Shift, usable: list[Span]) -> int:
    """The fewest minutes that lunch must take from the usable time: it lies where it disturbs
    least.
    """
    minutes = person.lunch_minutes
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
