"""Decisions stand: what is pinned takes place, what is forbidden does not."""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.decisions import Pin
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.plan.positions import before_budget
from planner.rules.cells import PlanItems, Where, in_column, placements_of, sessions_of
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops
from planner.words.wording import Words


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each decision that does not stand."""
    for number, pin in enumerate(problem.pins, start=1):
        where = (f"pin {number}", pin.subject, pin.staff)
        if pin.kind == "session" and pin.subject in problem.service_of:
            for day in pin.day or ("",):
                if not any(_matches(pin, s, day) for s in plan.sessions_of.get(pin.subject, ())):
                    yield Violation(
                        RULE.key,
                        where,
                        1,
                        f"{in_words(pin, day)} was decided and is not in the plan.",
                    )
        elif pin.kind == "placement" and pin.staff in problem.person_of:
            yield from _misplaced(problem, plan, pin, where)
        elif pin.kind == "lunch" and pin.staff in problem.person_of:
            yield from _lunch_moved(problem, plan, pin, where)
        elif pin.kind == "forbid":
            found = [
                s for s in plan.sessions if any(_matches(pin, s, day) for day in pin.day or ("",))
            ]
            for session in found:
                message = (
                    f"{session.service} on {session.day} at {clock(session.start)} is "
                    f"forbidden: {in_words(pin)}."
                )
                yield Violation(RULE.key, (*where, session.service, session.day), 1, message)
            yield from _out_of_place(problem, plan, pin, where)


def _matches(pin: Pin, session: Session, day: str) -> bool:
    return (
        pin.subject in ("", session.service)
        and (not pin.staff or pin.staff in session.staff)
        and day in ("", session.day)
        and pin.start in (None, session.start)
        and pin.minutes in (None, session.minutes)
        and pin.school in ("", session.school)
    )


def decided(problem: Problem, session: Session) -> bool:
    """Whether a decision holds a session where it is."""
    return bool(_holding(problem, session))


def still_decided(problem: Problem, session: Session, moved: Session) -> bool:
    """Whether every decision that holds a session also holds where it would be moved to."""
    return all(_matches(pin, moved, day) for pin, day in _holding(problem, session))


def _holding(problem: Problem, session: Session) -> list[tuple[Pin, str]]:
    return [
        (pin, day)
        for pin in problem.pins
        for day in pin.day or ("",)
        if pin.kind == "session" and pin.subject and _matches(pin, session, day)
    ]


def _misplaced(
    problem: Problem, plan: Plan, pin: Pin, where: tuple[str, ...]
) -> Iterator[Violation]:
    for day in pin.day or problem.cycle:
        placements = plan.placed.get((pin.staff, day), [])
        if (pin.day or placements) and not any(
            pin.school in ("", p.school) and pin.start in (None, p.start) for p in placements
        ):
            begin = f" from {clock(pin.start)}" if pin.start is not None else ""
            message = f"{pin.staff} was to be at {pin.school or 'work'} on {day}{begin}."
            yield Violation(RULE.key, (*where, day), 1, message)


def _lunch_moved(
    problem: Problem, plan: Plan, pin: Pin, where: tuple[str, ...]
) -> Iterator[Violation]:
    for day in pin.day or problem.cycle:
        starts = [start for start, _ in plan.lunches(pin.staff, day)]
        if (pin.day or plan.placed.get((pin.staff, day))) and pin.start not in starts:
            yield Violation(
                RULE.key,
                (*where, day),
                1,
                f"{in_words(pin, day)} was decided and is not in the plan.",
            )


def absent(problem: Problem, pin: Pin) -> str:
    """Why the person whom a pin names cannot be planned, as a sentence; blank where they can, or
    where it names nobody, or forbids.
    """
    if not pin.staff or pin.kind in ("position", "forbid") or pin.staff in problem.person_of:
        return ""
    sheets = before_budget(problem)
    words, day = Words(problem.data.district.locale), problem.data.district.day_planned
    row = next((row for row in sheets.data.staff if row.staff == pin.staff), None)
    if row is None:
        return ""
    if row.end_date is not None and row.end_date < day:
        return f"{row.called}'s employment ended on {words.day(row.end_date)}."
    if row.hire_date is not None and row.hire_date > day:
        return f"{row.called}'s employment begins on {words.day(row.hire_date)}."
    return f"{row.called} keeps no position in this budget."


def forbids_placements(pin: Pin) -> bool:
    """Whether a forbid is about being there at all: one that speaks of no service and of no
    time.
    """
    spoken = pin.subject or pin.start is not None or pin.minutes is not None
    return pin.kind == "forbid" and not spoken


def _out_of_place(
    problem: Problem, plan: Plan, pin: Pin, where: tuple[str, ...]
) -> Iterator[Violation]:
    if not forbids_placements(pin):
        return
    for placement in plan.placements:
        if (
            pin.staff in ("", placement.staff)
            and pin.school in ("", placement.school)
            and placement.day in (pin.day or problem.cycle)
        ):
            message = (
                f"{placement.staff} at {placement.school} on {placement.day} is forbidden: "
                f"{in_words(pin)}."
            )
            yield Violation(RULE.key, (*where, placement.staff, placement.day), 1, message)


def in_words(pin: Pin, day: str | None = None) -> str:
    """A decision as a planner would say it."""
    days = day if day is not None else ", ".join(pin.day)
    parts = [
        pin.subject or {"forbid": "anything", "lunch": "lunch"}.get(pin.kind, ""),
        f"{'of' if pin.kind == 'lunch' else 'with'} {pin.staff}"
        if pin.staff and pin.kind != "placement"
        else pin.staff,
        f"on {days}" if days else "",
        f"at {clock(pin.start)}" if pin.start is not None else "",
        f"for {pin.minutes} minutes" if pin.minutes is not None else "",
        f"at {pin.school}" if pin.school else "",
    ]
    return " ".join(part for part in parts if part)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """What is forbidden, or where what was pinned should be."""
    number, subject, person, *more = where
    kind = problem.pins[int(number.removeprefix("pin ")) - 1].kind
    if len(more) == 2 and more[0] in problem.service_of:
        return in_column(sessions_of(plan, *more), "start")
    if kind == "session":
        return in_column(sessions_of(plan, subject), "day")
    staff, *day = more if len(more) == 2 else (person, *more)
    return in_column(
        placements_of(plan, staff, *day), "lunch_start" if kind == "lunch" else "school"
    )


def _stopped(ways: Stopped) -> str:
    return f"A decision on the sheet pins forbids {ways.service.id} at the times that are left."


def _asked(problem: Problem, where: Where) -> str:
    number = int(where[0].removeprefix("pin "))
    by_hand = number - len(problem.data.pins)
    if by_hand > 0:
        return problem.edits[by_hand - 1].sentence
    pin = problem.pins[number - 1]
    return f"Pin {number} ({pin.kind}): {in_words(pin)}."


RULE = Rule(
    key="pins",
    title="Pins and forbids",
    sentence="Decisions stand: what is pinned takes place, what is forbidden does not.",
    formula="each pin is met by a session or placement; each forbid by none (without subject and "
    "start: by no placement either)",
    unit="decisions",
    violations=violations,
    readers=Readers.EVERYBODY,
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=13, words=_stopped),
    asks=_asked,
    is_about_places=True,
)
