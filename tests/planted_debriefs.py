"""Observations and debriefs in a planted plan: in the free time of the planned adults and in the
planning of teachers.
"""

from __future__ import annotations

from random import Random

from tests.oracle_cells import clock, windows
from tests.planted_school import GRADES, Span, free_parts
from tests.planted_sheets import Row, Sheets, between, told

MINUTES = 15


def add_debriefs(rng: Random, sheets: Sheets, plan: Row, cycle: list[str]) -> None:
    """At each school up to two adults observe a teacher, and talk about it after each
    observation.
    """
    for school in [row["school"] for row in sheets["schools"]]:
        people = sorted(
            {
                row["staff"]
                for row in plan["placements"]
                if row["school"] == school and row["half"] == "day"
            }
        )
        for staff in rng.sample(people, min(2, len(people))):
            add_cycles(rng, sheets, plan, cycle, school, staff)


def add_cycles(
    rng: Random, sheets: Sheets, plan: Row, cycle: list[str], school: str, staff: str
) -> None:
    """One or two coaching cycles of an adult with a teacher, where their days leave time."""
    wanted = rng.choice((1, 2))
    watched: list[tuple[str, Span, str]] = []
    told_of: list[tuple[str, Span]] = []
    for day in cycle:
        parts = free_time(sheets, plan, cycle, staff, day)
        lesson = next((found for part in parts if (found := in_class(sheets, school, part))), None)
        if lesson and len(watched) < wanted:
            watched.append((day, *lesson))
            parts = [
                (max(part[0], lesson[0][1]), part[1]) for part in parts if part[1] > lesson[0][1]
            ]
        later = [part for part in parts if part[1] - part[0] >= MINUTES]
        if later and len(told_of) < len(watched):
            start = rng.choice(later)[0]
            told_of.append((day, (start, start + MINUTES)))
    number = len(told_of)
    if number:
        teacher = f"{staff}-teacher"
        grades = [grade for grade in GRADES if grade in {lesson[2] for lesson in watched[:number]}]
        planning = "; ".join(f"{day} {between(start, end)}" for day, (start, end) in told_of)
        row: Row = {
            "teacher": teacher,
            "school": school,
            "grades": ";".join(grades),
            "certificated": "yes",
        }
        sheets["teachers"].append(row | {"planning": planning})
        add_duty(
            sheets,
            plan,
            school,
            staff,
            teacher,
            "observation",
            [(day, span) for day, span, _ in watched[:number]],
        )
        add_duty(sheets, plan, school, staff, teacher, "debrief", told_of)


def add_duty(
    sheets: Sheets,
    plan: Row,
    school: str,
    staff: str,
    teacher: str,
    kind: str,
    times: list[tuple[str, Span]],
) -> None:
    """A required duty with a teacher, and its planted sessions."""
    name, after = f"{staff}-{kind}", f"{staff}-observation" if kind == "debrief" else ""
    row: Row = {
        "duty": name,
        "school": school,
        "sessions": len(times),
        "required": "yes",
        "kind": kind,
        "minutes": MINUTES,
    }
    sheets["duties"].append(row | {"staff": staff, "with": teacher, "after": after})
    for day, (start, end) in times:
        entry: Row = {
            "service": name,
            "kind": "duty",
            "school": school,
            "staff": [staff],
            "day": day,
        }
        plan["sessions"].append(
            entry | {"start": told(start), "end": told(end), "place": None, "dates": []}
        )


def free_time(sheets: Sheets, plan: Row, cycle: list[str], staff: str, day: str) -> list[Span]:
    """What lunch, preparation, sessions, duties and busy windows leave of an adult's day, and is
    long enough.
    """
    placed = next(
        (row for row in plan["placements"] if (row["staff"], row["day"]) == (staff, day)), None
    )
    if placed is None:
        return []
    person = next(row for row in sheets["staff"] if row["staff"] == staff)
    taken = [(clock(row["start"]), clock(row["end"])) for row in placed["preparation"]]
    taken.append((clock(placed["lunch_start"]), clock(placed["lunch_end"])))
    taken += windows(person.get("busy", ""), tuple(cycle)).get(day, [])
    taken += [
        (clock(r["start"]), clock(r["end"]))
        for r in plan["sessions"]
        if r["day"] == day and staff in r["staff"]
    ]
    parts = free_parts((clock(placed["shift_start"]), clock(placed["shift_end"])), taken)
    return [part for part in parts if part[1] - part[0] >= MINUTES]


def in_class(sheets: Sheets, school: str, part: Span) -> tuple[Span, str] | None:
    """The first observation that fits into a free part and into a class, and the grade."""
    for row in sheets["blocks"]:
        start, end = max(clock(row["start"]), part[0]), min(clock(row["end"]), part[1])
        if row["school"] == school and row["kind"] in ("core", "flex") and end - start >= MINUTES:
            return (start, start + MINUTES), row["grades"]
    return None
