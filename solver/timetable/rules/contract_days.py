"""Keep everybody within the days of their contract, where some choice of days does.

    |fixed(p)| + Σ over shifts σ of p: |dates(p, σ) − fixed(p)| × on[p, σ]
               ≤ max(contract_days(p), fewest(p))

fixed(p) are dates that are worked whatever the days: training, and PD outside of the cycle.
"""

from planner.plan.contract_year import contract_days, dates_at, fewest_dates, fixed_dates
from planner.rules.contract_days import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each person who could choose too many dates."""
    problem = timetable.problem
    if not problem.calendar.known:
        return
    for person in timetable.people:
        if person.id in timetable.settled:
            continue
        fixed = fixed_dates(problem, person, timetable.attended.get(person.id, ()))
        counts = {
            shift: len(set(dates_at(problem, person, shift.day, shift.school)) - fixed)
            for shift in person.shifts
        }
        longest: dict[str, int] = {}
        for shift, count in counts.items():
            longest[shift.day] = max(count, longest.get(shift.day, 0))
        most = len(fixed) + sum(longest.values())
        limit = max(contract_days(problem, person), fewest_dates(problem, person, fixed) or 0)
        if most > limit:
            dates = sum(count * timetable.on[person.id, shift] for shift, count in counts.items())
            timetable.posting.at_most(RULE, (person.id,), len(fixed) + dates, limit, most - limit)
