"""Keep sessions on the grid, and work in the shift inside the hours of its school.

given[s, p, d, t] exists only where t is on the grid and, for work in the shift, s lies in the
hours of its school.
"""

from planner.facts.problem import MIDNIGHT, Problem
from planner.facts.service import Service
from planner.rules.opening_hours import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Filters when variables are made; in diagnosis, forbids what the filter would have left
    out.
    """
    if not timetable.posting.diagnose:
        return
    for service in timetable.services:
        for day in timetable.problem.cycle:
            open_at = {
                length: starts(timetable.problem, service, day, length)
                for length in service.lengths
            }
            for start, end in timetable.times_of[service.id].get(day, ()):
                if start not in open_at[end - start]:
                    timetable.posting.never(
                        RULE, (service.id,), timetable.meets(service.id, day, start, end)
                    )


def starts(problem: Problem, service: Service, day: str, length: int) -> range:
    """Every start on the grid of a session of some length while the school is open; of the whole
    day for duties outside the shift.
    """
    hours = (
        problem.hours(service.school, day) if service.school and service.in_shift else (0, MIDNIGHT)
    )
    if hours is None:
        return range(0)
    return range(-(-hours[0] // problem.grid) * problem.grid, hours[1] - length + 1, problem.grid)
