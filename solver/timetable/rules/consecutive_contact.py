"""For each start τ of p's contact:  Σ free[t] over τ < t ≤ τ + max_consecutive(p) ≥ Σ given[…, τ]

free[t] says that p has no contact in [t, t + break_minutes(p)): a pause may begin at t. Whoever
starts at τ must find one before the limit, which is exact for clock time from the start of a
stretch; sliding window sums of contact minutes are not.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from ortools.sat.python import cp_model

from planner.rules.consecutive_contact import RULE
from planner.rules.rule import Rule
from solver.posting import Guard, Literal
from solver.timetable.timetable import Timetable

Sessions = list[tuple[int, int, Literal]]


def build(timetable: Timetable) -> None:
    """One row for each person, day and start after which contact could last too long."""
    for (name, day), ways in timetable.ways_on.items():
        role = timetable.problem.person_of[name].role
        contact = [
            (way[3], way[4], literal) for way, literal in ways if timetable.service(way[0]).contact
        ]
        if contact and timetable.is_on(RULE, name):
            end_stretches(
                timetable,
                RULE,
                (name, day),
                contact,
                role.max_consecutive_minutes,
                role.break_minutes,
            )


def end_stretches(
    timetable: Timetable, rule: Rule, where: Guard, work: Sessions, limit: int, pause: int
) -> None:
    """Whatever starts finds a pause begin within so many minutes."""
    last_end = max(end for _, end, _ in work)
    starting: defaultdict[int, list[Literal]] = defaultdict(list)
    for start, _, literal in work:
        if start + limit < last_end:
            starting[start].append(literal)
    if not starting:
        return
    free = _free(timetable, where, work, (min(starting), max(starting) + limit), pause)
    for start, literals in sorted(starting.items()):
        pauses = [literal for t, literal in free.items() if start < t <= start + limit]
        if timetable.posting.diagnose or _share(timetable, literals):
            for literal in literals:
                timetable.posting.at_least_one_if(rule, where, pauses, literal)
        else:
            timetable.model.add(sum(pauses) >= sum(literals))


def _free(
    timetable: Timetable, where: Guard, work: Sessions, between: tuple[int, int], pause: int
) -> dict[int, cp_model.IntVar]:
    """free[t] for each t at which a pause may begin: the end of a possible session."""
    found = {}
    # Pauses overlap: what covers a minute is looked up for several of them.
    covering_at: dict[int, list[Literal]] = {}
    starts = sorted({start for start, _, _ in work})
    for t in sorted({end for _, end, _ in work if between[0] < end <= between[1]}):
        literal = found[t] = timetable.model.new_bool_var(f"{where} pauses at {t}")
        for tick in _ticks(starts, t, t + pause):
            if tick not in covering_at:
                covering_at[tick] = [given for start, end, given in work if start <= tick < end]
            covering = covering_at[tick]
            if timetable.posting.diagnose or _share(timetable, covering):
                for given in covering:
                    timetable.model.add_implication(literal, ~given)
            else:
                timetable.model.add_at_most_one([literal, *covering])
    return found


def _share(timetable: Timetable, literals: Iterable[Literal]) -> bool:
    """Whether some of them may hold at once, on different dates."""
    return any(literal.index in timetable.sharing for literal in literals)


def _ticks(starts: list[int], start: int, end: int) -> list[int]:
    """The pause's start and every session's start in it: the sessions that disturb a pause cover
    one of these.
    """
    return [start, *starts[bisect_right(starts, start) : bisect_left(starts, end)]]
