"""A timetable with nothing in it but what must be, and the times at which people are busy."""

import numpy as np

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from solver.timetable.construct.arrays import (
    BUSY,
    DAY_MINUTES,
    FIXED,
    MOST_BLOCKS,
    NOTHING,
    State,
)
from solver.timetable.construct.gather import Gathered
from solver.timetable.construct.placing import take_time


def empty(gathered: Gathered, problem: Problem, fixed: Plan) -> State:
    """A timetable with nothing in it but what must be, and the times at which people are busy."""
    facts, days = gathered.facts, len(gathered.cycle)
    spots, services = len(gathered.people) * days, len(gathered.services)
    state = State(
        blocks=np.zeros(spots, np.int64),
        block=np.zeros((spots, MOST_BLOCKS, 5), np.int64),
        rooms=np.zeros((len(gathered.schools), days, DAY_MINUTES // facts.tick + 1), np.int64),
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
                take_time(state, p * days + d, start, end, BUSY, NOTHING, 0)
    _fix(gathered, problem, state, fixed)
    return state


def _fix(gathered: Gathered, problem: Problem, state: State, fixed: Plan) -> None:
    """Put what must be into people's days and the schools' rooms."""
    facts, days = gathered.facts, len(gathered.cycle)
    for session in fixed.sessions:
        service, on = problem.service_of[session.service], gathered.day_number[session.day]
        school = gathered.school_number.get(session.school, NOTHING)
        for name in session.staff:
            if name not in gathered.person_number:
                continue
            person = gathered.person_number[name]
            spot = person * days + on
            where = school if service.in_shift else NOTHING
            take_time(state, spot, session.start, session.end, FIXED, where, int(service.contact))
            state.prepared[spot] += session.minutes if service.planning else 0
            if where >= 0:
                state.visits[person, where] += 1
        if service.takes_room and school >= 0:
            ticks = range(session.start // facts.tick, -(-session.end // facts.tick))
            for tick in ticks:
                state.rooms[school, on, tick] += 1
