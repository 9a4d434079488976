"""Choose the package to try next, and bound what none can exceed.

The budget model answers, and, where that is not too large, the week of everybody (`joint_bound`).
The budget model knows no days: it promises a week of which no day holds its part. The week of
everybody knows days, and grows with people times services; so it is asked first, up to
`MOST_SERVICES`.
"""

from collections.abc import Mapping

from planner.facts.problem import Problem
from planner.rules import settings_of
from solver.budget.budget_goals import BudgetSearch, Package
from solver.budget.joint_bound import MOST_SERVICES, Everybody
from solver.settings import SolveSettings
from solver.stop import Stop

HURRY = 1.0
"""Seconds for a question once the solve is to stop."""


class CandidateSelection:
    """The packages, best first; what timetables prove of them is learned. Each question has
    `seconds`.
    """

    def __init__(
        self, problem: Problem, settings: SolveSettings, seconds: float, stop: Stop
    ) -> None:
        rules = settings_of(problem)
        self._money = BudgetSearch(problem, rules, settings.goals)
        self._most, self._stop = seconds, stop
        self._solved = self._money.keep_people(seconds)
        self.infeasible = self._money.infeasible
        self.goals = self._money.goals
        self.open = self._money.open
        """Whether there is anything to choose."""
        self._everybody: Everybody | None = None
        if self._solved and self.open and len(problem.services) <= MOST_SERVICES:
            everybody = Everybody(self._money.budget, rules, settings, stop)
            self._everybody = everybody if everybody.holds else None

    @property
    def _seconds(self) -> float:
        """Seconds for the next question; few where somebody waits for the end."""
        return min(self._most, HURRY) if self._stop.asked else self._most

    def best(self) -> Package | None:
        """The package that promises most in the goals' order, cheapest among equals; None where
        none was found in time.
        """
        if not self._solved:
            return None
        choice = self._everybody.best(self._seconds) if self._everybody else None
        # The week of everybody reckons with rounded rows (`translated`): the budget model has the
        # last word on whether its choice is legal, and chooses itself where it is not.
        package = self._money.package(*choice, self._seconds) if choice else None
        return package or self._money.best(self._seconds)

    def learn(self, package: Package, proved: Mapping[str, int]) -> bool:
        """What a timetable proved of a package holds from now on; whether that is less than it
        promised.
        """
        for cut in self._money.cuts(package, proved):
            self._money.tighten(cut)
            if self._everybody:
                self._everybody.tighten(cut)
        return any(most < package.promised[goal] for goal, most in proved.items())

    def bounds(self, reached: Mapping[str, int]) -> dict[str, int]:
        """What no legal use of the money can exceed in each goal, beside what those before it
        reached; and the least cost. Goals of which nothing is known are left out.
        """
        known = self._money.bounds(reached, self._seconds)
        closer = self._everybody.bounds(reached, known, self._seconds) if self._everybody else {}
        return known | {goal: min(most, known.get(goal, most)) for goal, most in closer.items()}
