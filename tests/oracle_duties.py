"""The oracle on duties: who attends, what comes after what, and when teachers have time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.oracle_cells import Span
from tests.oracle_facts import Dataset, Teacher
from tests.oracle_plan import Session, inside, overlap

IN_PLANNING = ("debrief", "planning")
IN_CLASS = ("observation", "coaching")


def find_missing(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Everybody in `with` attends.

    Read: who in `with` is not under contract on the plan date is a guest, and need not be listed.
    """
    for session in sessions:
        for name in session.service.attending:
            if (
                name in data.people
                and data.people[name].is_employed_on(data.plan_date)
                and name not in session.staff
            ):
                yield f"{session}: {name} does not attend"


def find_order(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Before the k-th session of a duty starts, k sessions of the duty it comes `after` have ended.

    Read: time runs through the cycle, dates do not count; as many sessions count as the earlier
    duty is given.
    """
    given: dict[str, list[Session]] = defaultdict(list)
    for session in sorted(sessions, key=lambda one: (data.cycle.index(one.day), one.start)):
        if session.service.kind == "duty":
            given[session.service.service].append(session)
    for later in given.values():
        service = later[0].service
        if not data.rules.is_hard("order", service.scopes):
            continue
        ends = sorted((data.cycle.index(one.day), one.end) for one in given.get(service.after, []))
        for session, end in zip(later, ends, strict=False):
            if (data.cycle.index(session.day), session.start) < end:
                yield f"{session} is given before {service.after}"


def find_teacher_time(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """A debrief or planning lies in a planning window of each teacher, an observation or coaching
    in a class of theirs.

    Read: a teacher of whom no such window is known at all (no grades, no such blocks) is not
    restricted.
    """
    for session in sessions:
        if session.service.teacher and data.rules.is_hard("teacher_time", session.scopes):
            yield from find_outside_of_class(data, session)
        kind = session.service.duty_kind
        if kind not in (*IN_PLANNING, *IN_CLASS) or not data.rules.is_hard(
            "teacher_time", session.scopes
        ):
            continue
        for name in session.service.attending:
            teacher = data.teachers.get(name)
            if teacher is None:
                continue
            free = (
                planning_of(data, teacher)
                if kind in IN_PLANNING
                else blocks_of(data, teacher, ("core", "flex"))
            )
            if free and not any(inside(session.span, span) for span in free.get(session.day, [])):
                what = "planning time" if kind in IN_PLANNING else "classes"
                yield f"{session} lies outside the {what} of {name}"


def find_outside_of_class(data: Dataset, session: Session) -> Iterator[str]:
    """A group in a teacher's class lies in one core or flex block of theirs, and never meets their
    planning time. Read: a teacher of whom no such block is known may be in class at any time.
    """
    name = session.service.teacher
    teacher = data.teachers[name]
    classes = blocks_of(data, teacher, ("core", "flex"))
    if classes and not any(inside(session.span, span) for span in classes.get(session.day, [])):
        yield f"{session} lies outside the classes of {name}"
    if any(overlap(session.span, span) for span in planning_of(data, teacher).get(session.day, [])):
        yield f"{session} lies in the planning time of {name}"


def planning_of(data: Dataset, teacher: Teacher) -> dict[str, list[Span]]:
    """A teacher's planning windows by day: their own, or else the specials of their grades."""
    return teacher.planning or blocks_of(data, teacher, ("specials",))


def blocks_of(data: Dataset, teacher: Teacher, kinds: tuple[str, ...]) -> dict[str, list[Span]]:
    """The blocks of some kinds by day, of any grade of a teacher's."""
    found: dict[str, list[Span]] = defaultdict(list)
    for block in data.blocks:
        if block.school == teacher.school and block.kind in kinds and block.grades & teacher.grades:
            for day in block.days:
                found[day].append(block.span)
    return found
