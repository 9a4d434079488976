"""Which rows of a plan a violation comes from, and in which column a planner looks first."""

from collections.abc import Callable, Iterable

from planner.facts.problem import Problem
from planner.plan.plan import Attendance, Placement, Plan, Session

Where = tuple[str, ...]
"""The ids that a violation is about."""
PlanItems = Iterable[tuple[Session | Placement | Attendance, str]]
"""Sessions, placements and courses, each with the column that matters."""
Cells = Callable[[Problem, Plan, Where], PlanItems]


def about(column: str) -> Cells:
    """A finder that goes by the ids alone: the sessions of the services named (on the days, with
    the adults named), else those of the adults or schools, and where there are none the shifts.
    """

    def find(problem: Problem, plan: Plan, where: Where) -> PlanItems:
        days = {name for name in where if name in problem.cycle}
        services = [name for name in where if name in problem.service_of]
        people = [name for name in where if name in problem.person_of]
        if services:
            named = [s for name in services for s in plan.sessions_of.get(name, ())]
            adults = {name for name in where for session in named if name in session.staff}
            named = [s for s in named if not adults or adults & {*s.staff}]
        elif people:
            named = [s for (name, _), day in plan.day_of.items() if name in people for s in day]
        else:
            named = [s for s in plan.sessions if s.school and s.school in where]
        sessions = [session for session in named if not days or session.day in days]
        if sessions or services:
            return in_column(sessions, column)
        return in_column(
            [
                placement
                for placement in plan.placements
                if placement.staff in people and (not days or placement.day in days)
            ],
            "shift_start",
        )

    return find


def nowhere(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """No row of a plan can mend what the dataset says."""
    return ()


def guilty_alone(violations: Callable[[Problem, Plan], Iterable[object]], column: str) -> Cells:
    """A finder of those sessions of a service and day that break a rule whatever else is
    planned.
    """

    def find(problem: Problem, plan: Plan, where: Where) -> PlanItems:
        return in_column(
            [
                session
                for session in sessions_of(plan, *where)
                if any(True for _ in violations(problem, Plan((), (session,))))
            ],
            column,
        )

    return find


def in_column(items: Iterable[Session | Placement], column: str) -> PlanItems:
    """Rows, all in one column."""
    return [(item, column) for item in items]


def sessions_of(plan: Plan, service: str, day: str = "", person: str = "") -> list[Session]:
    """A service's sessions: all, on a day, with somebody."""
    return [
        s
        for s in plan.sessions_of.get(service, ())
        if day in ("", s.day) and (not person or person in s.staff)
    ]


def placements_of(plan: Plan, person: str, day: str = "") -> list[Placement]:
    """Somebody's placements: all, or on a day."""
    return [
        p
        for (who, on_day), placed in plan.placed.items()
        if who == person and day in ("", on_day)
        for p in placed
    ]


def cutting(plan: Plan, where: Where, spans: list[tuple[int, int]]) -> list[Session]:
    """Somebody's sessions on a day that lie in one of some stretches of time."""
    sessions = plan.day_of.get((where[0], where[1]), ())
    return [s for s in sessions if any(s.start < end and start < s.end for start, end in spans)]


def lunch_cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """The lunch, and what cuts into it."""
    placed = [p for p in placements_of(plan, *where) if p.lunch] or placements_of(plan, *where)
    spans = [p.lunch for p in placed if p.lunch]
    return [
        *in_column(placed, "lunch_start"),
        *in_column(cutting(plan, where, spans), "start"),
    ]


def contact_cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """Every group that somebody delivers on a day, or the one that makes a stretch too long."""
    sessions = [
        s
        for s in plan.day_of.get((where[0], where[1]), ())
        if problem.service_of[s.service].contact
    ]
    return in_column([s for s in sessions if where[2:] in ((), (s.service,))], "start")


def dosage_cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """The end of a session of a wrong length; every row of a service that has too few or too
    many.
    """
    lengths = problem.service_of[where[0]].lengths
    if len(where) > 1:
        return in_column([s for s in sessions_of(plan, *where) if s.minutes not in lengths], "end")
    return in_column(sessions_of(plan, *where), "service")


def course_cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    """Somebody's courses of a training, or everybody's of a course that has too few seats."""
    courses = [
        a
        for a in plan.training
        if a.training == where[-1] and (len(where) == 1 or a.staff == where[0])
    ]
    return [(course, "date") for course in courses]
