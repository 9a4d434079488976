"""The oracle on how often a service is given, by how many, in groups of what size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.oracle_facts import Dataset, Service
from tests.oracle_plan import Session


def find_dosage(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Number of sessions, different days, people, for every service."""
    given: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sessions:
        given[session.service.kind, session.service.service].append(session)
    for key, service in data.services.items():
        name = f"{service.kind} {service.service}"
        mine = given[key]
        days = [session.day for session in mine]
        most = max(map(days.count, days), default=0)
        if most > service.times_a_day and data.rules.is_hard("different_days", service.scopes):
            several = "two" if most == 2 else str(most)
            yield f"{name} has {several} sessions on the same day"
        if len(mine) > service.most:
            yield f"{name} has {len(mine)} sessions, more than {service.most}"
        minutes = sum(session.end - session.start for session in mine)
        if service.total is not None and minutes > service.total:
            yield f"{name} has {minutes} minutes, more than {service.total}"
        yield from find_people(data, service, mine)
        if service.kind == "group" and 0 < len(mine) < service.least:
            yield f"{name} has {len(mine)} sessions, fewer than {service.least}"
        wanted = service.required and data.rules.is_hard("required_duties", service.scopes)
        if service.kind == "duty" and wanted and len(mine) < service.most:
            yield f"{name} is required and has {len(mine)} of {service.most} sessions"
        if mine:
            yield from find_group_size(data, service)


def find_people(data: Dataset, service: Service, mine: list[Session]) -> Iterator[str]:
    """People over the cycle and people in each session.

    Read: a group may have as many people over the cycle as serve one session, whatever max_people.
    """
    name = f"{service.kind} {service.service}"
    people = {person for session in mine for person in session.deliverers}
    is_kept = data.rules.is_hard("one_adult", service.scopes)
    most = max(service.max_people, service.adults)
    if service.kind == "group" and is_kept and len(people) > most:
        yield f"{name} has {len(people)} people, at most {most}"
    wanted = max(0, service.adults - len(counted(data, service)))
    for session in mine:
        if len(session.deliverers) != wanted or len(set(session.staff)) < len(session.staff):
            yield f"{session} has {len(session.deliverers)} adults, {wanted} are due"


def counted(data: Dataset, service: Service) -> list[str]:
    """The people in `with` who count among a duty's adults: those who are there and may do it
    themselves.
    """
    people = [data.people[name] for name in service.attending if name in data.people]
    return [
        person.staff
        for person in people
        if person.is_employed_on(data.plan_date)
        and (not service.candidates or person.staff in service.candidates)
        and (not service.roles or person.role.role in service.roles)
    ]


def find_group_size(data: Dataset, service: Service) -> Iterator[str]:
    """A served group is no larger than its tier's cap, where `rules` name one and make it hard."""
    cap = data.rules.figure("group_size", "max_students", None, service.scopes)
    if (
        service.kind != "group"
        or cap is None
        or not data.rules.is_hard("group_size", service.scopes)
    ):
        return
    if service.students > cap:
        yield (
            f"group {service.service} has {service.students} students, at most {cap} in tier "
            f"{service.tier}"
        )


def find_together(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Groups that share a name start at the same times, and end there if their sessions may have
    the same lengths.

    Read: one that is not served at all binds nobody; one that is owed fewer sessions meets at some
    of the times of those that are owed more. A pair is bound where the rule is hard for the group
    whose session stands alone.
    """
    times: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for session in sessions:
        if session.is_contact and session.service.together:
            times[session.service.service].add((session.day, session.start, session.end))
    groups = [data.services["group", name] for name in times]
    for group in groups:
        if not data.rules.is_hard("together", group.scopes):
            continue
        for other in groups:
            if other.together == group.together and other.most >= group.most:
                parts = 3 if other.lengths == group.lengths else 2
                there = {time[:parts] for time in times[other.service]}
                for time in sorted(times[group.service]):
                    if time[:parts] not in there:
                        yield f"{group.service} is at {time}, {other.service} is not"
