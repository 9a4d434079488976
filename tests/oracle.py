"""An independent checker: a CSV dataset folder and a plan.json in, every broken hard rule out, as sentences.

It shares no line with the program: standard library and the data contract only. It reads the rules at their default
setting (hard); the `rules` sheet is not read. Where the contract can be read in two ways, the reading taken is said in
a comment that starts with "Read:".

Read: credentials are valid through their expiry date and must last to the end of use: the last named date, or else
the end of the group, of the person's contract, or of the year, whichever is first.
Read: blank hours of a school are no limit; a duty inside the shift keeps to the opening hours, toil and paid do not.
Read: a session pin that names several days wants a session on each.
Read: each session of a group has one adult; `max_people` counts people over the cycle.
Read: people in `with` must be listed in the session unless they are teachers; who of them may do the duty themselves
(by its staff and roles) counts among its `adults`, the others come beside these.
Read: an optional duty may be given in part; a duty is never given more often than asked.
Read: supervised "same_block" and "named" are not checked here.
Read: a group or a person is there or not by the plan date alone (from, to, hire_date, end_date).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.oracle_people import find_broken_days, is_employed, person_days
from tests.oracle_plan import Placement, Session, find_unknown, inside, overlap, placement_of, session_of, worlds
from tests.oracle_read import Dataset, Person, Row, Service, Span, cell, clock, named, read


def check(folder: str | Path, plan: dict[str, Any]) -> list[str]:
    """Every broken hard rule of the plan, one sentence each; an empty list proves the plan legal."""
    data = read(folder)
    broken = find_unknown(data, plan)
    if broken:
        return broken
    sessions = [session_of(row, data) for row in plan["sessions"]]
    placements = [placement_of(row) for row in plan["placements"]]
    for session in sessions:
        broken += find_session(data, session)
        broken += find_unqualified(data, session)
        broken += find_absent(data, session, placements)
    broken += find_dosage(data, sessions)
    broken += find_order(data, sessions)
    broken += find_overlaps(data, sessions)
    broken += find_crowded_spaces(data, sessions)
    broken += find_unsupervised(data, sessions, placements)
    broken += find_supervisors(data, sessions, placements)
    broken += find_pins(data, sessions, placements)
    broken += find_broken_days(data, person_days(data, placements, sessions))
    return list(dict.fromkeys(broken))


def delivered(folder: str | Path, plan: dict[str, Any]) -> dict[str, int]:
    """Minutes of group sessions a cycle, by tier."""
    data = read(folder)
    minutes: dict[str, int] = defaultdict(int)
    for session in (session_of(row, data) for row in plan["sessions"]):
        if session.service.kind == "group":
            minutes[session.service.tier] += session.end - session.start
    return dict(minutes)


def owed(folder: str | Path) -> dict[str, int]:
    """Minutes owed a cycle, by tier, of the groups that run on the plan date (`n/quarter` counts its one slot)."""
    data = read(folder)
    minutes: dict[str, int] = defaultdict(int)
    for service in data.services.values():
        if service.kind == "group" and is_running(data, service):
            minutes[service.tier] += service.most * service.minutes
    return dict(minutes)


def is_running(data: Dataset, service: Service) -> bool:
    """Whether the service runs on the plan date."""
    return (service.first is None or service.first <= data.plan_date) and (service.last is None or data.plan_date <= service.last)


# -- one session


def find_session(data: Dataset, session: Session) -> Iterator[str]:
    """Place, length, grid, dates and windows of one session."""
    service = session.service
    if service.school and session.school != service.school:
        yield f"{session} is given at {session.school}, not at {service.school}"
    if session.end - session.start != service.minutes:
        yield f"{session} is not {service.minutes} minutes long"
    if session.start % data.grid:
        yield f"{session} starts off the grid"
    if not is_running(data, service):
        yield f"{session} is given outside the group's dates"
    if session.school and service.time == "shift" and not inside(session.span, hours(data, session)):
        yield f"{session} lies outside the opening hours of {session.school}"
    if not is_in_windows(data, session):
        yield f"{session} lies outside its windows"
    if any(overlap(session.span, span) for span in service.busy.get(session.day, [])):
        yield f"{session} lies in a busy window of the group"


def hours(data: Dataset, session: Session) -> Span:
    """Opening hours where and when the session is given."""
    return data.schools[session.school].hours[session.day]


def is_in_windows(data: Dataset, session: Session) -> bool:
    """Inside one given window, or for every grade of the group inside one single block that permits the mode."""
    service = session.service
    if service.windows:
        return any(inside(session.span, span) for span in service.windows.get(session.day, []))
    if service.kind == "duty":
        return True
    return all(any(inside(session.span, span) for span in spans_for(data, session, grade)) for grade in service.grades)


def spans_for(data: Dataset, session: Session, grade: str) -> Iterator[Span]:
    """The blocks of one grade on the session's day that permit the group's mode and subject."""
    service = session.service
    for block in data.blocks:
        if block.school != service.school or grade not in block.grades or session.day not in block.days:
            continue
        permits = block.pull_out if service.mode in ("pull_out", "off_site") else block.push_in
        # Read: only push-in is tied to the block's subject; whoever is pulled out may do another one.
        pulled = service.mode in ("pull_out", "off_site")
        if permits and (pulled or not block.subject or not service.subject or block.subject == service.subject):
            yield block.span


# -- who gives it


def find_unqualified(data: Dataset, session: Session) -> Iterator[str]:
    """Everybody who gives a session is qualified; those who only attend a duty need not be."""
    for name in session.deliverers:
        person = data.people.get(name)
        if person is None:
            yield f"{session} is given by the teacher {name}, who is not planned"
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


def find_absent(data: Dataset, session: Session, placements: list[Placement]) -> Iterator[str]:
    """Everybody in a session works that day at that school with a shift around it, and is not busy elsewhere."""
    for name in session.staff:
        person = data.people.get(name)
        if person is None:
            continue
        if not is_employed(data, person):
            yield f"{session}: {name} is not employed on the plan date"
        here = [row for row in placements if row.staff == name and row.day == session.day]
        # Read: a duty without a school may be anywhere, its `school` is only the place to travel from.
        here = [row for row in here if not session.service.school or row.school == session.service.school]
        # Read: toil and paid duties need no placement.
        if session.service.time == "shift" and not here:
            yield f"{session}: {name} is not placed there that day"
        elif session.service.time == "shift" and not any(inside(session.span, shift) for shift in shifts(here, session)):
            yield f"{session}: outside the shift of {name}"
        if any(overlap(session.span, span) for span in person.busy.get(session.day, [])):
            yield f"{session}: {name} is busy"


def shifts(here: list[Placement], session: Session) -> list[Span]:
    """The shifts a session may lie in: each placement's own, or the whole day's for a duty without a school."""
    if session.service.school:
        return [row.shift for row in here]
    return [(min(row.shift[0] for row in here), max(row.shift[1] for row in here))]


# -- how often, by how many


def find_dosage(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Number of sessions, different days, people, for every service."""
    given: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sessions:
        given[session.service.kind, session.service.service].append(session)
    for key, service in data.services.items():
        name = f"{service.kind} {service.service}"
        mine = given[key]
        days = [session.day for session in mine]
        if len(set(days)) < len(days):
            yield f"{name} has two sessions on the same day"
        if len(mine) > service.most:
            yield f"{name} has {len(mine)} sessions, more than {service.most}"
        yield from find_people(data, service, mine)
        if service.kind == "group" and 0 < len(mine) < service.least:
            yield f"{name} has {len(mine)} sessions, fewer than {service.least}"
        if service.kind == "duty" and service.required and len(mine) < service.most:
            yield f"{name} is required and has {len(mine)} of {service.most} sessions"


def find_people(data: Dataset, service: Service, mine: list[Session]) -> Iterator[str]:
    """People over the cycle and people in each session."""
    name = f"{service.kind} {service.service}"
    people = {person for session in mine for person in session.deliverers}
    if service.kind == "group" and len(people) > service.max_people:
        yield f"{name} has {len(people)} people, at most {service.max_people}"
    wanted = 1 if service.kind == "group" else max(0, service.adults - len(counted(data, service)))
    for session in mine:
        if len(session.deliverers) != wanted or len(set(session.staff)) < len(session.staff):
            yield f"{session} has {len(session.deliverers)} adults, {wanted} are due"


def counted(data: Dataset, service: Service) -> list[str]:
    """The people in `with` who count among a duty's adults: those who are there and may do it themselves."""
    people = [data.people[name] for name in service.attending if name in data.people]
    return [
        person.staff
        for person in people
        if is_employed(data, person)
        and (not service.candidates or person.staff in service.candidates)
        and (not service.roles or person.role.role in service.roles)
    ]


def find_order(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Read: `after` asks that no session starts before the first one of the other duty has ended; `with` all attend."""
    ends: dict[str, tuple[int, int]] = {}
    for session in sessions:
        if session.service.kind == "duty":
            moment = (data.cycle.index(session.day), session.end)
            ends[session.service.service] = min(moment, ends.get(session.service.service, moment))
    for session in sessions:
        for name in session.service.attending:
            # Read: who in `with` is not under contract on the plan date is a guest, and need not be listed.
            if name in data.people and is_employed(data, data.people[name]) and name not in session.staff:
                yield f"{session}: {name} does not attend"
        other = session.service.after
        if other in ends and (data.cycle.index(session.day), session.start) < ends[other]:
            yield f"{session} is given before {other}"


# -- everybody in one place


def find_overlaps(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """No person in two places and no student in two groups at once."""
    at: dict[tuple[str, str], list[Session]] = defaultdict(list)
    pupils: dict[tuple[str, str], list[Session]] = defaultdict(list)
    groups: dict[str, list[str]] = defaultdict(list)
    for student, names in data.members.items():
        for name in names:
            groups[name].append(student)
    for session in sessions:
        for name in {*session.staff, *session.service.attending}:
            at[name, session.day].append(session)
        for student in groups[session.service.service] if session.service.kind == "group" else []:
            pupils[student, session.day].append(session)
    for (name, _), mine in at.items():
        for one, other in clashes(mine):
            yield f"{name} is in two places at once: {one} and {other}"
    for (student, _), mine in pupils.items():
        for one, other in clashes(mine):
            yield f"student {student} is in two groups at once: {one} and {other}"


def clashes(sessions: list[Session]) -> Iterator[tuple[Session, Session]]:
    """Pairs that share a minute, in some week."""
    for world in worlds(sessions):
        yield from (pair for pair in combinations(world, 2) if overlap(pair[0].span, pair[1].span))


def find_crowded_spaces(data: Dataset, sessions: list[Session]) -> Iterator[str]:
    """Pull-out groups at once against the school's spaces (off_site groups and duties take none)."""
    pulled: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sessions:
        if session.is_contact and session.service.mode == "pull_out":
            pulled[session.school, session.day].append(session)
    for (school, day), there in pulled.items():
        spaces = data.schools[school].spaces
        for world in worlds(there):
            for session in world:
                used = sum(other.start <= session.start < other.end for other in world)
                if spaces is not None and used > spaces:
                    yield f"{school} has {used} pull-out groups for {spaces} spaces at {session.start} on {day}"


# -- supervision


def certificated_teachers(data: Dataset, school: str) -> int:
    """Certificated teachers on a site, who are there all day."""
    return sum(certificated for site, certificated in data.teachers.values() if site == school)


def find_unsupervised(data: Dataset, sessions: list[Session], placements: list[Placement]) -> Iterator[str]:
    """A certificated adult is on the site through every group session of a supervised person."""
    for session in sessions:
        supervised = [n for n in session.staff if n in data.people and data.people[n].role.supervised == "on_site"]
        if not session.is_contact or not supervised or certificated_teachers(data, session.school):
            continue
        around = (row for row in placements if data.people[row.staff].role.certificated)
        if not any(r.school == session.school and r.day == session.day and inside(session.span, r.shift) for r in around):
            yield f"{session}: {supervised[0]} has no certificated adult on the site"


def find_supervisors(data: Dataset, sessions: list[Session], placements: list[Placement]) -> Iterator[str]:
    """Read: of a role, the people who deliver at a school on a day, at most so many for each certificated adult there."""
    there: dict[tuple[str, str], set[str]] = defaultdict(set)
    delivering: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in placements:
        there[row.school, row.day].add(row.staff)
    for session in sessions:
        for name in session.deliverers if session.is_contact else ():
            if name in data.people:
                delivering[session.school, session.day, data.people[name].role.role].add(name)
    for (school, day, role), names in delivering.items():
        shape = data.people[min(names)].role
        planned = sum(data.people[name].role.certificated for name in there[school, day])
        certificated = certificated_teachers(data, school) + planned
        if shape.supervised != "on_site" or shape.max_supervised is None:
            continue
        if len(names) > shape.max_supervised * certificated:
            yield f"{school} on {day}: {len(names)} supervised {role} for {certificated} certificated adults"


# -- pins


def find_pins(data: Dataset, sessions: list[Session], placements: list[Placement]) -> Iterator[str]:
    """Sessions and placements that must stand, and what must not be; a pin's day may be a list of days."""
    for pin in data.pins:
        if is_moot(data, pin):
            continue
        matching: list[Any] = [s for s in sessions if is_session_of(data, pin, s)]
        wanted = named(cell(pin, "day"), data.cycle) if cell(pin, "day") else ()
        missing = [day for day in wanted if not any(session.day == day for session in matching)]
        if pin["kind"] == "session" and (not matching or missing):
            yield f"pin: no session as pinned {dict(pin)}"
        placed = [row for row in placements if is_placement_of(data, pin, row)]
        if pin["kind"] == "placement" and not placed:
            yield f"pin: no placement as pinned {dict(pin)}"
        # Read: a forbid without subject and start also forbids the placement itself.
        if pin["kind"] == "forbid" and not cell(pin, "subject") and not cell(pin, "start"):
            matching = [*matching, *placed]
        if pin["kind"] == "forbid" and matching:
            yield f"pin: {matching[0]} is forbidden by {dict(pin)}"


def is_moot(data: Dataset, pin: Row) -> bool:
    """Read: a session of a group that does not run on the plan date cannot be pinned, nor the place of who is not there."""
    service = data.services.get(("group", cell(pin, "subject")))
    if pin["kind"] == "session" and service is not None:
        return not is_running(data, service)
    person = data.people.get(cell(pin, "staff"))
    return pin["kind"] == "placement" and person is not None and not is_employed(data, person)


def is_session_of(data: Dataset, pin: Row, session: Session) -> bool:
    """Whether a session matches all the columns that the pin gives."""
    return (
        cell(pin, "subject", session.service.service) == session.service.service
        and (not cell(pin, "staff") or cell(pin, "staff") in session.staff)
        and session.day in named(cell(pin, "day"), data.cycle)
        and (not cell(pin, "start") or clock(pin["start"]) == session.start)
        and cell(pin, "school", session.school) == session.school
    )


def is_placement_of(data: Dataset, pin: Row, row: Placement) -> bool:
    """Whether a placement matches the staff, day and school that the pin gives."""
    return (
        cell(pin, "staff", row.staff) == row.staff
        and row.day in named(cell(pin, "day"), data.cycle)
        and cell(pin, "school", row.school) == row.school
    )
