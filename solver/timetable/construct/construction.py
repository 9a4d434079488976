"""The first whole timetable, in seconds: who is where, who serves whom and when.

It is built without a model, over the whole region at once, and judged by the checker like any
other. What the construction does not know (see `gather`) the model adds later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Thread
from time import monotonic

import numpy as np

from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules.goals.goal import Goal
from solver.stop import Stop
from solver.timetable.construct.arrays import NOTHING, WEIGHT, Facts, State
from solver.timetable.construct.beginning import empty
from solver.timetable.construct.compiling import is_compiled
from solver.timetable.construct.day_breaks import placements
from solver.timetable.construct.gather import Gathered
from solver.timetable.construct.gather_services import in_one_length
from solver.timetable.construct.placing import put
from solver.timetable.construct.ruin import fill, improve, missing
from solver.timetable.dates import named

ROUNDS = 250
"""Rounds between two looks at the clock, compiled."""
PLAIN_ROUNDS = 10
"""The same where nothing is compiled."""
WARM, COOL = 2.0, 0.02
"""How much worse a round may be at first and at the end, in sessions of mean worth."""
LEAST_LOOKS, LOOKS_A_SECOND, REPRODUCIBLE_ROUNDS = 10, 2, 100
"""Turns of a construction that may not look at the clock, at least and for each second, and rounds
in each: as many whether or not it is compiled, so that the same comes out. Compiled, they take less
than these seconds.
"""
COOLING = 8
"""Turns in which it cools down at first; then it is warmed up again, for twice as many."""
LONG = 128
"""Turns of a cooling that find nothing better in vain, if it takes at least as many: then the
construction ends, as the next one would take twice as long.
"""


FURTHER = 7919
"""Between the seeds of two strands, so that none meets another's later turns."""


def _copy(state: State) -> State:
    """A timetable that can be changed without the other."""
    return State(*(array.copy() for array in state))


def session_weights(problem: Problem, goals: Sequence[Goal]) -> dict[str, int]:
    """What a session of each service is worth: minutes × priority, each goal twice the next.

    Steeper weights come near to the strict order of the goals, in which one tier-3 session may not
    be given up for any number of others: a poor guide.
    """
    wanted = [goal for goal in goals if goal.by_counts and not goal.takes_least]
    weight = {goal.key: 2 ** (len(wanted) - 1 - place) for place, goal in enumerate(wanted)}
    found = {}
    for service in problem.services:
        key = f"tier_{service.tier}_minutes" if service.group else "duty_minutes"
        if key in weight:
            worth = in_one_length(problem, service).worth
            found[service.id] = worth * service.priority * weight[key]
    return found


@dataclass
class Limit:
    """When a construction has had its time: seconds, or turns where the clock may not be looked
    at.
    """

    stop: Stop
    seconds: float
    reproducible: bool = False

    def __post_init__(self) -> None:
        self._until = monotonic() + self.seconds
        self._looks = 0
        self._ended = False

    @property
    def rounds(self) -> int:
        """Rounds of ruin and recreate between two looks."""
        if self.reproducible:
            return REPRODUCIBLE_ROUNDS
        return ROUNDS if is_compiled() else PLAIN_ROUNDS

    def reached(self) -> bool:
        """Whether it has."""
        self._looks += 1
        if self.stop.over or self._ended:
            return True
        if self.reproducible:
            return self._looks > max(LEAST_LOOKS, LOOKS_A_SECOND * self.seconds)
        return monotonic() >= self._until

    def end(self) -> None:
        """Nothing better can be found."""
        self._ended = True


class Strand:
    """One run of ruin and recreate, with what is best in it so far."""

    def __init__(self, facts: Facts, state: State, seed: int) -> None:
        self.facts, self.state, self.seed = facts, state, seed
        self.absent = np.zeros(len(facts.services))
        self.keep()

    def keep(self) -> None:
        """Take the timetable as it is for the best."""
        self.best_starts, self.best_givers = self.state.starts.copy(), self.state.givers.copy()
        self.best_pattern = self.state.pattern.copy()
        self.missing = missing(self.facts, self.state)

    def run(self, limit: Limit) -> None:
        """Fill the timetable, then ruin and recreate until nothing is missing or the limit is
        reached, here or in a strand beside this one.
        """
        facts = self.facts
        fill(facts, self.state, self.seed)
        self.keep()
        mean = float(np.mean(facts.services[:, WEIGHT])) if len(facts.services) else 1.0
        turn, place, cooling, at_warm = 0, 0, COOLING, self.missing
        while self.missing > 0 and not limit.reached():
            warm, cool = (
                mean * WARM * (COOL / WARM) ** ((place + step) / cooling) for step in (0, 1)
            )
            self.missing = improve(
                facts,
                self.state,
                self.best_starts,
                self.best_givers,
                self.best_pattern,
                self.absent,
                self.missing,
                self.seed * 100_000 + turn,
                limit.rounds,
                warm,
                cool,
            )
            turn, place = turn + 1, place + 1
            if place == cooling:
                if cooling >= LONG and self.missing == at_warm:
                    return
                place, cooling, at_warm = 0, 2 * cooling, self.missing
        if not self.missing:
            limit.end()


class Construction:
    """A timetable under construction."""

    def __init__(
        self,
        problem: Problem,
        gathered: Gathered,
        *,
        seed: int = 1,
        fixed: Plan | None = None,
        strands: int = 1,
    ) -> None:
        """Begin with what must be.

        Args:
            problem: The district, or a part of it.
            gathered: The same as the construction knows it.
            seed: Of all chance.
            fixed: What must be; nothing changes it.
            strands: How many run beside each other, each with a seed of its own. The best counts.
        """
        self.problem, self.gathered, self.seed = problem, gathered, seed
        self.fixed = fixed or Plan()
        self.strands = strands if is_compiled() else 1
        self.state = empty(gathered, problem, self.fixed)

    def build(self, limit: Limit) -> None:
        """Fill the timetable, then ruin and recreate until nothing is missing or the limit is
        reached.
        """
        facts = self.gathered.facts
        strands = [
            Strand(facts, _copy(self.state), self.seed + FURTHER * number)
            for number in range(self.strands)
        ]
        # The compiled rounds run without the interpreter's lock. The first strand has this thread.
        beside = [Thread(target=strand.run, args=(limit,), daemon=True) for strand in strands[1:]]
        for thread in beside:
            thread.start()
        strands[0].run(limit)
        for thread in beside:
            thread.join()
        self._take(min(strands, key=lambda strand: strand.missing))

    def take_up(self, plan: Plan) -> None:
        """Put a legal plan's sessions into the timetable, with the days that their people work."""
        gathered, facts = self.gathered, self.gathered.facts
        services, people = gathered.service_number, gathered.person_number
        for name, number in people.items():
            first, last = facts.pattern_from[number], facts.pattern_from[number + 1]
            if last - first > 1:
                works = [(name, day) in plan.placed for day in gathered.cycle]
                alike = (facts.pattern_duty[first:last] > 0) == np.array(works)
                self.state.pattern[number] = int(np.argmax(alike.all(axis=1)))
        for session in plan.sessions:
            first = services.get(session.service)
            if first is not None and all(name in people for name in session.staff):
                on = gathered.day_number[session.day]
                for row, name in self._seated(first, on, session.staff):
                    put(facts, self.state, row, people[name] * facts.days + on, session.start)

    def _seated(self, first: int, on: int, staff: Sequence[str]) -> Sequence[tuple[int, str]]:
        """Who has which seat in one more session of a day; nobody where it has no room for it."""
        rows = self.gathered.rows
        service, row = rows[first].service, rows[first]
        free = (
            turn
            for turn in range(first, row.bundle + row.rows, max(1, row.seats))
            if self.state.starts[turn, on] == NOTHING
        )
        turn = next(free, NOTHING)
        named = [name for name in service.attendees if name in staff]
        names = [*named, *(name for name in staff if name not in named)]
        if turn == NOTHING or len(names) != row.of or len(named) != len(service.attendees):
            return ()
        return [(turn + seat, name) for seat, name in enumerate(names)]

    def _take(self, strand: Strand) -> None:
        """The best timetable of a strand."""
        self.state = empty(self.gathered, self.problem, self.fixed)
        self.state.pattern[:] = strand.best_pattern
        days = self.gathered.facts.days
        for service, on in zip(*np.nonzero(strand.best_starts >= 0), strict=True):
            person, start = strand.best_givers[service, on], strand.best_starts[service, on]
            put(self.gathered.facts, self.state, service, person * days + on, start)

    def plan(self) -> Plan:
        """The timetable as a plan."""
        plan = Plan(
            placements(self.gathered, self.state),
            tuple(sorted((*self.fixed.sessions, *self._sessions()))),
        )
        has_dates = any(service.dated for service in self.gathered.services)
        return named(self.problem, plan) if has_dates else plan

    def _sessions(self) -> Iterable[Session]:
        gathered, state = self.gathered, self.state
        for number, row in enumerate(gathered.rows):
            service = row.service
            for on, day in enumerate(gathered.cycle if row.leads else ()):
                start = int(state.starts[number, on])
                if start != NOTHING:
                    people = state.givers[number : number + row.of, on]
                    yield Session(
                        service.id,
                        day,
                        start,
                        start + service.longest,
                        tuple(sorted(gathered.people[person].id for person in people)),
                        service.school,
                        service.kind,
                        service.place,
                    )
