"""Leave hourly staff their minutes of rest in each shift.

For each shift σ of hourly p:

    Σ minutes in σ of sessions, duties, preparation and ways ≤ obligation(σ) − rest(σ)  if on[p, σ]
    rest(σ) = rest_minutes × ⌊obligation(σ) ÷ rest_per⌋

Stretches of sessions and duties end as those of contact do.
"""

from planner.facts.person import Person, Shift
from planner.rules.rest_breaks import RULE
from planner.rules.settings import parameter
from solver.posting import Literal
from solver.timetable.rules.consecutive_contact import Sessions, end_stretches
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each shift, and what ends each stretch of work."""
    for person in timetable.people:
        for day in timetable.problem.cycle if person.hourly else ():
            rest, per, most = (
                parameter(timetable.problem, RULE, key, (person.id, day)) or 0
                for key in RULE.parameters
            )
            work = timetable.work_on(person.id, day)
            blocks = [
                (start, start + length, literal)
                for (start, length), literal in timetable.preparing_on.get(
                    (person.id, day), {}
                ).items()
            ]
            for shift, on in timetable.places(person.id, day):
                _minutes(
                    timetable,
                    shift,
                    on,
                    [*work, *blocks, *_ways(timetable, person, day)],
                    rest * (shift.obligation // per),
                    person,
                )
            if work and timetable.is_on(RULE, person.id, day):
                end_stretches(timetable, RULE, (person.id, day), work, most, rest)


def _minutes(
    timetable: Timetable, shift: Shift, on: Literal, paid: Sessions, rest: int, person: Person
) -> None:
    taken = [
        (min(end, shift.end) - max(start, shift.start), literal)
        for start, end, literal in paid
        if start < shift.end and shift.start < end
    ]
    if not rest or not taken:
        return
    spare = sum(minutes for minutes, _ in taken) + rest - shift.obligation
    if spare > 0:
        used = sum(minutes * literal for minutes, literal in taken)
        timetable.posting.at_most(
            RULE, (person.id, shift.day), used + spare * on, shift.obligation - rest + spare
        )


def _ways(timetable: Timetable, person: Person, day: str) -> Sessions:
    """The ways between two schools of a day, which are paid time."""
    move = timetable.moves.get((person.id, day))
    return move.goes if move else []
