"""A session never starts at a time that one of its teachers does not have for it: a duty's guests,
or the teacher in whose class a group is served.
"""

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.rules.teacher_time import IN_CLASS, IN_PLANNING, RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Forbids each start at which a teacher is elsewhere."""
    for service in timetable.services:
        for day, times in timetable.times_of[service.id].items() if concerns(service) else ():
            for start, end in times:
                if not suits(timetable.problem, service, day, start, end):
                    timetable.posting.never(
                        RULE, (service.id,), timetable.meets(service.id, day, start, end)
                    )


def concerns(service: Service) -> bool:
    """Whether the times of some teacher matter to it."""
    return bool(service.guests or service.teacher)


def suits(problem: Problem, service: Service, day: str, start: int, end: int) -> bool:
    """Whether every teacher whom the duty is with has that time for it, or the group's teacher is
    in class.
    """
    if service.teacher:
        return _in_class(problem, service, day, start, end)
    kind = service.duty.kind if service.duty else ""
    for teacher in (
        problem.teacher_times[guest] for guest in service.guests if guest in problem.teacher_times
    ):
        spans = (
            teacher.planning(day)
            if kind in IN_PLANNING
            else teacher.teaching(day)
            if kind in IN_CLASS
            else None
        )
        if spans is not None and all(start < begin or finish < end for begin, finish in spans):
            return False
    return True


def _in_class(problem: Problem, service: Service, day: str, start: int, end: int) -> bool:
    teacher = problem.teacher_times.get(service.teacher)
    if teacher is None:
        return True
    taught, planned = teacher.teaching(day), teacher.planning(day) or []
    return all(end <= begin or finish <= start for begin, finish in planned) and (
        taught is None or any(begin <= start and end <= finish for begin, finish in taught)
    )
