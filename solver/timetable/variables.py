"""Make the variables: who may give what when, which shifts are worked, lunch and preparation."""

from planner.facts.fund_students import funds_allow
from planner.facts.person import Person
from planner.facts.service import Service
from planner.rules.duty_free_lunch import RULE as LUNCH
from planner.rules.fund_students import RULE as FUND_STUDENTS
from planner.rules.preparation import RULE as PREPARATION
from planner.rules.qualification import RULE as QUALIFICATION
from planner.rules.teacher_time import RULE as TEACHER_TIME
from planner.rules.windows import RULE as WINDOWS
from solver.timetable import two_school_days
from solver.timetable.rules import (
    opening_hours,
    preparation,
    qualification,
    teacher_time,
    windows,
)
from solver.timetable.timetable import Timetable


def create(timetable: Timetable) -> None:
    """Makes every variable of the timetable."""
    for person in timetable.people:
        _shifts(timetable, person)
    for person in timetable.people:
        for day in timetable.problem.cycle:
            two_school_days.create(timetable, person, day)
    for service in timetable.services:
        _ways(timetable, service)
    for person in timetable.people:
        for day in timetable.problem.cycle:
            _lunch(timetable, person, day)
            _preparation(timetable, person, day)


def _shifts(timetable: Timetable, person: Person) -> None:
    days = {shift.day for shift in person.shifts}
    certain = (
        len(person.shifts) == len(days)
        and sum(s.obligation for s in person.shifts) == person.obligation
    )
    for shift in person.shifts:
        settled = certain and not timetable.posting.diagnose
        literal = (
            timetable.model.new_constant(1)
            if settled
            else timetable.model.new_bool_var(f"{person.id} {shift}")
        )
        timetable.on[person.id, shift] = literal
    if certain and not timetable.posting.diagnose:
        timetable.settled.add(person.id)


def _ways(timetable: Timetable, service: Service) -> None:
    filtered = not timetable.posting.diagnose
    candidates = [
        person
        for person in timetable.people
        if not filtered
        or (
            (
                not timetable.is_on(QUALIFICATION, service.id)
                or qualification.may_serve(timetable.problem, person, service)
            )
            and (
                not timetable.is_on(FUND_STUDENTS, service.id)
                or funds_allow(timetable.problem, person.id, service)
            )
        )
    ]
    several = bool(service.attendees) or service.adults != 1
    around = timetable.around
    if around is not None:
        if service.id in around.ways:
            for person_id, day, start in around.ways[service.id]:
                if several and (service.id, day, start) not in timetable.meetings:
                    timetable.declare_meeting(service.id, day, start)
                if person_id not in service.attendees:
                    way = (service.id, person_id, day, start)
                    timetable.given[way] = timetable.model.new_constant(1)
            return
        candidates = [person for person in candidates if around.is_open(person.id)]
        if not candidates:
            return
    for day in timetable.problem.cycle:
        starts = _starts(timetable, service, day)
        if several:
            for start in starts:
                timetable.declare_meeting(service.id, day, start)
        if service.adults:
            for person in candidates:
                if person.id not in service.attendees:
                    for start in _within_shifts(timetable, service, person, day, starts):
                        way = (service.id, person.id, day, start)
                        timetable.given[way] = timetable.model.new_bool_var(f"{way}")


def _starts(timetable: Timetable, service: Service, day: str) -> list[int]:
    """Every start worth a variable: inside the service's windows and, for work in the shift, inside
    somebody's shift.

    In diagnosis, every start from the earliest to the latest that any of these rules would allow,
    and wherever one is pinned.
    """
    problem, length = timetable.problem, service.minutes
    open_at = opening_hours.starts(problem, service, day)
    inside = (
        windows.starts(problem, service, day)
        if timetable.is_on(WINDOWS, service.id) or timetable.posting.diagnose
        else []
    )
    spans = [(s.start, s.end) for p in timetable.people for s in problem.shifts_of(p, day)]
    if timetable.posting.diagnose:
        hull = [*inside, *(time for start, end in spans for time in (start, end - length))]
        first = -(-min(hull, default=0) // problem.grid) * problem.grid
        pinned = {
            p.start
            for p in problem.pins
            if p.kind == "session" and p.subject == service.id and day in (p.day or (day,))
        }
        return sorted(
            {
                *range(first, max(hull, default=-1) + 1, problem.grid),
                *(start for start in pinned if start is not None),
            }
        )
    found = (
        [t for t in inside if t in open_at]
        if timetable.is_on(WINDOWS, service.id)
        else list(open_at)
    )
    if teacher_time.concerns(service) and timetable.is_on(TEACHER_TIME, service.id):
        found = [t for t in found if teacher_time.suits(problem, service, day, t)]
    if not service.in_shift:
        return found
    return [t for t in found if any(start <= t and t + length <= end for start, end in spans)]


def _within_shifts(
    timetable: Timetable, service: Service, person: Person, day: str, starts: list[int]
) -> list[int]:
    """The starts at which a person may be at work there, and is not busy elsewhere."""
    if timetable.posting.diagnose:
        return starts
    length = service.minutes
    busy = person.busy_on(day)
    at_school = "" if (person.id, day) in timetable.moves else service.school
    shifts = [
        (s.start, s.end)
        for s in timetable.problem.shifts_of(person, day)
        if at_school in ("", s.school)
    ]
    return [
        t
        for t in starts
        if (not service.in_shift or any(begin <= t and t + length <= end for begin, end in shifts))
        and not any(begin < t + length and t < end for begin, end in busy)
    ]


def _lunch(timetable: Timetable, person: Person, day: str) -> None:
    around = timetable.around
    if around is not None and not around.is_open(person.id):
        start = around.lunches.get((person.id, day))
        if start is not None:
            timetable.lunch[person.id, day, start] = timetable.model.new_constant(1)
    elif timetable.is_on(LUNCH, person.id) and person.lunch_minutes:
        for start in _lunch_starts(timetable, person, day):
            timetable.lunch[person.id, day, start] = timetable.model.new_bool_var(
                f"lunch {(person.id, day, start)}"
            )


def _lunch_starts(timetable: Timetable, person: Person, day: str) -> list[int]:
    """Where lunch may start: on ticks, or as early as the window allows, or where it is pinned,
    inside some shift of the day.

    In diagnosis, wherever it is pinned, so that what stands against it can be blamed.
    """
    tick, length, busy = timetable.tick, person.lunch_minutes, person.busy_on(day)
    lunches = (
        pin for pin in timetable.problem.pins if pin.kind == "lunch" and pin.staff == person.id
    )
    pinned = {pin.start for pin in lunches if pin.start is not None and day in (pin.day or (day,))}
    found: set[int] = set()
    for shift in timetable.problem.shifts_of(person, day):
        if not shift.lunch_minutes:
            continue
        earliest, latest = person.lunch_window(shift.start, shift.end)
        starts = set(range(-(-earliest // tick) * tick, latest - length + 1, tick))
        found |= starts or ({earliest} if earliest + length <= latest else set())
        found |= {start for start in pinned if earliest <= start and start + length <= latest}
    free = {t for t in found if not any(begin < t + length and t < end for begin, end in busy)}
    return sorted(free | pinned if timetable.posting.diagnose else free)


def _preparation(timetable: Timetable, person: Person, day: str) -> None:
    least, tick, busy = person.role.prep_minutes, timetable.tick, person.busy_on(day)
    if not least or not timetable.is_on(PREPARATION, person.id):
        return
    around = timetable.around
    if around is not None and not around.is_open(person.id):
        for start, end in around.preparations.get((person.id, day), ()):
            key = (person.id, day, start, end - start)
            timetable.preparing[key] = timetable.model.new_constant(1)
        return
    shifts = timetable.problem.shifts_of(person, day)
    for length in preparation.lengths(
        least, tick, exact=timetable.posting.is_hard(PREPARATION, person.id)
    ):
        starts = {
            t for s in shifts for t in range(-(-s.start // tick) * tick, s.end - length + 1, tick)
        }
        for start in sorted(starts):
            if not any(begin < start + length and start < end for begin, end in busy):
                key = (person.id, day, start, length)
                timetable.preparing[key] = timetable.model.new_bool_var(f"prepares {key}")
