"""A calendar for a planted plan, and sessions on named dates in it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.oracle_cells import clock
from tests.oracle_facts import Dataset
from tests.oracle_plan import Session, overlap, session_of
from tests.oracle_read import read
from tests.oracle_year import hindrance, owed_in
from tests.planted_sheets import WEEK, Row, Sheets, told

YEAR = date(2026, 8, 31)
WHOLE_YEAR = 210
SHORT_DAY = 200


def add_calendar(rng: Random, sheets: Sheets, plan: Row, cycle: list[str]) -> None:
    """A holiday, a break, a day of training for all, and minimum days, no two in the same weeks."""
    row = {"to": "", "close": "", "schools": ""}
    sheets["calendar"] = [
        row | {"date": str(in_week(rng, 3, 5)), "kind": "holiday"},
        row | {"date": "2026-12-21", "to": "2027-01-01", "kind": "holiday"},
        row | {"date": str(in_week(rng, 23, 25)), "kind": "pd_day"},
    ]
    keeps = rng.random() < 0.5
    for first in (6, 26, 33):
        when = in_week(rng, first, first + 2)
        school = rng.choice(sheets["schools"])
        close = (
            latest_end(plan, school["school"], cycle, when)
            if keeps
            else clock(school["open"]) + SHORT_DAY
        )
        more = {
            "date": str(when),
            "kind": "minimum_day",
            "close": told(close),
            "schools": school["school"],
        }
        sheets["calendar"].append(row | more)
    if keeps:
        sheets["rules"] = [{"rule": "minimum_days", "setting": "hard"}]
    for role in sheets["roles"]:
        role["contract_days"] = WHOLE_YEAR


def in_week(rng: Random, first: int, last: int) -> date:
    """A weekday in one of the weeks of the year."""
    return YEAR + timedelta(weeks=rng.randint(first, last), days=rng.randrange(5))


def latest_end(plan: Row, school: str, cycle: list[str], when: date) -> int:
    """When the last session of a date ends at a school."""
    day = cycle[((when - YEAR).days // 7 * len(WEEK) + when.weekday()) % len(cycle)]
    return max(
        (
            clock(row["end"])
            for row in plan["sessions"]
            if (row["school"], row["day"]) == (school, day)
        ),
        default=720,
    )


# -- sessions that are due so often a quarter, a month or a year


def add_dated(rng: Random, sheets: Sheets, plan: Row, cycle: list[str]) -> None:
    """A third of the groups and duties get dates: as many as their slots can hold, or few, at times
    shared with a twin.
    """
    weeks = len(cycle) // len(WEEK)
    pinned = {row["subject"] for row in sheets["pins"]}
    for row in list(sheets["groups"]):
        if row["group"] in pinned or rng.random() > 0.35:
            continue
        row["min_sessions"] = ""
        if rng.random() < 0.5:
            row["sessions"] = often(rng, row["sessions"], weeks)
        else:
            row["sessions"] = "3/quarter" if weeks == 1 else "1/quarter"
            keep_one_slot(plan, row["group"])
            if may_share(sheets, plan, row):
                add_twin(sheets, plan, row)
    for row in sheets["duties"]:
        if (
            row["sessions"] == 1
            and not row.get("after")
            and row["kind"] != "observation"
            and rng.random() < 0.5
        ):
            row["sessions"] = rng.choice(("2/quarter", "1/month", "5/year"))


def often(rng: Random, slots: int, weeks: int) -> str:
    """So many sessions a quarter, month or year that they just take so many slots."""
    per, cycles = rng.choice(
        (("quarter", 10 // weeks), ("month", 4 // weeks), ("year", 42 // weeks))
    )
    return f"{rng.randint((slots - 1) * cycles + 1, slots * cycles)}/{per}"


def keep_one_slot(plan: Row, group: str) -> None:
    """Take all sessions but the first out of the plan."""
    gone = [row for row in plan["sessions"] if row["kind"] == "group" and row["service"] == group][
        1:
    ]
    plan["sessions"] = [row for row in plan["sessions"] if row not in gone]


def may_share(sheets: Sheets, plan: Row, group: Row) -> bool:
    """Whether the adult's contact limit holds even if both groups came on the same date."""
    slot = next(
        row
        for row in plan["sessions"]
        if row["kind"] == "group" and row["service"] == group["group"]
    )
    staff = slot["staff"][0]
    role = next(row["role"] for row in sheets["staff"] if row["staff"] == staff)
    limit = next(row.get("max_contact_minutes") for row in sheets["roles"] if row["role"] == role)
    mine = [
        row
        for row in plan["sessions"]
        if (row["kind"], row["day"]) == ("group", slot["day"]) and staff in row["staff"]
    ]
    return not limit or sum(clock(row["end"]) - clock(row["start"]) for row in mine) + group[
        "minutes"
    ] <= int(limit)


def add_twin(sheets: Sheets, plan: Row, group: Row) -> None:
    """Another group of other students at the same time with the same adult, on other dates; it
    needs a room of its own.
    """
    name = f"{group['group']}-twin"
    sheets["groups"].append(group | {"group": name, "students": 2})
    sheets["members"] += [{"student": f"{name}-{number}", "group": name} for number in range(2)]
    slot = next(
        row
        for row in plan["sessions"]
        if row["kind"] == "group" and row["service"] == group["group"]
    )
    plan["sessions"].append(slot | {"service": name})
    if group["mode"] == "pull_out":
        school = next(row for row in sheets["schools"] if row["school"] == group["school"])
        school["spaces"] += 1


def name_dates(folder: str | Path, plan: Row, rng: Random) -> None:
    """Give the planted sessions of dated services their dates: what each period owes, no adult
    twice at once.
    """
    data = read(folder)
    taken: list[tuple[Session, date]] = []
    slots: dict[tuple[str, str], list[Row]] = {}
    for row in plan["sessions"]:
        if data.services[row["kind"], row["service"]].per:
            slots.setdefault((row["kind"], row["service"]), []).append(row)
    for rows in slots.values():
        sessions = [session_of(row, data) for row in rows]
        chosen = dates_for(data, sessions, taken, rng)
        taken += [(sessions[number], when) for number, when in chosen]
        for number, row in enumerate(rows):
            row["dates"] = sorted(str(when) for other, when in chosen if other == number)


def dates_for(
    data: Dataset, sessions: list[Session], taken: list[tuple[Session, date]], rng: Random
) -> list[tuple[int, date]]:
    """So many slots and dates in each period as it owes, or as it has."""
    chosen: list[tuple[int, date]] = []
    service = sessions[0].service
    for period in data.calendar.periods(service.per):
        possible = [
            (number, when)
            for number, session in enumerate(sessions)
            for when in data.calendar.dates.get(session.day, [])
            if period.first <= when <= period.last and not hindrance(data, session, when)
        ]
        due = min(owed_in(data, service, period), len(possible))
        chosen += rng.sample(
            [place for place in possible if is_free(sessions[place[0]], place[1], taken)], due
        )
    return chosen


def is_free(session: Session, when: date, taken: list[tuple[Session, date]]) -> bool:
    """Whether the session's people have nothing else at its time on a date."""
    same = [other for other, day in taken if day == when and overlap(other.span, session.span)]
    return not any(set(other.staff) & set(session.staff) for other in same)
