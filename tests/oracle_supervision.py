"""The oracle on supervision: on the site, in the same block, by a named person, and by how many
each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.oracle_facts import Dataset, Person
from tests.oracle_plan import Placement, Session, inside, overlap


def find_unsupervised(
    data: Dataset, sessions: list[Session], placements: list[Placement]
) -> Iterator[str]:
    """Through every group session of a supervised person there is the certificated adult that their
    role asks for.
    """
    for session in sessions:
        for person in supervised(data, session):
            how = person.role.supervised
            if how == "on_site" and not has_adult_on_site(data, session, placements):
                yield f"{session}: {person.staff} has no certificated adult on the site"
            if (
                how == "same_block"
                and not has_teacher(data, session)
                and not has_colleague(data, session, person, sessions)
            ):
                yield f"{session}: {person.staff} has no certificated adult in the same block"
            if how == "named" and not has_supervisor(data, session, person, placements):
                yield (
                    f"{session}: {person.staff} has no supervisor "
                    f"{person.supervisor or '(none is named)'} there"
                )


def supervised(data: Dataset, session: Session) -> list[Person]:
    """The people who deliver a group under supervision, where that rule is hard."""
    people = [
        data.people[name]
        for name in session.deliverers
        if name in data.people and session.is_contact
    ]
    return [
        person
        for person in people
        if person.role.supervised != "no"
        and data.rules.is_hard("supervision", (*session.scopes, *person.scopes))
    ]


def certificated_teachers(data: Dataset, school: str) -> int:
    """Certificated teachers on a site, who are there all day."""
    return sum(
        teacher.certificated for teacher in data.teachers.values() if teacher.school == school
    )


def has_adult_on_site(data: Dataset, session: Session, placements: list[Placement]) -> bool:
    """A certificated teacher of the school, or a certificated person placed there through the whole
    session.
    """
    around = [row for row in placements if row.school == session.school and row.day == session.day]
    planned = any(
        data.people[row.staff].role.certificated and inside(session.span, row.on_site)
        for row in around
    )
    return planned or certificated_teachers(data, session.school) > 0


def has_teacher(data: Dataset, session: Session) -> bool:
    """A certificated teacher of the school who has one of the group's grades (or all)."""
    return any(
        teacher.certificated
        and teacher.school == session.school
        and (not teacher.grades or bool(teacher.grades & set(session.service.grades)))
        for teacher in data.teachers.values()
    )


def has_colleague(data: Dataset, session: Session, person: Person, sessions: list[Session]) -> bool:
    """Another planned, certificated person gives a session at the school that overlaps this one, on
    all its dates.
    """
    beside = [
        other
        for other in sessions
        if (other.school, other.day) == (session.school, session.day)
        and overlap(other.span, session.span)
        and any(
            n in data.people and data.people[n].role.certificated
            for n in other.deliverers
            if n != person.staff
        )
    ]
    shared = frozenset().union(*(other.dates for other in beside))
    return any(not other.dates for other in beside) or (
        bool(session.dates) and session.dates <= shared
    )


def has_supervisor(
    data: Dataset, session: Session, person: Person, placements: list[Placement]
) -> bool:
    """The named teacher is certificated and of the school; the named colleague is placed there
    through the session.
    """
    teacher = data.teachers.get(person.supervisor)
    if teacher is not None:
        return teacher.certificated and teacher.school == session.school
    mine = [
        row
        for row in placements
        if (row.staff, row.day, row.school) == (person.supervisor, session.day, session.school)
    ]
    return any(inside(session.span, row.on_site) for row in mine)


def find_supervisors(
    data: Dataset, sessions: list[Session], placements: list[Placement]
) -> Iterator[str]:
    """Of a role, the people who deliver at a school on a day, at most so many for each certificated
    adult there.
    """
    there: dict[tuple[str, str], set[str]] = defaultdict(set)
    delivering: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in placements:
        there[row.school, row.day].add(row.staff)
    for session in sessions:
        for person in supervised(data, session):
            if person.role.supervised != "named":
                delivering[session.school, session.day, person.role.role].add(person.staff)
    for (school, day, role), names in delivering.items():
        scopes = (f"role:{role}", f"school:{school}")
        most = data.rules.figure(
            "supervision", "max_supervised", data.people[min(names)].role.max_supervised, scopes
        )
        planned = sum(data.people[name].role.certificated for name in there[school, day])
        certificated = certificated_teachers(data, school) + planned
        if most is not None and len(names) > most * certificated:
            yield (
                f"{school} on {day}: {len(names)} supervised {role} for {certificated} "
                "certificated adults"
            )


def find_named_supervisors(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Of a role, the people who deliver on a day under one named supervisor."""
    delivering: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for session in sessions:
        for person in supervised(data, session):
            if person.role.supervised == "named":
                delivering[person.supervisor, session.day, person.role.role].add(person.staff)
    for (supervisor, day, role), names in delivering.items():
        most = data.people[min(names)].role.max_supervised
        if most is not None and len(names) > most:
            yield f"{supervisor} on {day} supervises {len(names)} {role}, at most {most}"
