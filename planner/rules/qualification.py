"""Whoever serves is qualified.

Role, tier, grades, subject, school, and every required credential as long as it is used.
"""

from collections.abc import Iterator
from datetime import date

from planner.facts.group_rows import Group
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.cells import Where, about
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Judges, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each adult who serves without being qualified."""
    for session in plan.sessions:
        service = problem.service_of[session.service]
        for name in session.staff:
            person = problem.person_of.get(name)
            chosen = name not in service.attendees
            reason = (
                "is not under contract then"
                if person is None
                else lacks(problem, person, service)
                if chosen
                else ""
            )
            if reason:
                who = person.name if person else name
                yield Violation(
                    RULE.key, (service.id, name), 1, f"{who} may not serve {service.id}: {reason}."
                )


def lacks(problem: Problem, person: Person, service: Service) -> str:
    """What a person lacks for a service, in words; nothing where they may serve it."""
    row = service.group or service.duty
    assert row is not None
    if row.staff and person.id not in row.staff:
        return "only " + ", ".join(row.staff) + " may"
    if row.roles and person.role.role not in row.roles:
        return "the job class is not among " + ", ".join(row.roles)
    if service.school and service.school not in person.schools:
        return f"does not work at {problem.schools[service.school].name}"
    if row.subject and person.row.subjects and row.subject not in person.row.subjects:
        return f"does not teach {row.subject}"
    return (_lacks_for_group(person, service.group) if service.group else "") or lacks_credential(
        problem, person, service
    )


def _lacks_for_group(person: Person, group: Group) -> str:
    if person.role.tiers and group.tier not in person.role.tiers:
        return f"{person.role.title} does not deliver tier {group.tier}"
    if person.row.grades and not set(group.grades) <= set(person.row.grades):
        return (
            "does not teach grade "
            f"{', '.join(g for g in group.grades if g not in person.row.grades)}"
        )
    return ""


def lacks_credential(problem: Problem, person: Person, service: Service) -> str:
    """The credential that a person lacks for a service, in words; nothing where they hold all that
    it takes.
    """
    last = _last_use(problem, person, service)
    for alternatives in (*person.role.requires, *(service.group.requires if service.group else ())):
        if not any(
            c.name in alternatives and (c.expires is None or c.expires >= last)
            for c in person.row.credentials
        ):
            return f"holds no {' or '.join(alternatives)} that is valid until {last.isoformat()}"
    return ""


def _last_use(problem: Problem, person: Person, service: Service) -> date:
    """The last date on which this person would serve this group or do this duty."""
    ends = [
        problem.data.district.year_end,
        person.row.end_date,
        service.group.to if service.group else None,
    ]
    return min(end for end in ends if end is not None)


def _asked(problem: Problem, where: Where) -> str:
    service = problem.service_of.get(where[0])
    return f"Whoever serves {service.id} must be qualified for it." if service else ""


RULE = Rule(
    key="qualification",
    title="Qualification",
    sentence="Whoever serves is qualified: role, tier, grades, subject, school, and every "
    "required credential on every date"
    " on which it is used.",
    formula="for each adult p of a session of g: p meets every requirement of g and of p's role",
    unit="adults",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"tier", "school"}),
    cells=about("staff"),
    stops=Stops(Judges.ADULT, rank=1),
    asks=_asked,
    is_final=True,
    hr=HrSection.WEEK,
    remedy=Remedy(
        otherwise="Correct what the sheet staff says of them (role, subjects, grades, schools, "
        "credentials with their dates), or let somebody else serve."
    ),
)
