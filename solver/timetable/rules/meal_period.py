"""Let hourly staff eat neither too early nor too late in a shift.

For each shift σ of hourly staff that is longer than meal_after:

    on[p, σ] → Σ lunch[p, d, t] ≥ 1 over the t with meal_from ≤ t − σ.start ≤ meal_to
               and σ.end − t − lunch_minutes(p) ≤ meal_after
"""

from planner.facts.person import Person, Shift
from planner.rules.meal_period import RULE
from planner.rules.settings import parameter
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One clause for each long shift."""
    for person in timetable.people:
        for day in timetable.problem.cycle if person.hourly else ():
            for shift, on in timetable.places(person.id, day):
                if shift.end - shift.start > _limit(timetable, person, day, "meal_after"):
                    fitting = [
                        literal
                        for (who, on_day, t), literal in timetable.lunch.items()
                        if (who, on_day) == (person.id, day) and _fits(timetable, person, shift, t)
                    ]
                    timetable.posting.at_least_one_if(RULE, (person.id, day), fitting, on)


def _fits(timetable: Timetable, person: Person, shift: Shift, start: int) -> bool:
    soonest, latest, after = (
        _limit(timetable, person, shift.day, key) for key in ("meal_from", "meal_to", "meal_after")
    )
    return (
        soonest <= start - shift.start <= latest
        and shift.end - start - person.lunch_minutes <= after
    )


def _limit(timetable: Timetable, person: Person, day: str, key: str) -> int:
    return parameter(timetable.problem, RULE, key, (person.id, day)) or 0
