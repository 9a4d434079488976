"""Model a day at two schools (or other places): which is the second, when the first is left.

`then[s]` says that the day's shift ends at s; `left[t]` that the first school is left by t
(monotone in t); `ways[n]` that the way takes n minutes. Where nobody moves, all are 0.
Order-encoded, so that a session asks one literal, not one for each pair of schools and time.
"""

from itertools import pairwise

from ortools.sat.python.cp_model import LiteralT

from planner.facts.person import Person
from planner.rules.one_place_at_once import RULE as ONE_PLACE
from planner.rules.rule import Rule
from solver.posting import Guard, Literal
from solver.timetable.day_move import Move
from solver.timetable.timetable import Timetable


def create(timetable: Timetable, person: Person, day: str) -> None:
    """Makes the variables of a day at two places, where that is allowed to somebody and there are
    two.
    """
    shifts = timetable.places(person.id, day)
    schools = sorted({shift.school for shift, _ in shifts})
    if not person.moves or len(schools) < 2:
        return
    new, problem = timetable.model.new_bool_var, timetable.problem
    first, last = min(s.start for s, _ in shifts), max(s.end for s, _ in shifts)
    # Times of leaving lie on the grid, like starts of sessions. A finer grid would allow ways that
    # begin between two of its ticks, at the price of as many more variables a day.
    leaves = list(range(-(-first // problem.grid) * problem.grid, last, problem.grid))
    minutes = {problem.travel_minutes(a, b) for a in schools for b in schools if a != b}
    timetable.moves[person.id, day] = Move(
        then={school: new(f"{person.id} then {school} on {day}") for school in schools},
        left={t: new(f"{person.id} left on {day} by {t}") for t in leaves},
        ways={
            n: new(f"{person.id} travels {n} on {day}")
            for n in sorted(n for n in minutes if n is not None)
        },
        leaves=leaves,
    )


def build(timetable: Timetable) -> None:
    """What makes a move: one second school, one time of leaving inside the shift, and the way,
    which takes time.
    """
    for (person, day), move in timetable.moves.items():
        _consistent(timetable, person, day, move)
        _inside(timetable, (person, day), move)
        _travels(timetable, person, day, move)


def _consistent(timetable: Timetable, person: str, day: str, move: Move) -> None:
    model, problem = timetable.model, timetable.problem
    model.add_at_most_one(move.then.values())
    for earlier, later in pairwise(move.leaves):
        model.add_implication(move.left[earlier], move.left[later])
    moves = list(move.then.values())
    model.add_bool_or([*moves, ~move.left[move.leaves[-1]]])
    for second in moves:
        model.add_implication(second, move.left[move.leaves[-1]])
    for shift, on in timetable.places(person, day):
        for school, second in move.then.items():
            minutes = problem.travel_minutes(shift.school, school)
            if school == shift.school or minutes is None:
                model.add_bool_or([~on, ~second])
            else:
                model.add_bool_or([~on, ~second, move.ways[minutes]])
    worked = [on for _, on in timetable.places(person, day)]
    for second in moves:
        model.add_bool_or([*worked, ~second])
    for way in move.ways.values():
        model.add_bool_or([*moves, ~way])
    model.add_at_most_one(move.ways.values())


def _inside(timetable: Timetable, where: Guard, move: Move) -> None:
    """The first school is left after the shift's start, and the second is reached before its
    end.
    """
    for shift, on in timetable.places(*where):
        too_soon = move.left_by(shift.start)
        if too_soon is not None:
            timetable.model.add_bool_or([~on, ~too_soon])
        for minutes, way in move.ways.items():
            soon_enough = move.left_before(shift.end - minutes)
            timetable.model.add_bool_or(
                [~on, ~way, *([] if soon_enough is None else [soon_enough])]
            )


def _travels(timetable: Timetable, person: str, day: str, move: Move) -> None:
    """Leaving at a time (by then, and not a tick earlier) takes the way's time."""
    for place, time in enumerate(move.leaves):
        not_yet: list[LiteralT] = [move.left[move.leaves[place - 1]]] if place else []
        for minutes, way in move.ways.items():
            if minutes:
                goes = timetable.model.new_bool_var(
                    f"{person} goes on {day} at {time} for {minutes}"
                )
                timetable.model.add_bool_or([goes, ~way, ~move.left[time], *not_yet])
                # And only then: what counts idle minutes may take no way that nobody goes.
                for needed in (way, move.left[time], *(~literal for literal in not_yet)):
                    timetable.model.add_implication(goes, needed)
                timetable.occupy(ONE_PLACE, person, day, time, time + minutes, goes)
                move.goes.append((time, time + minutes, goes))


def seconds(
    timetable: Timetable, person: str, day: str, school: str = ""
) -> list[tuple[str, Literal]]:
    """The second schools (or that one alone) that a person's day may have."""
    move = timetable.moves.get((person, day))
    return (
        [(name, literal) for name, literal in move.then.items() if school in ("", name)]
        if move
        else []
    )


def arrives(
    timetable: Timetable, person: str, day: str, then: Literal, start: int | None
) -> Literal:
    """That a day goes on at its second school from a time on (None: at any time)."""
    if start is None:
        return then
    move = timetable.moves[person, day]
    arrived = timetable.model.new_bool_var(f"{person} goes on at {start} on {day}")
    left, sooner = move.left_by(start), move.left_before(start)
    timetable.model.add_implication(arrived, then)
    timetable.model.add_bool_or([~arrived, *([] if left is None else [left])])
    if sooner is not None:
        timetable.model.add_bool_or([~arrived, ~sooner])
    return arrived


def is_there(
    timetable: Timetable,
    rule: Rule,
    where: Guard,
    span: tuple[int, int],
    school: str,
    literal: Literal,
) -> None:
    """Where the literal holds, the person (where[0]) is at a school on a day (where[1]) for a span
    of time.
    """
    person, day = where[:2]
    move, (start, end) = timetable.moves[person, day], span
    shifts = [
        (shift, on)
        for shift, on in timetable.places(person, day)
        if shift.start <= start and end <= shift.end
    ]
    second = move.then.get(school)
    seconds = [] if second is None else [second]
    post = timetable.posting.at_least_one_if
    post(rule, where, [*seconds, *(on for shift, on in shifts if shift.school == school)], literal)
    left = move.left_before(end)
    if left is not None:
        post(rule, where, [*seconds, ~left], literal)
    if second is not None:
        post(rule, where, [~second, *(on for _, on in shifts)], literal)
        for minutes, way in move.ways.items():
            arrived = move.left_by(start - minutes)
            post(rule, where, [~second, ~way, *([] if arrived is None else [arrived])], literal)
