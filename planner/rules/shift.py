"""Work lies inside the shift; a shift is the day's obligation and lunch, no more, no less.

The cycle's total is exact.
"""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules.cells import PlanItems, Where, in_column, placements_of, sessions_of
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.stops import Judges, Stopped, Stops, shortened


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes outside the shift, or minutes by which the contract's obligation is missed."""
    for person in problem.people:
        total = 0
        for day in problem.cycle:
            placements = plan.placed.get((person.id, day), [])
            if placements:
                length = placements[-1].end - placements[0].start
                total += person.role.duty_of_shift(length)
                yield from _lengths(problem, person, placements)
            for session in plan.day_of.get((person.id, day), ()):
                yield from _outside(problem, person, session, placements)
        yield from _too_many_days(problem, plan, person)
        yield from _short_days(plan, problem.cycle, person)
        if total != person.obligation:
            message = (
                f"{person.name} is scheduled for {total} minutes a cycle; the contract "
                f"says {person.obligation}."
            )
            yield Violation(RULE.key, (person.id,), abs(total - person.obligation), message)


def _too_many_days(problem: Problem, plan: Plan, person: Person) -> Iterator[Violation]:
    days = sum((person.id, day) in plan.placed for day in problem.cycle)
    if days > person.most_days:
        message = f"{person.name} comes on {days} days; {person.most_days} are the most."
        yield Violation(RULE.key, (person.id,), days - person.most_days, message)


def _short_days(plan: Plan, cycle: tuple[str, ...], person: Person) -> Iterator[Violation]:
    if not person.works_full_days:
        return
    full = person.role.shift_of_duty(person.role.obligation_minutes)
    days = {day: plan.placed[person.id, day] for day in cycle if (person.id, day) in plan.placed}
    short = [day for day, placed in days.items() if placed[-1].end - placed[0].start < full]
    if len(short) > 1:
        message = (
            f"{person.name} works full days, and one shorter day at most; "
            f"{', '.join(short)} are shorter."
        )
        yield Violation(RULE.key, (person.id,), len(short) - 1, message)


def _lengths(problem: Problem, person: Person, placements: list[Placement]) -> Iterator[Violation]:
    first, last = placements[0], placements[-1]
    allowed = {(s.school, s.start, s.end) for s in problem.shifts_of(person, first.day)}
    joined = all(a.end == b.start for a, b in zip(placements, placements[1:], strict=False))
    if (first.school, first.start, last.end) not in allowed or not joined:
        times = sorted(
            {
                f"{clock(start)}–{clock(end)}"
                for school, start, end in allowed
                if school == first.school
            }
        )
        message = (
            f"{person.name}'s shift on {first.day} is {clock(first.start)}–{clock(last.end)}; the "
            "contract allows"
            f" {' or '.join(times) or 'no work there that day'}."
        )
        yield Violation(RULE.key, (person.id, first.day), 1, message)


def _outside(
    problem: Problem, person: Person, session: Session, placements: list[Placement]
) -> Iterator[Violation]:
    if not problem.service_of[session.service].in_shift:
        return
    there = placements if session.school else _whole(placements)
    if any(
        p.start <= session.start and session.end <= p.end and session.school in ("", p.school)
        for p in there
    ):
        return
    when = f"{session.day} {clock(session.start)}–{clock(session.end)}"
    message = (
        f"{session.service} on {when} is outside {person.name}'s shift at "
        f"{session.school or 'work'}."
    )
    yield Violation(RULE.key, (person.id, session.day, session.service), session.minutes, message)


def _whole(placements: list[Placement]) -> list[Placement]:
    """A day's placements as one stretch, for work that is tied to no school."""
    if not placements:
        return []
    first, last = placements[0], placements[-1]
    return [Placement(first.staff, first.day, first.start, last.end, "")]


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """Work outside of the shift, or the shift itself: of one day, or where the cycle's total is
    wrong, of the days whose shifts are not the contract's (of all, where these are).
    """
    if len(where) > 2:
        person, day, service = where
        return in_column(sessions_of(plan, service, day, person), "start")
    placed = placements_of(plan, *where)
    shifts = problem.person_of[where[0]].shifts
    begins = {(s.day, s.school, s.start) for s in shifts}
    whole = {(s.day, s.school, s.start, s.end) for s in shifts}
    late = [p for p in placed if (p.day, p.school, p.start) not in begins]
    long = [p for p in placed if p not in late and (p.day, p.school, p.start, p.end) not in whole]
    return [*in_column(late, "shift_start"), *in_column(long, "shift_end")] or in_column(
        placed, "shift_start"
    )


def _stopped(ways: Stopped) -> str:
    are = "are" if ways.several else "is"
    return f"{ways.names} {are} not at {ways.school} in {ways.service.id}'s windows{_no_way(ways)}."


def _no_way(ways: Stopped) -> str:
    """That no way leads there from where they may work on the same day, as far as that is so."""
    problem, school = ways.problem, ways.service.school
    pairs = {
        pair
        for name in ways.people
        if name in problem.person_of
        for pair in problem.without_a_way(problem.person_of[name])
        if school in pair
    }
    others = [
        problem.schools[one if other == school else other].name for one, other in sorted(pairs)
    ]
    if not others:
        return ""
    return f"; no travel time is given between {ways.school} and {shortened(others)}"


def _asked(problem: Problem, where: Where) -> str:
    person = problem.person_of.get(where[0])
    return f"{person.name} works {_shifts(problem, person)}." if person else ""


def _shifts(problem: Problem, person: Person) -> str:
    spans = {(s.start, s.end) for s in person.shifts}
    if len(spans) == 1:
        begin, end = next(iter(spans))
        days = [day for day in problem.cycle if problem.shifts_of(person, day)]
        span = f"{clock(begin)}–{clock(end)}"
        worked = round(person.obligation / max(1, person.shifts[0].obligation), 2)
        some_of = f"{worked:g} of " if worked < len(days) else ""
        return f"{span} on {some_of}{', '.join(days)}"
    return f"{person.obligation} minutes a cycle, in the shifts of the contract"


RULE = Rule(
    key="shift",
    title="Shift and obligation",
    sentence="Work lies inside the shift; a shift is the day's obligation and lunch; the cycle's "
    "obligation is met exactly, on no more days than somebody may come.",
    formula="shift.end − shift.start = obligation + lunch; Σ obligation = FTE × day × days; "
    "shift.start ≤ start, end ≤ shift.end;"
    " part_time days: days shorter than a full one ≤ 1; days(p) ≤ max_days(p)",
    unit="minutes",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset({Strength.HARD}),
    scopes=frozenset({"role"}),
    columns=("max_days",),
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=4, words=_stopped, is_absence=True),
    asks=_asked,
    is_about_places=True,
    hr=HrSection.WEEK,
    needs_whole_person=True,
)
