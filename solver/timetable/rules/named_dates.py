"""Leave room for the named dates of sessions a quarter, month or year.

given[g, p, d, t] is 0 where a session of a dated g would have no date at all. Two sessions of p
that may share a time have

    Σ n(g, q) × given[g, p, d, τ] ≤ W(p, d, q) over those that cover a tick,

for each period q with W dates of which g takes n. One tick after the other, this is enough: dealt
out in order of their starts, each finds dates that none which it overlaps has taken.
"""

from collections import defaultdict
from collections.abc import Sequence

from planner.facts.calendar import MINIMUM_DAY
from planner.facts.person import Person
from planner.facts.service import Service
from planner.rules.named_dates import RULE
from planner.rules.one_place_at_once import RULE as ONE_PLACE
from planner.rules.rule import Rule
from solver.posting import Guard, Literal
from solver.timetable.timetable import Sharing, Timetable

Entry = tuple[Rule, Literal]


def build(timetable: Timetable) -> None:
    """Forbids slots without dates, and says which may share a time."""
    for service in timetable.services:
        if service.dated:
            for (_, who, day, _, end), literal in timetable.ways_of[service.id]:
                person = timetable.problem.person_of[who]
                if not timetable.problem.dating.dates(service, day, end, (person,)):
                    timetable.posting.never(RULE, (service.id,), literal)
                if may_share(service):
                    timetable.sharing[literal.index] = _sharing(timetable, service, person, day)
    for (name, day, _, end), literal in timetable.meetings.items():
        service = timetable.service(name)
        people = tuple(timetable.problem.person_of[who] for who in service.attendees)
        if service.dated and not timetable.problem.dating.dates(service, day, end, people):
            timetable.posting.never(RULE, (service.id,), literal)


def may_share(service: Service) -> bool:
    """Whether one adult's other dated sessions may be at the same time: one slot, one adult, nobody
    else, the whole year.
    """
    whole = service.group is None or (service.group.from_ is None and service.group.to is None)
    return (
        service.dated
        and service.sessions == 1
        and service.adults == 1
        and whole
        and not (service.attendees or service.guests)
    )


def _sharing(timetable: Timetable, service: Service, person: Person, day: str) -> Sharing:
    """What it takes of the dates of each period that are sure: no minimum day."""
    problem = timetable.problem
    dates = [
        found for found in problem.calendar.dates_of(day, service.school) if person.employed(found)
    ]
    sure = [found for found in dates if problem.calendar.kind(found, service.school) != MINIMUM_DAY]
    rooms = []
    for (first, last), owed in problem.dating.periods(service):
        room = max(
            any(first <= found <= last for found in dates),
            sum(first <= found <= last for found in sure),
        )
        rooms.append((min(owed, room), room))
    return Sharing((service.per, service.school), tuple(rooms))


def shared(timetable: Timetable, where: Guard, covering: Sequence[Entry]) -> list[Entry]:
    """What takes somebody's time at a tick, with those that share it as one: a literal that holds
    where any of them does.
    """
    together: defaultdict[object, list[Entry]] = defaultdict(list)
    found: list[Entry] = []
    for rule, literal in covering:
        sharing = timetable.sharing.get(literal.index) if rule is ONE_PLACE else None
        if sharing is None:
            found.append((rule, literal))
        else:
            together[sharing.kind].append((rule, literal))
    for entries in together.values():
        if len(entries) == 1:
            found += entries
            continue
        taken = timetable.model.new_bool_var(f"{where} dated")
        for _, literal in entries:
            timetable.model.add_implication(literal, taken)
        found.append((ONE_PLACE, taken))
        shares = [(timetable.sharing[literal.index].rooms, literal) for _, literal in entries]
        for number, (_, room) in enumerate(shares[0][0]):
            used = sum(rooms[number][0] * literal for rooms, literal in shares)
            timetable.posting.at_most(ONE_PLACE, where, used, room)
    return found
