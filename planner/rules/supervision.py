"""Whoever works under supervision delivers only while a certificated adult is on the site, and not too many for each."""

from collections.abc import Iterator

from planner.plan import Plan, Session
from planner.problem.cells import clock
from planner.problem.person import Person
from planner.problem.problem import Problem
from planner.rule import Rule, Violation


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Sessions without a supervisor on the site, and people beyond what the supervisors there may take."""
    for (school, day), sessions in sorted(plan.at_school.items()):
        delivering: dict[str, set[str]] = {}
        for session in sessions:
            for person in _supervised(problem, session):
                delivering.setdefault(person.role.role, set()).add(person.id)
                if not _on_site(problem, plan, session):
                    message = (
                        f"{person.name} serves {session.service} on {day} at {clock(session.start)} without a certificated"
                        f" adult at {problem.schools[school].name}."
                    )
                    yield Violation(RULE.key, (person.id, day, session.service), 1, message)
        for role, people in sorted(delivering.items()):
            yield from _too_many(problem, plan, school, day, role, people)


def _supervised(problem: Problem, session: Session) -> list[Person]:
    if not problem.service_of[session.service].contact:
        return []
    people = [problem.person_of[name] for name in session.staff if name in problem.person_of]
    return [person for person in people if person.role.supervised in ("on_site", "same_block")]


def _on_site(problem: Problem, plan: Plan, session: Session) -> bool:
    if any(teacher.certificated for teacher in problem.teachers_at.get(session.school, ())):
        return True
    return any(
        placement.school == session.school and placement.start <= session.start and session.end <= placement.end
        for person in problem.people
        if person.role.certificated
        for placement in plan.placed.get((person.id, session.day), ())
    )


def _too_many(problem: Problem, plan: Plan, school: str, day: str, role: str, people: set[str]) -> Iterator[Violation]:
    most = problem.roles[role].max_supervised
    if most is None:
        return
    teachers = sum(1 for teacher in problem.teachers_at.get(school, ()) if teacher.certificated)
    planned = sum(
        1
        for person in problem.people
        if person.role.certificated and any(p.school == school for p in plan.placed.get((person.id, day), ()))
    )
    over = len(people) - most * (teachers + planned)
    if over > 0:
        message = (
            f"{len(people)} {problem.roles[role].title} work under supervision at {problem.schools[school].name} on {day};"
            f" {teachers + planned} certificated adults may supervise {most} each."
        )
        yield Violation(RULE.key, (school, day, role), over, message)


RULE = Rule(
    key="supervision",
    title="Supervision",
    sentence="Whoever works under supervision delivers only while a certificated adult is on the site; each supervises so"
    " many at most.",
    formula="for each session of a supervised p: certificated adults on the site ≥ 1; delivering(site, day) ≤ max_supervised ×"
    " certificated(site, day)",
    unit="sessions or people",
    violations=violations,
    source="Title I paraeducator guidance (direct supervision)",
    scopes=frozenset({"role"}),
    columns=("supervised", "max_supervised"),
)
