"""A timetable with nothing in it but what must be, and the times at which people are busy."""

import numpy as np

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from solver.timetable.construct.arrays import MOST_BLOCKS, NOTHING, State
from solver.timetable.construct.gather import Gathered

DAY_TICKS = 24 * 60


def empty(gathered: Gathered, problem: Problem, fixed: Plan) -> State:
    """A timetable with nothing in it but what must be, and the times at which people are busy."""
    facts, days = gathered.facts, len(gathered.cycle)
    spots, services = len(gathered.people) * days, len(gathered.services)
    state = State(
        blocks=np.zeros(spots, np.int64),
        begin=np.zeros((spots, MOST_BLOCKS), np.int64),
        end=np.zeros((spots, MOST_BLOCKS), np.int64),
        service=np.full((spots, MOST_BLOCKS), NOTHING),
        at=np.full((spots, MOST_BLOCKS), NOTHING),
        of_contact=np.zeros((spots, MOST_BLOCKS), np.int64),
        rooms=np.zeros((len(gathered.schools), days, DAY_TICKS // facts.tick + 1), np.int64),
        visits=np.zeros((len(gathered.people), len(gathered.schools)), np.int64),
        pattern=np.zeros(len(gathered.people), np.int64),
        contact=np.zeros(spots, np.int64),
        prepared=np.zeros(spots, np.int64),
        starts=np.full((services, days), NOTHING),
        givers=np.full((services, days), NOTHING),
        given=np.zeros(services, np.int64),
    )
    for p, person in enumerate(gathered.people):
        for d, day in enumerate(gathered.cycle):
            for start, end in sorted(person.busy_on(day)):
                add_block(state, p * days + d, start, end, BUSY)
    _fix(gathered, problem, state, fixed)
    return state


def _fix(gathered: Gathered, problem: Problem, state: State, fixed: Plan) -> None:
    """Put what must be into people's days and the schools' rooms."""
    facts, days = gathered.facts, len(gathered.cycle)
    person_number = {person.id: number for number, person in enumerate(gathered.people)}
    school_number = {school: number for number, school in enumerate(gathered.schools)}
    day_number = {day: number for number, day in enumerate(gathered.cycle)}
    for session in fixed.sessions:
        service, on = problem.service_of[session.service], day_number[session.day]
        school = school_number.get(session.school, NOTHING)
        for name in session.staff:
            if name not in person_number:
                continue
            spot = person_number[name] * days + on
            where = school if service.in_shift else NOTHING
            add_block(state, spot, session.start, session.end, FIXED, where, int(service.contact))
            state.prepared[spot] += session.minutes if service.planning else 0
            if where >= 0:
                state.visits[person_number[name], where] += 1
        if service.takes_room and school >= 0:
            ticks = range(session.start // facts.tick, -(-session.end // facts.tick))
            for tick in ticks:
                state.rooms[school, on, tick] += 1


FIXED, BUSY = -1, -2
"""In place of a service: what must be, and what is no work but keeps somebody busy."""


def add_block(
    state: State,
    spot: int,
    start: int,
    end: int,
    service: int,
    school: int = NOTHING,
    contact: int = 0,
) -> None:
    """Put something fixed into a person's day."""
    place = int(state.blocks[spot])
    while place > 0 and state.begin[spot, place - 1] > start:
        for array in (state.begin, state.end, state.service, state.at, state.of_contact):
            array[spot, place] = array[spot, place - 1]
        place -= 1
    state.begin[spot, place], state.end[spot, place] = start, end
    state.service[spot, place], state.at[spot, place] = service, school
    state.of_contact[spot, place] = contact
    state.contact[spot] += (end - start) * contact
    state.blocks[spot] += 1
