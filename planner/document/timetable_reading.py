"""The rows of a plan's timetable made into sessions, placements and courses attended."""

from collections.abc import Iterable, Iterator
from datetime import date

from planner.document.plan_rows import HALVES
from planner.document.row_reading import RowReading
from planner.document.timetable_rows import AttendanceRow, PlacementRow, SessionRow, Stretch
from planner.facts.cell_formats import Reading, clock, parse_clock
from planner.facts.cell_times import read_date
from planner.facts.problem import MIDNIGHT
from planner.facts.service import Service
from planner.plan.plan import Attendance, Placement, Session

NO_DATE = "is not a date. Write it like 2026-09-01."


def _date(text: str) -> date:
    """A date of a year in which there may be schools. Raises ValueError."""
    return read_date(text, Reading())


class SessionReading(RowReading[SessionRow]):
    """A row of the sessions."""

    def sessions(self) -> Iterator[Session]:
        """The row's session on each of its days; none where anything in it is wrong."""
        self.need("service")
        service = self.known("service", "group or duty", self.problem.service_of)
        kind = self.known("kind", "kind of session", ("group", "duty"))
        school = self.known("school", "school", self.problem.schools)
        staff = tuple(sorted({self.person(name) for name in self.row.staff if name}))
        owner = self.problem.service_of.get(service)
        start, end = self._time_of(owner)
        dates = self.each("dates", self.row.dates, _date, NO_DATE)
        named = self.days()
        if owner and kind and kind != owner.kind:
            self.fault("kind", kind, f"is not what {service} is.", f"It is a {owner.kind}.")
        if owner and owner.school and school not in ("", owner.school):
            self.fault(
                "school", school, f"is not the school of {service}.", f"It is at {owner.school}."
            )
        if not staff and owner and owner.group:
            self.fault("staff", "", "is blank; a group is served by somebody.")
        if not self.sound or owner is None:
            return
        place = self.text("place") or owner.place
        for day in named:
            yield Session(
                service, day, start, end, staff, school or owner.school, owner.kind, place, dates
            )

    def _time_of(self, owner: Service | None) -> tuple[int, int]:
        """From when to when a session is; a blank end follows from the service."""
        if self.text("end"):
            start, end = self.span("start", "end", required=True) or (0, 0)
            if owner and start < end and end - start not in owner.lengths:
                rule = (
                    f"makes {end - start} minutes; a session of {owner.id} takes "
                    f"{owner.lengths_said}."
                )
                meant = " or ".join(clock(start + minutes) for minutes in owner.lengths)
                or_blank = "." if owner.varied else ", or clear the cell."
                self.fault("end", self.text("end"), rule, f"Write {meant}{or_blank}")
            return start, end
        begin, minutes = self.clock("start") or 0, owner.shortest if owner else 0
        if owner and owner.varied:
            meant = " or ".join(clock(begin + minutes) for minutes in owner.lengths)
            rule = f"is blank; a session of {owner.id} takes {owner.lengths_said} minutes."
            self.fault("end", "", rule, f"Write {meant}.")
        if begin + minutes > MIDNIGHT:
            self.fault(
                "start",
                self.text("start"),
                "is so late that the session would end after midnight.",
            )
        return begin, begin + minutes


class PlacementReading(RowReading[PlacementRow]):
    """A row of the placements."""

    def placements(self) -> Iterator[Placement]:
        """The row's placement on each of its days; none where anything in it is wrong."""
        staff = self.person(self.text("staff"))
        school = self.known("school", "school", self.problem.schools)
        position = self.known("position", "position", self.problem.positions)
        half = self.known("half", "part of a day", HALVES) or "day"
        start, end = self.span("shift_start", "shift_end", required=True) or (0, 0)
        lunch = self._lunch(staff)
        preparation = self._preparation()
        named = self.days()
        self.need("staff", "school")
        if not self.sound:
            return
        for day in named:
            yield Placement(
                staff, day, start, end, school, half, position, lunch, tuple(sorted(preparation))
            )

    def _lunch(self, staff: str) -> tuple[int, int] | None:
        """The lunch, where there is one; a blank end follows from the job class."""
        person = self.problem.person_of.get(staff)
        if person is None or not self.text("lunch_start") or self.text("lunch_end"):
            return self.span("lunch_start", "lunch_end", required=False)
        start = self.clock("lunch_start")
        return None if start is None else (start, start + person.lunch_minutes)

    def _preparation(self) -> tuple[tuple[int, int], ...]:
        try:
            return tuple(_span_of(block) for block in self.row.preparation)
        except ValueError:
            self.fault(
                "preparation",
                "; ".join(_written(self.row.preparation)),
                "is no stretch of time. Write it like 10:40-11:20; 13:00-13:20.",
            )
            return ()


class AttendanceReading(RowReading[AttendanceRow]):
    """A row of the courses that people attend."""

    def attendances(self) -> Iterator[Attendance]:
        """The row's course and who attends it; none where anything in it is wrong."""
        staff = self.known("staff", "person", {row.staff for row in self.problem.data.staff})
        training = self.known(
            "training", "training", {row.training for row in self.problem.data.training}
        )
        on = self.each("date", (self.row.date,), _date, NO_DATE)
        start, end = self.span("start", "end", required=True) or (0, 0)
        self.need("staff", "training", "date")
        if self.sound:
            yield Attendance(staff, training, on[0], start, end)


def _span_of(block: Stretch) -> tuple[int, int]:
    start, end = parse_clock(block.start), parse_clock(block.end)
    if start >= end:
        raise ValueError
    return start, end


def _written(blocks: Iterable[Stretch]) -> Iterator[str]:
    """Blocks as they stand in a sheet, also one that is none."""
    yield from (f"{block.start}-{block.end}" if block.end else block.start for block in blocks)
