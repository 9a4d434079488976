"""Which cells of a plan's sheets a broken rule comes from: those that a planner would look at
first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from planner.document.plan_rows import PlanRead, PlanRow
from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.plan.plan import Attendance, Placement, Plan, Session
from planner.plan.workday import arrives
from planner.rules import RULE_OF
from planner.rules.rule import Violation

Where = tuple[str, ...]
Found = Iterable[tuple[Session | Placement | Attendance, str]]
"""Sessions, placements and courses, each with the column that matters."""


@dataclass(frozen=True)
class PlanCell:
    """A cell of a plan's sheet; in a `plan.json`, which has no cells, the place of an entry in its
    list.
    """

    row: PlanRow
    column: str

    @property
    def cell(self) -> str:
        """`sessions!D14`; nothing in a `plan.json`."""
        return self.row.cell(self.column)


def places_of(violation: Violation, problem: Problem, read: PlanRead) -> list[PlanCell]:
    """The cells that a violation comes from, each once, in the order of sheets and rows; none where
    no row is at fault.
    """
    found = {
        (row.sheet != "sessions", row.number, column): PlanCell(row, column)
        for item, column in FINDERS.get(violation.rule, _nothing)(
            problem, read.plan, violation.where
        )
        if (row := read.rows.get(item)) is not None
    }
    return [found[key] for key in sorted(found)]


def _column(items: Iterable[Session | Placement], column: str) -> Found:
    return [(item, column) for item in items]


def _sessions(plan: Plan, service: str, day: str = "", person: str = "") -> list[Session]:
    return [
        s
        for s in plan.sessions_of.get(service, ())
        if day in ("", s.day) and (not person or person in s.staff)
    ]


def _placements(plan: Plan, person: str, day: str = "") -> list[Placement]:
    return [
        p
        for (who, on_day), placed in plan.placed.items()
        if who == person and day in ("", on_day)
        for p in placed
    ]


def _overlap(one: Session, other: Session) -> bool:
    return one.day == other.day and one.start < other.end and other.start < one.end


def _one_place(problem: Problem, plan: Plan, where: Where) -> Found:
    """A session and the earlier one that it overlaps or that is too far away; one alone where the
    person is busy elsewhere.
    """
    if len(where) == 2:
        second = sorted(_placements(plan, *where), key=lambda p: p.start)[1:]
        spans = [(p.start, arrives(problem, plan, p)) for p in second]
        return [*_column(second, "shift_start"), *_column(_cutting(plan, where, spans), "start")]
    person, day, service = where
    theirs = plan.day_of.get((person, day), [])
    if person in problem.guests:
        theirs = [s for duty in problem.guests[person] for s in _sessions(plan, duty.id, day)]
        theirs.sort(key=lambda s: (s.start, s.service))
    own = [session for session in theirs if session.service == service]
    near = [
        first
        for first, then in combinations(theirs, 2)
        if then in own and first not in own and _overlap(first, then)
    ]
    if not near:
        located = [session for session in theirs if session.school]
        near = [
            first
            for first, then in pairwise(located)
            if then in own and first.school != then.school
        ]
    return _column([*own, *near], "start")


def _twice(problem: Problem, plan: Plan, where: Where) -> Found:
    """The two sessions of a student, or of a group, that overlap."""
    services, day = (
        (where[:1] * 2, where[1]) if where[0] in problem.service_of else (where[1:3], where[3])
    )
    first, then = (_sessions(plan, service, day) for service in services)
    return _column(
        [s for a in first for b in then if a is not b and _overlap(a, b) for s in (a, b)], "start"
    )


def _alone_guilty(rule: str, problem: Problem, sessions: Iterable[Session]) -> list[Session]:
    """The sessions that break a rule by themselves, whatever else is in the plan."""
    return [
        s for s in sessions if any(True for _ in RULE_OF[rule].violations(problem, Plan((), (s,))))
    ]


def _opening_hours(problem: Problem, plan: Plan, where: Where) -> Found:
    return _column(_alone_guilty("opening_hours", problem, _sessions(plan, *where)), "start")


def _windows(problem: Problem, plan: Plan, where: Where) -> Found:
    return _column(_alone_guilty("windows", problem, _sessions(plan, *where)), "start")


def _dosage(problem: Problem, plan: Plan, where: Where) -> Found:
    """The end of a session of a wrong length; every row of a service that has too few or too
    many.
    """
    minutes = problem.service_of[where[0]].minutes
    if len(where) > 1:
        return _column([s for s in _sessions(plan, *where) if s.minutes != minutes], "end")
    return _column(_sessions(plan, *where), "service")


def _days(problem: Problem, plan: Plan, where: Where) -> Found:
    return _column(_sessions(plan, *where), "day")


def _one_adult(problem: Problem, plan: Plan, where: Where) -> Found:
    """The rows of those who serve least, where somebody serves most."""
    sessions = _sessions(plan, where[0])
    (first, most), *others = Counter(person for s in sessions for person in s.staff).most_common()
    alone = all(count < most for _, count in others)
    return _column([s for s in sessions if not alone or set(s.staff) != {first}], "staff")


def _attendance(problem: Problem, plan: Plan, where: Where) -> Found:
    return _column(_alone_guilty("attendance", problem, _sessions(plan, *where)), "staff")


def _qualification(problem: Problem, plan: Plan, where: Where) -> Found:
    service, person = where
    return _column(_sessions(plan, service, person=person), "staff")


def _shift(problem: Problem, plan: Plan, where: Where) -> Found:
    """Work outside of the shift, or the shift itself: of one day, or where the cycle's total is
    wrong, of the days whose shifts are not the contract's (of all, where these are).
    """
    if len(where) > 2:
        person, day, service = where
        return _column(_sessions(plan, service, day, person), "start")
    placed = _placements(plan, *where)
    shifts = problem.person_of[where[0]].shifts
    begins = {(s.day, s.school, s.start) for s in shifts}
    whole = {(s.day, s.school, s.start, s.end) for s in shifts}
    late = [p for p in placed if (p.day, p.school, p.start) not in begins]
    long = [p for p in placed if p not in late and (p.day, p.school, p.start, p.end) not in whole]
    return [*_column(late, "shift_start"), *_column(long, "shift_end")] or _column(
        placed, "shift_start"
    )


def _sites(problem: Problem, plan: Plan, where: Where) -> Found:
    person, other = where[0], where[1] if len(where) > 1 else ""
    placed = _placements(plan, person, other if other in problem.cycle else "")
    return _column(
        [p for p in placed if other not in problem.schools or p.school == other], "school"
    )


def _lunch(problem: Problem, plan: Plan, where: Where) -> Found:
    """The lunch, and what cuts into it."""
    placed = [p for p in _placements(plan, *where) if p.lunch] or _placements(plan, *where)
    cutting = _cutting(plan, where, [p.lunch for p in placed if p.lunch])
    return [*_column(placed, "lunch_start"), *_column(cutting, "start")]


def _cutting(plan: Plan, where: Where, spans: list[tuple[int, int]]) -> list[Session]:
    """Somebody's sessions on a day that lie in one of some stretches of time."""
    sessions = plan.day_of.get((where[0], where[1]), ())
    return [s for s in sessions if any(s.start < end and start < s.end for start, end in spans)]


def _preparation(problem: Problem, plan: Plan, where: Where) -> Found:
    """The blocks, and what cuts into them."""
    placed = _placements(plan, *where)
    return [
        *_column(placed, "preparation"),
        *_column(_cutting(plan, where, [b for p in placed for b in p.preparation]), "start"),
    ]


def _contact(problem: Problem, plan: Plan, where: Where) -> Found:
    """Every group that somebody delivers on a day, or the one that makes a stretch too long."""
    sessions = [
        s
        for s in plan.day_of.get((where[0], where[1]), ())
        if problem.service_of[s.service].contact
    ]
    return _column([s for s in sessions if where[2:] in ((), (s.service,))], "start")


def _rooms(problem: Problem, plan: Plan, where: Where) -> Found:
    school, day, at = where
    pulled = [
        s for s in plan.at_school.get((school, day), ()) if problem.service_of[s.service].takes_room
    ]
    return _column([s for s in pulled if clock(s.start) <= at < clock(s.end)], "start")


def _supervision(problem: Problem, plan: Plan, where: Where) -> Found:
    at, day, role = where
    if role not in problem.roles:
        return _column(_sessions(plan, role, day, at), "staff")
    named = problem.roles[role].supervised == "named"
    people = {
        p.id
        for p in problem.people
        if p.role.role == role and (not named or p.row.supervisor == at)
    }
    return _column(
        [
            s
            for s in plan.sessions
            if s.day == day and people & set(s.staff) and (named or s.school == at)
        ],
        "staff",
    )


def _pins(problem: Problem, plan: Plan, where: Where) -> Found:
    """What is forbidden, or where what was pinned should be."""
    number, subject, person, *more = where
    kind = problem.pins[int(number.removeprefix("pin ")) - 1].kind
    if len(more) == 2 and more[0] in problem.service_of:
        return _column(_sessions(plan, *more), "start")
    if kind == "session":
        return _column(_sessions(plan, subject), "day")
    staff, *day = more if len(more) == 2 else (person, *more)
    return _column(_placements(plan, staff, *day), "lunch_start" if kind == "lunch" else "school")


def _served(problem: Problem, plan: Plan, where: Where) -> Found:
    return _column(_sessions(plan, where[0]), "service")


def _starts(problem: Problem, plan: Plan, where: Where) -> Found:
    return _column(_sessions(plan, *where[:2]), "start")


def _too_late(problem: Problem, plan: Plan, where: Where) -> Found:
    """The sessions of a day at a school that end after it closes early."""
    closes = [close for _, close in problem.calendar.early_closes(where[1], where[0])]
    there = [
        s
        for s in plan.at_school.get((where[0], where[1]), ())
        if problem.service_of[s.service].group
    ]
    return _column([s for s in there if s.end > min(closes, default=s.end)], "start")


def _dates(problem: Problem, plan: Plan, where: Where) -> Found:
    """The dates of one day's session, or of all of a service where a period has too many or too
    few.
    """
    day = where[1] if where[1] in problem.cycle else ""
    return _column(_sessions(plan, where[0], day), "dates")


def _rests(problem: Problem, plan: Plan, where: Where) -> Found:
    """The work that goes on too long, or all of a day that leaves too little rest."""
    sessions = plan.day_of.get((where[0], where[1]), ())
    return _column([s for s in sessions if where[2:] in ((), (s.service,))], "start")


def _work_days(problem: Problem, plan: Plan, where: Where) -> Found:
    return _column(_placements(plan, where[0]), "day")


def _courses(problem: Problem, plan: Plan, where: Where) -> Found:
    """Somebody's courses of a training, or everybody's of a course that has too few seats."""
    found = [
        a
        for a in plan.training
        if a.training == where[-1] and (len(where) == 1 or a.staff == where[0])
    ]
    return [(attendance, "date") for attendance in found]


def _nothing(problem: Problem, plan: Plan, where: Where) -> Found:
    """No row of a plan can mend what the dataset says."""
    return ()


FINDERS: Mapping[str, Callable[[Problem, Plan, Where], Found]] = {
    "one_place_at_once": _one_place,
    "no_student_twice": _twice,
    "opening_hours": _opening_hours,
    "windows": _windows,
    "teacher_time": _starts,
    "order": _starts,
    "minimum_days": _too_late,
    "dosage": _dosage,
    "different_days": _days,
    "named_dates": _dates,
    "one_adult": _one_adult,
    "attendance": _attendance,
    "qualification": _qualification,
    "fund_students": _qualification,
    "shift": _shift,
    "contract_days": _work_days,
    "sites": _sites,
    "duty_free_lunch": _lunch,
    "preparation": _preparation,
    "contact_minutes": _contact,
    "consecutive_contact": _contact,
    "meal_period": _lunch,
    "rest_breaks": _rests,
    "pull_out_spaces": _rooms,
    "group_size": _served,
    "supervision": _supervision,
    "required_duties": _dosage,
    "pins": _pins,
    "position_split": _nothing,
    "training": _courses,
    "training_seats": _courses,
}
"""How each rule's cells are found; what a rule on the budget finds is in no cell of a plan's
sheets.
"""


def cells(places: Iterable[PlanCell], most: int) -> Iterator[str]:
    """The cells as they are said, at most so many of them."""
    known = [place.cell for place in places if place.cell]
    yield from known[:most]
    if len(known) > most:
        yield f"{len(known) - most} more"
