"""For each service g:  Σ sessions of g = n[g],  n[g] ∈ {0} ∪ [fewest(g), owed(g)].

Where sessions have different lengths:  Σ minutes of them = m[g],  m[g] ≤ total(g), m[g] a sum of
n[g] lengths. Elsewhere m[g] = minutes(g) × n[g].

n[g] and m[g] stand in the goals themselves: without them their bounds are useless.
"""

from ortools.sat.python import cp_model

from planner.facts.service import Service
from planner.facts.session_lengths import sums_within
from planner.rules.different_days import RULE as DIFFERENT_DAYS
from planner.rules.dosage import RULE
from solver.posting import Expr
from solver.timetable.timetable import Counted, Timetable


def build(timetable: Timetable) -> None:
    """Ties each service's count to its sessions."""
    for service in timetable.services:
        timetable.posting.equal(
            RULE, (service.id,), timetable.sessions(service), count(timetable, service)
        )
        if service.varied:
            timetable.posting.equal(
                RULE,
                (service.id,),
                timetable.session_minutes(service),
                timetable.minutes[service.id],
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
        timetable.minutes[service.id] = minutes_given(
            timetable, service, max(most, service.fewest), f"{service.id} minutes"
        )
    return timetable.counts[service.id]


def minutes_given(model: Counted, service: Service, most: int, name: str) -> Expr:
    """How many of the minutes that it is owed a service gets with the sessions that a model counts,
    so many at most.
    """
    count = model.counts[service.id]
    if not service.varied:
        return service.worth * count
    sums = sums_within(service.lengths, service.owed, most)
    minutes = model.model.new_int_var_from_domain(cp_model.Domain.from_values(sums), name)
    model.model.add(minutes >= service.shortest * count)
    model.model.add(minutes <= service.longest * count)
    return minutes


def slots(timetable: Timetable, service: Service) -> int:
    """How many sessions of a service there can be at most: so many a day as it may have, or, where
    days may be shared by any number, one at each time.
    """
    most = service.times_a_day if timetable.is_on(DIFFERENT_DAYS, service.id) else None
    return sum(len(times[:most]) for times in timetable.times_of[service.id].values())
