"""Groups of a planted school: what the time of a slot permits, who is in them, when they meet."""

from __future__ import annotations

from random import Random

from tests.planted_school import GRADES, OPEN_FOR, SUBJECTS, Option, Planted
from tests.planted_sheets import Row, Sheets, between
from tests.planted_site import Site, Slot, session

EXTRA = {
    "reading-specialist": "reading-specialist|dyslexia",
    "dyslexia": "reading-specialist|dyslexia",
}
EXTRA |= {"math-endorsement": "math-endorsement"}


def add_group(site: Site, group: str, slot: Slot, sheets: Sheets, plan: Row) -> None:
    """A group that the slot's time permits, its members, and its planted sessions."""
    rng, person = site.rng, slot.person
    options = [option for option in site.day.options(slot.span) if person.may(option)]
    out = [option for option in options if option.pull_out]
    option = rng.choice(out if out and rng.random() < 0.8 else options)
    subject = option.subject or rng.choice(person.subjects or SUBJECTS)
    row: Row = {
        "group": group,
        "school": site.school,
        "grades": grades_for(site, option, options, subject),
    }
    row |= {
        "subject": "" if site.chance(0.1) and not person.subjects else subject,
        "tier": tier_for(rng, slot, option),
    }
    row |= {
        "minutes": slot.span[1] - slot.span[0],
        "sessions": len(slot.days),
        "priority": rng.choice((1, 1, 2, 3)),
    }
    row["mode"] = (
        "pull_out"
        if option.pull_out
        else rng.choice(("push_in", "push_in", "co_teach", "whole_class"))
    )
    vary_group(site, slot, row)
    cap = {"1": 6, "2": 5, "3": 3}[row["tier"]]
    size = rng.randint(max(cap - 2, 1), cap)
    for _ in range(size):
        student = draw_student(site, row["grades"].split(";"), slot)
        site.taken[student] += [(day, slot.span) for day in slot.days]
        sheets["members"].append({"student": student, "group": group})
    sheets["groups"].append(row | {"students": size})
    plan["sessions"] += [
        session(group, "group", site, [person.staff], day, slot.span) for day in slot.days
    ]


def grades_for(site: Site, option: Option, options: list[Option], subject: str) -> str:
    """One grade, or two that are free at the same time."""
    others = {
        other.grade
        for other in options
        if other.pull_out == option.pull_out
        and other.subject in ("", subject)
        and other.grade != option.grade
    }
    chosen = {option.grade}
    if others and site.chance(0.15):
        chosen.add(site.rng.choice(sorted(others)))
    return ";".join(grade for grade in GRADES if grade in chosen)


def tier_for(rng: Random, slot: Slot, option: Option) -> str:
    """Tier 3 is pulled out, tier 1 taught in class; coaches take no tier 3."""
    if not option.pull_out:
        return rng.choice("122")
    return "2" if slot.person.job.role == "coach" else rng.choice("2333")


def vary_group(site: Site, slot: Slot, row: Row) -> None:
    """Restrictions that the planted plan keeps."""
    person, (start, end) = slot.person, slot.span
    extras = valid_extras(person)
    if extras and site.chance(0.2):
        row["requires"] = EXTRA[site.rng.choice(extras)]
    if site.chance(0.1):
        row["roles"] = person.job.role
    if site.chance(0.1):
        row["staff"] = ";".join(sorted({person.staff, site.rng.choice(site.people).staff}))
    if site.chance(0.1):
        row["max_people"] = 2
    if site.chance(0.3) and len(slot.days) > 2:
        row["min_sessions"] = len(slot.days) - 1
    if site.chance(0.05):
        window = between(start, min(end + 15, site.day.opening + OPEN_FOR))
        row["windows"] = "; ".join(f"{day} {window}" for day in slot.days)
    elif site.chance(0.08):
        row["busy"] = f"all {between(end, end + 30)}"


def draw_student(site: Site, grades: list[str], slot: Slot) -> str:
    """A student who is free then (one in three sits in another group too), or a new one."""
    rng = site.rng
    for student in rng.sample(site.students[grades[0]], min(2, len(site.students[grades[0]]))):
        busy = [span for day, span in site.taken[student] if day in slot.days]
        free = all(span[1] <= slot.span[0] or slot.span[1] <= span[0] for span in busy)
        if free and len(site.taken[student]) <= 8 and rng.random() < 0.35:
            return student
    grade = rng.choice(grades)
    student = f"{site.school}-{grade}-{len(site.students[grade]) + 1:03d}"
    site.students[grade].append(student)
    return student


def valid_extras(person: Planted) -> list[str]:
    """Extra credentials that last through the year."""
    return [
        name
        for name in EXTRA
        if name in person.credentials or f"{name}:2027-12-31" in person.credentials
    ]
