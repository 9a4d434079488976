"""Give everybody a lunch on each day that they work, inside the shift's lunch window.

For each person p and day d:

    Σ lunch[p, d, t] = Σ on[p, σ] over the day's shifts that are long enough to have a lunch
    lunch[p, d, t] ≤ Σ on[p, σ] over those whose lunch window holds [t, t + lunch_minutes(p))

Lunch takes p's time, so nothing else happens meanwhile.
"""

from planner.facts.person import Person
from planner.rules.duty_free_lunch import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One lunch for each worked day."""
    for person in timetable.people:
        if person.lunch_minutes and timetable.is_on(RULE, person.id):
            for day in timetable.problem.cycle:
                _lunch(timetable, person, day)


def _lunch(timetable: Timetable, person: Person, day: str) -> None:
    where, length = (person.id, day), person.lunch_minutes
    shifts = [(shift, on) for shift, on in timetable.places(person.id, day) if shift.lunch_minutes]
    starts = {
        t: literal
        for (who, on_day, t), literal in timetable.lunch.items()
        if (who, on_day) == where
    }
    if not shifts and not starts:
        return
    timetable.posting.equal(RULE, where, sum(starts.values()), sum(on for _, on in shifts))
    for start, literal in starts.items():
        windows = [(person.lunch_window(shift.start, shift.end), on) for shift, on in shifts]
        fitting = [on for (begin, end), on in windows if begin <= start and start + length <= end]
        if len(fitting) < len(shifts):
            timetable.posting.at_least_one_if(RULE, where, fitting, literal)
        if any(begin < start + length and start < end for begin, end in person.busy_on(day)):
            timetable.posting.never(RULE, where, literal)
        timetable.occupy(RULE, person.id, day, start, start + length, literal)
