"""The rows of a plan that say who is where, who serves whom and who attends what, as plan.json and
the sheets of plan.xlsx hold them: names and clock times are text, and may still be wrong.
"""

from typing import Annotated

from planner.document.document_part import PlanPart, SeenBy
from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.facts.who import EVERYBODY
from planner.plan.plan import Attendance, Placement, Plan, Session


class Stretch(PlanPart):
    """A stretch of a day."""

    start: Annotated[str, SeenBy(EVERYBODY, "When it begins (HH:MM).")]
    end: Annotated[str, SeenBy(EVERYBODY, "When it ends (HH:MM).")]


class SessionRow(PlanPart):
    """A session: a group that is served, or a duty that is done."""

    service: Annotated[str, SeenBy(EVERYBODY, "The group or duty.")]
    kind: Annotated[str, SeenBy(EVERYBODY, "group or duty.")] = ""
    school: Annotated[str, SeenBy(EVERYBODY, "Where it is.")] = ""
    staff: Annotated[tuple[str, ...], SeenBy(EVERYBODY, "Who gives it.")] = ()
    day: Annotated[str, SeenBy(EVERYBODY, "The cycle's day.")]
    start: Annotated[str, SeenBy(EVERYBODY, "When it begins (HH:MM).")]
    end: Annotated[str, SeenBy(EVERYBODY, "When it ends (HH:MM); blank: as long as it is.")] = ""
    place: Annotated[str, SeenBy(EVERYBODY, "pull_out, push_in and so on.")] = ""
    dates: Annotated[
        tuple[str, ...], SeenBy(EVERYBODY, "The dates on which it is given; none: every cycle.")
    ] = ()


class PlacementRow(PlanPart):
    """Somebody's day, or the part of it at one school."""

    staff: Annotated[str, SeenBy(EVERYBODY, "Who is there.")]
    position: Annotated[str, SeenBy(EVERYBODY, "The position that places them there.")] = ""
    day: Annotated[str, SeenBy(EVERYBODY, "The cycle's day.")]
    half: Annotated[str, SeenBy(EVERYBODY, "day, am or pm.")] = ""
    school: Annotated[str, SeenBy(EVERYBODY, "The school.")]
    shift_start: Annotated[str, SeenBy(EVERYBODY, "When the shift begins (HH:MM).")]
    shift_end: Annotated[str, SeenBy(EVERYBODY, "When the shift ends (HH:MM).")]
    lunch_start: Annotated[str | None, SeenBy(EVERYBODY, "When lunch begins (HH:MM).")] = None
    lunch_end: Annotated[str | None, SeenBy(EVERYBODY, "When lunch ends (HH:MM).")] = None
    preparation: tuple[Stretch, ...] = ()


class AttendanceRow(PlanPart):
    """A course that somebody attends."""

    staff: Annotated[str, SeenBy(EVERYBODY, "Who attends it.")]
    training: Annotated[str, SeenBy(EVERYBODY, "The training.")]
    date: Annotated[str, SeenBy(EVERYBODY, "The course's date (YYYY-MM-DD).")]
    start: Annotated[str, SeenBy(EVERYBODY, "When it begins (HH:MM).")]
    end: Annotated[str, SeenBy(EVERYBODY, "When it ends (HH:MM).")]


class ElsewhereRow(PlanPart):
    """A day on which somebody is at a school that whoever reads this may not see."""

    staff: Annotated[str, SeenBy(EVERYBODY, "Who is elsewhere.")]
    day: Annotated[str, SeenBy(EVERYBODY, "On which day of the cycle.")]


def session_rows(problem: Problem, plan: Plan) -> tuple[SessionRow, ...]:
    """The sessions, by service, day and time."""
    order = {day: index for index, day in enumerate(problem.cycle)}
    rows = sorted(plan.sessions, key=lambda s: (s.service, order[s.day], s.start, s.staff))
    return tuple(session_row(session) for session in rows)


def placement_rows(problem: Problem, plan: Plan) -> tuple[PlacementRow, ...]:
    """The placements, by person, day and time."""
    order = {day: index for index, day in enumerate(problem.cycle)}
    rows = sorted(plan.placements, key=lambda p: (p.staff, order[p.day], p.start, p.school))
    return tuple(_placement_row(placement) for placement in rows)


def attendance_rows(plan: Plan) -> tuple[AttendanceRow, ...]:
    """The courses, by person, training and date."""
    return tuple(_attendance_row(attendance) for attendance in sorted(plan.training))


def session_row(session: Session) -> SessionRow:
    """A session under the contract's names."""
    return SessionRow(
        service=session.service,
        kind=session.kind,
        school=session.school,
        staff=tuple(sorted(session.staff)),
        day=session.day,
        start=clock(session.start),
        end=clock(session.end),
        place=session.place,
        dates=tuple(sorted(date.isoformat() for date in session.dates)),
    )


def _placement_row(placement: Placement) -> PlacementRow:
    return PlacementRow(
        staff=placement.staff,
        position=placement.position,
        day=placement.day,
        half=placement.half,
        school=placement.school,
        shift_start=clock(placement.start),
        shift_end=clock(placement.end),
        lunch_start=clock(placement.lunch[0]) if placement.lunch else None,
        lunch_end=clock(placement.lunch[1]) if placement.lunch else None,
        preparation=tuple(
            Stretch(start=clock(start), end=clock(end))
            for start, end in sorted(placement.preparation)
        ),
    )


def _attendance_row(attendance: Attendance) -> AttendanceRow:
    return AttendanceRow(
        staff=attendance.staff,
        training=attendance.training,
        date=attendance.date.isoformat(),
        start=clock(attendance.start),
        end=clock(attendance.end),
    )
