"""Bound what any legal use of the money can deliver, and say which package could.

The day-level model of `timetable.capacity` over all candidates, with the budget's own rows in it:
the week of everybody who may be budgeted. Nobody gives a session unless an offer is taken that
plans them so:

    y[g, p, d] ≤ Σ taken[o] over the offers o that plan p, and whose funds may pay for g

Its optimum holds for every package at once. A bound made package by package would have to be made
for each of them, and there are more than can be counted.
"""

from collections.abc import Iterable, Mapping

from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.rules.fund_students import RULE as FUND_STUDENTS
from planner.rules.rule import Setting, Strength
from solver.budget.budget import Budget, Cut
from solver.budget.supply import candidates, may_give, terms_of
from solver.budget.translated import translate
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable import variables
from solver.timetable.capacity import Capacity
from solver.timetable.relaxation import Relaxation
from solver.timetable.timetable import Timetable

MOST_SERVICES = 800
"""Of more services the model is too large to be of use beside the timetable."""


class Everybody:
    """The capacity of everybody who may be budgeted; goals that depend on counts alone can be asked
    of it, the rest is skipped.
    """

    def __init__(
        self, budget: Budget, rules: Mapping[str, Setting], settings: SolveSettings, stop: Stop
    ) -> None:
        self.budget = budget
        everybody, whom = _all_of(budget)
        # Which fund may pay for which group is asked of each offer below: of somebody who may be
        # paid in several ways, the timetable's own rule would know one.
        timetable = Timetable(everybody, {**rules, FUND_STUDENTS.key: Setting(Strength.OFF)})
        variables.create(timetable)
        capacity = Capacity(timetable)
        self.holds = capacity.holds
        """Whether it is a bound at all."""
        assert budget.supply is not None
        known = translate(budget.milp, budget.supply.variables, capacity.model)
        self._taken = [known[taken.name] for taken in budget.taken]
        terms = [terms_of(budget.problem, rules, offer) for offer in budget.offers]
        for (name, who, *_), literal in capacity.gives.items():
            if who in whom:
                service = timetable.service(name)
                capacity.model.add(
                    literal <= sum(self._taken[n] for n in whom[who] if may_give(terms[n], service))
                )
        self._relaxation = Relaxation(capacity, settings.goals, settings, stop, large=True)
        self.bounds = self._relaxation.bounds

    def tighten(self, cut: Cut) -> None:
        """From now on what was proved of a package holds."""
        added = sum(most * self._taken[number] for number, most in cut.added.items())
        self._relaxation.model.add(self._relaxation.values[cut.goal] <= cut.proved + added)

    def rule_out(self, offers: Iterable[int]) -> None:
        """From now on none of these is taken."""
        for number in offers:
            self._relaxation.model.add(self._taken[number] == 0)

    def best(self, seconds: float) -> tuple[frozenset[int], dict[str, int]] | None:
        """The numbers of the offers that can serve most in the goals' order, cheapest among equals,
        and how much of each goal; None where none was found in time.
        """
        ends = self._relaxation.clock() + seconds
        # Who is bought hangs on minutes; the worst-served school, say, takes longer than all tiers
        # together, and the timetable sees to it.
        tiers = [goal for goal in self._relaxation.goals if goal.minutes_of_tier is not None]
        if not tiers or not self._relaxation.climb(seconds, tiers):
            return None
        reached = {key: value for key, (value, _) in self._relaxation.climbed.items()}
        self._relaxation.keep(reached)
        priced = zip(self.budget.offers, self._taken, strict=True)
        cost = sum(sum(offer.cents) * taken for offer, taken in priced)
        if self._relaxation.most(-cost, ends - self._relaxation.clock()) is None:
            return None
        return frozenset(
            n for n, taken in enumerate(self._taken) if self._relaxation.solution[taken.index]
        ), reached


def _all_of(budget: Budget) -> tuple[Problem, dict[str, list[int]]]:
    """The problem with everybody who may be planned, each variant of a contract as somebody, and
    the offers that plan them so.
    """
    names: set[str] = set()
    people: list[Staff] = []
    whom: dict[str, list[int]] = {}
    for person, numbers in candidates(budget.problem, budget.offers):
        name = person.id
        while name in names:
            name += "'"
        names.add(name)
        people.append(person.row.model_copy(update={"staff": name}))
        if numbers:
            whom[name] = numbers
    problem = budget.problem
    data = problem.data.model_copy(update={"staff": tuple(people), "positions": ()})
    return Problem(data, problem.name, problem.edits, problem.origin or problem.data), whom
