"""Σ closed(g, d, t + minutes(g)) × given[g, p, d, t] = 0; closed: on how many dates the school has closed by then, a constant."""

from planner.problem.service import Service
from planner.rules.minimum_days import RULE
from solver.posting import Expr
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each service that an early close may cut short."""
    for service in timetable.services:
        if service.group and not service.dated:
            amount: Expr = sum(
                count * sum(timetable.ways_at[service.id, day, start])
                for day, starts in timetable.starts_of[service.id].items()
                for start in starts
                if (count := _closed(timetable, service, day, start + service.minutes))
            )
            timetable.posting.avoid(RULE, (service.id,), amount)


def _closed(timetable: Timetable, service: Service, day: str, end: int) -> int:
    closes = timetable.problem.calendar.early_closes(day, service.school)
    return sum(1 for on, close in closes if close < end and service.runs_on(on))
