"""Move groups a grade up.

Students of a school's last grade leave it, and the first grade has no groups yet.
"""

from dataclasses import dataclass, field

from planner.facts.decisions import Pin
from planner.facts.group_rows import Duty, Group, Member
from planner.facts.preferences import Preference
from planner.facts.sheets import Dataset
from planner.rollover.notes import CHANGED, DROPPED, LOOK, Note
from planner.rollover.year import dated
from planner.words.wording import listed


@dataclass
class Services:
    """Groups, members, duties and pins of the next year, with what was done to them."""

    groups: list[Group] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def services(data: Dataset, people: frozenset[str], positions: frozenset[str]) -> Services:
    """The services of the next year, with the people and positions that stay."""
    found = Services()
    _groups(data, people, found)
    kept = {group.group for group in found.groups}
    found.members = [member for member in data.members if member.group in kept]
    lost = len(
        {member.student for member in data.members} - {member.student for member in found.members}
    )
    if lost:
        found.notes.append(
            Note(DROPPED, "members", 0, f"{lost}", "students who leave with their groups.")
        )
    _duties(data, people, found)
    _pins(data, people, positions, found)
    _preferences(data, people, kept, found)
    return found


def _groups(data: Dataset, people: frozenset[str], found: Services) -> None:
    names = data.district.grades
    taught: dict[str, set[str]] = {}
    for block in data.blocks:
        taught.setdefault(block.school, set()).update(block.grades)
    for number, group in enumerate(data.groups, start=2):
        up = [
            names[place + 1] for place in map(names.index, group.grades) if place + 1 < len(names)
        ]
        grades = tuple(grade for grade in up if grade in taught.get(group.school, names))
        if not grades and group.grades:
            words = (
                f"grade {listed(group.grades)} is the last at {group.school}: the students leave."
            )
            found.notes.append(Note(DROPPED, "groups", number, group.group, words))
            continue
        row = len(found.groups) + 2
        staff = tuple(name for name in group.staff if name in people)
        changes: dict[str, object] = {
            "grades": grades,
            "staff": staff,
            "teacher": "",
            **dated(group, "from_", "to"),
        }
        found.groups.append(group.model_copy(update=changes))
        found.notes.append(
            Note(
                CHANGED,
                "groups",
                row,
                group.group,
                f"grade {listed(group.grades)} → {listed(grades)}",
            )
        )
        if len(grades) < len(group.grades):
            words = "some students may have left with the last grade: see who is still in it."
            found.notes.append(Note(LOOK, "groups", row, group.group, words))
        if group.windows or group.busy:
            words = "windows and busy times are those of this year's grade."
            found.notes.append(Note(LOOK, "groups", row, group.group, words))
        if group.teacher:
            words = f"{group.teacher} had this year's class: say in whose class they are now."
            found.notes.append(Note(LOOK, "groups", row, group.group, words))
        if group.from_ or group.to:
            words = "given for a part of the year, 52 weeks after this year's."
            found.notes.append(Note(LOOK, "groups", row, group.group, words))
        if group.staff and not staff:
            found.notes.append(
                Note(
                    LOOK,
                    "groups",
                    row,
                    group.group,
                    "the only people who may serve it have left: now anyone may.",
                )
            )
    if found.groups:
        words = (
            "tiers and members are this year's until students are assessed again; an id that "
            "names a grade still names the old one."
        )
        found.notes.append(Note(LOOK, "groups", 0, "", words))
        first = [name for name in names if not any(name in group.grades for group in found.groups)]
        if first:
            found.notes.append(
                Note(LOOK, "groups", 0, "", f"no groups yet for grade {listed(first)}.")
            )


def _duties(data: Dataset, people: frozenset[str], found: Services) -> None:
    teachers = {teacher.teacher for teacher in data.teachers}
    gone: set[str] = set()
    for number, duty in enumerate(data.duties, start=2):
        staff = tuple(name for name in duty.staff if name in people)
        attend = tuple(name for name in duty.with_ if name in people or name in teachers)
        if duty.adults == 0 and duty.with_ and not attend:
            found.notes.append(
                Note(DROPPED, "duties", number, duty.duty, "nobody is left who attends it.")
            )
            gone.add(duty.duty)
            continue
        row = len(found.duties) + 2
        after = duty.after if duty.after not in gone else ""
        found.duties.append(
            duty.model_copy(update={"staff": staff, "with_": attend, "after": after})
        )
        left = [name for name in (*duty.staff, *duty.with_) if name not in (*staff, *attend)]
        if left:
            now = "; now anyone may do it" if duty.staff and not staff else ""
            found.notes.append(
                Note(LOOK, "duties", row, duty.duty, f"{listed(left)} has left{now}.")
            )


def _preferences(data: Dataset, people: frozenset[str], groups: set[str], found: Services) -> None:
    for number, row in enumerate(data.preferences, start=2):
        left = {"staff": row.name not in people, "group": row.name not in groups}
        if left.get(row.kind):
            words = f"{row.name} has left." if row.kind == "staff" else "the group has left."
            found.notes.append(Note(DROPPED, "preferences", number, row.who, words))
        else:
            found.preferences.append(row)


def _pins(
    data: Dataset, people: frozenset[str], positions: frozenset[str], found: Services
) -> None:
    groups = {group.group for group in found.groups}
    subjects = groups | {duty.duty for duty in found.duties} | positions
    for number, pin in enumerate(data.pins, start=2):
        name = pin.subject or pin.staff
        if pin.subject and pin.subject not in subjects:
            found.notes.append(
                Note(DROPPED, "pins", number, name, "what it pins is no longer there.")
            )
        elif pin.staff and pin.staff not in people:
            found.notes.append(Note(DROPPED, "pins", number, name, f"{pin.staff} has left."))
        elif pin.subject in groups and pin.kind == "session" and (pin.start is not None or pin.day):
            words = "the group is in another grade, whose times are others."
            found.notes.append(Note(DROPPED, "pins", number, name, words))
        else:
            found.pins.append(pin)
            found.notes.append(
                Note(
                    LOOK,
                    "pins",
                    len(found.pins) + 1,
                    name,
                    "kept as decided: is it still to stand?",
                )
            )
