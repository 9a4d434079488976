"""A plan's weeks as grids: of a person, of a school's day, of a group, and of the slots that are open to a grade."""

from collections.abc import Iterable

from planner import palette
from planner.measures import Measures
from planner.plan import Plan, Session
from planner.problem.problem import Problem
from planner.reports.blocks import Block, away, group_name, person_blocks, rest_blocks, rooms_in_use, session_block
from planner.reports.timetable_people import week_of, where
from planner.slots.open_slots import GradeSlots
from planner.slots.windows import grade_usable
from planner.words import Words, clock_range, listed
from planner.workday import shifts
from ui.screen.week import Column, Picked, Week

APART = "|"
"""Between the parts of a session's key."""


def key_of(session: Session) -> str:
    """A session's key on the screen: its group or duty, day and start."""
    return APART.join((session.service, session.day, str(session.start), ";".join(sorted(session.staff))))


def session_of(plan: Plan, key: str) -> Session | None:
    """The session with a key; None where the plan does not hold it (any more)."""
    return next((session for session in plan.sessions if key_of(session) == key), None)


def person_week(problem: Problem, plan: Plan, measures: Measures, person: str) -> Week:
    """A person's week: sessions, lunch, preparation and travel, with the week's sums."""
    columns = []
    for day in problem.cycle:
        blocks = [_picked(problem, session, day, person) for session in plan.day_of.get((person, day), [])]
        blocks += [Picked(block, said=day) for block in rest_blocks(problem, plan, person, day)]
        behind = list(away(shifts(plan, person, day), [picked.block for picked in blocks]))
        columns.append(Column(day, where(problem, plan, person, day), blocks, behind))
    words, total = Words(problem.data.district.locale), measures.people[person].total
    parts = [("Contact", total.contact), ("duties", total.duties), ("preparation", total.preparation), ("travel", total.travel)]
    some = [f"{name} {words.minutes(minutes)}" for name, minutes in [*parts, ("free", total.free)] if minutes or name == "Contact"]
    return Week(f"{problem.person_of[person].name}, {week_of(problem)}", columns, " · ".join(some))


def school_day(problem: Problem, plan: Plan, school: str, day: str) -> Week:
    """A day at a school, a column for each adult with all that they do on it, and the rooms in use."""
    sessions, spaces = plan.at_school.get((school, day), []), problem.schools[school].spaces
    here = {person for session in sessions for person in session.staff}
    columns = []
    for person in problem.people:
        placed = [p for p in plan.placed.get((person.id, day), []) if p.school == school]
        if placed or person.id in here:
            hours = clock_range(placed[0].start, max(p.end for p in placed)) if placed else ""
            mine = [_picked(problem, s, person.name, person.id) for s in plan.day_of.get((person.id, day), [])]
            mine += [Picked(block, said=person.name) for block in rest_blocks(problem, plan, person.id, day)]
            behind = [b for b in person_blocks(problem, plan, person.id, day) if b.tone is palette.AWAY]
            columns.append(Column(person.name, hours, mine, behind))
    rooms = [Picked(block, said="Pull-out rooms in use") for block in rooms_in_use(problem, sessions, spaces)]
    if rooms:
        columns.append(Column("Rooms", "" if spaces is None else f"of {spaces}", rooms))
    place = problem.schools[school]
    return Week(f"{place.name}, {day}", columns, fallback=(place.open or 8 * 60, place.close or 15 * 60))


def group_week(problem: Problem, plan: Plan, group: str) -> Week:
    """A group's week; behind it the times at which its grades may be served."""
    service = problem.service_of[group]
    assert service.group
    columns = []
    for day in problem.cycle:
        sessions = [session for session in plan.sessions_of.get(group, []) if session.day == day]
        blocks = [_group_block(problem, session) for session in sessions]
        usable = [grade_usable(problem, service.school, grade, day) for grade in service.group.grades]
        spans = sorted({span for found in usable for span in found.spans})
        columns.append(Column(day, "", blocks, [Block(start, end, palette.OPEN_IN_CLASS) for start, end in spans]))
    words = Words(problem.data.district.locale)
    given = len(plan.sessions_of.get(group, []))
    sums = f"{words.count(given, 'session')} of {service.sessions}, {service.minutes} minutes each"
    legend = (palette.TIER[service.tier], palette.OPEN_IN_CLASS)
    return Week(f"{group_name(problem, service)}, {week_of(problem)}", columns, sums, legend)


def slots_week(problem: Problem, slots: GradeSlots) -> Week:
    """What is usable, taken and free of a grade's week."""
    columns = []
    for day, mine in slots.days.items():
        kinds = ((mine.taken, palette.SERVED, "Taken"), (mine.free_pull_out, palette.OPEN, "Free"))
        kinds = (*kinds, (mine.free_in_class, palette.OPEN_IN_CLASS, "Free in class"))
        blocks = [Block(*span, tone, name, clock_range(*span)) for spans, tone, name in kinds for span in spans]
        columns.append(Column(day, "", [Picked(block, said=day) for block in blocks]))
    school = problem.schools[slots.school].name
    return Week(f"Grade {slots.grade} at {school}, {week_of(problem)}", columns, legend=palette.SLOTS[:3])


def _picked(problem: Problem, session: Session, said: str, seen_by: str) -> Picked:
    return Picked(session_block(problem, session, seen_by=seen_by), key_of(session), said)


def _group_block(problem: Problem, session: Session) -> Picked:
    block = session_block(problem, session)
    adults = listed(names_of(problem, session.staff))
    return Picked(
        Block(block.start, block.end, block.tone, adults, block.detail, letter=block.letter), key_of(session), session.day
    )


def names_of(problem: Problem, people: Iterable[str]) -> list[str]:
    """People's names."""
    return [problem.person_of[person].name for person in people]
