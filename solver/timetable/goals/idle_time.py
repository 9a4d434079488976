"""Let nobody wait between sessions for longer than they prepare.

The day of p is cut at all times at which a session, lunch or way may begin or end. For each
stretch i of it, with open[i]: a session began by then, and later[i]: one ends after it:

    open[i] → open[i + 1],  later[i] → later[i − 1]
    idle[i] ∨ ¬open[i] ∨ ¬later[i] ∨ (what may take the stretch)
    waits[p, d] ≥ Σ minutes(i) × idle[i] − prep_minutes(p)
    minimise Σ waits[p, d]

Two chains of literals, and not the first start and the last end as numbers: in a prototype more
than twice as much waiting was left with these.
"""

from bisect import bisect_left
from itertools import pairwise

from planner.facts.person import Person
from planner.rules.goals.goal import Goal
from solver.posting import Expr, Literal
from solver.timetable.timetable import Timetable


def expression(timetable: Timetable, goal: Goal) -> Expr:
    """The minutes that people wait between sessions."""
    return sum(
        _waits(timetable, person, day)
        for person in timetable.people
        for day in timetable.problem.cycle
    )


def _waits(timetable: Timetable, person: Person, day: str) -> Expr:
    work = timetable.work_on(person.id, day)
    if len(work) < 2:
        return 0
    first, last = min(start for start, _, _ in work), max(end for _, end, _ in work)
    model, where = timetable.model, f"{person.id} on {day}"
    move = timetable.moves.get((person.id, day))
    beside = [
        *(
            (start, start + person.lunch_minutes, literal)
            for (who, on_day, start), literal in timetable.lunch.items()
            if (who, on_day) == (person.id, day)
        ),
        *(move.goes if move else ()),
        *((start, end, model.new_constant(1)) for start, end in person.busy_on(day)),
    ]
    times = sorted(
        {
            time
            for start, end, _ in (*work, *beside)
            for time in (start, end)
            if first <= time <= last
        }
    )
    stretches = list(pairwise(times))
    opened = [model.new_bool_var(f"{where} began by {begin}") for begin, _ in stretches]
    later = [model.new_bool_var(f"{where} goes on after {end}") for _, end in stretches]
    idle = [model.new_bool_var(f"{where} idle at {begin}") for begin, _ in stretches]
    for here, then in pairwise(opened):
        model.add_implication(here, then)
    for here, then in pairwise(later):
        model.add_implication(then, here)
    place = {time: number for number, time in enumerate(times)}
    for start, end, literal in work:
        model.add_implication(literal, opened[place[start]])
        model.add_implication(literal, later[place[end] - 1])
    taking: list[list[Literal]] = [[] for _ in stretches]
    for start, end, literal in (*work, *beside):
        for literals in taking[bisect_left(times, start) : bisect_left(times, end)]:
            literals.append(literal)
    for number, literals in enumerate(taking):
        model.add_bool_or([idle[number], ~opened[number], ~later[number], *literals])
    waits = model.new_int_var(0, last - first, f"{where} waits")
    minutes = sum(
        (finish - begin) * literal for (begin, finish), literal in zip(stretches, idle, strict=True)
    )
    model.add(waits >= minutes - person.role.prep_minutes)
    return waits
