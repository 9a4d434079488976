"""Whoever works under supervision delivers only while the supervision is there.

The job class says which supervision it needs.
"""

from collections.abc import Iterator

from planner.facts.cell_formats import clock
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.plan.workday import arrives
from planner.rules.cells import PlanItems, Where, in_column, sessions_of
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stopped, Stops

NEEDED = {
    "on_site": "without a certificated adult at {school}",
    "same_block": "while no certificated adult is with that grade or another group at {school}",
    "named": "while {supervisor} is not at {school}",
}


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Sessions without supervision, and people beyond what the supervisors there may take."""
    for (school, day), sessions in sorted(plan.at_school.items()):
        delivering: dict[str, set[str]] = {}
        for session in sessions:
            for person in _supervised(problem, session):
                delivering.setdefault(person.role.role, set()).add(person.id)
                if not _there(problem, plan, session, person):
                    supervisor = person.row.supervisor or "a named supervisor"
                    lack = NEEDED[person.role.supervised].format(
                        school=problem.schools[school].name, supervisor=supervisor
                    )
                    message = (
                        f"{person.name} serves {session.service} on {day} at "
                        f"{clock(session.start)} {lack}."
                    )
                    yield Violation(RULE.key, (person.id, day, session.service), 1, message)
        for role, people in sorted(delivering.items()):
            yield from _too_many(problem, plan, school, day, role, people)
    yield from _too_many_named(problem, plan)


def _supervised(problem: Problem, session: Session) -> list[Person]:
    if not problem.service_of[session.service].contact:
        return []
    people = [problem.person_of[name] for name in session.staff if name in problem.person_of]
    return [person for person in people if person.role.supervised in NEEDED]


def _there(problem: Problem, plan: Plan, session: Session, person: Person) -> bool:
    teachers = [
        teacher for teacher in problem.teachers_at.get(session.school, ()) if teacher.certificated
    ]
    planned = [other for other in problem.people if other.role.certificated]
    if person.role.supervised == "named":
        if any(teacher.teacher == person.row.supervisor for teacher in teachers):
            return True
        return any(
            _at_work(problem, plan, session, other)
            for other in planned
            if other.id == person.row.supervisor
        )
    if person.role.supervised == "on_site":
        return bool(teachers) or any(_at_work(problem, plan, session, other) for other in planned)
    group = problem.service_of[session.service].group
    assert group is not None
    return any(
        not teacher.grades or set(teacher.grades) & set(group.grades) for teacher in teachers
    ) or any(
        other.start < session.end
        and session.start < other.end
        and set(other.staff) & {adult.id for adult in planned}
        for other in plan.at_school[session.school, session.day]
        if not other.dates and problem.service_of[other.service].contact
    )


def _at_work(problem: Problem, plan: Plan, session: Session, person: Person) -> bool:
    return any(
        placement.school == session.school
        and arrives(problem, plan, placement) <= session.start
        and session.end <= placement.end
        for placement in plan.placed.get((person.id, session.day), ())
    )


def _too_many(
    problem: Problem, plan: Plan, school: str, day: str, role: str, people: set[str]
) -> Iterator[Violation]:
    most = problem.roles[role].max_supervised
    if most is None or problem.roles[role].supervised == "named":
        return
    teachers = sum(1 for teacher in problem.teachers_at.get(school, ()) if teacher.certificated)
    planned = sum(
        1
        for person in problem.people
        if person.role.certificated
        and any(p.school == school for p in plan.placed.get((person.id, day), ()))
    )
    over = len(people) - most * (teachers + planned)
    if over > 0:
        message = (
            f"{len(people)} {problem.roles[role].title} work under supervision at "
            f"{problem.schools[school].name} on {day};"
            f" {teachers + planned} certificated adults may supervise {most} each."
        )
        yield Violation(RULE.key, (school, day, role), over, message)


def _too_many_named(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """People beyond what a named supervisor may take on a day."""
    people = [
        person
        for person in problem.people
        if person.role.supervised == "named" and person.row.supervisor
    ]
    for day in problem.cycle:
        delivering: dict[tuple[str, str], list[str]] = {}
        for person in people:
            if any(
                problem.service_of[session.service].contact
                for session in plan.day_of.get((person.id, day), ())
            ):
                delivering.setdefault((person.row.supervisor, person.role.role), []).append(
                    person.id
                )
        for (supervisor, role), names in sorted(delivering.items()):
            most = problem.roles[role].max_supervised
            if most is not None and len(names) > most:
                message = (
                    f"{supervisor} supervises {len(names)} {problem.roles[role].title} on "
                    f"{day}; {most} are the most."
                )
                yield Violation(RULE.key, (supervisor, day, role), len(names) - most, message)


def _cells(problem: Problem, plan: Plan, where: Where) -> PlanItems:
    at, day, role = where
    if role not in problem.roles:
        return in_column(sessions_of(plan, role, day, at), "staff")
    named = problem.roles[role].supervised == "named"
    people = {
        p.id
        for p in problem.people
        if p.role.role == role and (not named or p.row.supervisor == at)
    }
    return in_column(
        [
            s
            for s in plan.sessions
            if s.day == day and people & set(s.staff) and (named or s.school == at)
        ],
        "staff",
    )


def _stopped(ways: Stopped) -> str:
    return (
        f"Nobody who may supervise {ways.names} is at {ways.school} in {ways.service.id}'s windows."
    )


RULE = Rule(
    key="supervision",
    title="Supervision",
    sentence="Whoever works under supervision delivers only while it is there: a certificated "
    "adult on the site, in the same"
    " block, or the one who is named; each supervises so many at most.",
    formula="for each session of a supervised p: certificated adults on the site (with that "
    "grade, or with a group at that time"
    " in every cycle; the named one) ≥ 1; delivering(site or name, day) ≤ max_supervised × "
    "certificated adults there",
    unit="sessions or people",
    violations=violations,
    readers=Readers.EVERYBODY,
    source="Title I paraeducator guidance (direct supervision)",
    scopes=frozenset({"role"}),
    columns=("supervised", "max_supervised"),
    cells=_cells,
    stops=Stops(Judges.NEAR, rank=11, words=_stopped),
    hr=HrSection.WEEK,
)
