"""The common problem as a dataset of half-hour sessions on a half-hour grid, and our plans as
answers to it.

A dataset has no cap of slots a week. In its place a day's contact is limited, so that no week can
exceed the cap: our problem is never the easier one. One adult a group is a hard rule here. Idle time
is a goal, and disliked slots are times that groups would rather avoid; the goals come one after the
other, where the problem adds them up, and slots in which an adult is away are idle for the goal
alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from planner.document.timetable_rows import SessionRow, session_row
from planner.facts.problem import Problem
from planner.rules.goals import GOAL_OF
from planner.sheets.dataset import load
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.benchmarks.common import DAYS, SESSIONS, SLOTS, Adult, Instance, Plan, day_of
from tests.benchmarks.watch import Watch
from tests.planted_sheets import WEEK, Row, Sheets, between, told, write

OPENING, MINUTES = 480, 30
CLOSING = OPENING + SLOTS * MINUTES
SERVED = GOAL_OF["tier_2_minutes"]
"""All groups are of this tier."""
GOALS = (SERVED, GOAL_OF["idle_time"], GOAL_OF["wished_times"])


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
        sheets["preferences"] += wishes(f"group:G{number}", group.window)
    write(folder, sheets)


def wishes(who: str, window: dict[int, int]) -> list[Row]:
    """What a group would rather avoid: each slot that costs something weighs as much."""
    return [
        {"who": who, "days": WEEK[day], "from": told(first), "to": told(last), "weight": -cost}
        for cost in sorted({*window.values()} - {0})
        for day, first, last in runs(slot for slot, price in window.items() if price == cost)
    ]


def answer(instance: Instance, sessions: Iterable[SessionRow]) -> Plan:
    """The sessions of a plan's document as a plan of the instance."""
    plan: Plan = [[] for _ in instance.groups]
    for row in sessions:
        hours, minutes = map(int, row.start.split(":"))
        slot = WEEK.index(row.day) * SLOTS + (60 * hours + minutes - OPENING) // MINUTES
        plan[int(row.service[1:])] += [(int(staff[1:]), slot) for staff in row.staff]
    return plan


def solve_common(
    folder: Path, instance: Instance, seconds: float
) -> tuple[Plan | None, float | None]:
    """Our plan for an instance, and after how many seconds every group was known to be served.

    The seconds count from the dataset on disk.
    """
    write_common(folder, instance)
    watch = Watch([SERVED])
    problem = Problem(load(folder))
    owed = sum(group.owed for group in problem.groups)
    result = best_plan(problem, SolveSettings(goals=GOALS, seconds=seconds), watch)
    if result.plan is None:
        return None, None
    plan = answer(instance, map(session_row, result.plan.sessions))
    served = sum(map(len, plan)) == SESSIONS * len(plan)
    return plan, watch.when(owed) or (watch.seconds if served else None)


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
