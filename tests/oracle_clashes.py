"""The oracle on what cannot happen at once: people, students, rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from tests.oracle_facts import Dataset
from tests.oracle_plan import Session, overlap, worlds


def find_overlaps(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """No person in two places and no student in two groups at once; dates that differ keep only
    adults apart.
    """
    at: dict[tuple[str, str], list[Session]] = defaultdict(list)
    pupils: dict[tuple[str, str], list[Session]] = defaultdict(list)
    groups: dict[str, list[str]] = defaultdict(list)
    for student, names in data.members.items():
        for name in names:
            groups[name].append(student)
    for session in sessions:
        for name in {*session.staff, *session.service.attending}:
            at[name, session.day].append(session)
        if session.is_contact and data.rules.is_hard("no_student_twice", session.scopes):
            name = session.service.service
            # A group whose members are not told has students all the same.
            for student in groups[name] or [f"of {name}"]:
                pupils[student, session.day].append(session)
    for (name, _), mine in at.items():
        for one, other in [pair for world in worlds(mine) for pair in clashes(world)]:
            yield f"{name} is in two places at once: {one} and {other}"
    for (student, _), mine in pupils.items():
        for one, other in clashes(mine):
            yield f"student {student} is in two groups at once: {one} and {other}"


def clashes(sessions: list[Session]) -> Iterator[tuple[Session, Session]]:
    """Pairs that share a minute."""
    yield from (pair for pair in combinations(sessions, 2) if overlap(pair[0].span, pair[1].span))


def find_crowded_spaces(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Pull-out groups at once against the school's spaces (off_site groups and duties take none),
    whatever the dates.
    """
    pulled: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sessions:
        if (
            session.is_contact
            and session.service.mode == "pull_out"
            and data.rules.is_hard("pull_out_spaces", session.scopes)
        ):
            pulled[session.school, session.day].append(session)
    for (school, day), there in pulled.items():
        spaces = data.schools[school].spaces
        for session in there:
            used = sum(other.start <= session.start < other.end for other in there)
            if spaces is not None and used > spaces:
                yield (
                    f"{school} has {used} pull-out groups for {spaces} spaces at "
                    f"{session.start} on {day}"
                )
