"""Unusual features that a tiny random dataset may have beside its own, each by a chance of its own.

They are laid over a dataset that is drawn already, so that one without them stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.planted_sheets import Row, Sheets, between, told

GRADES = ["K", "1", "2"]
YEAR = date(2026, 8, 31)
DATED = [
    "1/quarter",
    "4/quarter",
    "8/quarter",
    "12/quarter",
    "1/month",
    "3/month",
    "6/year",
    "20/year",
]


@dataclass
class Unusual:
    """A dataset while features are laid over it."""

    rng: Random
    sheets: Sheets
    cycle: list[str]
    opening: int

    def chance(self, probability: float) -> bool:
        """Whether something shows."""
        return self.rng.random() < probability

    def ids(self, sheet: str, column: str) -> list[str]:
        """The ids of a sheet."""
        return [row[column] for row in self.sheets.get(sheet, [])]

    def row(self, sheet: str, row: Row) -> None:
        """Add a row to a sheet that may be new."""
        self.sheets.setdefault(sheet, []).append(row)

    def rule(
        self,
        rule: str,
        setting: str = "",
        parameter: str = "",
        value: object = "",
        applies_to: str = "",
    ) -> None:
        """Add a row of `rules`."""
        row: Row = {"rule": rule, "setting": setting, "weight": 2 if setting == "soft" else ""}
        self.row("rules", row | {"parameter": parameter, "value": value, "applies_to": applies_to})

    def moment(self, length: int) -> int:
        """A start in the school day, on a step of five minutes."""
        return self.opening + self.rng.randrange(0, 390 - length + 1, 5)

    def student_date(self) -> date:
        """A weekday of the year."""
        return YEAR + timedelta(weeks=self.rng.randrange(1, 41), days=self.rng.randrange(5))


def add_teacher_time(small: Unusual) -> None:
    """A teacher with grades, perhaps planning windows, and duties that want their time."""
    rng = small.rng
    for number, school in enumerate(small.ids("schools", "school")):
        row: Row = {
            "teacher": f"TT{school}",
            "school": school,
            "certificated": rng.choice(["yes", "yes", "no"]),
        }
        start = small.moment(60)
        row["grades"] = rng.choice([*GRADES, "K-1", ""])
        row["planning"] = (
            f"{rng.choice(['all', small.cycle[0]])} {between(start, start + 60)}"
            if small.chance(0.5)
            else ""
        )
        small.row("teachers", row)
        for kind in rng.sample(["observation", "coaching", "debrief", "planning"], 2):
            add_duty(small, f"TT{number}{kind[0]}", kind, school, teacher=row["teacher"])


def add_duty(small: Unusual, duty: str, kind: str, school: str, **more: str) -> None:
    """A short duty of one person, now and then required."""
    row: Row = {
        "duty": duty,
        "kind": kind,
        "school": school,
        "minutes": small.rng.choice([10, 15, 20]),
    }
    row |= {
        "sessions": small.rng.choice([1, 1, 2]),
        "adults": "",
        "required": "yes" if small.chance(0.2) else "",
    }
    row |= {"time": "", "windows": "", "roles": "", "staff": "", "with": more.get("teacher", "")}
    small.row("duties", row)


def add_order(small: Unusual) -> None:
    """Duties that come after others, with as many sessions, more or fewer."""
    school = small.rng.choice(small.ids("schools", "school"))
    while len(small.sheets["duties"]) < 2:
        add_duty(
            small,
            f"O{len(small.sheets['duties'])}",
            small.rng.choice(["data", "observation", "debrief"]),
            school,
        )
    for row in small.sheets["duties"]:
        row.setdefault("after", "")
    order = small.rng.sample(small.sheets["duties"], min(3, len(small.sheets["duties"])))
    for earlier, later in zip(order, order[1:], strict=False):
        later["after"] = earlier["duty"]


def add_hourly(small: Unusual) -> None:
    """Hourly roles under the rules of us-wa, here and there with figures or a setting of their
    own.
    """
    small.sheets["district"][0]["jurisdiction"] = small.rng.choice(["us-wa", "us-wa", ""])
    hourly = small.rng.choice([["aide"], ["aide"], ["specialist", "aide"]])
    for role in small.sheets["roles"]:
        if role["role"] in hourly:
            role["pay_basis"] = "hourly"
    if small.chance(0.4):
        small.rule(
            "meal_period",
            *small.rng.choice(
                [("", "meal_to", 240), ("", "meal_after", 240), ("hard", "meal_from", 150)]
            ),
        )
    if small.chance(0.4):
        parameter, value = small.rng.choice(
            [("rest_minutes", 15), ("rest_per", 120), ("work_without_rest", 90)]
        )
        small.rule(
            "rest_breaks",
            small.rng.choice(["", "hard"]),
            parameter,
            value,
            small.rng.choice(["", "role:aide"]),
        )


def add_supervision(small: Unusual) -> None:
    """Aides supervised in the same block or by a named person."""
    rng = small.rng
    aide = next(role for role in small.sheets["roles"] if role["role"] == "aide")
    aide |= {
        "supervised": rng.choice(["same_block", "named"]),
        "max_supervised": rng.choice(["", 1, 2]),
    }
    adults = [
        row["staff"] for row in small.sheets["staff"] if row["role"] == "specialist"
    ] + small.ids("teachers", "teacher")
    for row in small.sheets["staff"]:
        row["supervisor"] = rng.choice([*adults, *adults, ""]) if row["role"] == "aide" else ""


def add_two_sites(small: Unusual) -> None:
    """Roles that may work at two schools in a day, and people who may be sent to both."""
    for role in small.sheets["roles"]:
        if small.chance(0.7):
            role |= {"max_sites_per_day": 2, "max_sites": ""}
    for row in small.sheets["staff"]:
        if small.chance(0.6):
            row["schools"] = ""
    if len(small.sheets["schools"]) == 2 and small.chance(0.4):
        small.row("travel", {"from": "B", "to": "A", "minutes": small.rng.choice([5, 15, 30])})


def add_dated(small: Unusual) -> None:
    """Groups and duties that are given so often a quarter, a month or a year."""
    rng = small.rng
    for row in [*small.sheets["groups"], *small.sheets["duties"]]:
        if small.chance(0.4):
            row["sessions"] = rng.choice(DATED)
            if "min_sessions" in row:
                row["min_sessions"] = ""


def add_calendar(small: Unusual) -> None:
    """Holidays, a break, days without students and minimum days, of all schools or of one."""
    rng = small.rng
    small.row("calendar", calendar_row("2026-12-21", "holiday", to="2027-01-01"))
    for _ in range(rng.randint(2, 6)):
        kind = rng.choice(
            ["holiday", "bank_holiday", "non_student", "pd_day", "minimum_day", "minimum_day"]
        )
        schools = rng.choice(["", "", rng.choice(small.ids("schools", "school"))])
        close = told(small.opening + rng.choice([200, 240, 300])) if kind == "minimum_day" else ""
        small.row(
            "calendar", calendar_row(str(small.student_date()), kind, close=close, schools=schools)
        )
    if small.chance(0.3):
        small.rule("minimum_days", rng.choice(["hard", "hard", "soft", "off"]))
    for role in small.sheets["roles"]:
        role["contract_days"] = rng.choice([150, 180, 190, 210])


def calendar_row(first: str, kind: str, **more: str) -> Row:
    """A row of `calendar`."""
    row = {"date": first, "to": more.get("to", ""), "kind": kind}
    return row | {"close": more.get("close", ""), "schools": more.get("schools", "")}


SETTINGS = [
    *(
        (rule, ("off",))
        for rule in ("no_student_twice", "windows", "different_days", "sites", "duty_free_lunch")
    ),
    *(
        (rule, ("off",))
        for rule in (
            "consecutive_contact",
            "pull_out_spaces",
            "supervision",
            "required_duties",
            "pins",
        )
    ),
    *((rule, ("soft", "off")) for rule in ("one_adult", "preparation", "contact_minutes")),
]
SCOPED = [
    ("contact_minutes", "role"),
    ("preparation", "role"),
    ("consecutive_contact", "role"),
    ("qualification", "tier"),
    ("one_adult", "tier"),
    ("different_days", "tier"),
    ("pull_out_spaces", "school"),
    ("windows", "school"),
]


LIMITS = [
    ("contact_minutes", "max_contact_minutes", (60, 120), "role"),
    ("consecutive_contact", "max_consecutive_minutes", (45, 120), "role"),
    ("consecutive_contact", "break_minutes", (5, 20), "role"),
    ("preparation", "prep_minutes", (20, 30), "role"),
    ("one_adult", "max_people", (2,), "tier"),
]


def add_rules(small: Unusual) -> None:
    """Settings for all, for a role, a tier or a school; some in another year; some taken back by a
    later row.
    """
    rng = small.rng
    for rule, settings in rng.sample(SETTINGS, rng.randint(1, 2)):
        small.rule(rule, rng.choice(settings))
    names = {
        "role": ["aide", "specialist"],
        "tier": ["1", "2", "3"],
        "school": small.ids("schools", "school"),
    }
    if small.chance(0.6):
        rule, kind = rng.choice(SCOPED)
        small.rule(rule, "off", applies_to=f"{kind}:{rng.choice(names[kind])}")
    for rule, parameter, values, kind in rng.sample(LIMITS, rng.randint(0, 2)):
        small.rule(
            rule,
            "",
            parameter,
            rng.choice(values),
            rng.choice(["", f"{kind}:{rng.choice(names[kind])}"]),
        )
    if small.chance(0.3):
        small.rule(rng.choice(SETTINGS)[0], "hard")
    if small.chance(0.3):
        small.rule(rng.choice(SETTINGS)[0], "off")
        small.sheets["rules"][-1] |= rng.choice([{"from": "2027-07-01"}, {"to": "2026-08-30"}])


def add_training(small: Unusual) -> None:
    """A training that new aides owe, its dates, and seats that may be too few."""
    rng = small.rng
    row: Row = {
        "training": "safety",
        "roles": rng.choice(["aide", "aide;specialist"]),
        "hours": rng.choice([2, 4, 6]),
    }
    row |= {
        "due": rng.choice(["hire+2 months", "hire+4 months;09-01 next year"]),
        "hired_from": "2026-08-01",
    }
    small.row(
        "training", row | {"hired_to": "", "grants": "", "waived_by": rng.choice(["", "ell"])}
    )
    for when in sorted(
        {
            small.student_date() if small.chance(0.3) else date(2026, 9, 5 + 7 * n)
            for n in range(rng.randint(2, 4))
        }
    ):
        start = rng.choice([480, 540, 960])
        offering: Row = {
            "training": "safety",
            "date": str(when),
            "start": told(start),
            "end": told(start + 120),
        }
        small.row("offerings", offering | {"school": "", "seats": rng.choice([1, 2, ""])})
    for person in small.sheets["staff"]:
        if small.chance(0.5) and not person["end_date"]:
            person["hire_date"] = rng.choice(["2026-08-15", "2026-09-14"])


def add_group_size(small: Unusual) -> None:
    """Students counted, and caps by tier."""
    for row in small.sheets["groups"]:
        row["students"] = small.rng.choice(["", 2, 4, 6])
    for tier in small.rng.sample("123", 2):
        setting = small.rng.choice(["hard", "soft", ""])
        small.rule(
            "group_size", setting, "max_students", small.rng.choice([1, 3, 5]), f"tier:{tier}"
        )


def add_off_site(small: Unusual) -> None:
    """The last place of work is no school, and people may be sent to every place."""
    small.sheets["schools"][-1]["kind"] = "off_site"
    for row in small.sheets["staff"]:
        if small.chance(0.5):
            row["schools"] = ""


def add_weeks(small: Unusual) -> None:
    """Minutes of groups that a week may have, and days on which somebody comes."""
    for role in small.sheets["roles"]:
        role["max_contact_week"] = small.rng.choice(["", 60, 120, 240])
        role["max_days"] = small.rng.choice(["", "", len(small.cycle) - 1])
    for person in small.sheets["staff"]:
        # A day holds no more than half as much again as one at full time.
        least = -(-2 * float(person["fte"] or 1) * len(small.cycle) // 3)
        days = range(int(least), len(small.cycle) + 1)
        person["max_days"] = small.rng.choice(["", *days])


def add_classes(small: Unusual) -> None:
    """Groups that are served in a teacher's class, of which there are two at each school."""
    rng = small.rng
    for school in small.ids("schools", "school"):
        for number in range(2):
            start = small.moment(45)
            row: Row = {
                "teacher": f"C{school}{number}",
                "school": school,
                "grades": rng.choice([*GRADES, "K-1", ""]),
                "planning": f"all {between(start, start + 45)}" if small.chance(0.4) else "",
            }
            small.row("teachers", row)
    for row in small.sheets["groups"]:
        inside = row.get("mode") in ("push_in", "co_teach", "whole_class")
        row["teacher"] = f"C{row['school']}{rng.randrange(2)}" if inside else ""


def add_twice_a_day(small: Unusual) -> None:
    """Groups that may meet several times a day, some of them more often than there are days."""
    for row in small.sheets["groups"]:
        if small.chance(0.4):
            row["times_a_day"] = small.rng.choice([2, 2, 3])
            if row["sessions"] == len(small.cycle):
                row["sessions"] += small.rng.randint(1, 3)


def add_together(small: Unusual) -> None:
    """Groups that meet at the same times, as often or less often, at one school or at two."""
    for name in ("x", "y"):
        groups = small.sheets["groups"]
        for row in small.rng.sample(groups, min(small.rng.randint(2, 3), len(groups))):
            row["together"] = name


def add_several(small: Unusual) -> None:
    """Groups that two adults, now and then three, serve at once."""
    for row in small.sheets["groups"]:
        if small.chance(0.4):
            row |= {"adults": small.rng.choice([2, 2, 3]), "staff": ""}


def add_lengths(small: Unusual) -> None:
    """Groups that are owed minutes in sessions of several lengths, some of them so many sessions at
    least.
    """
    for row in small.sheets["groups"]:
        if small.chance(0.4) and "/" not in str(row["sessions"]):
            least = int(row["minutes"])
            lengths = small.rng.choice([(least, least + 10), (least, least + 15, 2 * least)])
            many = small.rng.randint(1, len(small.cycle))
            row["total_minutes"] = sum(small.rng.choice(lengths) for _ in range(many))
            row["lengths"] = ";".join(str(length) for length in lengths)
            row["min_sessions"] = small.rng.randint(1, many) if small.chance(0.5) else ""
            row["minutes"] = row["sessions"] = ""


FEATURES: dict[str, Callable[[Unusual], None]] = {
    "two_sites": add_two_sites,
    "teacher_time": add_teacher_time,
    "order": add_order,
    "supervision": add_supervision,
    "hourly": add_hourly,
    "training": add_training,
    "calendar": add_calendar,
    "dated": add_dated,
    "group_size": add_group_size,
    "rules": add_rules,
    "off_site": add_off_site,
    "weeks": add_weeks,
    "classes": add_classes,
    "twice_a_day": add_twice_a_day,
    "together": add_together,
    "several": add_several,
    "lengths": add_lengths,
}
"""Each feature by its name; those that others build on come first."""
A_B_WEEKS = "a_b_weeks"
"""A cycle of ten days: drawn before everything else."""
ALL = frozenset([*FEATURES, A_B_WEEKS])


def lay_over(small: Unusual, features: frozenset[str]) -> None:
    """Lay each of the features over a dataset, by its chance."""
    for name, add in FEATURES.items():
        shows = small.chance(0.6)
        if name in features and shows:
            add(small)
