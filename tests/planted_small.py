"""Tiny random datasets: valid input with unusual settings, feasible or not, for comparing solver,
checker and oracle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.planted_sheets import WEEK, Row, Sheets, between, cycle_of, told, write
from tests.planted_unusual import A_B_WEEKS, Unusual, lay_over

GRADES = ["K", "1", "2"]
SUBJECTS = ["reading", "math"]
SHEETS = [
    "roles",
    "schools",
    "blocks",
    "travel",
    "staff",
    "groups",
    "members",
    "teachers",
    "duties",
    "pins",
]


@dataclass
class Small:
    """A dataset while it is drawn."""

    rng: Random
    cycle: list[str]
    opening: int
    sheets: Sheets = field(default_factory=lambda: {name: [] for name in SHEETS})

    def chance(self, probability: float) -> bool:
        """Whether something unusual shows."""
        return self.rng.random() < probability

    def ids(self, sheet: str, column: str) -> list[str]:
        """The ids drawn so far."""
        return [row[column] for row in self.sheets[sheet]]

    def some(self, names: list[str], least: int = 1) -> str:
        """A `;` list of a random part, in order."""
        chosen = self.rng.sample(names, self.rng.randint(min(least, len(names)), len(names)))
        return ";".join(name for name in names if name in chosen)

    def window(self, shortest: int, longest: int) -> str:
        """A window of the day, on some days."""
        length = self.rng.randrange(shortest, longest + 1, 5)
        start = self.opening + self.rng.randrange(0, 390 - length + 1, 5)
        days = self.rng.choice(
            ["all", self.rng.choice(self.cycle), f"{self.cycle[0]}-{self.cycle[2]}"]
        )
        return f"{days} {between(start, start + length)}"


def random_small(folder: str | Path, *, seed: int, features: frozenset[str] | None = None) -> None:
    """Write one tiny dataset: 1-2 schools, 2-4 staff, 3-8 groups, and random settings of many
    columns.

    Of `features` (names of `planted_unusual.ALL`) each appears by a chance; without them, none
    does.
    """
    rng = Random(f"small/{seed}")
    more = Random(f"unusual/{seed}")
    cycle = rng.choice([WEEK, WEEK, WEEK[:3], cycle_of(10)])
    if features and A_B_WEEKS in features and more.random() < 0.3:
        cycle = cycle_of(10)
    small = Small(rng, cycle, rng.choice([470, 480, 480, 495]))
    row = {
        "name": f"Small {seed}",
        "year_start": "2026-08-31",
        "year_end": "2027-06-18",
        "plan_date": "2026-10-05",
    }
    row |= {
        "cycle": ";".join(cycle),
        "grades": ";".join(GRADES),
        "grid_minutes": str(rng.choice([5, 5, 10, 15])),
    }
    small.sheets["district"] = [row]
    add_roles(small)
    for number in range(rng.randint(1, 2)):
        add_school(small, "AB"[number])
    if len(small.sheets["schools"]) == 2:
        small.sheets["travel"].append({"from": "A", "to": "B", "minutes": rng.choice([10, 20, 25])})
    for number in range(rng.randint(2, 4)):
        add_person(small, f"P{number + 1}")
    for number in range(rng.randint(3, 8)):
        add_group(small, f"G{number + 1}")
    for number in range(rng.randint(0, 3)):
        add_duty(small, f"D{number + 1}")
    for _ in range(rng.randint(0, 2)):
        add_pin(small)
    if features:
        lay_over(Unusual(more, small.sheets, cycle, small.opening), features)
    write(folder, small.sheets)


def add_roles(small: Small) -> None:
    """A certificated role and one that may need supervision."""
    rng = small.rng
    for role, certificated in (("specialist", "yes"), ("aide", "no")):
        row: Row = {
            "role": role,
            "title": role.title(),
            "certificated": certificated,
            "contract_days": 190,
        }
        row |= {"pay_basis": "annual", "obligation_minutes": rng.choice([300, 360, 420])}
        row |= {
            "lunch_minutes": rng.choice([30, 30, 45]),
            "lunch_from": "11:00",
            "lunch_to": "13:30",
        }
        row |= {
            "prep_minutes": rng.choice([0, 20, 40]),
            "max_contact_minutes": rng.choice(["", 90, 150, 240]),
        }
        row |= {
            "max_consecutive_minutes": rng.choice([60, 90, 180]),
            "break_minutes": rng.choice([5, 10, 15]),
        }
        row |= {"part_time": rng.choice(["days", "hours"]), "tiers": rng.choice(["", "", "2;3"])}
        row |= {"requires": rng.choice(["", "", "licence"]), "max_sites": rng.choice(["", "", 1])}
        row |= {"max_sites_per_day": 1}
        if role == "aide" and small.chance(0.6):
            row |= {"supervised": "on_site", "max_supervised": rng.choice(["", 1, 2])}
        small.sheets["roles"].append(row)


def add_school(small: Small, school: str) -> None:
    """Opening hours (one may be off the grid), spaces, blocks, perhaps a teacher."""
    rng, opening = small.rng, small.opening
    row: Row = {"school": school, "name": f"School {school}", "spaces": rng.choice(["", 1, 2])}
    if small.chance(0.3):
        rest = f"{small.cycle[1]}-{small.cycle[-1]} {between(opening, opening + 420)}"
        row["hours"] = f"{small.cycle[0]} {between(opening, opening + 390)}; {rest}"
    else:
        row |= {"open": told(opening), "close": told(opening + rng.choice([420, 423]))}
    small.sheets["schools"].append(row)
    for grade in GRADES:
        add_blocks(small, school, grade)
    if small.chance(0.5):
        teacher = {
            "teacher": f"T{school}",
            "school": school,
            "certificated": rng.choice(["yes", "yes", "no"]),
        }
        small.sheets["teachers"].append(teacher)


def add_blocks(small: Small, school: str, grade: str) -> None:
    """A grade's day of random blocks; a second day plan on the last days now and then."""
    rng, cycle = small.rng, small.cycle
    plans = [f"{cycle[0]}-{cycle[1]}", f"{cycle[2]}-{cycle[-1]}"] if small.chance(0.25) else [""]
    plans = [plan.split("-")[0] if len(set(plan.split("-"))) == 1 else plan for plan in plans]
    for days in plans:
        at = small.opening
        while at < small.opening + 390:
            kind = rng.choice(
                ["flex", "flex", "core", "core", "specials", "lunch", "recess", "other"]
            )
            length = (
                rng.choice([20, 30])
                if kind in ("lunch", "recess")
                else rng.choice([40, 45, 60, 75, 90])
            )
            end = min(at + length, small.opening + 390)
            row: Row = {
                "school": school,
                "grades": grade,
                "days": days,
                "start": told(at),
                "end": told(end),
            }
            row |= {
                "kind": kind,
                "subject": rng.choice(SUBJECTS) if kind == "core" or small.chance(0.15) else "",
            }
            if small.chance(0.1):
                row |= {"pull_out": rng.choice(["yes", "no"]), "push_in": rng.choice(["yes", "no"])}
            small.sheets["blocks"].append(row)
            at = end


def add_person(small: Small, staff: str) -> None:
    """A person whose contract comes out in whole days or in minutes on the grid."""
    rng, cycle = small.rng, small.cycle
    role = small.sheets["roles"][0 if staff == "P1" else rng.randrange(2)]
    row: Row = {"staff": staff, "role": role["role"], "schools": "", "days": "", "start": ""}
    if role["part_time"] == "days":
        worked = rng.randint(2, len(cycle)) if small.chance(0.4) else len(cycle)
        row["fte"] = str(round(worked / len(cycle), 1)) if len(cycle) != 3 else "1"
        worked = round(float(row["fte"]) * len(cycle))
        if worked < len(cycle) and small.chance(0.5):
            row["days"] = ";".join(cycle[:worked] if small.chance(0.5) else cycle[: worked + 1])
    else:
        row["fte"] = "0.5" if small.chance(0.4) else "1"
        if row["fte"] == "0.5":
            row["start"] = told(570)
        elif len(cycle) != 3 and small.chance(0.3):
            row |= {
                "fte": "",
                "week_minutes": (role["obligation_minutes"] - rng.choice([0, 60])) * 5,
            }
    if len(small.sheets["schools"]) == 2 and small.chance(0.6):
        row["schools"] = rng.choice(["A", "B", "A;B"])
    if not row["start"] and small.chance(0.2):
        row["start"] = told(small.opening + rng.choice([-15, 15, 30]))
    limit_person(small, row, role)
    small.sheets["staff"].append(row)


def limit_person(small: Small, row: Row, role: Row) -> None:
    """Credentials, subjects, grades, dates and busy windows."""
    rng = small.rng
    held = (
        ["licence" + rng.choice(["", ":2027-12-31"])]
        if role["requires"] and small.chance(0.9)
        else []
    )
    held += [
        name + rng.choice(["", "", ":2027-02-01", ":2026-09-15"])
        for name in ("sped", "ell")
        if small.chance(0.5)
    ]
    row["credentials"] = ";".join(held)
    row["subjects"] = rng.choice(SUBJECTS) if small.chance(0.2) else ""
    row["grades"] = small.some(GRADES, 2) if small.chance(0.25) else ""
    row["busy"] = small.window(20, 90) if small.chance(0.3) else ""
    row["hire_date"] = rng.choice(["2026-08-01", "2026-11-16"]) if small.chance(0.12) else ""
    row["end_date"] = rng.choice(["2027-03-01", "2026-09-20"]) if small.chance(0.08) else ""
    if row["end_date"] and row["end_date"] < row["hire_date"]:
        row["end_date"] = ""


def add_group(small: Small, group: str) -> None:
    """A group with members who may sit in another group too."""
    rng = small.rng
    most = rng.randint(1, min(5, len(small.cycle)))
    row: Row = {"group": group, "school": rng.choice(small.ids("schools", "school"))}
    row |= {
        "grades": rng.choice([*GRADES, *GRADES, "K-1"]),
        "subject": rng.choice(["", *SUBJECTS, *SUBJECTS]),
    }
    row |= {"tier": rng.choice("123"), "minutes": rng.choice([20, 25, 30, 45]), "sessions": most}
    row |= {"mode": rng.choice(["", "pull_out", "pull_out", "push_in", "co_teach"])}
    row |= {
        "min_sessions": rng.randint(1, most) if small.chance(0.5) else "",
        "priority": rng.choice(["", 1, 2, 3]),
    }
    row |= {
        "max_people": rng.choice(["", "", "", 1, 2]),
        "windows": "",
        "busy": "",
        "from": "",
        "to": "",
    }
    row["roles"] = (
        rng.choice(["specialist", "aide", "specialist;aide"]) if small.chance(0.3) else ""
    )
    row["requires"] = rng.choice(["sped", "sped|ell", "sped;ell"]) if small.chance(0.2) else ""
    row["staff"] = small.some(small.ids("staff", "staff")) if small.chance(0.2) else ""
    if small.chance(0.2):
        row["windows"] = small.window(60, 180)
    if small.chance(0.2):
        row["busy"] = small.window(20, 120)
    if small.chance(0.1):
        row |= rng.choice(
            [
                {"from": "2026-11-02"},
                {"to": "2027-01-15"},
                {"from": "2026-09-07", "to": "2026-12-18"},
            ]
        )
    small.sheets["groups"].append(row)
    for number in rng.sample(range(4), 2):
        student = f"{row['school']}-{number}"
        small.sheets["members"].append({"student": student, "group": group})


def add_duty(small: Small, duty: str) -> None:
    """A duty of any kind, now and then with attendants, several adults, or outside the shift."""
    rng = small.rng
    kind = rng.choice(["meeting", "planning", "supervision", "data", "coaching", "pd"])
    row: Row = {
        "duty": duty,
        "kind": kind,
        "school": rng.choice([*small.ids("schools", "school"), "A"]),
    }
    row |= {
        "minutes": rng.choice([15, 20, 30]),
        "sessions": rng.choice([1, 1, 2]),
        "adults": rng.choice(["", 1, 2]),
    }
    row |= {
        "required": "yes" if small.chance(0.3) else "",
        "time": rng.choice(["", "", "shift", "toil", "paid"]),
    }
    row |= {
        "windows": small.window(60, 240) if small.chance(0.5) else "",
        "roles": "",
        "staff": "",
        "with": "",
    }
    if small.chance(0.3):
        row["roles"] = rng.choice(["specialist", "aide"])
    elif small.chance(0.3):
        row["staff"] = small.some(small.ids("staff", "staff"))
    if small.chance(0.3):
        row["with"] = rng.choice(small.ids("staff", "staff") + small.ids("teachers", "teacher"))
    small.sheets["duties"].append(row)


def add_pin(small: Small) -> None:
    """A session that must stand, or something that must not be."""
    rng, cycle = small.rng, small.cycle
    group, staff = rng.choice(small.ids("groups", "group")), rng.choice(small.ids("staff", "staff"))
    day, start = rng.choice(cycle), told(small.opening + 5 * rng.randrange(60))
    pins: list[Row] = [
        {"kind": "session", "subject": group},
        {"kind": "session", "subject": group, "day": day},
        {"kind": "session", "subject": group, "staff": staff, "day": day},
        {"kind": "forbid", "subject": group, "staff": staff},
        {"kind": "forbid", "subject": group, "day": day},
        {"kind": "forbid", "staff": staff, "day": day, "start": start},
        {
            "kind": "forbid",
            "staff": staff,
            "school": rng.choice(small.ids("schools", "school")),
            "start": start,
        },
    ]
    small.sheets["pins"].append(rng.choice(pins))
