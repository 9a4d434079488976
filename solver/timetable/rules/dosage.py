"""For each service g:  Σ sessions of g = n[g],  n[g] ∈ {0} ∪ [fewest(g), owed(g)].

n[g] stands in the goals itself: without it their bounds are useless.
"""

from ortools.sat.python import cp_model

from planner.facts.service import Service
from planner.rules.different_days import RULE as DIFFERENT_DAYS
from planner.rules.dosage import RULE
from solver.posting import Expr
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Ties each service's count to its sessions."""
    for service in timetable.services:
        timetable.posting.equal(
            RULE, (service.id,), timetable.sessions(service), count(timetable, service)
        )


def count(timetable: Timetable, service: Service) -> Expr:
    """How many sessions a service gets: none, or between the fewest worth giving and what it is
    owed.
    """
    if service.id not in timetable.counts:
        served = timetable.model.new_bool_var(f"{service.id} served")
        timetable.served[service.id] = served
        most = min(service.sessions, slots(timetable, service))
        if most < service.fewest and not timetable.posting.diagnose:
            timetable.model.add(served == 0)
            timetable.counts[service.id] = 0
        elif service.fewest == service.sessions:
            timetable.counts[service.id] = service.sessions * served
        else:
            domain = cp_model.Domain.from_intervals(
                [[0, 0], [service.fewest, max(most, service.fewest)]]
            )
            number = timetable.model.new_int_var_from_domain(domain, f"{service.id} sessions")
            timetable.model.add(number >= service.fewest * served)
            timetable.model.add(number <= service.sessions * served)
            timetable.counts[service.id] = number
    return timetable.counts[service.id]


def slots(timetable: Timetable, service: Service) -> int:
    """How many sessions of a service there can be at most: so many a day as it may have, or, where
    days may be shared by any number, one at each start.
    """
    most = service.times_a_day if timetable.is_on(DIFFERENT_DAYS, service.id) else None
    return sum(len(starts[:most]) for starts in timetable.starts_of[service.id].values())
