"""The oracle on training: offerings attended, seats, hours by their deadline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from tests.oracle_cells import Span
from tests.oracle_facts import Dataset, Person, Training
from tests.oracle_plan import Attendance, words


def find_attendance(data: Dataset, attended: list[Attendance]) -> Iterator[str]:
    """Who attends attends an offering that there is, once, while employed, and where a seat is
    left.
    """
    seats: Counter[tuple[str, date, Span]] = Counter()
    unlimited = set()
    for offering in data.offerings:
        key = (offering.training, offering.day, offering.span)
        seats[key] += offering.seats or 0
        if offering.seats is None:
            unlimited.add(key)
    taken = Counter((row.training, row.day, row.span) for row in attended)
    for key, people in taken.items():
        if key not in seats:
            yield f"{key[0]} is not offered on {key[1]} {words(key[2])}"
        elif people > seats[key] and key not in unlimited:
            yield f"{key[0]} on {key[1]} has {people} people for {seats[key]} seats"
    for row in attended:
        if not data.people[row.staff].is_employed_on(row.day):
            yield f"{row.staff} attends {row.training} on {row.day}, and is not employed then"


def find_training_clashes(attended: list[Attendance]) -> Iterator[str]:
    """Nobody attends two offerings at once."""
    mine: dict[tuple[str, date], list[Attendance]] = defaultdict(list)
    for row in sorted(attended, key=lambda row: row.span):
        mine[row.staff, row.day].append(row)
    for (staff, day), rows in mine.items():
        for one, other in pairwise(rows):
            if other.span[0] < one.span[1]:
                yield f"{staff} attends {one.training} and {other.training} at once on {day}"


def find_short_training(data: Dataset, attended: list[Attendance]) -> Iterator[str]:
    """Hours that are missing at the deadline, where that is hard. Read: without a hire date nothing
    is due.
    """
    for training in data.trainings:
        for person in data.people.values():
            if not data.rules.is_hard("training", person.scopes) or not is_due(training, person):
                continue
            last = min(deadline(term, person.hire) for term in training.due)
            rows = [
                row
                for row in attended
                if (row.staff, row.training) == (person.staff, training.training)
                and row.day <= last
            ]
            hours = Fraction(sum(row.span[1] - row.span[0] for row in rows), 60)
            if hours < training.hours:
                yield (
                    f"{person.staff} has {float(hours):g} of {float(training.hours):g} hours "
                    f"of {training.training} by {last}"
                )


def is_due(training: Training, person: Person) -> bool:
    """Whether a person owes a training."""
    if (
        person.hire is None
        or not training.due
        or (training.roles and person.role.role not in training.roles)
    ):
        return False
    hired = (
        (training.hired_from or person.hire) <= person.hire <= (training.hired_to or person.hire)
    )
    return hired and not any(name in person.credentials for name in training.waived_by)


def deadline(term: str, hire: date | None) -> date:
    """The date of one due term.

    Read: `hire+4 months` is the same day of the month four months later (or that month's last);
    `09-01 next year` is in the calendar year after the one of hiring; a date stands for itself.
    """
    assert hire is not None
    if term.startswith("hire"):
        count, unit = term.removeprefix("hire").strip(" +").split()
        if unit.startswith("month"):
            return months_after(hire, int(count))
        return hire + int(count) * (
            timedelta(weeks=1) if unit.startswith("week") else timedelta(days=1)
        )
    if term.endswith("next year"):
        month, day = term.split()[0].split("-")
        return date(hire.year + 1, int(month), int(day))
    return date.fromisoformat(term)


def months_after(when: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(
        date(year, month + 1, 1) + timedelta(days=when.day - 1), following - timedelta(days=1)
    )
