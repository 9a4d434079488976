"""Adults who work at two schools in a day: a planted plan with their groups, their ways, and room
for them.
"""

from __future__ import annotations

from random import Random

from tests.oracle_cells import clock
from tests.planted_school import LUNCH, LUNCH_WINDOW, ROLE_DEFAULTS, SUBJECTS, Span
from tests.planted_sheets import Row, Sheets, told

ROLE: Row = {
    "role": "itinerant",
    "title": "Itinerant specialist",
    "family": "interventionist",
    "certificated": "yes",
}
OBLIGATION = 360
PREPARATION = 20
LENGTHS = (30, 25, 20)
PAUSE = 10


def add_two_sites(rng: Random, sheets: Sheets, plan: Row, cycle: list[str]) -> None:
    """For each way between two schools an adult who goes it, some days there and some days back."""
    if sheets["travel"]:
        sheets["roles"].append(
            ROLE_DEFAULTS
            | ROLE
            | {
                "obligation_minutes": OBLIGATION,
                "prep_minutes": PREPARATION,
                "part_time": "hours",
                "max_sites_per_day": 2,
            }
        )
    for number, way in enumerate(sheets["travel"], start=1):
        schools = [way["from"], way["to"]]
        openings = {row["school"]: clock(row["open"]) for row in sheets["schools"]}
        start = max(openings[school] for school in schools)
        person: Row = {
            "staff": f"IT{number}",
            "role": "itinerant",
            "fte": "1",
            "start": told(start),
            "days": "",
        }
        sheets["staff"].append(
            person | {"schools": ";".join(schools), "credentials": "", "subjects": "", "grades": ""}
        )
        back = rng.sample(cycle, len(cycle) // 2)
        there = [day for day in cycle if day not in back]
        add_days(rng, sheets, plan, f"IT{number}", there, schools, start, way["minutes"])
        add_days(
            rng,
            sheets,
            plan,
            f"IT{number}",
            sorted(back, key=cycle.index),
            schools[::-1],
            start,
            way["minutes"],
        )
        for row in sheets["schools"]:
            if row["school"] in schools:
                row["spaces"] += 1


def add_days(
    rng: Random,
    sheets: Sheets,
    plan: Row,
    staff: str,
    days: list[str],
    schools: list[str],
    start: int,
    minutes: int,
) -> None:
    """The same day on each of some days: the one school, lunch before the way or after it, the
    other, preparation.
    """
    end = start + OBLIGATION + LUNCH
    change = 5 * rng.randrange(
        (LUNCH_WINDOW[0] + LUNCH) // 5, (end - minutes - LUNCH - PREPARATION - 40) // 5
    )
    arrival = change + minutes
    first = rng.random() < 0.5
    lunch = (change - LUNCH, change) if first else (arrival, arrival + LUNCH)
    preparation = (end - PREPARATION, end)
    add_groups(rng, sheets, plan, staff, days, schools[0], (start, lunch[0] if first else change))
    add_groups(
        rng, sheets, plan, staff, days, schools[1], (arrival if first else lunch[1], preparation[0])
    )
    eaten = {"lunch_start": told(lunch[0]), "lunch_end": told(lunch[1])}
    for day in days:
        row: Row = {"staff": staff, "position": None, "day": day} | eaten
        block = {"start": told(preparation[0]), "end": told(preparation[1])}
        am = {
            "half": "am",
            "school": schools[0],
            "shift_start": told(start),
            "shift_end": told(change),
            "preparation": [],
        }
        pm = {
            "half": "pm",
            "school": schools[1],
            "shift_start": told(change),
            "shift_end": told(end),
            "preparation": [block],
        }
        plan["placements"] += [row | am, row | pm]


def add_groups(
    rng: Random, sheets: Sheets, plan: Row, staff: str, days: list[str], school: str, part: Span
) -> None:
    """Groups one after the other where the school's blocks permit them, with a pause after each."""
    at = part[0]
    while at + LENGTHS[-1] <= part[1]:
        fitting = [
            (row, length)
            for length in LENGTHS
            for row in sheets["blocks"]
            if row["school"] == school
            and row["kind"] in ("flex", "core")
            and at + length <= part[1]
            if clock(row["start"]) <= at and at + length <= clock(row["end"])
        ]
        if not fitting:
            at += 5
            continue
        block, length = rng.choice(fitting)
        add_group(rng, sheets, plan, staff, days, block, (at, at + length))
        at += length + PAUSE


def add_group(
    rng: Random, sheets: Sheets, plan: Row, staff: str, days: list[str], block: Row, span: Span
) -> None:
    """One group in a block, with students of its own."""
    out = block["kind"] == "flex"
    name = f"{staff}-G{1 + sum(row['group'].startswith(staff) for row in sheets['groups'])}"
    row: Row = {"group": name, "school": block["school"], "grades": block["grades"], "students": 3}
    row |= {
        "subject": block["subject"] or rng.choice(SUBJECTS),
        "tier": rng.choice("23") if out else "2",
    }
    row |= {"minutes": span[1] - span[0], "sessions": len(days), "priority": rng.choice((1, 2, 3))}
    sheets["groups"].append(row | {"mode": "pull_out" if out else "push_in", "roles": "itinerant"})
    sheets["members"] += [{"student": f"{name}-{number}", "group": name} for number in range(3)]
    for day in days:
        entry: Row = {
            "service": name,
            "kind": "group",
            "school": block["school"],
            "staff": [staff],
            "day": day,
        }
        plan["sessions"].append(
            entry | {"start": told(span[0]), "end": told(span[1]), "place": None, "dates": []}
        )
