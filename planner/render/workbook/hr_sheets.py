"""The sheets `hr`, `differentials` and `time and effort`.

A row a person and position, an allowance and fund, a person and fund.
"""

from decimal import Decimal
from fractions import Fraction

from planner.hr import Hr
from planner.hr.effort import CAUTION, RECORD_SOURCES
from planner.hr.people import HeldPosition, Record
from planner.money.number_format import NumberFormat
from planner.plan.positions import decimal_fte
from planner.render.workbook.canvas import MUTED, Canvas, Look, Value
from planner.render.workbook.table import RIGHT, WRAPPED, ReportColumn, write_table

FTE = Look(align="right", number="0.######")
HOURS = Look(align="right", number="#,##0.##")
PERCENT = Look(align="right", number="0.####")
POINTS = Look(align="right", number="0.0")
AMOUNT = Look(align="right", number="#,##0.00")
PEOPLE = (
    ReportColumn("Person", 26),
    ReportColumn("Id", 14),
    ReportColumn("Job class", 30),
    ReportColumn("Position", 12),
    ReportColumn("Status", 10),
    ReportColumn("Schools", 22),
    ReportColumn("FTE", 8, FTE),
    ReportColumn("Hours a day", 9, HOURS),
    ReportColumn("Hours a week", 9, HOURS),
    ReportColumn("Hours a year", 10, HOURS),
    ReportColumn("Contract, min a cycle", 10, RIGHT),
    ReportColumn("Scheduled, min a cycle", 10, RIGHT),
    ReportColumn("Contract days", 9, RIGHT),
    ReportColumn("Paid days", 8, RIGHT),
    ReportColumn("Dates worked", 8, RIGHT),
    ReportColumn("Funds", 34, WRAPPED),
    ReportColumn("Amount", 13, AMOUNT),
    ReportColumn("Supervisor", 22),
    ReportColumn("Benefits", 32, WRAPPED),
    ReportColumn("Credentials that end", 34, WRAPPED),
    ReportColumn("Training due", 40, WRAPPED),
    ReportColumn("Record for auditors", 26),
    ReportColumn("From", 11),
    ReportColumn("To", 11),
)
DIFFERENTIALS = (
    ReportColumn("Position", 12),
    ReportColumn("Item of the position", 12),
    ReportColumn("Differential", 24),
    ReportColumn("Its item", 12),
    ReportColumn("Fund", 16),
    ReportColumn("Position, %", 10, PERCENT),
    ReportColumn("Differential, %", 11, PERCENT),
    ReportColumn("Must be the same", 10),
    ReportColumn("Is the same", 9),
    ReportColumn("Amount", 12, AMOUNT),
)
EFFORT = (
    ReportColumn("Person", 26),
    ReportColumn("Id", 14),
    ReportColumn("Fund", 18),
    ReportColumn("Pays, %", 10, POINTS),
    ReportColumn("Planned minutes a cycle", 12, HOURS),
    ReportColumn("Planned, %", 10, POINTS),
    ReportColumn("Difference, points", 11, POINTS),
    ReportColumn("Record for auditors", 28),
)

NO_DIFFERENTIALS = "No position has an allowance or a differential."
EFFORT_NOTE = f"{CAUTION} Records: {RECORD_SOURCES}."


def write_people(canvas: Canvas, found: Hr, saying: NumberFormat) -> None:
    """A row a person and position; what is of the person stands in the first of their rows."""
    write_table(canvas, PEOPLE, people_rows(found, saying))


def people_rows(found: Hr, saying: NumberFormat) -> list[tuple[Value, ...]]:
    """The rows under PEOPLE."""
    return [row for person in found.people for row in _rows(found, person, saying)]


def _rows(found: Hr, person: Record, saying: NumberFormat) -> list[tuple[Value, ...]]:
    places: tuple[HeldPosition | None, ...] = person.places or (None,)
    return [
        _row(found, person, place, saying, first=number == 0) for number, place in enumerate(places)
    ]


def _row(
    found: Hr, person: Record, place: HeldPosition | None, saying: NumberFormat, *, first: bool
) -> tuple[Value, ...]:
    title = found.problem.roles[place.position.role if place else person.role].title
    own: tuple[Value, ...] = (None,) * 4
    if place:
        each = (place.position.fte, place.hours_a_day, place.hours_a_week, place.hours_a_year)
        own = tuple(decimal_fte(figure) for figure in each)
    return (
        person.name,
        person.staff,
        title,
        place.position.position if place else None,
        place.standing if place else None,
        "; ".join(place.position.school if place else person.schools) or None,
        *(own if place else (decimal_fte(person.fte), None, None, None)),
        person.obligation if first else None,
        person.scheduled if first else None,
        place.contract_days if place else person.days,
        place.paid_days if place else None,
        person.dates if first else None,
        "; ".join(
            f"{line.fund or 'no fund'} {saying.number(line.percent)} %" for line in place.funding
        )
        if place
        else None,
        place.cost.total if place and place.cost else None,
        person.supervisor or None,
        _benefits(person, saying) if first else None,
        "; ".join(f"{one.credential} {one.expires.isoformat()}" for one in person.credentials)
        or None
        if first
        else None,
        _training(person, saying) if first else None,
        person.effort.record or None if first else None,
        *_dates(found, place),
    )


def _dates(found: Hr, place: HeldPosition | None) -> tuple[str | None, str | None]:
    """From when to when a position is held; blank where that is the school year's."""
    start, end = place.within(found.problem.data.district) if place else (None, None)
    return start.isoformat() if start else None, end.isoformat() if end else None


def _benefits(person: Record, saying: NumberFormat) -> str | None:
    said = (
        f"{one.oncost}: {'due' if one.eligible else 'not due'}, {saying.hours(one.hours)} of "
        f"{saying.hours(one.threshold)}"
        + ("" if one.months is None else f", {saying.words.count(one.months, 'month')}")
        for one in person.benefits
    )
    return "; ".join(said) or None


def _training(person: Record, saying: NumberFormat) -> str | None:
    said = []
    for need in person.training:
        if not need.met:
            by = f" by {need.due.isoformat()}" if need.due else ""
            said.append(
                f"{need.training}: {saying.words.minutes(need.needed - need.planned)} open{by}"
            )
    return "; ".join(said) or None


def write_differentials(canvas: Canvas, found: Hr) -> None:
    """An allowance of a position and a fund a row, those that should agree and do not first."""
    rows = differential_rows(found)
    last = write_table(canvas, DIFFERENTIALS, rows)
    if not rows:
        canvas.put(last + 1, 1, NO_DIFFERENTIALS, MUTED)


def differential_rows(found: Hr) -> list[tuple[Value, ...]]:
    """The rows under DIFFERENTIALS."""
    each = [
        one for person in found.people for place in person.places for one in place.differentials
    ]
    return [
        (
            one.position,
            one.item or None,
            one.allowance,
            one.allowance_item or None,
            one.fund,
            _decimal(one.position_percent),
            _decimal(one.percent),
            "yes" if one.must_match else "no",
            "yes" if one.agrees else "NO" if one.must_match else "no",
            one.amount,
        )
        for one in sorted(each, key=lambda one: one.agrees or not one.must_match)
    ]


def write_effort(canvas: Canvas, found: Hr) -> None:
    """A person and fund a row, and below what it is not."""
    last = write_table(canvas, EFFORT, effort_rows(found))
    canvas.put(last + 2, 1, EFFORT_NOTE, MUTED)


def effort_rows(found: Hr) -> list[tuple[Value, ...]]:
    """The rows under EFFORT."""
    return [
        (
            person.name,
            person.staff,
            line.fund or "no fund",
            _decimal(line.funded),
            _decimal(line.minutes),
            _decimal(line.planned),
            _decimal(line.difference),
            person.effort.record or None,
        )
        for person in found.people
        for line in person.effort.lines
    ]


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else decimal_fte(value)
