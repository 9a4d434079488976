"""When each service may be, who may give it, and what it shares students or guests with."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.facts.fund_students import funds_allow
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.fund_students import RULE as FUND_STUDENTS
from planner.rules.minimum_days import RULE as MINIMUM_DAYS
from planner.rules.no_student_twice import RULE as STUDENTS
from planner.rules.qualification import RULE as QUALIFICATION
from planner.rules.teacher_time import RULE as TEACHER_TIME
from planner.rules.windows import RULE as WINDOWS
from solver.timetable.construct.arrays import Ints, ints, table
from solver.timetable.construct.row import Row
from solver.timetable.construct.strengths import Strengths
from solver.timetable.rules import opening_hours, qualification, teacher_time, windows
from solver.timetable.rules.minimum_days import closed


def is_known(service: Service) -> bool:
    """Whether the construction can give a service: by people of the plan, in their shifts."""
    return service.adults + len(service.attendees) > 0 and service.in_shift


def is_alone(service: Service) -> bool:
    """Whether a session takes one adult at one place, whoever it is, and waits for nothing."""
    return (
        service.adults == 1
        and not service.attendees
        and bool(service.school)
        and not (service.duty and service.duty.after)
    )


def in_one_length(problem: Problem, service: Service, minutes: int | None = None) -> Service:
    """A service as the construction gives it: where its sessions may have several lengths, in some
    of these minutes, or of the length in which most can be given on days that are open to it. The
    search mixes lengths.
    """
    if not service.varied:
        return service
    number = {
        length: min(service.owed // length, _open_days(problem, service, length))
        for length in (service.lengths if minutes is None else (minutes,))
    }
    chosen = max(
        number, key=lambda length: (number[length] >= service.fewest, length * number[length])
    )
    return replace(
        service,
        lengths=(chosen,),
        sessions=number[chosen],
        owed=number[chosen] * chosen,
        worth=chosen,
    )


def _open_days(problem: Problem, service: Service, length: int) -> int:
    return sum(
        any(
            start in opening_hours.starts(problem, service, day, length)
            for start in windows.starts(problem, service, day, length)
        )
        for day in problem.cycle
    )


def is_plain(service: Service) -> bool:
    """Whether a service is known, and given by one adult, every cycle, once a day, whatever the
    times of others.
    """
    return (
        is_known(service)
        and is_alone(service)
        and service.times_a_day == 1
        and not service.together
        and not service.dated
    )


def starts_of(
    problem: Problem, rules: Strengths, rows: Sequence[Row], fixed: Plan
) -> tuple[Ints, Ints]:
    """Each row's possible starts, where it is the first of its service: pointers, and their
    table.
    """
    pointers, found_rows = [0], []
    taken = _taken_by_fixed(problem, rules, fixed)
    for place, row in enumerate(rows):
        service = row.service
        for number, day in enumerate(problem.cycle if row.is_first(place) else ()):
            open_at = opening_hours.starts(problem, service, day, service.longest)
            found = [t for t in open_at if _suits(problem, rules, service, day, t)]
            if rules.is_on(WINDOWS, service.id):
                inside = set(windows.starts(problem, service, day, service.longest))
                found = [t for t in found if t in inside]
            for begin, end in taken.get((service.id, day), ()):
                found = [t for t in found if end <= t or t + service.longest <= begin]
            there = set(found)
            for t in found:
                first, last = t - problem.grid not in there, t + problem.grid not in there
                found_rows.append((number, t, first + 2 * last))
        pointers.append(len(found_rows))
    return ints(pointers), table(found_rows, 3)


def _taken_by_fixed(
    problem: Problem, rules: Strengths, fixed: Plan
) -> Mapping[tuple[str, str], list[tuple[int, int]]]:
    """When a service may not be, since its students or guests are in something that must be."""
    found: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for some in _together(problem, rules):
        for one in some:
            for session in fixed.sessions_of.get(one.id, ()):
                for other in some:
                    found[other.id, session.day].append((session.start, session.end))
    return found


def _together(problem: Problem, rules: Strengths) -> list[tuple[Service, ...]]:
    """The services that share a student, or a guest."""
    students = problem.students.values() if rules.is_on(STUDENTS) else ()
    return [*problem.guests.values(), *students]


def _suits(problem: Problem, rules: Strengths, service: Service, day: str, start: int) -> bool:
    """Whether teachers have time for it, no date has closed before its end, and one that is due
    has not.
    """
    end = start + service.longest
    if service.dated and not problem.dating.dates(service, day, end):
        return False
    if (
        teacher_time.concerns(service)
        and rules.is_on(TEACHER_TIME, service.id)
        and not teacher_time.suits(problem, service, day, start, end)
    ):
        return False
    return not (
        service.group
        and rules.is_hard(MINIMUM_DAYS, service.school, day)
        and closed(problem, service, day, end)
    )


def candidates_of(
    problem: Problem,
    rules: Strengths,
    rows: Sequence[Row],
    person_number: Mapping[str, int],
) -> tuple[Ints, Ints]:
    """Who may have each row's seat at a day's first session: pointers, and the numbers of
    people.
    """
    pointers, people = [0], []
    for place, row in enumerate(rows):
        if row.counts_for == place:
            names = [row.attendee] if row.attendee else people_for(problem, rules, row.service)
            people += [person_number[name] for name in names]
        pointers.append(len(people))
    return ints(pointers), ints(people)


def people_for(problem: Problem, rules: Strengths, service: Service) -> list[str]:
    """Who may give a service, beside those who attend it in any case."""
    return [
        person.id
        for person in problem.people_at.get(service.school, ())
        if person.id not in service.attendees
        and (
            not rules.is_on(QUALIFICATION, service.id)
            or qualification.may_serve(problem, person, service)
        )
        and (not rules.is_on(FUND_STUDENTS, service.id) or funds_allow(problem, person.id, service))
    ]


def apart_of(problem: Problem, rules: Strengths, rows: Sequence[Row]) -> tuple[Ints, Ints]:
    """With which others each row shares a student or a guest, or is another session of the same
    service: pointers, and their numbers. A service's first seat stands for all of them.
    """
    numbers_of: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.leads:
            numbers_of[row.service.id].append(place)
    apart: defaultdict[int, set[int]] = defaultdict(set)
    shared = [[service.id for service in some] for some in _together(problem, rules)]
    for names in (*shared, *([name] for name, found in numbers_of.items() if len(found) > 1)):
        numbers = [place for name in names for place in numbers_of.get(name, ())]
        for one in numbers:
            apart[one].update(other for other in numbers if other != one)
    pointers, others = [0], []
    for place in range(len(rows)):
        others += sorted(apart[place])
        pointers.append(len(others))
    return ints(pointers), ints(others)
