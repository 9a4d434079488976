"""Let groups of one name meet at the same times.

For each two groups g, h of one name with owed(g) ≤ owed(h), and each time τ of g (its end counts
where both may have the same lengths):

    Σ meets[g, τ] + served[h] ≤ 1 + Σ meets[h, τ]    (meets[h, τ] = 0 where h cannot be at τ)
"""

from planner.facts.service import Service
from planner.rules.together import RULE
from solver.timetable.rules.dosage import count
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each start of a group and each other group of its name."""
    here = {service.id for service in timetable.services}
    for groups in timetable.problem.together.values():
        inside = [group for group in groups if group.id in here]
        for group in inside:
            for other in inside:
                if other.id != group.id and other.sessions >= group.sessions:
                    _with(timetable, group, other)


def _with(timetable: Timetable, group: Service, other: Service) -> None:
    count(timetable, other)
    served = timetable.served[other.id]
    for day, times in timetable.times_of[group.id].items():
        met = timetable.times_of[other.id].get(day, ())
        for start, end in times:
            meets = timetable.meets(group.id, day, start, end)
            there = sum(
                timetable.meets(other.id, day, *time)
                for time in met
                if time[0] == start and (time[1] == end or group.lengths != other.lengths)
            )
            timetable.posting.at_most(RULE, (group.id, day, other.id), meets + served - there, 1)
