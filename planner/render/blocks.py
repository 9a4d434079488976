"""Turn what stands in a timetable into coloured blocks with a few words.

A block is a session, a lunch, preparation or a journey.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.plan.workday import journeys, shifts
from planner.words import palette
from planner.words.palette import Tone
from planner.words.wording import Words, clock_range, grades, kind_of_duty, kind_of_place, listed

MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class TimedBlock:
    """A stretch of time in a timetable. `short` and `brief` replace title and detail where there is
    little room.
    """

    start: int
    end: int
    tone: Tone
    title: str = ""
    detail: str = ""
    short: str = ""
    brief: str = ""
    letter: str = ""


def group_name(problem: Problem, service: Service) -> str:
    """`Gr 2 · reading · elm-2-read-a`."""
    assert service.group
    parts = (
        grades(service.group.grades, problem.data.district.grades),
        service.group.subject,
        service.id,
    )
    return " · ".join(part for part in parts if part)


def service_name(problem: Problem, service: Service) -> str:
    """A group's or a duty's name in a timetable."""
    if service.group:
        return group_name(problem, service)
    assert service.duty
    return f"{kind_of_duty(service.duty.kind)} · {service.id}"


def short_name(service: Service) -> str:
    """An id without the school that it starts with, for narrow places."""
    prefix = f"{service.school}-"
    return (
        service.id[len(prefix) :]
        if service.school and service.id.startswith(prefix)
        else service.id
    )


def tone_of(service: Service) -> Tone:
    """The colours of a service."""
    if service.planning:
        return palette.PREPARATION
    return palette.TIER[service.tier] if service.group else palette.DUTY


def session_block(problem: Problem, session: Session, *, seen_by: str = "") -> TimedBlock:
    """A session as somebody sees it who takes part (`seen_by`), or as the school does."""
    service = problem.service_of[session.service]
    tone = tone_of(service)
    name = service_name(problem, service)
    short = (
        short_name(service)
        if service.group
        else "Plan"
        if service.planning
        else name.partition(" · ")[0]
    )
    detail = " · ".join(part for part in _details(problem, session, service, seen_by) if part)
    brief = f"tier {service.tier} · {service.group.subject}" if service.group else ""
    return TimedBlock(session.start, session.end, tone, name, detail, short, brief, tone.letter)


def _details(problem: Problem, session: Session, service: Service, seen_by: str) -> Iterator[str]:
    words = Words(problem.data.district.locale)
    if service.group:
        yield kind_of_place(session.place or service.place)
        size = service.size
        yield words.count(size, "student") if size else ""
    elif session.place and session.place != service.place:
        yield session.place
    others = [person for person in session.staff if person != seen_by]
    if seen_by and others:
        few = [problem.person_of[person].name for person in others]
        yield f"with {listed(few)}" if len(few) <= 2 else f"with {len(few)} others"
    if session.dates:
        yield f"on {words.count(len(session.dates), 'date')} only"


def person_blocks(problem: Problem, plan: Plan, person: str, day: str) -> list[TimedBlock]:
    """Everything in a person's day, and the hours outside of the shift as a pale ground."""
    found = [session_block(problem, s, seen_by=person) for s in plan.day_of.get((person, day), [])]
    found += rest_blocks(problem, plan, person, day)
    return [*found, *away(shifts(plan, person, day), found)]


def rest_blocks(problem: Problem, plan: Plan, person: str, day: str) -> Iterator[TimedBlock]:
    """A person's lunch, preparation and journeys on a day."""
    words = Words(problem.data.district.locale)
    for start, end in plan.lunches(person, day):
        yield TimedBlock(
            start, end, palette.LUNCH, "Duty-free lunch", clock_range(start, end), "Lunch"
        )
    for start, end in plan.preparation(person, day):
        yield TimedBlock(
            start, end, palette.PREPARATION, "Preparation", clock_range(start, end), "Prep"
        )
    for way in journeys(problem, plan, person, day):
        if way.end > way.start:
            to = f"Travel to {problem.schools[way.to].name}"
            yield TimedBlock(
                way.start, way.end, palette.TRAVEL, to, words.minutes(way.end - way.start), "Travel"
            )


def away(worked: Sequence[tuple[int, int]], others: Iterable[TimedBlock]) -> Iterator[TimedBlock]:
    """The hours before and after the shift; they give way to whatever is planned in them."""
    first = min(
        [start for start, _ in worked] + [block.start for block in others], default=MIDNIGHT
    )
    last = max([end for _, end in worked] + [block.end for block in others], default=MIDNIGHT)
    yield TimedBlock(0, first, palette.AWAY)
    if last < MIDNIGHT:
        yield TimedBlock(last, MIDNIGHT, palette.AWAY)


def rooms_in_use(
    problem: Problem, sessions: Sequence[Session], spaces: int | None
) -> Iterator[TimedBlock]:
    """How many pull-out rooms are in use, whenever that changes."""
    pulled = [s for s in sessions if problem.service_of[s.service].takes_room]
    moments = sorted({s.start for s in pulled} | {s.end for s in pulled})
    runs: list[tuple[int, int, int]] = []
    for start, end in zip(moments, moments[1:], strict=False):
        used = sum(1 for s in pulled if s.start <= start < s.end)
        if runs and runs[-1][1] == start and runs[-1][2] == used:
            runs[-1] = (runs[-1][0], end, used)
        elif used:
            runs.append((start, end, used))
    for start, end, used in runs:
        full = spaces is not None and used >= spaces
        yield TimedBlock(start, end, palette.ROOMS, str(used), "full" if full else "", str(used))
