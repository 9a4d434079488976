"""For each person p and week w:  Σ minutes(g) × given[g, p, d, t], d in w ≤ max_contact_week(p)."""

from planner.rules.contact_week import RULE, where
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each person and week of the cycle."""
    problem = timetable.problem
    for person in timetable.people:
        for number, week in enumerate(problem.weeks):
            limit = person.most_contact(number)
            if limit is None:
                continue
            contact = [
                (way[4] - way[3], literal)
                for day in week
                for way, literal in timetable.ways_on.get((person.id, day), ())
                if timetable.service(way[0]).contact
            ]
            worst = sum(minutes for minutes, _ in contact) - limit
            if worst > 0:
                minutes = sum(length * literal for length, literal in contact)
                timetable.posting.at_most(
                    RULE, where(problem, person.id, number), minutes, limit, worst
                )
