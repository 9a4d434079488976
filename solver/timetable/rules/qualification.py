"""given[g, p, d, t] exists only where p meets every requirement of g and of p's own role."""

from datetime import date

from planner.facts.group_rows import Group
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.rules.qualification import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Filters when variables are made; in diagnosis, forbids what the filter would have left
    out.
    """
    if not timetable.posting.diagnose:
        return
    for (service, person, *_), literal in timetable.given.items():
        if not may_serve(
            timetable.problem, timetable.problem.person_of[person], timetable.service(service)
        ):
            timetable.posting.never(RULE, (service,), literal)


def may_serve(problem: Problem, person: Person, service: Service) -> bool:
    """Whether a person may serve a service at all."""
    row = service.group or service.duty
    assert row is not None
    named = person.id in (row.staff or (person.id,)) and person.role.role in (
        row.roles or (person.role.role,)
    )
    if not named or (service.school and service.school not in person.schools):
        return False
    if row.subject not in (*(person.row.subjects or (row.subject,)), ""):
        return False
    group = service.group
    if group and not (
        group.tier in (person.role.tiers or (group.tier,)) and _teaches(person, group)
    ):
        return False
    last = min(
        problem.data.district.year_end,
        person.row.end_date or date.max,
        (group and group.to) or date.max,
    )
    held = {c.name for c in person.row.credentials if (c.expires or date.max) >= last}
    return all(
        held & set(alternatives)
        for alternatives in (*person.role.requires, *(group.requires if group else ()))
    )


def _teaches(person: Person, group: Group) -> bool:
    return set(group.grades) <= set(person.row.grades or group.grades)
