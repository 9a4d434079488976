"""Keep what every date needs out of the hours in which schools have closed on some dates.

For each school and day d:

    Σ closed(g, d, e) × meets[g, d, t, e] = 0 over its groups g

closed: on how many dates the school has closed by then, a constant.
"""

from collections import defaultdict

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.rules.minimum_days import RULE
from solver.posting import Expr
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each school and day on which an early close may cut sessions off."""
    lost: defaultdict[tuple[str, str], list[Expr]] = defaultdict(list)
    for service, day, _, end, literal in timetable.possible_sessions():
        if service.group and not service.dated:
            count = closed(timetable.problem, service, day, end)
            if count:
                lost[service.school, day].append(count * literal)
    for where, amounts in lost.items():
        timetable.posting.avoid(RULE, where, sum(amounts))


def closed(problem: Problem, service: Service, day: str, end: int) -> int:
    """On how many of a service's dates its school has closed before a session's end."""
    closes = problem.calendar.early_closes(day, service.school)
    return sum(1 for on, close in closes if close < end and service.runs_on(on))
