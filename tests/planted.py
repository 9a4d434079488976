"""Datasets in which a legal plan that serves everything is planted, and the same with one adult too
few.

By the data contract only: a folder of CSV sheets out, and the planted plan in plan.json's form.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

from tests.planted_dates import add_calendar, add_dated, name_dates
from tests.planted_debriefs import add_debriefs
from tests.planted_groups import EXTRA, add_group
from tests.planted_school import (
    GRADES,
    OPEN_FOR,
    ROLE_DEFAULTS,
    ROLES,
    SUBJECTS,
    Job,
    Planted,
    SchoolDay,
    choose_jobs,
    draw_shift,
    draw_template,
    gap_for,
    school_day,
)
from tests.planted_sheets import Row, Sheets, between, cycle_of, told, write
from tests.planted_site import Site, Slot, session
from tests.planted_small import random_small
from tests.planted_two_sites import add_two_sites

__all__ = ["FEATURES", "overloaded", "planted", "random_small"]

FEATURES = {
    "two_sites": add_two_sites,
    "order": add_debriefs,
    "minimum_days": add_calendar,
    "dated": add_dated,
}
"""What may be planted beside the plain plan; the later ones look at what the earlier ones did."""


def planted(
    folder: str | Path,
    *,
    schools: int,
    groups_per_school: int,
    load: float,
    seed: int,
    cycle_days: int = 5,
    variety: bool = True,
    features: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Write a dataset that can be served completely, at about `load` of its contact capacity;
    return the plan.

    `features` are names of `FEATURES`; each is planted too, as far as there is room for it.
    """
    sheets, plan = build(schools, groups_per_school, load, seed, cycle_days, variety)
    cycle, rng = cycle_of(cycle_days), Random(f"features/{seed}")
    for name, add in FEATURES.items():
        if name in features:
            add(rng, sheets, plan, cycle)
    write(folder, sheets)
    if features:
        name_dates(folder, plan, rng)
        in_order(plan, cycle)
    return plan


def overloaded(
    folder: str | Path,
    *,
    seed: int,
    schools: int = 1,
    groups_per_school: int = 40,
    load: float = 1.0,
    cycle_days: int = 5,
    variety: bool = True,
) -> dict[str, Any]:
    """The same with one adult removed, and what is left of the plan: legal, but not everybody is
    served.
    """
    sheets, plan = build(schools, groups_per_school, load, seed, cycle_days, variety)
    needed = {
        name
        for row in sheets["duties"]
        for name in f"{row.get('with', '')};{row.get('staff', '')}".split(";")
    }
    needed |= {row.get("staff", "") for row in sheets["pins"]}
    needed |= {
        name
        for session in plan["sessions"]
        if session["kind"] == "duty"
        for name in session["staff"]
    }
    spare = [
        row["staff"]
        for row in sheets["staff"]
        if row["role"] != "interventionist" and row["staff"] not in needed
    ]
    spare = spare or [row["staff"] for row in sheets["staff"][1:]][-1:]
    if not spare:
        raise ValueError("nobody can be spared: plant more groups")
    without(sheets, plan, Random(seed).choice(spare))
    write(folder, sheets)
    return plan


def without(sheets: Sheets, plan: dict[str, Any], staff: str) -> None:
    """Take a person out of the sheets and of the plan."""
    sheets["staff"] = [row for row in sheets["staff"] if row["staff"] != staff]
    sheets["pins"] = [row for row in sheets["pins"] if row.get("staff") != staff]
    for row in sheets["groups"]:
        row["staff"] = ";".join(name for name in row.get("staff", "").split(";") if name != staff)
    gone = {row["service"] for row in plan["sessions"] if staff in row["staff"]}
    sheets["duties"] = [row for row in sheets["duties"] if row["duty"] not in gone]
    sheets["pins"] = [
        row for row in sheets["pins"] if row["kind"] != "session" or row["subject"] not in gone
    ]
    plan["placements"] = [row for row in plan["placements"] if row["staff"] != staff]
    plan["sessions"] = [row for row in plan["sessions"] if row["service"] not in gone]


def build(
    schools: int, groups: int, load: float, seed: int, cycle_days: int, variety: bool
) -> tuple[Sheets, dict[str, Any]]:
    """The sheets and the plan."""
    cycle = cycle_of(cycle_days)
    sheets: Sheets = {
        name: []
        for name in ("schools", "blocks", "staff", "groups", "members", "teachers", "duties")
    }
    sheets |= {"pins": [], "travel": [], "district": [district(cycle, seed)]}
    sheets["roles"] = [ROLE_DEFAULTS | row for row in ROLES]
    plan: dict[str, Any] = {"placements": [], "sessions": []}
    for number in range(1, schools + 1):
        rng = Random(f"{seed}/{number}")
        plant_school(rng, f"S{number:02d}", groups, load, cycle, variety, sheets, plan)
        if number > 1:
            way = {
                "from": f"S{number - 1:02d}",
                "to": f"S{number:02d}",
                "minutes": 5 * rng.randint(2, 6),
            }
            sheets["travel"].append(way)
    in_order(plan, cycle)
    return sheets, plan


def in_order(plan: dict[str, Any], cycle: list[str]) -> None:
    """Sort a plan's rows."""
    plan["placements"].sort(key=lambda row: (row["staff"], cycle.index(row["day"]), row["half"]))
    plan["sessions"].sort(key=lambda row: (row["kind"], row["service"], cycle.index(row["day"])))


def district(cycle: list[str], seed: int) -> Row:
    """The one row of the district."""
    return {
        "name": f"Planted {seed}",
        "year_start": "2026-08-31",
        "year_end": "2027-06-18",
        "plan_date": "2026-10-05",
        "cycle": ";".join(cycle),
        "grades": ";".join(GRADES),
        "grid_minutes": 5,
    }


def plant_school(
    rng: Random,
    school: str,
    groups: int,
    load: float,
    cycle: list[str],
    variety: bool,
    sheets: Sheets,
    plan: Row,
) -> None:
    """One school with its own people."""
    day = school_day(rng, variety)
    wanted = groups / 1.15
    jobs = choose_jobs(wanted)
    average = min(max(sum(job.capacity for job in jobs) * min(load + 0.04, 1) / wanted, 23), 43)
    people = [
        hire(rng, f"{school}-P{number}", job, day, load, average, cycle, variety)
        for number, job in enumerate(jobs, start=1)
    ]
    site = Site(school, day, people, cycle, rng, variety)
    for number, slot in enumerate(deal(site, groups, load), start=1):
        add_group(site, f"{school}-G{number:02d}", slot, sheets, plan)
    add_duties(site, sheets, plan)
    add_site(site, sheets, plan)
    add_people(site, sheets, plan)
    if variety:
        add_pins(site, sheets, plan)


# -- people


def hire(
    rng: Random,
    staff: str,
    job: Job,
    day: SchoolDay,
    load: float,
    average: float,
    cycle: list[str],
    variety: bool,
) -> Planted:
    """A person with a legal day; limits on grades or subjects only where the day can still be
    filled.
    """
    weeks = [cycle[start : start + 5] for start in range(0, len(cycle), 5)]
    days = [
        name
        for week in weeks
        for name in sorted(rng.sample(week, round(5 * job.share)), key=week.index)
    ]
    shift = draw_shift(rng, job, day.opening)
    person = Planted(staff, job, days, shift, None, (), (), credentials_for(rng, job))  # type: ignore[arg-type]
    if variety and rng.random() < 0.35:
        first = rng.randrange(3)
        person.grades = GRADES[first : first + 4]
    elif variety and rng.random() < 0.2:
        person.subjects = (rng.choice(SUBJECTS),)
    need = min(load + 0.03, 1) * job.capacity
    gap = gap_for(job, day, shift, load)
    for _ in range(2):
        person.template = draw_template(
            rng,
            job,
            shift,
            gap,
            average,
            need,
            lambda span: any(person.may(option) for option in day.options(span)),
        )
        if person.template.contact >= need:
            break
        person.grades = person.subjects = ()
    return person


def credentials_for(rng: Random, job: Job) -> tuple[str, ...]:
    """What the role requires, and perhaps more; what expires early is never used."""
    held = ["fcs" if job.role == "esp" else "teaching:2028-06-30"]
    for name in EXTRA:
        if rng.random() < 0.3:
            held.append(name + rng.choice(("", ":2027-12-31", ":2027-01-31")))
    return tuple(held)


def deal(site: Site, groups: int, load: float) -> list[Slot]:
    """Columns dealt to exactly so many groups, and days taken away until the load is right."""
    slots = [
        Slot(person, span, list(person.days))
        for person in site.people
        for span in person.template.columns
    ]
    slots.sort(key=lambda slot: slot.minutes, reverse=True)
    slots = slots[:groups]
    while len(slots) < groups:
        longest = max(slots, key=lambda slot: (len(slot.days), site.rng.random()))
        if len(longest.days) < 4:
            raise ValueError(f"{groups} groups cannot be planted here")
        site.rng.shuffle(longest.days)
        half = len(longest.days) // 2
        slots.append(Slot(longest.person, longest.span, longest.days[half:]))
        longest.days = longest.days[:half]
    surplus = sum(slot.minutes for slot in slots) - load * sum(
        person.capacity for person in site.people
    )
    least = 2 * len(site.cycle) // 5
    while surplus > 0:
        longer = [slot for slot in slots if len(slot.days) > least]
        if not longer:
            break
        slot = site.rng.choice(longer)
        slot.days.remove(site.rng.choice(slot.days))
        surplus -= slot.span[1] - slot.span[0]
    for slot in slots:
        slot.days.sort(key=site.cycle.index)
    return slots


# -- duties, places, rows


def add_duties(site: Site, sheets: Sheets, plan: Row) -> None:
    """Required duties in the gaps that people keep free; a gap left over may become a busy
    window.
    """
    gaps = {
        (person.staff, day) for person in site.people if person.template.gap for day in person.days
    }
    lead, rest = site.people[0], site.people[1:]
    every = [person for person in rest if all((person.staff, day) in gaps for day in person.days)]
    others = [person for person in every if person.template.gap]
    helpers = [person for person in others if person.job.role == "esp"]
    if lead.template.gap and others:
        other = site.rng.choice(others)
        row = {"kind": "meeting", "minutes": 20, "roles": lead.job.role, "with": other.staff}
        add_duty(site, row, [lead, other], 1, gaps, sheets, plan)
        add_duty(
            site, {"kind": "data", "minutes": 20, "adults": 2}, [lead, other], 1, gaps, sheets, plan
        )
    if helpers:
        row = {"kind": "supervision", "minutes": 15, "roles": "esp"}
        add_duty(site, row, helpers[:1], min(3, len(site.cycle)), gaps, sheets, plan)
    if lead.template.gap:
        row = {"kind": "planning", "minutes": 20, "staff": lead.staff}
        add_duty(site, row, [lead], 1, gaps, sheets, plan)
    for person in site.people:
        left = [day for day in person.days if (person.staff, day) in gaps]
        if person.template.gap and left and site.chance(0.2):
            person.busy.append(f"{site.rng.choice(left)} {between(*person.template.gap)}")


def add_duty(
    site: Site,
    row: Row,
    people: list[Planted],
    sessions: int,
    gaps: set[tuple[str, str]],
    sheets: Sheets,
    plan: Row,
) -> None:
    """A required duty on days when all its people have their gap; none where there are too few such
    days.
    """
    days = [day for day in site.cycle if all((person.staff, day) in gaps for person in people)]
    if len(days) < sessions:
        return
    name = f"{site.school}-{row['kind']}"
    start = site.day.meeting
    around = f"all {between(max(start - 15, site.day.opening), start + 45)}"
    windows = around if site.chance(0.5) else ""
    places = {
        "duty": name,
        "school": site.school,
        "sessions": sessions,
        "windows": windows,
        "required": "yes",
    }
    sheets["duties"].append(places | row)
    for day in sorted(site.rng.sample(days, sessions), key=site.cycle.index):
        gaps -= {(person.staff, day) for person in people}
        staff = sorted(person.staff for person in people)
        plan["sessions"].append(
            session(name, "duty", site, staff, day, (start, start + row["minutes"]))
        )


def add_site(site: Site, sheets: Sheets, plan: Row) -> None:
    """The school, its blocks and teachers, and as many spaces as the planted plan needs (or one
    more).
    """
    modes = {row["group"]: row["mode"] for row in sheets["groups"]}
    pulled = [
        row
        for row in plan["sessions"]
        if row["school"] == site.school and modes.get(row["service"]) == "pull_out"
    ]
    most = max((together(pulled, row) for row in pulled), default=1)
    opening = site.day.opening
    row: Row = {"school": site.school, "name": f"School {site.school}", "open": told(opening)}
    row |= {"close": told(opening + OPEN_FOR), "spaces": most + site.rng.choice((0, 0, 1))}
    sheets["schools"].append(row)
    for piece in sorted(
        site.day.pieces, key=lambda piece: (GRADES.index(piece.grade), piece.start)
    ):
        row = {
            "school": site.school,
            "grades": piece.grade,
            "start": told(piece.start),
            "end": told(piece.end),
        }
        sheets["blocks"].append(row | {"kind": piece.kind, "subject": piece.subject})
    helpers = sum(person.job.role == "esp" for person in site.people)
    alone = site.people[0].job.fte == "1" and helpers <= 4 and site.chance(0.5)
    for grade in GRADES if not alone else ():
        teacher = {"teacher": f"{site.school}-T{grade}", "school": site.school, "grades": grade}
        sheets["teachers"].append(teacher | {"certificated": "yes"})


def together(pulled: Iterable[Row], one: Row) -> int:
    """Sessions that run when one starts."""
    return sum(
        row["day"] == one["day"] and row["start"] <= one["start"] < row["end"] for row in pulled
    )


def add_people(site: Site, sheets: Sheets, plan: Row) -> None:
    """Staff rows and placements."""
    for person in site.people:
        start = (
            ""
            if person.shift[0] == site.day.opening and site.rng.random() < 0.5
            else told(person.shift[0])
        )
        days = ";".join(person.days) if person.job.share < 1 and site.chance(0.5) else ""
        row: Row = {
            "staff": person.staff,
            "role": person.job.role,
            "fte": person.job.fte,
            "start": start,
            "days": days,
        }
        if person.job.role == "esp" and site.chance(0.3):
            row |= {"fte": "", "week_minutes": person.job.obligation * 5}
        row |= {"schools": site.school, "credentials": ";".join(person.credentials)}
        row |= {"subjects": ";".join(person.subjects), "grades": ";".join(person.grades)}
        sheets["staff"].append(row | {"busy": "; ".join(person.busy)})
        plan["placements"] += [placement(site, person, day) for day in person.days]


def placement(site: Site, person: Planted, day: str) -> Row:
    """An entry of the plan's placements."""
    template = person.template
    row: Row = {
        "staff": person.staff,
        "position": None,
        "day": day,
        "half": "day",
        "school": site.school,
    }
    row |= {"shift_start": told(person.shift[0]), "shift_end": told(person.shift[1])}
    row |= {"lunch_start": told(template.lunch[0]), "lunch_end": told(template.lunch[1])}
    return row | {
        "preparation": [
            {"start": told(start), "end": told(end)} for start, end in template.preparation
        ]
    }


def add_pins(site: Site, sheets: Sheets, plan: Row) -> None:
    """One planted session is pinned, and one that is not planted is forbidden."""
    mine = [
        row for row in plan["sessions"] if row["school"] == site.school and row["kind"] == "group"
    ]
    stands, other = site.rng.choice(mine), site.rng.choice(mine)
    pin = {"kind": "session", "subject": stands["service"], "day": stands["day"]}
    sheets["pins"].append(pin | {"staff": stands["staff"][0] if site.rng.random() < 0.5 else ""})
    used = {row["day"] for row in mine if row["service"] == other["service"]}
    spare = [day for day in site.cycle if day not in used]
    if spare:
        sheets["pins"].append(
            {"kind": "forbid", "subject": other["service"], "day": site.rng.choice(spare)}
        )
