"""Name the dates of sessions a quarter, month or year, spread over each period.

They lie in the slots that the timetable gives them.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session

Dates = dict[Session, set[date]]


def named(problem: Problem, plan: Plan) -> Plan:
    """The plan with dates, dealt out in the order of the sessions' starts: none that a session at
    the same time has (see the rule named_dates, which leaves room for all of them).
    """
    chosen: Dates = {}
    beside: defaultdict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sorted(plan.sessions, key=lambda s: (s.start, s.end, s.service)):
        service = problem.service_of[session.service]
        if service.dated and session not in chosen:
            for slot in plan.sessions_of[service.id]:
                chosen[slot] = set()
            _deal(problem, service, plan.sessions_of[service.id], chosen, beside)
            for slot in plan.sessions_of[service.id]:
                for person in slot.staff:
                    beside[person, slot.day].append(slot)
    sessions = (
        replace(s, dates=tuple(sorted(chosen[s]))) if s in chosen else s for s in plan.sessions
    )
    return replace(plan, sessions=tuple(sessions))


def _deal(
    problem: Problem,
    service: Service,
    slots: list[Session],
    chosen: Dates,
    beside: dict[tuple[str, str], list[Session]],
) -> None:
    """The dates of one service's slots: in each period as many as are due, from slot to slot in
    turn.
    """
    free = {
        slot: [
            day
            for day in _possible(problem, service, slot)
            if day not in _taken(slot, chosen, beside)
        ]
        for slot in slots
    }
    for (first, last), owed in problem.dating.periods(service):
        inside = {slot: [day for day in free[slot] if first <= day <= last] for slot in slots}
        left = owed
        for number, slot in enumerate(slots):
            others = sum(len(inside[other]) for other in slots[number + 1 :])
            fair = -(-left // (len(slots) - number))
            count = min(len(inside[slot]), max(fair, left - others))
            chosen[slot] |= _spread(inside[slot], count)
            left -= count


def _possible(problem: Problem, service: Service, slot: Session) -> list[date]:
    people = tuple(problem.person_of[name] for name in slot.staff)
    return problem.dating.dates(service, slot.day, slot.end, people)


def _taken(slot: Session, chosen: Dates, beside: dict[tuple[str, str], list[Session]]) -> set[date]:
    """Dates on which somebody of the session is elsewhere at that time."""
    others = {other for person in slot.staff for other in beside.get((person, slot.day), ())}
    return {
        day
        for other in others
        if other.start < slot.end and slot.start < other.end
        for day in chosen[other]
    }


def _spread(dates: list[date], count: int) -> set[date]:
    """So many of the dates, evenly apart."""
    return {dates[(2 * number + 1) * len(dates) // (2 * count)] for number in range(count)}
