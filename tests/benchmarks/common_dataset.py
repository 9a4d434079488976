"""The common problem as a dataset of half-hour sessions on a half-hour grid, and our plans as
answers to it.

A dataset has no cap of slots a week. In its place a day's contact is limited, so that no week can
exceed the cap: our problem is never the easier one. One adult a group is a hard rule here. What a
slot costs a group is a row of `preferences`; goals are taken in order, and never added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from time import monotonic

from planner.document.timetable_rows import SessionRow, session_row
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals import GOAL_OF
from planner.sheets.dataset import load
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.benchmarks.common import DAYS, SESSIONS, SLOTS, Adult, Instance, day_of
from tests.benchmarks.common import Plan as Answer
from tests.planted_sheets import WEEK, Row, Sheets, between, told, write

OPENING, MINUTES = 480, 30
CLOSING = OPENING + SLOTS * MINUTES
GOALS = tuple(GOAL_OF[key] for key in ("tier_2_minutes", "idle_time", "wished_times"))
"""All groups are of this tier; then no idle slots, then liked ones."""


def write_common(folder: str | Path, instance: Instance) -> None:
    """Write the dataset of an instance."""
    year = {
        "year_start": "2026-08-31",
        "year_end": "2027-06-18",
        "plan_date": "2026-10-05",
        "grid_minutes": MINUTES,
    }
    grades = sorted({group.grade for group in instance.groups})
    district: Row = {
        "name": "Common problem",
        "cycle": ";".join(WEEK),
        "grades": ";".join(map(grade_name, grades)),
    }
    sheets: Sheets = {
        "district": [district | year],
        "blocks": [],
        "roles": [],
        "staff": [],
        "groups": [],
        "preferences": [],
    }
    hours = {"open": told(OPENING), "close": told(CLOSING)}
    sheets["schools"] = [
        {"school": name, "name": name} | hours for name in map(school_name, range(instance.schools))
    ]
    windows = {(group.school, group.grade): group.window for group in instance.groups}
    for (school, grade), window in windows.items():
        for day, first, last in runs(window):
            block: Row = {
                "school": school_name(school),
                "grades": grade_name(grade),
                "days": WEEK[day],
                "kind": "flex",
            }
            sheets["blocks"].append(block | {"start": told(first), "end": told(last)})
    limits = [most_a_day(adult) for adult in instance.adults]
    sheets["roles"] = [role(limit) for limit in sorted(set(limits))]
    for number, (adult, limit) in enumerate(zip(instance.adults, limits, strict=True)):
        away = set(range(DAYS * SLOTS)) - adult.available
        row: Row = {"staff": f"A{number}", "role": role_name(limit), "start": told(OPENING)}
        row |= {
            "schools": ";".join(map(school_name, adult.schools)),
            "credentials": ";".join(map(skill_name, adult.skills)),
        }
        row["busy"] = "; ".join(
            f"{WEEK[day]} {between(first, last)}" for day, first, last in runs(away)
        )
        sheets["staff"].append(row)
    for number, group in enumerate(instance.groups):
        row = {
            "group": f"G{number}",
            "school": school_name(group.school),
            "grades": grade_name(group.grade),
            "tier": 2,
        }
        row |= {
            "minutes": MINUTES,
            "sessions": SESSIONS,
            "students": 3,
            "requires": skill_name(group.skill),
        }
        sheets["groups"].append(row)
        sheets["preferences"] += disliked(f"group:G{number}", group.window)
    write(folder, sheets)


def disliked(who: str, window: Mapping[int, int]) -> Iterable[Row]:
    """What the slots of a window cost, as somebody's preferences."""
    for cost in sorted({cost for cost in window.values() if cost}):
        for day, first, last in runs(slot for slot in window if window[slot] == cost):
            row: Row = {"who": who, "days": WEEK[day], "from": told(first), "to": told(last)}
            yield row | {"weight": -cost}


def answer(instance: Instance, sessions: Iterable[SessionRow]) -> Answer:
    """The sessions of a plan's document as a plan of the instance."""
    plan: Answer = [[] for _ in instance.groups]
    for row in sessions:
        hours, minutes = map(int, row.start.split(":"))
        slot = WEEK.index(row.day) * SLOTS + (60 * hours + minutes - OPENING) // MINUTES
        plan[int(row.service[1:])] += [(int(staff[1:]), slot) for staff in row.staff]
    return plan


def solve_common(
    folder: Path, instance: Instance, seconds: float
) -> tuple[Answer | None, float | None]:
    """Our plan for an instance, and after how many seconds every group was known to be served.

    The seconds count from the dataset on disk.
    """
    write_common(folder, instance)
    began = monotonic()
    whole: list[float] = []

    def seen(plan: Plan) -> None:
        if len(plan.sessions) == SESSIONS * len(instance.groups):
            whole.append(monotonic() - began)

    problem = Problem(load(folder))
    result = best_plan(problem, SolveSettings(goals=GOALS, seconds=seconds), on_plan=seen)
    if result.plan is None:
        return None, None
    seen(result.plan)
    return answer(instance, map(session_row, result.plan.sessions)), min(whole, default=None)


def most_a_day(adult: Adult) -> int:
    """The most slots a day that keep every week within the adult's cap."""
    free = [sum(day_of(slot) == day for slot in adult.available) for day in range(DAYS)]
    return max(
        limit
        for limit in range(SLOTS + 1)
        if sum(min(limit, slots) for slots in free) <= adult.most
    )


def role(limit: int) -> Row:
    """The job class of those who may give so many slots a day."""
    row: Row = {
        "role": role_name(limit),
        "title": f"At most {limit} a day",
        "certificated": "yes",
        "contract_days": 190,
    }
    row |= {
        "obligation_minutes": SLOTS * MINUTES,
        "lunch_minutes": 0,
        "max_contact_minutes": limit * MINUTES,
    }
    return row | {"max_consecutive_minutes": SLOTS * MINUTES, "max_sites_per_day": 1}


def runs(slots: Iterable[int]) -> list[tuple[int, int, int]]:
    """Slots of the week as stretches: day, first minute, last minute."""
    found: list[tuple[int, int, int]] = []
    for slot in sorted(slots):
        day, start = day_of(slot), OPENING + slot % SLOTS * MINUTES
        if found and found[-1][0] == day and found[-1][2] == start:
            found[-1] = (day, found[-1][1], start + MINUTES)
        else:
            found.append((day, start, start + MINUTES))
    return found


def school_name(school: int) -> str:
    """The id of a school."""
    return f"S{school}"


def grade_name(grade: int) -> str:
    """The name of a grade."""
    return f"g{grade}"


def skill_name(skill: int) -> str:
    """The credential that stands for a skill."""
    return f"skill-{skill}"


def role_name(limit: int) -> str:
    """The id of the role of those who may give so many slots a day."""
    return f"most-{limit}"
