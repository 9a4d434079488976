"""Who must have had which training by when, and the places where it is given."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from planner.facts.cell_type import Due
from planner.facts.district import District
from planner.facts.sheets import Dataset
from planner.facts.staff_rows import Staff, Training

MINUTES_AN_HOUR = 60
MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Course:
    """An offering of a training: one date, from when to when. Offerings at the same time in several
    places are one.
    """

    date: date
    start: int
    end: int
    training: str

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.start

    def overlaps(self, other: "Course") -> bool:
        """Whether nobody can attend both."""
        return self.date == other.date and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class TrainingRequirement:
    """Minutes of a training that a person must have had by a date (None: at any time)."""

    person: Staff
    training: str
    minutes: int
    due: date | None

    def serves(self, course: Course) -> bool:
        """Whether attending the course counts: the training itself, by its deadline, on a date of
        employment.
        """
        in_time = self.due is None or course.date <= self.due
        return (
            course.training == self.training and in_time and employed_on(self.person, course.date)
        )


def needs_of(data: Dataset) -> Iterator[TrainingRequirement]:
    """What everybody of the sheet `staff` needs, also those who are hired after the planned day.

    Of several rows of a training that are for a person, the one for those hired from the latest
    date holds. A training is waived by a credential that is valid on the deadline; who leaves
    before the deadline needs none.
    """
    rows = sorted(data.training, key=lambda row: row.hired_from or date.min)
    for person in data.staff:
        for training in {row.training: row for row in rows if _is_for(row, person)}.values():
            due = deadline(training.due, person.hire_date, data.district)
            last = due or data.district.year_end
            waived = any(
                c.name in training.waived_by and (c.expires or last) >= last
                for c in person.credentials
            )
            if not waived and (person.end_date or last) >= last:
                yield TrainingRequirement(
                    person, training.training, round(training.hours * MINUTES_AN_HOUR), due
                )


def courses_of(data: Dataset) -> dict[Course, int | None]:
    """The courses in order of time with their seats, those of the same time together; None where
    there is no limit.
    """
    found: dict[Course, int | None] = {}
    for row in sorted(data.offerings, key=lambda row: (row.date, row.start, row.end, row.training)):
        course = Course(row.date, row.start, row.end, row.training)
        before = found.get(course, 0)
        found[course] = None if before is None or row.seats is None else before + row.seats
    return found


def deadline(terms: Iterable[Due], hired: date | None, district: District) -> date | None:
    """The earliest date that the terms set; None where none does.

    Months count from the hire date, and say nothing of those whose hire date is not known. A date
    without a year is the first one from the hire date on (or from the start of the year); `next
    year` is in the calendar year after that in which the school year of the hire date starts: hired
    in August 2025 (for the year that is to begin), in December 2025 or in May 2026, `09-01 next
    year` is 1 September 2026.
    """
    dates = [found for term in terms if (found := _term(term, hired, district)) is not None]
    return min(dates, default=None)


def _term(term: Due, hired: date | None, district: District) -> date | None:
    if not term.month:
        return None if hired is None else _months_later(hired, term.months)
    start = hired or district.year_start
    if term.years:
        return date(_school_year(start, district) + term.years, term.month, term.day)
    this_year = date(start.year, term.month, term.day)
    return this_year if this_year >= start else this_year.replace(year=start.year + 1)


def _school_year(day: date, district: District) -> int:
    """The calendar year in which the school year of a date starts. Between two school years it is
    the one to come, for which somebody is hired then.
    """
    first, last = ((each.month, each.day) for each in (district.year_start, district.year_end))
    ended = (day.month, day.day) > last
    return day.year + ended if first <= last else day.year - (not ended)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where it is shorter."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _is_for(training: Training, person: Staff) -> bool:
    """Whether a training is for this job class and for people hired when this person was; no hire
    date is before all others.
    """
    if training.roles and person.role not in training.roles:
        return False
    if person.hire_date is None:
        return training.hired_from is None
    after = training.hired_from is None or training.hired_from <= person.hire_date
    return after and (training.hired_to is None or person.hire_date <= training.hired_to)


def employed_on(person: Staff, day: date) -> bool:
    """Whether a date lies between hire and end of employment."""
    return (person.hire_date or day) <= day <= (person.end_date or day)
