"""Plain schools: each grade has one window of 60 minutes a day, and every adult's day tiles the
windows with groups.

A plan that serves everything exists (each tile is a group at the same time on its days), unless
somebody is left out. By the data contract only, as CSV sheets.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.planted_sheets import WEEK, Row, Sheets, told, write

GRADES = ("K", "1", "2", "3", "4", "5")
WINDOWS = (480, 540, 600, 690, 750, 810)
"""When the windows of 60 minutes begin; three in a row are 180 minutes of contact."""
TILES = ((30, 30), (20, 40), (25, 35), (40, 20), (60,), (45,), (35, 25), (30, 20))
"""How an adult may fill a window."""
MOST_CONTACT = 330
ROLE: Row = {
    "role": "interventionist",
    "title": "Interventionist",
    "family": "interventionist",
    "certificated": "yes",
    "obligation_minutes": 420,
    "max_contact_minutes": MOST_CONTACT,
    "part_time": "hours",
    "contract_days": 190,
    "pay_basis": "annual",
    "lunch_minutes": 30,
    "lunch_from": "11:00",
    "lunch_to": "13:30",
    "prep_minutes": 40,
    "max_consecutive_minutes": 180,
    "break_minutes": 10,
}
Tile = tuple[str, int, int, list[str]]
"""Grade, start, minutes, days."""


def planted_windows(
    folder: str | Path,
    *,
    seed: int,
    schools: int = 1,
    staff: int = 4,
    groups: int = 40,
    load: float = 0.9,
    missing: int = 0,
) -> None:
    """Write a dataset that fills about `load` of its contact minutes; the last `missing` adults are
    left out of it.
    """
    sheets: Sheets = {"schools": [], "blocks": [], "staff": [], "groups": [], "roles": [ROLE]}
    district = {
        "name": f"Windows {seed}",
        "year_start": "2026-08-31",
        "year_end": "2027-06-18",
        "plan_date": "2026-10-05",
    }
    sheets["district"] = [
        district | {"cycle": ";".join(WEEK), "grades": ";".join(GRADES), "grid_minutes": 5}
    ]
    for number in range(1, schools + 1):
        add_school(sheets, f"S{number:02d}", Random(f"{seed}/{number}"), staff, groups, load)
    sheets["staff"] = sheets["staff"][: len(sheets["staff"]) - missing]
    write(folder, sheets)


def add_school(
    sheets: Sheets, school: str, rng: Random, staff: int, groups: int, load: float
) -> None:
    """One school with its people and groups."""
    sheets["schools"].append(
        {"school": school, "name": school, "open": "08:00", "close": "15:30", "spaces": staff}
    )
    windows = dict(zip(GRADES, rng.sample(WINDOWS, len(WINDOWS)), strict=True))
    for grade, start in windows.items():
        block = {
            "school": school,
            "grades": grade,
            "start": told(start),
            "end": told(start + 60),
            "kind": "flex",
        }
        sheets["blocks"].append(block)
    for number in range(1, staff + 1):
        person = {
            "staff": f"{school}-P{number}",
            "role": ROLE["role"],
            "fte": "1",
            "start": "08:00",
            "schools": school,
        }
        sheets["staff"].append(person)
    tiles = [tile for _ in range(staff) for tile in adult_day(rng, windows)]
    for number, (grade, _, minutes, days) in enumerate(
        dealt(rng, tiles, groups, load * staff * MOST_CONTACT * len(WEEK)), start=1
    ):
        group = {
            "group": f"{school}-G{number:02d}",
            "school": school,
            "grades": grade,
            "subject": "reading",
            "mode": "pull_out",
        }
        sheets["groups"].append(
            group
            | {
                "tier": rng.choice("2233"),
                "minutes": minutes,
                "sessions": len(days),
                "priority": 1,
                "students": 3,
            }
        )


def adult_day(rng: Random, windows: dict[str, int]) -> list[Tile]:
    """One adult's day, no longer than the contact minutes allow."""
    tiles: list[Tile] = []
    for grade, start in windows.items():
        for minutes in rng.choice(TILES):
            tiles.append((grade, start, minutes, list(WEEK)))
            start += minutes
    while sum(tile[2] for tile in tiles) > MOST_CONTACT:
        tiles.pop(rng.randrange(len(tiles)))
    return tiles


def dealt(rng: Random, tiles: list[Tile], groups: int, minutes: float) -> list[Tile]:
    """So many groups at most: tiles whose days are shared out, and days taken away until the
    minutes are right.
    """
    while len(tiles) < groups:
        place = max(range(len(tiles)), key=lambda n: (len(tiles[n][3]), rng.random()))
        grade, start, length, days = tiles[place]
        rng.shuffle(days)
        half = len(days) // 2
        tiles[place] = (grade, start, length, days[:half])
        tiles.append((grade, start, length, days[half:]))
    tiles = tiles[:groups]
    while sum(tile[2] * len(tile[3]) for tile in tiles) > minutes:
        longer = [tile for tile in tiles if len(tile[3]) > 2]
        if not longer:
            break
        rng.choice(longer)[3].pop()
    return tiles
