"""Regions: plain schools (see planted_windows) of which three adults in ten work at three, one
school a day.

Planted: every adult's days are given to schools, each day there is tiled with groups, and the tiles
of adults who are there on different days may be one group, which then may have that many adults.
Random: the same adults, and groups that are drawn without a plan. By the data contract only, as CSV
sheets.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.planted_sheets import WEEK, Row, Sheets, told, write
from tests.planted_windows import GRADES, MOST_CONTACT, ROLE, TILES, WINDOWS

SHARED, SITES = 0.3, 3
"""The share of the adults who work at several schools, and at how many."""
DAYS_AT = ((4, 1), (3, 2), (2, 2, 1))
"""How such an adult's week may be planted over the schools."""
GROUP_MINUTES = 144
"""Minutes a week that a group gets on average: 4¼ sessions of 34 minutes."""
LENGTHS = tuple(minutes for tiles in TILES for minutes in tiles)
SESSIONS = (3, 4, 4, 4, 5, 5, 5)
SUBJECTS = ("reading", "math")
ONE_SUBJECT = 0.25
"""The share of the adults who teach one subject alone."""
WINDOW = 60
SHIFT = (480, 930)
LUNCH = (660, 690)
PREPARATION = (870, 910)


Tiles = list[tuple[str, int, int]]
"""Grade, start and minutes of the sessions of a day."""


@dataclass(frozen=True)
class Adult:
    """Somebody who may work at some schools (numbers); subject "" is any."""

    staff: str
    schools: tuple[int, ...]
    subject: str


@dataclass
class Piece:
    """A group to be: who gives its sessions when; subject "" is not chosen yet."""

    grade: str
    minutes: int
    subject: str
    sessions: dict[str, tuple[str, int]]
    """By day: the adult and the start."""


def planted_region(
    folder: str | Path, *, schools: int, load: float, seed: int, groups: int = 40
) -> dict[str, Any]:
    """Write a region that can be served completely, at about `load` of its contact minutes; return
    the plan.

    Each school gets `groups` groups, and there are as many adults as the load leaves; above a load
    of 0.9 a few minutes are missing, since not all that the adults could give goes into so many
    groups.
    """
    rng = Random(f"region/{seed}/{schools}/{groups}/{load}")
    adults = hired(rng, schools, schools * groups * GROUP_MINUTES, load)
    sheets, windows = region_sheets(rng, schools, adults, f"Region {seed}")
    plan: dict[str, Any] = {"placements": [], "sessions": []}
    week = places(rng, schools, adults)
    for school in range(schools):
        here = {adult: days for adult, days in week[school].items() if days}
        pieces = dealt(rng, here, windows[school], groups, load)
        for number, piece in enumerate(pieces, start=1):
            add_piece(rng, sheets, plan, school, f"{name_of(school)}-G{number:02d}", piece)
        plan["placements"] += [
            placement(adult, day, school) for adult, days in here.items() for day in days
        ]
    plan["placements"].sort(key=lambda row: (row["staff"], WEEK.index(row["day"])))
    write(folder, sheets)
    return plan


def random_region(
    folder: str | Path, *, schools: int, load: float, seed: int, groups: int = 40
) -> None:
    """Write a region whose groups are drawn without a plan: it asks for about `load` of the contact
    minutes there are.
    """
    rng = Random(f"random region/{seed}/{schools}/{groups}/{load}")
    drawn = [
        (rng.choice(GRADES), rng.choice(LENGTHS), rng.choice(SESSIONS))
        for _ in range(schools * groups)
    ]
    adults = hired(rng, schools, sum(minutes * sessions for _, minutes, sessions in drawn), load)
    sheets, _ = region_sheets(rng, schools, adults, f"Random region {seed}")
    for place, (grade, minutes, sessions) in enumerate(drawn):
        school, number = divmod(place, groups)
        add_group(
            rng,
            sheets,
            school,
            f"{name_of(school)}-G{number + 1:02d}",
            grade,
            rng.choice(SUBJECTS),
            minutes,
            sessions,
            1,
        )
    write(folder, sheets)


def name_of(school: int) -> str:
    """The id of a school."""
    return f"S{school + 1:03d}"


# -- who is there


def hired(rng: Random, schools: int, minutes: float, load: float) -> list[Adult]:
    """As many adults as give so many minutes at this load; the shared ones are at neighbouring
    schools of a ring.
    """
    count = max(schools, round(minutes / (load * MOST_CONTACT * len(WEEK))))
    shared = round(SHARED * count) if schools >= SITES else 0
    adults = []
    for number in range(count - shared):
        school = number % schools
        adults.append(
            Adult(f"{name_of(school)}-P{number // schools + 1}", (school,), some_subject(rng))
        )
    for number in range(shared):
        first = number * schools // shared
        sites = tuple(sorted((first + step) % schools for step in range(SITES)))
        adults.append(Adult(f"I{number + 1:03d}", sites, some_subject(rng)))
    return adults


def some_subject(rng: Random) -> str:
    """What an adult is limited to, if to anything."""
    return rng.choice(SUBJECTS) if rng.random() < ONE_SUBJECT else ""


def places(rng: Random, schools: int, adults: list[Adult]) -> list[dict[Adult, list[str]]]:
    """For each school, the days of those who are there; a shared adult goes where there are fewest,
    when there are fewest.
    """
    week: list[dict[Adult, list[str]]] = [{} for _ in range(schools)]
    for adult in adults:
        if len(adult.schools) == 1:
            week[adult.schools[0]][adult] = list(WEEK)
            continue
        left = rng.sample(WEEK, len(WEEK))
        neediest = sorted(adult.schools, key=lambda school: sum(map(len, week[school].values())))
        for school, many in zip(neediest, rng.choice(DAYS_AT), strict=False):
            there = {day: sum(day in days for days in week[school].values()) for day in WEEK}
            left.sort(key=there.__getitem__)
            week[school][adult] = sorted(left[:many], key=WEEK.index)
            left = left[many:]
    return week


def placement(adult: Adult, day: str, school: int) -> Row:
    """An entry of the plan's placements."""
    row: Row = {
        "staff": adult.staff,
        "position": None,
        "day": day,
        "half": "day",
        "school": name_of(school),
    }
    row |= {"shift_start": told(SHIFT[0]), "shift_end": told(SHIFT[1])}
    row |= {"lunch_start": told(LUNCH[0]), "lunch_end": told(LUNCH[1])}
    return row | {"preparation": [{"start": told(PREPARATION[0]), "end": told(PREPARATION[1])}]}


# -- what they do there


def dealt(
    rng: Random, here: dict[Adult, list[str]], windows: dict[str, int], groups: int, load: float
) -> list[Piece]:
    """So many groups at most, which fill about `load` of these adults' days at a school."""
    tiled: dict[Adult, Tiles] = {}
    for adult, days in here.items():
        others = [other for other in tiled if not set(here[other]) & set(days)]
        tiled[adult] = tiled[others[0]] if others else tiled_day(rng, windows, load)
    pieces = [
        Piece(grade, minutes, adult.subject, {day: (adult.staff, start) for day in here[adult]})
        for adult, tiles in tiled.items()
        for grade, start, minutes in tiles
    ]
    pieces = joined(rng, pieces, groups)
    while len(pieces) < groups:
        longest = max(pieces, key=lambda piece: (len(piece.sessions), rng.random()))
        days = rng.sample(list(longest.sessions), len(longest.sessions) // 2)
        pieces.append(
            Piece(
                longest.grade,
                longest.minutes,
                longest.subject,
                {day: longest.sessions.pop(day) for day in days},
            )
        )
    surplus = sum(p.minutes * len(p.sessions) for p in pieces) - load * MOST_CONTACT * sum(
        map(len, here.values())
    )
    while surplus > 0 and (longer := [piece for piece in pieces if len(piece.sessions) > 2]):
        piece = rng.choice(longer)
        del piece.sessions[rng.choice(sorted(piece.sessions))]
        surplus -= piece.minutes
    return pieces


def tiled_day(rng: Random, windows: dict[str, int], load: float) -> Tiles:
    """The sessions of a day that is about as full as the load asks, and no fuller than allowed."""
    least = min(load * MOST_CONTACT + 5, MOST_CONTACT - 10)
    while True:
        tiles = []
        for grade, start in windows.items():
            for minutes in rng.choice(TILES):
                tiles.append((grade, start, minutes))
                start += minutes
        rng.shuffle(tiles)
        while sum(tile[2] for tile in tiles) > min(least + 20, MOST_CONTACT):
            tiles.pop()
        if sum(tile[2] for tile in tiles) >= least:
            return tiles


def joined(rng: Random, pieces: list[Piece], groups: int) -> list[Piece]:
    """No more pieces than there shall be groups: those on different days become one; then the least
    are left out.
    """
    waiting = sorted(pieces, key=lambda piece: (len(piece.sessions), rng.random()))
    kept: list[Piece] = []
    while waiting:
        short = waiting.pop(0)
        partners = (
            [other for other in waiting if may_join(short, other)]
            if len(waiting) + len(kept) >= groups
            else []
        )
        if not partners:
            kept.append(short)
            continue
        other = max(partners, key=lambda piece: len(piece.sessions))
        other.sessions |= short.sessions
        other.subject = other.subject or short.subject
    return sorted(kept, key=lambda piece: -piece.minutes * len(piece.sessions))[:groups]


def may_join(one: Piece, other: Piece) -> bool:
    """Whether two pieces can be one group."""
    if (one.grade, one.minutes) != (
        other.grade,
        other.minutes,
    ) or one.sessions.keys() & other.sessions.keys():
        return False
    return one.subject == other.subject or "" in (one.subject, other.subject)


# -- rows


def region_sheets(
    rng: Random, schools: int, adults: list[Adult], name: str
) -> tuple[Sheets, list[dict[str, int]]]:
    """Everything but the groups, and when each school's grades have their window."""
    sheets: Sheets = {
        "schools": [],
        "blocks": [],
        "staff": [],
        "groups": [],
        "roles": [ROLE | {"max_sites_per_day": 1}],
    }
    year = {"year_start": "2026-08-31", "year_end": "2027-06-18", "plan_date": "2026-10-05"}
    sheets["district"] = [
        {"name": name, "cycle": ";".join(WEEK), "grades": ";".join(GRADES), "grid_minutes": 5}
        | year
    ]
    windows = []
    spaces = Counter(school for adult in adults for school in adult.schools)
    for school in range(schools):
        row: Row = {
            "school": name_of(school),
            "name": name_of(school),
            "open": told(SHIFT[0]),
            "close": told(SHIFT[1]),
        }
        row["spaces"] = spaces[school]
        sheets["schools"].append(row)
        windows.append(dict(zip(GRADES, rng.sample(WINDOWS, len(WINDOWS)), strict=True)))
        for grade, start in windows[-1].items():
            block = {
                "school": name_of(school),
                "grades": grade,
                "start": told(start),
                "end": told(start + WINDOW),
            }
            sheets["blocks"].append(block | {"kind": "flex"})
    for adult in adults:
        row = {"staff": adult.staff, "role": ROLE["role"], "fte": "1", "start": told(SHIFT[0])}
        sheets["staff"].append(
            row | {"schools": ";".join(map(name_of, adult.schools)), "subjects": adult.subject}
        )
    return sheets, windows


def add_group(
    rng: Random,
    sheets: Sheets,
    school: int,
    group: str,
    grade: str,
    subject: str,
    minutes: int,
    sessions: int,
    people: int,
) -> None:
    """One group's row."""
    row: Row = {
        "group": group,
        "school": name_of(school),
        "grades": grade,
        "subject": subject,
        "mode": "pull_out",
    }
    row |= {
        "tier": rng.choice("2233"),
        "minutes": minutes,
        "sessions": sessions,
        "priority": 1,
        "students": 3,
    }
    sheets["groups"].append(row | {"max_people": people})


def add_piece(
    rng: Random, sheets: Sheets, plan: Row, school: int, group: str, piece: Piece
) -> None:
    """A planted group: its row and its sessions."""
    people = len({staff for staff, _ in piece.sessions.values()})
    subject = piece.subject or rng.choice(SUBJECTS)
    add_group(
        rng, sheets, school, group, piece.grade, subject, piece.minutes, len(piece.sessions), people
    )
    for day in sorted(piece.sessions, key=WEEK.index):
        staff, start = piece.sessions[day]
        row: Row = {
            "service": group,
            "kind": "group",
            "school": name_of(school),
            "staff": [staff],
            "day": day,
        }
        row |= {
            "start": told(start),
            "end": told(start + piece.minutes),
            "place": None,
            "dates": [],
        }
        plan["sessions"].append(row)
