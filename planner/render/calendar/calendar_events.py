"""List the events in the calendar of a person or of a school.

Sessions and training, and if wanted lunch, preparation and travel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from planner.facts.service import Service
from planner.plan.plan import Session
from planner.plan.workday import journeys
from planner.render.blocks import service_name
from planner.render.calendar.year_dates import YearDates
from planner.words.palette import TIER
from planner.words.wording import Words, clock_time, kind_of_duty, kind_of_place, listed

LUNCH, PREPARATION, TRAVEL, SHIFT = "lunch", "preparation", "travel", "shift"
EXTRAS = (LUNCH, PREPARATION, TRAVEL, SHIFT)
"""What a person's calendar holds only if it is asked for."""
DAY_KINDS = {
    "holiday": "Holiday",
    "bank_holiday": "Bank holiday",
    "non_student": "No students",
    "pd_day": "PD day, no students",
    "minimum_day": "Minimum day",
}


@dataclass(frozen=True)
class Event:
    """Something at the same time of day on some dates; all day where it has no hours.

    `key` tells it from everything else in the district's year, and stays the same when it moves.
    """

    key: tuple[str, ...]
    title: str
    dates: tuple[date, ...]
    hours: tuple[int, int] | None = None
    where: str = ""
    text: str = ""
    category: str = ""
    free: bool = False
    """Whether other things may be at the same time: a shift is no appointment."""


def person_events(dates: YearDates, person: str, extras: Sequence[str] = ()) -> Iterator[Event]:
    """A person's year. A session's key is its service and its number among those of the cycle, so
    that it may move in the week.
    """
    problem, plan = dates.problem, dates.plan
    for service in sorted({s.service for s in plan.sessions if person in s.staff}):
        for number, session in enumerate(
            _in_order(dates, [s for s in plan.sessions_of[service] if person in s.staff])
        ):
            yield _session(
                dates,
                session,
                ("person", person, service, str(number)),
                dates.of_person(session, person),
                person,
            )
    for attendance in plan.training_of.get(person, ()):
        key = (
            "person",
            person,
            "training",
            attendance.training,
            attendance.date.isoformat(),
            str(attendance.start),
        )
        hours = (attendance.start, attendance.end)
        yield Event(
            key, f"Training: {attendance.training}", (attendance.date,), hours, category="Training"
        )
    for on, kind in dates.without_students(person):
        yield Event(
            ("person", person, "day", on.isoformat()),
            DAY_KINDS.get(kind, "Day without students"),
            (on,),
            category="Day",
        )
    for day in problem.cycle:
        yield from _rest(dates, person, day, extras)


def school_events(dates: YearDates, school: str) -> Iterator[Event]:
    """A school's year: every session there with its adults, and the days that differ from an
    ordinary school day.
    """
    problem, plan = dates.problem, dates.plan
    here = [session for session in plan.sessions if dates.school_of(session) == school]
    for service in sorted({session.service for session in here}):
        for number, session in enumerate(
            _in_order(dates, [s for s in here if s.service == service])
        ):
            yield _session(
                dates, session, ("school", school, service, str(number)), dates.of_session(session)
            )
    for on in problem.calendar.weekdays:
        kind = problem.calendar.kind(on, school)
        if kind in DAY_KINDS:
            close = problem.calendar.close(on, school)
            title = (
                DAY_KINDS[kind]
                if close is None
                else f"{DAY_KINDS[kind]}, closes at {clock_time(close)}"
            )
            yield Event(("school", school, "day", on.isoformat()), title, (on,), category="Day")


def _in_order(dates: YearDates, sessions: Sequence[Session]) -> list[Session]:
    order = dates.problem.cycle.index
    return sorted(sessions, key=lambda s: (order(s.day), s.start, s.staff))


def _session(
    dates: YearDates,
    session: Session,
    key: tuple[str, ...],
    on: tuple[date, ...],
    seen_by: str = "",
) -> Event:
    problem = dates.problem
    service = problem.service_of[session.service]
    people = [problem.person_of[name].name for name in session.staff if name != seen_by]
    title = service_name(problem, service)
    school = dates.school_of(session)
    return Event(
        key,
        title if seen_by or not people else f"{title} · {listed(people)}",
        on,
        (session.start, session.end),
        problem.schools[school].name if school else "",
        " · ".join(_said(dates, session, service, people)),
        TIER[service.tier].name if service.group else "Duty",
    )


def _said(
    dates: YearDates, session: Session, service: Service, people: Sequence[str]
) -> Iterator[str]:
    """Tier, place, number of students and the other adults; never who the students are."""
    if service.group:
        yield TIER[service.tier].name
        yield kind_of_place(session.place or service.place)
        if service.size:
            yield Words(dates.problem.data.district.locale).count(service.size, "student")
    elif service.duty:
        yield kind_of_duty(service.duty.kind)
    if people:
        yield f"with {listed(people)}"


def _rest(dates: YearDates, person: str, day: str, extras: Sequence[str]) -> Iterator[Event]:
    """Lunch, preparation, journeys and shift of a day of the cycle."""
    problem, plan = dates.problem, dates.plan
    placed = plan.placed.get((person, day), [])
    if not placed:
        return
    on = dates.of_day(person, day, placed[0].school)

    def event(kind: str, number: int, title: str, hours: tuple[int, int], where: str) -> Event:
        key = ("person", person, kind, day, str(number))
        return Event(
            key,
            title,
            on,
            hours,
            problem.schools[where].name,
            category=kind.capitalize(),
            free=kind == SHIFT,
        )

    for placement in placed:
        if SHIFT in extras:
            hours = (placement.start, placement.end)
            yield event(
                SHIFT,
                placed.index(placement),
                f"At {problem.schools[placement.school].name}",
                hours,
                placement.school,
            )
        if LUNCH in extras and placement.lunch:
            yield event(
                LUNCH, placed.index(placement), "Duty-free lunch", placement.lunch, placement.school
            )
        for number, block in enumerate(
            sorted(placement.preparation) if PREPARATION in extras else ()
        ):
            yield event(
                PREPARATION,
                10 * placed.index(placement) + number,
                "Preparation",
                block,
                placement.school,
            )
    ways = (
        [way for way in journeys(problem, plan, person, day) if way.end > way.start]
        if TRAVEL in extras
        else []
    )
    for number, way in enumerate(ways):
        yield event(
            TRAVEL,
            number,
            f"Travel to {problem.schools[way.to].name}",
            (way.start, way.end),
            way.to,
        )
