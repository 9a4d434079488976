"""Fill a timetable before its goals are taken in turn: many minutes, tiers weighed gently.

Goals in strict order are poor guides: a search that may not give up one tier-3 session for ten of
tier 2 gets stuck. So the first plan is found under gentle weights, by turns: a general search of
the whole, then small exact searches around what is still left out (the weeks of two or three people
who could serve it, everybody else's kept).
"""

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from planner.plan.plan import Plan
from planner.rules.goals.goal import Goal
from solver.timetable.neighbourhood import SMALL, around
from solver.timetable.week import follow

if TYPE_CHECKING:
    from solver.timetable.search import Search

BURST = 3.0
"""Seconds of general search before the small searches take their turn. It sees the whole and gets
stuck; they see a few weeks and are exact.
"""
SMALL_SEARCHES = 8
"""Small searches in a turn."""
FOLLOWING = 0.7
"""The share of a turn for it: where all of the week finds its hours, nothing else is needed."""
WEEK = 3.0
"""Most seconds for the first timetable that follows the best week; each later one gets twice as
many.
"""
PATIENCE = 3
"""Turns without anything better after which the goals are taken."""


class Filling:
    """The filling of one timetable, turn by turn, so that several can take turns."""

    def __init__(
        self, search: "Search", goals: Sequence[Goal], first: Plan | None, *, afresh: bool
    ) -> None:
        """Note what is to be filled in.

        Args:
            search: The search of the timetable, which has a plan of what must be.
            goals: What counts, the first matters most.
            first: A plan that was constructed; sessions of others in it do not matter.
            afresh: Whether the timetable may be turned over.
        """
        self.search = search
        self.first = first
        self.weekly = afresh and search.capacity.holds
        # Each goal weighs twice the next. Steeper weights come near to the strict order, in which
        # one tier-3 session may not be given up for any number of others.
        self.weights = {goal: 2 ** (len(goals) - 1 - index) for index, goal in enumerate(goals)}
        self.objective = sum(
            weight * search.expression(goal) for goal, weight in self.weights.items()
        )
        self.limit = search.limit(self.objective, more=True)
        self.random = Random(search.settings.seed)
        self._turns = self._idle = 0
        self._proved = self._short = False

    @property
    def done(self) -> bool:
        """Whether there is nothing to fill in, not everything can be, or nothing better was found
        for a while.

        Where staff are short, gentle weights find a plan that the strict order of the goals must
        turn over: a turn is enough.
        """
        if self._proved or self.search.value_of(self.objective) >= self.limit:
            return True
        return self._idle >= 1 if self.search.fits else self._short or self._idle >= PATIENCE

    def _follow(self, seconds: float) -> None:
        """A timetable of the best week that is found in so many seconds."""
        search, goals = self.search, list(self.weights)
        self._proved = follow(search, goals, self.objective, seconds)
        most = [
            self.weights[goal] * search.week.climbed[goal.key][1]
            for goal in goals
            if goal.key in search.week.climbed
        ]
        self._short = len(most) == len(goals) and sum(most) < self.limit

    def turn(self, seconds: float) -> None:
        """Something better, within so many seconds."""
        search, objective = self.search, self.objective
        if isinstance(objective, int):
            return
        before, until = search.value_of(objective), search.clock() + seconds
        if self._turns == 0:
            search.timetable.model.maximize(objective)
            if self.first is not None:
                search.adopt(self.first, objective)
        if not self.done and self.weekly and (self._turns == 0 or search.fits):
            self._follow(min(WEEK * 2**self._turns, FOLLOWING * seconds))
        if not self.done and not self._proved and not search.fits:
            self._search(until)
        self._turns += 1
        self._idle = 0 if search.value_of(objective) > before else self._idle + 1

    def _search(self, until: float) -> None:
        """A general search, then small ones."""
        search, objective = self.search, self.objective
        assert not isinstance(objective, int)  # as `turn` looked at
        search.timetable.model.maximize(objective)
        if not self.done:
            search.complete_hint()
            seed, seconds = self.random.randrange(10**6), min(BURST, until - search.clock())
            status = search.solve(
                search.timetable.model, seconds, seed=seed, subsolver="quick_restart_no_lp"
            )
            self._proved = status == cp_model.OPTIMAL
        for _ in range(SMALL_SEARCHES):
            if self.done or search.clock() >= until or search.stop.over:
                break
            around(
                search,
                objective,
                list(self.weights),
                self.random,
                min(SMALL * 2**self._idle, until - search.clock()),
            )
        search.timetable.model.clear_objective()
