"""A plan's weeks as grids: of a person, a school's day, a group, and a grade's open slots."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.measures import Measures
from planner.plan.plan import Plan, Session
from planner.plan.workday import shifts
from planner.render.blocks import (
    TimedBlock,
    away,
    group_name,
    person_blocks,
    rest_blocks,
    rooms_in_use,
    session_block,
)
from planner.render.workbook.timetable_people import week_of, where
from planner.slots.open_slots import GradeSlots
from planner.slots.windows import group_spans
from planner.words import palette
from planner.words.wording import Words, clock_range, listed
from ui.screen.week import DayColumn, Picked, Week

MAY_BE = replace(palette.OPEN, name="When the group may be served", letter="")
FREE = replace(palette.OPEN, name="Free", letter="")
FREE_IN_CLASS = replace(palette.OPEN_IN_CLASS, name="Free in class", letter="")
TAKEN = replace(palette.SERVED, name="Taken", letter="")
"""Grounds without the letters that sheets have: on the screen each says in words what it is."""
APART = "|"
"""Between the parts of a session's key."""


def key_of(session: Session) -> str:
    """A session's key on the screen: its group or duty, day and start."""
    return APART.join(
        (session.service, session.day, str(session.start), ";".join(sorted(session.staff)))
    )


def session_of(plan: Plan, key: str) -> Session | None:
    """The session with a key; None where the plan does not hold it (any more)."""
    return next((session for session in plan.sessions if key_of(session) == key), None)


def person_week(problem: Problem, plan: Plan, measures: Measures, person: str) -> Week:
    """A person's week: sessions, lunch, preparation and travel, with the week's sums."""
    columns = []
    for day in problem.cycle:
        blocks = [
            _picked(problem, session, day, person) for session in plan.day_of.get((person, day), [])
        ]
        blocks += [Picked(block, said=day) for block in rest_blocks(problem, plan, person, day)]
        behind = list(away(shifts(plan, person, day), [picked.block for picked in blocks]))
        columns.append(DayColumn(day, where(problem, plan, person, day), blocks, behind))
    words, total = Words(problem.data.district.locale), measures.people[person].total
    parts = [
        ("Contact", total.contact),
        ("duties", total.duties),
        ("preparation", total.preparation),
        ("travel", total.travel),
    ]
    some = [
        f"{name} {words.minutes(minutes)}"
        for name, minutes in [*parts, ("free", total.free)]
        if minutes or name == "Contact"
    ]
    return Week(f"{problem.person_of[person].name}, {week_of(problem)}", columns, " · ".join(some))


def school_day(problem: Problem, plan: Plan, school: str, day: str) -> Week:
    """A day at a school, a column for each adult with all that they do on it, and the rooms in
    use.
    """
    sessions, spaces = plan.at_school.get((school, day), []), problem.schools[school].spaces
    here = {person for session in sessions for person in session.staff}
    columns = []
    for person in problem.people:
        placed = [p for p in plan.placed.get((person.id, day), []) if p.school == school]
        if placed or person.id in here:
            hours = clock_range(placed[0].start, max(p.end for p in placed)) if placed else ""
            mine = [
                _picked(problem, s, person.name, person.id)
                for s in plan.day_of.get((person.id, day), [])
            ]
            mine += [
                Picked(block, said=person.name)
                for block in rest_blocks(problem, plan, person.id, day)
            ]
            behind = [
                b for b in person_blocks(problem, plan, person.id, day) if b.tone is palette.AWAY
            ]
            columns.append(DayColumn(person.name, hours, mine, behind))
    rooms = [
        Picked(block, said="Pull-out rooms in use")
        for block in rooms_in_use(problem, sessions, spaces)
    ]
    if rooms:
        columns.append(DayColumn("Rooms", "" if spaces is None else f"of {spaces}", rooms))
    place = problem.schools[school]
    return Week(
        f"{place.name}, {day}", columns, fallback=(place.open or 8 * 60, place.close or 15 * 60)
    )


def group_week(problem: Problem, plan: Plan, group: str) -> Week:
    """A group's week; behind it the times at which it may be served."""
    service = problem.service_of[group]
    assert service.group
    columns = []
    for day in problem.cycle:
        sessions = [session for session in plan.sessions_of.get(group, []) if session.day == day]
        blocks = [_group_block(problem, session) for session in sessions]
        columns.append(
            DayColumn(
                day,
                "",
                blocks,
                [TimedBlock(*span, MAY_BE) for span in group_spans(problem, service, day)],
            )
        )
    words = Words(problem.data.district.locale)
    sums = sessions_said(words, service, plan.minutes_of(group))
    legend = (palette.TIER[service.tier], MAY_BE)
    return Week(f"{group_name(problem, service)}, {week_of(problem)}", columns, sums, legend)


def sessions_said(words: Words, service: Service, lengths: Sequence[int]) -> str:
    """`3 sessions of 4, 30 minutes each`, or of several lengths `3 sessions, 95 of 150 minutes`."""
    given = words.count(len(lengths), "session")
    if service.varied:
        return f"{given}, {words.number(sum(lengths))} of {words.count(service.owed, 'minute')}"
    return f"{given} of {service.sessions}, {service.longest} minutes each"


def group_in_words(problem: Problem, group: str) -> str:
    """`Gr 2 · reading · tier 2 · elm-2-read-a`."""
    service = problem.service_of[group]
    before, _, own = group_name(problem, service).rpartition(" · ")
    return f"{before} · tier {service.tier} · {own}"


def slots_week(problem: Problem, slots: GradeSlots) -> Week:
    """What is usable, taken and free of a grade's week."""
    columns = []
    for day, mine in slots.days.items():
        kinds = (
            (mine.taken, TAKEN),
            (mine.free_pull_out, FREE),
            (mine.free_in_class, FREE_IN_CLASS),
        )
        blocks = [
            TimedBlock(*span, tone, tone.name, clock_range(*span))
            for spans, tone in kinds
            for span in spans
        ]
        columns.append(DayColumn(day, "", [Picked(block, said=day) for block in blocks]))
    school = problem.schools[slots.school].name
    return Week(
        f"Grade {slots.grade} at {school}, {week_of(problem)}",
        columns,
        legend=(FREE, FREE_IN_CLASS, TAKEN),
    )


def _picked(problem: Problem, session: Session, said: str, seen_by: str) -> Picked:
    return Picked(session_block(problem, session, seen_by=seen_by), key_of(session), said)


def _group_block(problem: Problem, session: Session) -> Picked:
    block = session_block(problem, session)
    adults = listed(names_of(problem, session.staff))
    return Picked(
        TimedBlock(block.start, block.end, block.tone, adults, block.detail, letter=block.letter),
        key_of(session),
        session.day,
    )


def names_of(problem: Problem, people: Iterable[str]) -> list[str]:
    """People's names."""
    return [problem.person_of[person].name for person in people]
