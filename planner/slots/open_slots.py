"""List open slots by school and grade, day by day: minutes usable, taken and free.

And who is free in the open stretches.

Usable is when somebody of the grade may be pulled out, or be served in class; taken is when
somebody of the grade is served. Another group of the grade may still be served at a time that is
taken: free is when nobody of the grade is.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.facts.group_rows import PULLED_OUT
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.plan.workday import journeys
from planner.rules import (
    contact_minutes,
    contact_week,
    pull_out_spaces,
    qualification,
    settings_of,
    teacher_time,
    windows,
)
from planner.rules.obstacles import Obstacles
from planner.rules.rule import Strength
from planner.slots.bound import Bound
from planner.slots.intervals import Span, joined, length, meet, without
from planner.slots.shortage import Shortage, find_shortages
from planner.slots.windows import Usable, grade_usable, group_spans, groups_of, in_class

SHORTEST = 20
"""Minutes from which on a stretch is worth offering."""


@dataclass(frozen=True)
class GradeDay:
    """A grade's day. `sessions` are those of its groups, in order of time."""

    usable: Usable
    sessions: tuple[Session, ...] = ()

    @cached_property
    def taken(self) -> list[Span]:
        """When somebody of the grade is served, inside the usable time."""
        return meet(self.usable.spans, joined((s.start, s.end) for s in self.sessions))

    @cached_property
    def free_pull_out(self) -> list[Span]:
        """When nobody of the grade is served and groups may be pulled out."""
        return without(self.usable.pull_out, self.taken)

    @cached_property
    def free_in_class(self) -> list[Span]:
        """When nobody of the grade is served and adults may only work in class."""
        return without(self.usable.in_class, self.taken)


@dataclass(frozen=True)
class GradeSlots:
    """A grade of a school; minutes of a cycle. A group of several grades counts in each. Without a
    plan nothing is taken.
    """

    school: str
    grade: str
    days: Mapping[str, GradeDay]
    owed: int
    delivered: int
    short: int

    @property
    def usable(self) -> int:
        """Minutes in which somebody of the grade may be served."""
        return sum(length(day.usable.spans) for day in self.days.values())

    @property
    def taken(self) -> int:
        """Usable minutes in which somebody of the grade is served."""
        return sum(length(day.taken) for day in self.days.values())

    @property
    def free(self) -> int:
        """Usable minutes in which nobody of the grade is served."""
        return self.usable - self.taken


@dataclass(frozen=True)
class FreeAdult:
    """Somebody who may serve one of the grade's groups then and has nothing to do from `start` to
    `end`.
    """

    staff: str
    start: int
    end: int


@dataclass(frozen=True)
class Opening:
    """A stretch in which nobody of a grade is served, and who could serve somebody in it.

    `way` is `pull_out` or `in_class`; `rooms` are the pull-out rooms free all through it, None
    where they do not matter.
    """

    school: str
    grade: str
    day: str
    start: int
    end: int
    way: str
    rooms: int | None
    adults: tuple[FreeAdult, ...]

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True)
class OpenSlots:
    """The open slots of a district; `shortages` are what is certain to be missing in any plan."""

    grades: tuple[GradeSlots, ...]
    shortages: tuple[Shortage, ...]


def open_slots(
    problem: Problem, plan: Plan | None = None, schools: Collection[str] | None = None
) -> OpenSlots:
    """The open slots of every grade that has blocks or groups, in the sheets' order: of all
    schools, or of some.
    """
    bound = Bound(problem)
    chosen = [school for school in problem.schools if schools is None or school in schools]
    shortages = tuple(find_shortages(problem, bound, chosen))
    made = plan or Plan()
    found = []
    for school in chosen:
        for grade in problem.data.district.grades:
            groups = [
                problem.service_of[group.group] for group in groups_of(problem, school, grade)
            ]
            if groups or (school, grade) in problem.blocks_of:
                days = {
                    day: _day(problem, made, school, grade, day, groups, bound.anywhere)
                    for day in problem.cycle
                }
                delivered = sum(
                    s.minutes for group in groups for s in made.sessions_of.get(group.id, ())
                )
                owed = sum(group.owed for group in groups)
                found.append(
                    GradeSlots(
                        school, grade, days, owed, delivered, _short(shortages, school, grade)
                    )
                )
    return OpenSlots(tuple(found), shortages)


def _day(
    problem: Problem,
    plan: Plan,
    school: str,
    grade: str,
    day: str,
    groups: list[Service],
    anywhere: bool,
) -> GradeDay:
    here = {group.id for group in groups}
    sessions = tuple(s for s in plan.at_school.get((school, day), ()) if s.service in here)
    return GradeDay(grade_usable(problem, school, grade, day, anywhere=anywhere), sessions)


def _short(shortages: tuple[Shortage, ...], school: str, grade: str) -> int:
    """Minutes that are certain to be missing for a grade by itself."""
    return max(
        (s.minutes for s in shortages if s.school == school and s.grades == (grade,)), default=0
    )


class FreeTime:
    """Who is free when. With a plan: at work and not taken; without: whoever a contract allows to
    be there.
    """

    def __init__(self, problem: Problem, plan: Plan | None) -> None:
        self.problem, self.plan = problem, plan
        self._settings = settings_of(problem)
        self._free: dict[tuple[str, str, str], list[Span]] = {}
        self._obstacles = Obstacles(problem, plan or Plan())
        self._able_for: dict[str, frozenset[str]] = {}

    def openings(self, slots: GradeSlots) -> Iterator[Opening]:
        """The open stretches of 20 minutes or more of a grade, by day and time, each with who could
        serve somebody in it.
        """
        for day, found in slots.days.items():
            ways = [(span, "pull_out") for span in found.free_pull_out] + [
                (span, "in_class") for span in found.free_in_class
            ]
            for (start, end), way in sorted(ways):
                if end - start >= SHORTEST:
                    rooms = (
                        self._rooms(slots.school, day, (start, end)) if way == "pull_out" else None
                    )
                    adults = tuple(self._adults(slots, day, (start, end), way))
                    yield Opening(slots.school, slots.grade, day, start, end, way, rooms, adults)

    def _adults(self, slots: GradeSlots, day: str, span: Span, way: str) -> Iterator[FreeAdult]:
        for person in self.problem.people:
            if slots.school in person.schools:
                pieces = meet(self._free_of(person, slots.school, day), [span])
                longest = max(pieces, key=lambda piece: piece[1] - piece[0], default=(0, 0))
                if longest[1] - longest[0] >= SHORTEST and self._may(person, slots, day, span, way):
                    yield FreeAdult(person.id, *longest)

    def _may(self, person: Person, slots: GradeSlots, day: str, span: Span, way: str) -> bool:
        """Whether somebody may serve one of the grade's groups that can be served then (or the
        grade, where there is none).
        """
        off = self._settings[windows.RULE.key].strengths != {Strength.HARD}
        groups = [
            self.problem.service_of[g.group]
            for g in groups_of(self.problem, slots.school, slots.grade)
        ]
        groups = [
            g for g in groups if g.group and (g.group.mode in PULLED_OUT) == (way == "pull_out")
        ]
        then = [
            g for g in groups if length(meet(self._spans(g, day, anywhere=off), [span])) >= SHORTEST
        ]
        if not then:
            return (
                not self._hard(qualification.RULE.key)
                or not person.row.grades
                or slots.grade in person.row.grades
            )
        return any(person.id in self._able(group) for group in then)

    def _spans(self, group: Service, day: str, *, anywhere: bool) -> list[Span]:
        """When a group may be served."""
        spans = group_spans(self.problem, group, day, anywhere=anywhere)
        if not self._hard(teacher_time.RULE.key):
            return spans
        return in_class(self.problem, group, day, spans)

    def _able(self, group: Service) -> frozenset[str]:
        """Those of its school whom no hard rule keeps from serving a group."""
        if group.id not in self._able_for:
            self._able_for[group.id] = frozenset(self._obstacles.able(group))
        return self._able_for[group.id]

    def _free_of(self, person: Person, school: str, day: str) -> list[Span]:
        """When a person is at a school with nothing to do, and with contact minutes to spare."""
        key = (person.id, school, day)
        if key not in self._free:
            self._free[key] = self._at_work(person, school, day)
        return self._free[key]

    def _at_work(self, person: Person, school: str, day: str) -> list[Span]:
        if self.plan is None:
            shifts = [
                (s.start, s.end) for s in self.problem.shifts_of(person, day) if s.school == school
            ]
            return without(joined(shifts), person.busy_on(day))
        sessions = self.plan.day_of.get((person.id, day), [])
        contact = sum(s.minutes for s in sessions if self.problem.service_of[s.service].contact)
        limit = person.role.max_contact_minutes
        if (
            limit is not None
            and self._hard(contact_minutes.RULE.key)
            and limit - contact < SHORTEST
        ):
            return []
        if self._week_is_full(person, day):
            return []
        there = [
            (p.start, p.end)
            for p in self.plan.placed.get((person.id, day), [])
            if p.school == school
        ]
        taken = [(s.start, s.end) for s in sessions] + self.plan.lunches(person.id, day)
        taken += self.plan.preparation(person.id, day) + person.busy_on(day)
        taken += [(way.start, way.end) for way in journeys(self.problem, self.plan, person.id, day)]
        return without(there, taken)

    def _week_is_full(self, person: Person, day: str) -> bool:
        """Whether the plan leaves somebody too little contact in the week of a day."""
        number, week = next(
            (number, week) for number, week in enumerate(self.problem.weeks) if day in week
        )
        limit = person.most_contact(number)
        if limit is None or self.plan is None or not self._hard(contact_week.RULE.key):
            return False
        delivered = sum(
            session.minutes
            for each in week
            for session in self.plan.day_of.get((person.id, each), ())
            if self.problem.service_of[session.service].contact
        )
        return limit - delivered < SHORTEST

    def _hard(self, rule: str) -> bool:
        return self._settings[rule].strengths == {Strength.HARD}

    def _rooms(self, school: str, day: str, span: Span) -> int | None:
        """Pull-out rooms that are free all through a stretch; None where there is no limit."""
        spaces = self.problem.schools[school].spaces
        if spaces is None or not self._hard(pull_out_spaces.RULE.key) or self.plan is None:
            return spaces
        pulled = [
            s
            for s in self.plan.at_school.get((school, day), [])
            if self.problem.service_of[s.service].takes_room
        ]
        near = [s for s in pulled if s.start < span[1] and span[0] < s.end]
        moments = {span[0], *(s.start for s in near if s.start > span[0])}
        return spaces - max(sum(1 for s in near if s.start <= moment < s.end) for moment in moments)
