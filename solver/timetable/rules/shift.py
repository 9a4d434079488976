"""Keep work inside shifts that add up to each contract.

on[p, σ] says that p works the shift σ.

    Each day:                 Σ on[p, σ] ≤ 1
    The cycle:                Σ obligation(σ) × on[p, σ] = obligation(p)
                              Σ on[p, σ] ≤ max_days(p)
    Where p works full days:  Σ on[p, σ] ≤ 1 over the shifts σ of the cycle that are shorter than
                              a full day
    Sessions in the shift:    given[g, p, d, t, e] ≤ Σ on[p, σ] over the shifts σ of that day at g's
                              school with σ.start ≤ t and e ≤ σ.end
"""

from collections import defaultdict

from planner.rules.shift import RULE
from solver.posting import Literal
from solver.timetable.timetable import Timetable
from solver.timetable.two_school_days import is_there


def build(timetable: Timetable) -> None:
    """The contract's days, and that work lies in them."""
    for person in timetable.people:
        if person.id in timetable.settled:
            continue
        for day in timetable.problem.cycle:
            timetable.posting.at_most_one(
                RULE, (person.id,), [literal for _, literal in timetable.places(person.id, day)]
            )
        total = sum(
            s.obligation * literal
            for day in timetable.problem.cycle
            for s, literal in timetable.places(person.id, day)
        )
        timetable.posting.equal(RULE, (person.id,), total, person.obligation)
        if person.most_days < len({shift.day for shift in person.shifts}):
            worked = sum(timetable.on[person.id, shift] for shift in person.shifts)
            timetable.posting.at_most(RULE, (person.id,), worked, person.most_days)
        if person.works_full_days:
            places = [
                place
                for day in timetable.problem.cycle
                for place in timetable.places(person.id, day)
            ]
            short = [
                literal for s, literal in places if s.obligation < person.role.obligation_minutes
            ]
            timetable.posting.at_most_one(RULE, (person.id,), short)
    _work_inside(timetable)


def _work_inside(timetable: Timetable) -> None:
    here = {person.id for person in timetable.people}
    needed: defaultdict[tuple[str, str, str, int, int], list[Literal]] = defaultdict(list)
    for (name, person, day, start, end), literal in timetable.given.items():
        service = timetable.service(name)
        if service.in_shift:
            needed[person, day, service.school, start, end].append(literal)
    for (name, day, start, end), meeting in timetable.meetings.items():
        service = timetable.service(name)
        for person in service.attendees:
            if service.in_shift and person in here:
                needed[person, day, service.school, start, end].append(meeting)
    for (person, day, school, start, end), literals in needed.items():
        if school and (person, day) in timetable.moves:
            for literal in literals:
                is_there(timetable, RULE, (person, day), (start, end), school, literal)
            continue
        covering = [
            on
            for shift, on in timetable.places(person, day, school)
            if shift.start <= start and end <= shift.end
        ]
        if covering and person in timetable.settled:
            continue
        for literal in literals:
            timetable.posting.at_least_one_if(RULE, (person,), covering, literal)
