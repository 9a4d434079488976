"""Improve a plan in what comes after the minutes: same time, idle time, wished times, balance.

No session is added or taken out, so that all goals on minutes stay as they are. What comes out is
judged by the checker and by the goals themselves, and taken where it is legal and better in the
first goal that differs.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from time import monotonic

import numpy as np

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.checker import violations
from planner.rules.goals import balanced_load, idle_time, same_time, wished_times
from planner.rules.goals.goal import Goal, rank
from planner.rules.rule import Setting, Strength
from solver.stop import Stop
from solver.timetable.construct.arrays import (
    BALANCE,
    IDLE,
    NOTHING,
    SAME_TIME,
    WISHED,
    Floats,
    Tally,
    Tastes,
)
from solver.timetable.construct.compiling import is_compiled
from solver.timetable.construct.construction import Construction
from solver.timetable.construct.polish import polish
from solver.timetable.construct.sessions_behind import sessions_behind
from solver.timetable.construct.taken_up import taken_up
from solver.timetable.construct.tally import row_of
from solver.timetable.construct.tastes import tally_of, tastes_of

PLACES = {
    same_time.GOAL.key: SAME_TIME,
    idle_time.GOAL.key: IDLE,
    wished_times.GOAL.key: WISHED,
    balanced_load.GOAL.key: BALANCE,
}
"""Where each goal that can be polished stands in a tally."""
UNITS = (1.0, 30.0, 30.0, 10.0)
"""About as much of each goal as one session can bring: the units of a temperature."""
GENTLE, STRICT = 2.0, 1000.0
"""How many times a goal's unit outweighs the next one's: while it is improved beside them, and once
it is held. In strict order from the beginning, the first goal gets stuck, and the others with it.
"""
WARM, LUKEWARM, COOL = 1.0, 0.3, 0.1
"""How much worse a change may be, in units of the goal that is improved: where the plan is turned
over, where it is not, and in the end.
"""
FIRST = 0.5
"""The share of the time in which all goals are improved; in the rest, each of the others in turn
while those before it are held.
"""
ROUNDS, PLAIN_ROUNDS = 2000, 50
"""Changes that are tried between two looks at the clock, compiled or not."""
REPRODUCIBLE_TURNS, REPRODUCIBLE_ROUNDS = 50, 400
"""Turns where the clock may not be looked at, and rounds in each."""
EACH, JUDGING = 0.1, 0.002
"""Seconds for each session: the most that polishing takes, and those for judging what comes out."""
MENDED = 3
"""How often services that come to break a rule are left as they were."""


def polished(
    problem: Problem,
    rules: Mapping[str, Setting],
    goals: Sequence[Goal],
    plan: Plan,
    stop: Stop,
    *,
    seconds: float,
    seed: int = 1,
    reproducible: bool = False,
    turned: bool = False,
) -> Plan:
    """The plan with later goals improved and the same sessions given.

    Args:
        problem: Whose plan it is.
        rules: How each rule is set, by key.
        goals: What counts, the first matters most.
        plan: A legal plan.
        stop: Ends it early.
        seconds: Most time for it.
        seed: Of all chance.
        reproducible: Whether the clock may not be looked at.
        turned: Whether goals may give way to later ones for a while, so that the plan is turned
            over: right for a plan that was made without a look at them.

    Returns:
        A plan that is legal and better; the same plan where none was found.
    """
    counted = [goal for goal in goals if goal.part == "timetable"]
    if not plan.sessions or not any(goal.key in PLACES for goal in counted):
        return plan
    until = monotonic() + min(seconds, EACH * len(plan.sessions)) - JUDGING * len(plan.sessions)
    if not reproducible and (until <= monotonic() or stop.over):
        return plan
    before = rank(problem, counted, plan)
    worst = len(list(violations(problem, plan, strength=Strength.HARD)))
    kept: set[str] = set()
    for _ in range(MENDED):
        run = _Polish(problem, rules, counted, plan, kept)
        run.run(stop, until - monotonic(), seed, reproducible=reproducible, turned=turned)
        better = run.plan()
        broken = list(violations(problem, better, strength=Strength.HARD))
        if len(broken) <= worst:
            return better if rank(problem, counted, better) > before else plan
        kept |= {session.service for session in sessions_behind(problem, better, broken)}
        if stop.over:
            break
    return plan


class _Polish:
    """One polishing of a plan."""

    def __init__(
        self,
        problem: Problem,
        rules: Mapping[str, Setting],
        goals: Sequence[Goal],
        plan: Plan,
        kept: AbstractSet[str],
    ) -> None:
        self.problem = problem
        self.before = plan
        self.order = [PLACES[goal.key] for goal in goals if goal.key in PLACES]
        weights = {session.service: 1 for session in plan.sessions}
        self.construction: Construction = taken_up(problem, rules, weights, plan, kept)
        gathered, state = self.construction.gathered, self.construction.state
        self.tastes: Tastes = tastes_of(problem, gathered)
        self.tally: Tally = tally_of(problem, gathered, self.tastes, state, plan)
        # What stands where the tables do not have it, because a rule is broken there, stays.
        self.movable = np.array(
            [
                int(
                    all(
                        row_of(gathered.facts, number, on, int(start)) >= 0
                        for on, start in enumerate(state.starts[number])
                        if start != NOTHING
                    )
                )
                for number in range(len(gathered.services))
            ],
            np.int64,
        )

    def run(
        self, stop: Stop, seconds: float, seed: int, *, reproducible: bool, turned: bool
    ) -> None:
        """Anneal; then take what is no worse alone."""
        if not self.movable.any():
            return
        began, turn, done = monotonic(), 0, 0.0
        while done < 1.0 and not stop.over:
            held, within = self._phase(done)
            warm = WARM if turned and not held else LUKEWARM
            heat = warm * (COOL / warm) ** within
            self._rounds(held, heat, seed * 100_000 + turn, reproducible=reproducible)
            turn += 1
            # There may be no time left after the plan was taken up: one turn is the least.
            spent = (monotonic() - began) / seconds if seconds > 0 else 1.0
            done = turn / REPRODUCIBLE_TURNS if reproducible else spent
        self._rounds(len(self.order) - 1, 0.0, seed * 100_000 + turn, reproducible=reproducible)

    def _phase(self, done: float) -> tuple[int, float]:
        """How many goals are held when so much of the time is over, and how much of that phase."""
        others = len(self.order) - 1
        if not others:
            return 0, done
        if done < FIRST:
            return 0, done / FIRST
        place = min(others - 1e-9, others * (done - FIRST) / (1 - FIRST))
        return 1 + int(place), place % 1.0

    def _rounds(self, held: int, heat: float, seed: int, *, reproducible: bool) -> None:
        polish(
            self.construction.gathered.facts,
            self.construction.state,
            self.tastes,
            self.tally,
            self.movable,
            self._weights(held),
            seed,
            REPRODUCIBLE_ROUNDS if reproducible else ROUNDS if is_compiled() else PLAIN_ROUNDS,
            heat,
        )

    def _weights(self, held: int) -> Floats:
        """What a unit of each goal costs, where the first so many are held."""
        weights = np.zeros(len(UNITS))
        for place, goal in enumerate(self.order):
            steep = STRICT ** (held - place) if place < held else GENTLE ** (held - place)
            weights[goal] = (-1.0 if goal == WISHED else 1.0) * steep / UNITS[goal]
        return weights

    def plan(self) -> Plan:
        """What came of it. Days on which nothing changed stay as they were, with their lunch,
        unless less time is idle with another.
        """
        after, before = self.construction.plan(), self.before
        spots = {(p.staff, p.day) for p in (*before.placements, *after.placements)}
        renewed = {spot for spot in spots if self._is_renewed(spot, after)}
        return replace(
            before,
            placements=tuple(
                sorted(
                    [p for p in before.placements if (p.staff, p.day) not in renewed]
                    + [p for p in after.placements if (p.staff, p.day) in renewed]
                )
            ),
            sessions=after.sessions,
        )

    def _is_renewed(self, spot: tuple[str, str], after: Plan) -> bool:
        mine, before = after.day_of.get(spot, ()), self.before.day_of.get(spot, ())
        if set(mine) != set(before):
            return True
        return bool(
            IDLE in self.order
            and mine
            and idle_time.of_day(self.problem, after, *spot)
            < idle_time.of_day(self.problem, self.before, *spot)
        )
