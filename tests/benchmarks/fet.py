"""FET on the common problem, where it is installed (Debian and Ubuntu: apt install fet); the adults
are given to it.

FET places activities whose teachers are known, so each group comes with the adult of the planted
plan. Four sessions on different days with one adult leave no room for a second school in the week,
so that one school a day is kept already, and so is the cap. What FET decides is when. It knows no
cost, but limits: it is asked again and again for fewer idle slots an adult (gaps), as long as there
is time, and its best answer counts. It is not asked about disliked slots.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from tests.benchmarks.common import DAYS, SESSIONS, SLOTS, Instance, Plan, day_of
from tests.planted_sheets import WEEK

COMMAND = "fet-cl"
ENVIRONMENT = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
VERSION = "6.0.0"
"""The version of the file's format."""
GAPS = (12, 8, 6, 4, 3, 2, 1, 0)
"""Limits of an adult's gaps a week that FET is asked for, one after the other."""


@dataclass(frozen=True)
class FetRun:
    """What came of it: no plan where FET did not place everything in time; seconds to the first
    plan, and the fewest gaps a week for every adult with which it found one (None: no limit).
    """

    plan: Plan | None
    seconds: float
    gaps: int | None = None

    @property
    def told_gaps(self) -> str:
        """The limit of gaps that its plan keeps."""
        return "any gaps" if self.gaps is None else f"at most {self.gaps} gaps a week"


def installed() -> bool:
    """Whether FET is there and runs: without its libraries it would seem to find no plan."""
    return shutil.which(COMMAND) is not None and version().startswith("FET")


def version() -> str:
    """What FET calls itself."""
    said = subprocess.run(
        [COMMAND, "--version"], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    return said.stdout.partition("\n")[0]


def solve_with_fet(instance: Instance, folder: Path, seconds: int) -> FetRun:
    """Run FET on an instance for so many seconds in all, with its files in a folder.

    Raises:
        LookupError: FET is not installed.
    """
    if not installed():
        raise LookupError(f"FET is not installed: there is no {COMMAND}")
    began = monotonic()
    plan = one_answer(instance, folder, seconds, None)
    best = FetRun(plan, monotonic() - began)
    for gaps in GAPS if plan else ():
        left = int(seconds - (monotonic() - began))
        if left < 1:
            break
        if plan := one_answer(instance, folder, left, gaps):
            best = replace(best, plan=plan, gaps=gaps)
        else:
            break
    return best


def one_answer(instance: Instance, folder: Path, seconds: int, gaps: int | None) -> Plan | None:
    """What FET finds under a limit of gaps, if anything."""
    name = "common" if gaps is None else f"common-{gaps}"
    source, out = folder / f"{name}.fet", folder / "fet"
    write_fet(source, instance, gaps)
    wanted = ["--htmllevel=0", "--language=en_US", f"--timelimitseconds={seconds}"]
    command = [COMMAND, f"--inputfile={source}", f"--outputdir={out}", *wanted]
    subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False, timeout=seconds + 60)
    answers = list(out.glob(f"timetables/{name}/*_activities.xml"))
    return read_fet(answers[0], instance) if answers else None


def write_fet(path: Path, instance: Instance, gaps: int | None = None) -> None:
    """Write an instance as a FET file, with at most so many gaps a week for every adult; activity
    4g + n + 1 is session n of group g.
    """
    root = Element("fet", version=VERSION)
    add(root, "Mode", "Official")
    add(root, "Institution_Name", "Common problem")
    named(root, "Days_List", "Day", WEEK, "Number_of_Days")
    named(root, "Hours_List", "Hour", map(str, range(SLOTS)), "Number_of_Hours")
    grades = {(group.school, group.grade): group.window for group in instance.groups}
    named(root, "Subjects_List", "Subject", (subject(*grade) for grade in grades))
    SubElement(root, "Activity_Tags_List")
    named(
        root, "Teachers_List", "Teacher", (f"A{number}" for number in range(len(instance.adults)))
    )
    named(root, "Students_List", "Year", (f"G{number}" for number in range(len(instance.groups))))
    add_activities(root, instance)
    for name in ("Buildings_List", "Rooms_List"):
        SubElement(root, name)
    times = SubElement(root, "Time_Constraints_List")
    constraint(times, "ConstraintBasicCompulsoryTime")
    if gaps is not None:
        constraint(times, "ConstraintTeachersMaxGapsPerWeek", Max_Gaps=str(gaps))
    for number, adult in enumerate(instance.adults):
        away = sorted(set(range(DAYS * SLOTS)) - adult.available)
        absence = constraint(times, "ConstraintTeacherNotAvailableTimes", Teacher=f"A{number}")
        add_slots(absence, "Not_Available_Time", "Number_of_Not_Available_Times", away, "")
    for grade, window in grades.items():
        filters = {
            "Teacher_Name": "",
            "Students_Name": "",
            "Subject_Name": subject(*grade),
            "Activity_Tag_Name": "",
            "Duration": "",
        }
        preferred = constraint(times, "ConstraintActivitiesPreferredTimeSlots", **filters)
        add_slots(
            preferred,
            "Preferred_Time_Slot",
            "Number_of_Preferred_Time_Slots",
            list(window),
            "Preferred_",
        )
    for first in range(1, SESSIONS * len(instance.groups), SESSIONS):
        spread = constraint(
            times, "ConstraintMinDaysBetweenActivities", Consecutive_If_Same_Day="false"
        )
        add(spread, "Number_of_Activities", SESSIONS)
        for activity in range(first, first + SESSIONS):
            add(spread, "Activity_Id", activity)
        add(spread, "MinDays", 1)
    constraint(SubElement(root, "Space_Constraints_List"), "ConstraintBasicCompulsorySpace")
    ElementTree.indent(root, "")
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def read_fet(path: Path, instance: Instance) -> Plan | None:
    """The plan in FET's answer (`…_activities.xml`), or None where not every activity has its
    time.
    """
    plan: Plan = [[] for _ in instance.groups]
    for activity in ElementTree.parse(path).getroot().iter("Activity"):
        day, hour = activity.findtext("Day", ""), activity.findtext("Hour", "")
        if day not in WEEK:
            return None
        group = (int(activity.findtext("Id", "")) - 1) // SESSIONS
        plan[group].append((instance.planted[group][0][0], WEEK.index(day) * SLOTS + int(hour)))
    return plan


def add_activities(root: Element, instance: Instance) -> None:
    """The sessions of the groups, with the planted adults."""
    activities = SubElement(root, "Activities_List")
    for number, (group, planted) in enumerate(zip(instance.groups, instance.planted, strict=True)):
        for session in range(SESSIONS):
            activity = SubElement(activities, "Activity")
            add(activity, "Teacher", f"A{planted[0][0]}")
            add(activity, "Subject", subject(group.school, group.grade))
            add(activity, "Students", f"G{number}")
            add(activity, "Duration", 1)
            add(activity, "Total_Duration", SESSIONS)
            add(activity, "Id", SESSIONS * number + session + 1)
            add(activity, "Activity_Group_Id", SESSIONS * number + 1)
            add(activity, "Active", "true")


def subject(school: int, grade: int) -> str:
    """What stands for a grade's window."""
    return f"S{school}-g{grade}"


def add(parent: Element, tag: str, text: object) -> None:
    """An element with a text."""
    SubElement(parent, tag).text = str(text)


def named(root: Element, sheet: str, tag: str, names: Iterable[str], counted: str = "") -> None:
    """A list of things that have a name alone, with their number before them where FET wants it."""
    parent, everything = SubElement(root, sheet), list(names)
    if counted:
        add(parent, counted, len(everything))
    for name in everything:
        add(SubElement(parent, tag), "Name", name)


def constraint(parent: Element, tag: str, **texts: str) -> Element:
    """A constraint that must be kept."""
    found = SubElement(parent, tag)
    for name, text in ({"Weight_Percentage": "100"} | texts).items():
        add(found, name, text)
    return found


def add_slots(parent: Element, tag: str, counted: str, slots: list[int], prefix: str) -> None:
    """The times that a constraint is about."""
    add(parent, counted, len(slots))
    for slot in slots:
        time = SubElement(parent, tag)
        add(time, f"{prefix}Day", WEEK[day_of(slot)])
        add(time, f"{prefix}Hour", slot % SLOTS)
