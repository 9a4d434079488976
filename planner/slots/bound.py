"""Bound the minutes that some groups of a school can get, however one schedules.

The bound is arithmetic and needs no search. For a set of groups G and each day,

    minutes(day) ≤ min(Σ over adults p of hold(p, day),
                       rooms × fill(pulled out) + in class,
                       Σ over g of what g can take)

where hold(p, day) fills the windows of those groups of G that p may serve, inside p's shift and
beside what p must attend, with sessions of their lengths; leaves lunch and preparation their
minutes; and keeps within the day's contact limit. The cycle holds no more than the days together,
than each adult on the days that the contract allows and within the week's contact, and than each
group can take. Only rules that are hard here are counted, and anything left out (pins, supervision,
pauses, students in two groups) could only lower what a plan reaches: a plan that keeps the rules
never gets beyond it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.rules import contact_week, one_adult, pull_out_spaces
from planner.slots.adult_days import AdultDays, Groups


@dataclass(frozen=True)
class DayMost:
    """The most minutes of a day, and what sets the limit: `adults`, `rooms` or `groups`."""

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


class Bound(AdultDays):
    """The most minutes of sets of groups, of one group, and of each day of one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._most_sessions: dict[str, int] = {}
        self._work_days: dict[str, int] = {}
        self._days_alike: dict[str, dict[str, str]] = {}

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
                self._of_cycle(people[p], [held[p, alike[day]] for day in cycle]) for p in people
            ),
            "groups": sum(min(group.owed, group.longest * sessions[group.id]) for group in groups),
        }
        by = min(added, key=lambda name: added[name])
        return Most(added[by], by, days, there, sessions)

    def _alike(self, school: str) -> dict[str, str]:
        """For each day of a school, the first day that holds just the same: the same windows, and
        the same people at work.
        """
        if school not in self._days_alike:
            groups = self.groups_at[school]
            first: dict[object, str] = {}
            for day in self.problem.cycle:
                times = tuple(tuple(self.spans(group, day)) for group in groups)
                fits = (self.fits(p, day, group) for group in groups for p in self.able(group))
                work = tuple(tuple((s.start, s.end, fit) for s, fit in each) for each in fits)
                self._days_alike.setdefault(school, {})[day] = first.setdefault((times, work), day)
        return self._days_alike[school]

    def _of_cycle(self, person: Person, minutes: list[int]) -> int:
        """The most over the days that the contract allows (its obligation is met exactly), and
        within the contact of its weeks.
        """
        on_days = sum(sorted(minutes, reverse=True)[: self.work_days(person)])
        if not self.hard(contact_week.RULE):
            return on_days
        of_day = dict(zip(self.problem.cycle, minutes, strict=True))
        in_weeks = 0
        for number, week in enumerate(self.problem.weeks):
            limit, held = person.most_contact(number), sum(of_day[day] for day in week)
            in_weeks += held if limit is None else min(held, limit)
        return min(on_days, in_weeks)

    def _times_in_weeks(self, person: Person, group: Service, days: set[str]) -> int:
        """How often somebody can give a group its session on some days, within the contact of their
        weeks.
        """
        if not self.hard(contact_week.RULE):
            return len(days) * group.times_a_day
        found = 0
        for number, week in enumerate(self.problem.weeks):
            limit, there = person.most_contact(number), len(days.intersection(week))
            there *= group.times_a_day
            found += there if limit is None else min(there, limit // group.shortest)
        return found

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
            self._work_days[person.id] = min(days, person.most_days)
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
        there = Counter(day for some in days.values() for day in some)
        any_day = {day for day, adults in there.items() if adults >= group.adults}
        if not self.once_a_day:
            return group.sessions if any_day else 0
        most = len(any_day) * group.times_a_day
        if group.most_people == 1 and self.hard(one_adult.RULE):
            most = max(
                (
                    min(
                        self._times_in_weeks(able[p], group, days[p]),
                        self.work_days(able[p]) * group.times_a_day,
                    )
                    for p in able
                ),
                default=0,
            )
        most = min(most, group.sessions)
        return most if most >= group.fewest else 0

    def _days(self, person: Person, group: Service) -> set[str]:
        """The days on which somebody can give a group its session."""
        alike = self._alike(group.school)
        can = {
            day for day in set(alike.values()) if self.hold(person, day, (group,)) >= group.shortest
        }
        return {day for day in self.problem.cycle if alike[day] in can}

    def never(self, group: Service) -> tuple[str, ...]:
        """The days on which too few adults, or none, can give a group its session."""
        there = Counter(day for person in self.able(group) for day in self._days(person, group))
        return tuple(day for day in self.problem.cycle if there[day] < group.adults)

    def _day(self, groups: Groups, day: str, adults: int) -> DayMost:
        here = [group for group in groups if self.spans(group, day)]
        wanted = sum(self._of_day(group) for group in here)
        limits = {"groups": wanted, "adults": adults, "rooms": self._rooms(here, day, wanted)}
        by = min(limits, key=lambda name: limits[name])
        return DayMost(day, limits[by], by)

    def _of_day(self, group: Service) -> int:
        """The most minutes that a group may have on a day."""
        if not self.once_a_day:
            return group.owed
        return min(group.owed, group.longest * group.times_a_day)

    def _rooms(self, groups: list[Service], day: str, wanted: int) -> int:
        """The most minutes where pulled-out groups share the rooms of their school; no more than
        `wanted`.
        """
        spaces = self.problem.schools[groups[0].school].spaces if groups else None
        if spaces is None or not self.hard(pull_out_spaces.RULE):
            return wanted
        pulled = [group for group in groups if group.takes_room]
        room = self.filled(
            tuple(
                sorted(
                    (minutes, tuple(self.spans(group, day)))
                    for group in pulled
                    for minutes in group.lengths
                    for _ in range(group.times_a_day)
                )
            )
        )
        one = sum(self._of_day(group) for group in pulled)
        return min(wanted, wanted - one + spaces * room)
