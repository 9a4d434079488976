"""The oracle on who may give a session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.oracle_facts import Dataset, Person
from tests.oracle_plan import Session


def find_unqualified(data: Dataset, session: Session) -> Iterator[str]:
    """Everybody who gives a session is qualified; those who only attend a duty need not be."""
    for name in session.deliverers:
        person = data.people.get(name)
        if person is None:
            yield f"{session} is given by the teacher {name}, who is not planned"
            continue
        if not data.rules.is_hard("qualification", (*session.scopes, *person.scopes)):
            continue
        for reason in lacking(data, person, session):
            yield f"{session}: {name} is not qualified ({reason})"


def lacking(data: Dataset, person: Person, session: Session) -> Iterator[str]:
    """What a person lacks for a session."""
    service = session.service
    if service.roles and person.role.role not in service.roles:
        yield f"role {person.role.role}"
    if service.candidates and person.staff not in service.candidates:
        yield "not a candidate"
    if service.tier and person.role.tiers and service.tier not in person.role.tiers:
        yield f"tier {service.tier}"
    if service.subject and person.subjects and service.subject not in person.subjects:
        yield f"subject {service.subject}"
    if not set(service.grades) <= person.grades:
        yield f"grades {' '.join(service.grades)}"
    if session.school and person.schools and session.school not in person.schools:
        yield f"school {session.school}"
    last = last_use(data, person, session)
    for wanted in (*person.role.requires, *service.requires):
        if not any(holds(person, credential.strip(), last) for credential in wanted.split("|")):
            yield f"credential {wanted}"


def last_use(data: Dataset, person: Person, session: Session) -> date:
    """The last date on which the session is given by this person."""
    if session.dates:
        return max(session.dates)
    ends = [data.year_end, session.service.last, person.leave]
    return min(end for end in ends if end is not None)


def holds(person: Person, credential: str, last: date) -> bool:
    """Whether the person holds the credential up to and with a date."""
    if credential not in person.credentials:
        return False
    expiry = person.credentials[credential]
    return expiry is None or last <= expiry
