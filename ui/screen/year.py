"""One person's school year, month by month: dates worked, training, closed days and days off."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date, get_day_names
from markupsafe import Markup

from planner.facts.calendar import MINIMUM_DAY, PD_DAY, STUDENT_DAY, WEEKEND
from planner.plan.contract_year import dates_worked, work_year
from planner.words import palette
from ui.app.workspace import VisiblePlan
from ui.screen.templating import filled


@dataclass(frozen=True)
class Kind:
    """A kind of day: its name, its colour, and the letter that says the same."""

    name: str
    ground: str
    letter: str = ""


WORKED = Kind("works", palette.tint(palette.ACCENT, 0.3))
PD = Kind("works, no students (PD)", palette.tint("#009E73", 0.4), "P")
SHORT = Kind("works, early dismissal", palette.tint(palette.ACCENT, 0.3), "e")
COURSE = Kind("training", palette.tint("#E69F00", 0.5), "T")
AWAY = Kind("at another school", palette.tint(palette.ACCENT, 0.12), "o")
OPEN = Kind("school day, not at work", palette.WHITE)
CLOSED = Kind("holiday or closed", palette.LUNCH.ground, "–")
REST = Kind("", palette.BAND)
LEGEND = (WORKED, SHORT, PD, COURSE, AWAY, OPEN, CLOSED)


@dataclass(frozen=True)
class Month:
    """A month: its name, empty cells before its first day, and its days."""

    name: str
    before: int
    days: tuple[tuple[int, Kind, str], ...]


def year(opened: VisiblePlan, staff: str) -> Markup:
    """The year of somebody who is planned; of who works elsewhere, too, the part that is seen."""
    problem, plan = opened.problem, opened.plan
    person, locale = problem.person_of[staff], problem.data.district.locale
    worked = dates_worked(problem, plan, person)
    courses = {
        attendance.date: attendance.training for attendance in plan.training_of.get(staff, ())
    }
    whole = work_year(problem, plan, person)
    away = {day for name, day in plan.elsewhere if name == staff}
    school = person.row.home_school or next(
        (p.school for p in plan.placements if p.staff == staff), ""
    )

    def kind(day: date) -> tuple[Kind, str]:
        there = problem.calendar.kind(day, school)
        if day in courses:
            return COURSE, f"training {courses[day]}"
        if day in worked:
            return (
                (PD, "")
                if there == PD_DAY
                else (SHORT, "")
                if there == MINIMUM_DAY
                else (WORKED, "")
            )
        if there == WEEKEND:
            return REST, ""
        if there in (STUDENT_DAY, MINIMUM_DAY) and problem.calendar.cycle_day(day) in away:
            return AWAY, ""
        return (
            (OPEN, "") if there in (STUDENT_DAY, MINIMUM_DAY) else (CLOSED, there.replace("_", " "))
        )

    months = []
    for first in _months(problem.data.district.year_start, problem.data.district.year_end):
        days = []
        for number in range(1, monthrange(first.year, first.month)[1] + 1):
            day = first.replace(day=number)
            found, said = kind(day)
            name = format_date(day, "full", locale=locale)
            days.append((number, found, f"{name}: {said or found.name}" if found.name else name))
        months.append(
            Month(format_date(first, "MMMM y", locale=locale), first.weekday(), tuple(days))
        )
    heads = [get_day_names("narrow", locale=locale)[number] for number in range(7)]
    words = opened.words
    of_all = (
        "here; other schools have the rest"
        if away
        else f"of {words.count(whole.contract_days, 'contract day')}"
    )
    sums = f"{words.count(len(whole.dates), 'date')} worked {of_all}"
    legend = [one for one in LEGEND if away or one is not AWAY]
    return filled(
        "year.html", name=person.name, months=months, heads=heads, legend=legend, sums=sums
    )


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)
