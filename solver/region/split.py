"""Cut a component into schools once it is settled who is where.

Each school has the people and the days that it has of them. Schools whose services cannot be told
apart (a student in groups of both, groups that meet together, a duty that waits for one elsewhere)
stay together. What brings
people of several schools together (a meeting) is timed first, for all of them; then it is a time at
which they are busy.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.facts.cell_type import Window
from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from solver.region.placement import with_shifts
from solver.region.weekly_contact import shared_out
from solver.timetable.components import Component, Joined

DAY = 24 * 60


@dataclass(frozen=True)
class Piece:
    """Schools that are timetabled together, with their services and their people's days there."""

    schools: tuple[str, ...]
    services: tuple[Service, ...]
    people: tuple[Person, ...]

    def missing(self, plan: Plan) -> int:
        """The minutes × priority that its services are owed and do not get in a plan."""
        return sum(
            s.priority * max(0, s.owed - s.given(plan.minutes_of(s.id))) for s in self.services
        )


def common(component: Component, shifts: Mapping[str, tuple[Shift, ...]]) -> tuple[Service, ...]:
    """The services that are at no school, or that somebody attends who is not there."""
    at = {name: {shift.school for shift in mine} for name, mine in shifts.items()}
    return tuple(
        service
        for service in component.services
        if not service.school
        or any(
            service.school not in at[name]
            for name in (*service.attendees, *service.guests)
            if name in at
        )
    )


def pieces(
    problem: Problem,
    component: Component,
    shifts: Mapping[str, tuple[Shift, ...]],
    settled: Iterable[Session],
    plan: Plan,
) -> tuple[Piece, ...]:
    """The component in pieces; `settled` are the sessions that were timed first, and `plan` is
    that of the pieces by now (empty where there is none).
    """
    timed = {session.service for session in settled}
    busy: defaultdict[str, list[Window]] = defaultdict(list)
    for session in settled:
        for name in session.staff:
            busy[name].append(Window(session.day, session.start, session.end))
    joined = Joined()
    schools = list(
        dict.fromkeys(service.school for service in component.services if service.id not in timed)
    )
    schools += [
        s
        for s in dict.fromkeys(shift.school for mine in shifts.values() for shift in mine)
        if s not in schools
    ]
    school_of = {
        service.id: service.school for service in component.services if service.id not in timed
    }
    for service in component.services:
        after = service.duty.after if service.duty else ""
        if after in school_of and service.id in school_of:
            joined.join(("school", service.school), ("school", school_of[after]))
    for groups in (*problem.students.values(), *problem.together.values()):
        for group in groups:
            joined.join(("school", group.school), ("school", groups[0].school))
    together: defaultdict[object, list[str]] = defaultdict(list)
    for school in schools:
        together[joined.root(("school", school))].append(school)
    cut = [tuple(names) for names in together.values()]
    of = {school: number for number, names in enumerate(cut) for school in names}
    here: defaultdict[int, list[Person]] = defaultdict(list)
    for person in component.people:
        numbers = list(dict.fromkeys(of[shift.school] for shift in shifts[person.id]))
        parts = [
            tuple(shift for shift in shifts[person.id] if of[shift.school] == number)
            for number in numbers
        ]
        contact = shared_out(problem, person, parts, plan)
        for number, mine, weeks in zip(numbers, parts, contact, strict=True):
            first = min(of[shift.school] for shift in shifts[person.id]) == number
            away = [*busy[person.id], *_away(problem, shifts[person.id], mine, first=first)]
            one = cut[number][0] if len(cut[number]) == 1 else None
            row = person.row.model_copy(update={"busy": (*person.row.busy, *away)})
            here[number].append(
                replace(with_shifts(person, mine, one), row=row, contact_weeks=weeks)
            )
    there: defaultdict[int, list[Service]] = defaultdict(list)
    for service in component.services:
        if service.id not in timed and service.school in of:
            there[of[service.school]].append(service)
    return tuple(
        Piece(names, tuple(there[number]), tuple(here[number])) for number, names in enumerate(cut)
    )


def _away(
    problem: Problem, shifts: Iterable[Shift], here: Iterable[Shift], *, first: bool
) -> list[Window]:
    """The days on which somebody cannot do anything at some schools, being at others; a day off
    belongs to the first of their pieces (a duty may lie outside of every shift).
    """
    at, days = {shift.day for shift in shifts}, {shift.day for shift in here}
    return [
        Window(day, 0, DAY) for day in problem.cycle if day not in days and (day in at or not first)
    ]
