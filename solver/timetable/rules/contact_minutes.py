"""For each person p and day d:  Σ minutes(g) × given[g, p, d, t] ≤ max_contact_minutes(p)."""

from planner.rules.contact_minutes import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each person and day."""
    for person in timetable.people:
        limit = person.role.max_contact_minutes
        if limit is None:
            continue
        for day in timetable.problem.cycle:
            ways = timetable.ways_on.get((person.id, day), [])
            contact = [
                (way[4] - way[3], literal)
                for way, literal in ways
                if timetable.service(way[0]).contact
            ]
            worst = sum(minutes for minutes, _ in contact) - limit
            if worst > 0:
                minutes = sum(length * literal for length, literal in contact)
                timetable.posting.at_most(RULE, (person.id, day), minutes, limit, worst)
