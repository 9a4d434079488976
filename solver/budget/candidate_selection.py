"""Choose the package to try next, and bound what none can exceed.

The budget model answers, and, where that is not too large, the week of everybody (`joint_bound`).
The budget model knows no days: it promises a week of which no day holds its part. The week of
everybody knows days, and grows with people times services; so it is asked first, up to
`MOST_SERVICES`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition
from planner.plan.positions import staffed
from planner.rules import settings_of
from solver.budget.budget_goals import BudgetSearch, Package
from solver.budget.joint_bound import MOST_SERVICES, Everybody
from solver.posting import Guard
from solver.search.conflict import alone, in_words
from solver.settings import SolveSettings
from solver.stop import Stop

SHARE, FEWEST = 0.2, 5.0
"""The share of the time that a question about the money may take, and the seconds that the first
ones have in any case: without an answer there is no plan. They mostly take less.
"""
WEEK, BUILDING = 0.1, 0.01
"""The share of the time that the week of everybody may take for choosing, and seconds for each
service that it takes to build.
"""


@dataclass(frozen=True)
class Refused:
    """A position that no plan can hold as it would be hired: a rule that it breaks by itself, and
    what contradicts what in the week of whoever would be hired.
    """

    position: FundedPosition
    rule: str
    reasons: tuple[str, ...]


class CandidateSelection:
    """The packages, best first; what timetables prove of them is learned."""

    def __init__(
        self,
        problem: Problem,
        settings: SolveSettings,
        seconds: float,
        stop: Stop,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        """Build the models and find out who can stay.

        Args:
            problem: A district with positions.
            settings: How to solve.
            seconds: The time of the whole solve.
            stop: When it ends.
            is_over: Whether there is a plan, and nobody waits for a better one: no question about
                the money goes on then.
        """
        self._problem, self._rules = problem, settings_of(problem)
        rules = self._rules
        self._money = BudgetSearch(problem, rules, settings.goals)
        self._money.budget.milp.is_over = is_over
        self._most, self._week = max(FEWEST, SHARE * seconds), WEEK * seconds
        self._stop = stop
        self._chosen = False
        """Whether a package was chosen before."""
        self._solved = self._money.keep_people(self._most)
        self.infeasible = self._money.infeasible
        self.goals = self._money.goals
        self.open = self._money.open
        """Whether there is anything to choose."""
        self._everybody: Everybody | None = None
        worth = BUILDING * len(problem.services) <= 2 * self._week
        worth = worth and not stop.asked
        if self._solved and self.open and worth and len(problem.services) <= MOST_SERVICES:
            everybody = Everybody(self._money.budget, rules, settings, stop)
            self._everybody = everybody if everybody.holds else None
        self._weeks: dict[Any, tuple[tuple[str, Guard], ...]] = {}
        self.refused: dict[str, Refused] = {}
        """The positions that were to be bought and that no plan can hold, by id."""

    @property
    def _seconds(self) -> float:
        """Seconds for the next question: what is left, once there is a package."""
        return min(self._most, self._stop.left()) if self._chosen else self._most

    def best(self) -> Package | None:
        """The package that promises most in the goals' order, cheapest among equals; None where
        none was found in time.
        """
        while (package := self._best()) and (impossible := list(self._impossible(package))):
            self._rule_out(impossible)
        self._chosen = True
        return package

    def _best(self) -> Package | None:
        if not self._solved:
            return None
        week = min(self._week, self._stop.left())
        choice = self._everybody.best(week) if self._everybody and week > 0 else None
        # The week of everybody reckons with rounded rows (`translated`): the budget model has the
        # last word on whether its choice is legal, and chooses itself where it is not.
        package = self._money.package(*choice, self._seconds) if choice else None
        return package or self._money.best(self._seconds)

    def _impossible(self, package: Package) -> Iterator[int]:
        """The offers of a package whose week no plan can hold, whatever else is in it."""
        # Asked of what a package would hire alone, and once for all who work alike: of every offer
        # it would take longer than the budget itself, for rows that nobody would have bought.
        paid = staffed(self._problem, package.positions)
        for number in sorted(package.offers):
            (position, *others) = self._money.budget.offers[number].positions
            person = paid.person_of.get(position.staff)
            if others or person is None or not self._is_hire(position.position):
                continue
            alike = _alike(paid, person)
            if alike not in self._weeks:
                against = alone(paid, self._rules, person, self._seconds)
                self._weeks[alike] = tuple((person.id, member) for member in against)
            if known := self._weeks[alike]:
                mine = [
                    (rule, *(person.id if name == whose else name for name in where))
                    for whose, (rule, *where) in known
                ]
                self.refused[position.position] = Refused(
                    position, mine[-1][0], in_words(paid, mine)
                )
                yield number

    def _is_hire(self, position: str) -> bool:
        return self._problem.positions[position].status != "filled"

    def _rule_out(self, offers: list[int]) -> None:
        """From now on none of these offers is taken."""
        self._money.rule_out(offers)
        if self._everybody:
            self._everybody.rule_out(offers)
        # Decisions may have asked for them: then no budget is left, and it is said why.
        self._solved = self._money.keep_people(self._seconds)
        self.infeasible = self._money.infeasible

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
        # Once the time is over, what was proved while choosing still holds; no more is asked.
        known = {} if self._stop.over else self._money.bounds(reached, self._seconds)
        closer = self._everybody.bounds(reached, known, self._seconds) if self._everybody else {}
        return known | {goal: min(most, known.get(goal, most)) for goal, most in closer.items()}


def _alike(problem: Problem, person: Person) -> tuple[Any, ...]:
    """What somebody's week hangs on: equal for all who work alike, unless a decision names them."""
    row = person.row.model_copy(update={"staff": "", "name": "", "lane": "", "step": ""})
    return row, any(pin.staff == person.id for pin in problem.pins) and person.id
