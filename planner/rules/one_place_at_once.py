"""Nobody is in two places at once.

The way between two schools takes its time, and lunch is not for travelling.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise

from planner.facts.cell_formats import clock, write_windows
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.plan.workday import arrives
from planner.rules.cells import PlanItems, Where, cutting, in_column, placements_of, sessions_of
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Attempt, Judges, Stopped, Stops, at_once


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes of overlap, or minutes that the way between two schools lacks."""
    for (person, day), sessions in plan.day_of.items():
        name = problem.person_of[person].name if person in problem.person_of else person
        for first, then in overlapping(sessions):
            yield Violation(
                RULE.key,
                (person, day, then.service),
                min(first.end, then.end) - then.start,
                f"{name} is with {first.service} and with {then.service} at {clock(then.start)} "
                f"on {day}.",
            )
        for start, end in (
            problem.person_of[person].busy_on(day) if person in problem.person_of else ()
        ):
            for session in sessions:
                if session.start < end and start < session.end:
                    yield Violation(
                        RULE.key,
                        (person, day, session.service),
                        min(end, session.end) - max(start, session.start),
                        f"{name} is busy from {clock(start)} to {clock(end)} on {day}, when "
                        f"{session.service} is served.",
                    )
        yield from _ways(problem, plan, person, day, name)
    for (person, _), placements in plan.placed.items():
        for here, there in pairwise(placements):
            if here.school != there.school and person in problem.person_of:
                yield from _on_the_way(problem, plan, here, there)
    for guest, duties in problem.guests.items():
        yield from _at_once(
            guest, [session for duty in duties for session in plan.sessions_of.get(duty.id, ())]
        )


def overlapping(sessions: list[Session]) -> Iterator[tuple[Session, Session]]:
    """For each session (in order of time) that one before overlaps on some date, the one of these
    that ends last.
    """
    for number, then in enumerate(sessions):
        before = [
            first for first in sessions[:number] if then.start < first.end and first.meets(then)
        ]
        if before:
            yield max(before, key=lambda first: first.end), then


def _at_once(guest: str, sessions: list[Session]) -> Iterator[Violation]:
    """Minutes in which somebody who is not planned would be in two meetings."""
    for first, then in combinations(sorted(sessions, key=lambda s: (s.start, s.service)), 2):
        if first.day == then.day and then.start < first.end:
            yield Violation(
                RULE.key,
                (guest, then.day, then.service),
                min(first.end, then.end) - then.start,
                f"{guest} attends {first.service} and {then.service} at {clock(then.start)} on "
                f"{then.day}.",
            )


def _ways(problem: Problem, plan: Plan, person: str, day: str, name: str) -> Iterator[Violation]:
    located = [s for s in plan.day_of[person, day] if s.school]
    for number, then in enumerate(located):
        first = next((s for s in reversed(located[:number]) if s.meets(then)), then)
        if first.school == then.school:
            continue
        needed = problem.travel_minutes(first.school, then.school)
        longest = _longest_gap(plan, person, day, first.end, then.start)
        if needed is None or longest < needed:
            missing = 1 if needed is None else needed - longest
            way = "an unknown time" if needed is None else f"{needed} minutes"
            yield Violation(
                RULE.key,
                (person, day, then.service),
                missing,
                f"{name} is at {first.school} until {clock(first.end)} and at {then.school} from "
                f"{clock(then.start)} on"
                f" {day}; the way takes {way}, and only {max(0, longest)} are free for it.",
            )


def _on_the_way(
    problem: Problem, plan: Plan, first: Placement, then: Placement
) -> Iterator[Violation]:
    """Minutes of anything else during the way to a day's second school, which takes the first
    minutes there.
    """
    person, day = problem.person_of[then.staff], then.day
    needed = problem.travel_minutes(first.school, then.school)
    where, way = (
        (person.id, day),
        f"{person.name}'s way from {first.school} to {then.school} on {day}",
    )
    if needed is None:
        yield Violation(RULE.key, where, 1, f"{way} takes an unknown time.")
        return
    arrives = then.start + needed
    if arrives >= then.end:
        yield Violation(
            RULE.key,
            where,
            arrives - then.end + 1,
            f"{way} takes {needed} minutes; the shift ends before.",
        )
    busy = [*plan.lunches(person.id, day), *plan.preparation(person.id, day)]
    busy += [(s.start, s.end) for s in plan.day_of.get(where, ())]
    lost = sum(max(0, min(arrives, end) - max(then.start, start)) for start, end in busy)
    if lost > 0:
        yield Violation(
            RULE.key,
            where,
            lost,
            f"{way} takes until {clock(arrives)}; {lost} of these minutes are planned otherwise.",
        )


def _longest_gap(plan: Plan, person: str, day: str, start: int, end: int) -> int:
    """The longest stretch between two times that lunch, preparation and other work leave free."""
    taken = [*plan.lunches(person, day), *plan.preparation(person, day)]
    taken += [(s.start, s.end) for s in plan.day_of[person, day]]
    longest, free_from = 0, start
    for begin, finish in sorted((b, f) for b, f in taken if b < end and f > start):
        longest = max(longest, begin - free_from)
        free_from = max(free_from, finish)
    return max(longest, end - free_from)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """A session and the earlier one that it overlaps or that is too far away; one alone where the
    person is busy elsewhere.
    """
    if len(where) == 2:
        second = sorted(placements_of(plan, *where), key=lambda p: p.start)[1:]
        spans = [(p.start, arrives(problem, plan, p)) for p in second]
        return [
            *in_column(second, "shift_start"),
            *in_column(cutting(plan, where, spans), "start"),
        ]
    person, day, service = where
    theirs = plan.day_of.get((person, day), [])
    if person in problem.guests:
        theirs = [s for duty in problem.guests[person] for s in sessions_of(plan, duty.id, day)]
        theirs.sort(key=lambda s: (s.start, s.service))
    own = [session for session in theirs if session.service == service]
    near = [
        first
        for first, then in combinations(theirs, 2)
        if then in own and first not in own and first.start < then.end and then.start < first.end
    ]
    if not near:
        located = [session for session in theirs if session.school]
        near = [
            first
            for first, then in pairwise(located)
            if then in own and first.school != then.school
        ]
    return in_column([*own, *near], "start")


def _other_work(attempt: Attempt) -> str:
    """What some of those who take part do then."""
    staff = {*attempt.session.staff}
    return next((other.service for other in at_once(attempt) if staff & {*other.staff}), "")


def _stopped(ways: Stopped) -> str:
    must = "must attend" if ways.must_attend else "may serve"
    are, mostly = "are" if ways.several else "is", f" (mostly by {ways.common})"
    return (
        f"{ways.names}, who {must} {ways.service.id}, {are} taken in its windows"
        f"{mostly if ways.common else ''}."
    )


def _asked(problem: Problem, where: Where) -> str:
    person = problem.person_of.get(where[0])
    if person is None:
        return ""
    day = f" on {where[1]}" if len(where) > 1 and where[1] in problem.cycle else ""
    busy = [w for w in person.row.busy if len(where) < 2 or w.day == where[1]]
    also = (
        f" and is busy {write_windows(busy, problem.data.reading)}"
        if busy and len(where) > 2
        else ""
    )
    return f"{person.name} can be in one place at a time{day}{also}."


RULE = Rule(
    key="one_place_at_once",
    title="One place at once",
    sentence="Nobody is in two places at once, travel included; lunch is free of travel.",
    formula="for each person and minute: sessions + lunch + travel ≤ 1",
    unit="minutes",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.HARD}),
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=6, words=_stopped, subject=_other_work),
    asks=_asked,
    is_final=True,
)
