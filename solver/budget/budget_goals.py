"""Take the budget's goals in turn: who is there stays, then minutes by tier, then cost.

Each has its proved bound.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from time import monotonic

from planner.facts.cell_formats import Share
from planner.facts.problem import Problem
from planner.money import costs
from planner.money.cents import to_cents
from planner.plan.plan import FundedPosition
from planner.plan.positions import follow
from planner.rules.fund_students import RULE as FUND_STUDENTS
from planner.rules.goals.goal import Goal
from planner.rules.rule import Setting, Strength
from solver.budget.budget import Cut
from solver.budget.milp import Expr, make_whole, total, value
from solver.budget.model import build
from solver.budget.rules.filled_positions import cut
from solver.budget.rules.fund_total import most_for_positions

COST = "cost"
MOST_CENTS = 100
"""A fund that is overpaid by more is so because a rule on it is off."""
GAP = 1e-4
"""How near to the best each goal is brought, as a share of it. The bound that is given is the
solver's own, so that what this leaves open is never said to be proved.
"""
TOGETHER = 20
"""How much more a minute of each goal weighs than of the next, where they are first sought
together.
"""
MOMENT = 5.0
"""Fewest seconds for settling percentages."""
TOLERANCE = 1e-4
"""What a whole number may be off by in a solution of HiGHS, whose numbers are floats."""
FAULTY, REFUNDED = 100, 1
"""What it weighs, beside a hundredth of FTE that is cut (1,000), to keep what breaks a rule, and to
pay somebody otherwise.
"""
CUT = 1000
MOST_LOST = 1e9


@dataclass(frozen=True)
class Package:
    """The positions to budget, the numbers of their offers, and what the model promises at most of
    each goal.
    """

    positions: tuple[FundedPosition, ...]
    offers: frozenset[int]
    promised: Mapping[str, int]


class BudgetSearch:
    """The budget model with its goals; what timetables proved of packages tightens it."""

    def __init__(
        self, problem: Problem, settings: Mapping[str, Setting], goals: Sequence[Goal]
    ) -> None:
        self.problem = problem
        self.budget = build(problem, settings)
        self.goals = [goal for goal in goals if goal.minutes_of_tier is not None]
        self._sought = [goal for goal in self.goals if self._owed(goal)]
        self.open = any(row.status != "filled" for row in problem.data.positions)
        """Whether there is anything to choose."""
        terms = problem.fund_terms.values()
        self._picky = settings[FUND_STUDENTS.key].strengths != {Strength.OFF} and any(
            fund_terms.tiers or fund_terms.tags for fund_terms in terms
        )
        self.infeasible = False
        self._whole = False
        """Whether percentages are whole throughout, not only when a package is settled."""
        self._least = {goal.key: self.budget.milp.number(0, 0) for goal in self.goals}
        refunded = [
            self.budget.taken[n]
            for n, offer in enumerate(self.budget.offers)
            if offer.chosen and self._is_filled(n)
        ]
        self._loss = (
            CUT * cut(self.budget)
            + FAULTY * total(self.budget.faults.values())
            + REFUNDED * total(refunded)
        )
        self._most_lost = self.budget.milp.number(0, MOST_LOST)
        self.budget.milp.add(self._loss <= self._most_lost)
        for goal in self.goals:
            self.budget.milp.add(self._minutes(goal) >= self._least[goal.key])

    def keep_people(self, seconds: float) -> bool:
        """The first goal of all: no FTE of filled positions is cut that need not be, and nobody is
        paid otherwise without need.

        False where no budget is legal (then `infeasible`), or none was found in time.
        """
        self._release()
        self._most_lost.bounds(0, MOST_LOST)
        answer = self.budget.milp.minimize(self._loss, seconds)
        self.infeasible = answer.infeasible
        if answer.solved:
            self._most_lost.bounds(0, round(answer.value) + TOLERANCE)
        return answer.solved

    def with_more(self, fund: str, cents: int, seconds: float) -> Package | None:
        """The best package if a fund had so many cents more (or, below 0, fewer); None where there
        is none, or none was found.
        """
        variable = self.budget.aside.get(fund)
        if variable is None:
            return None
        before = variable.upBound
        variable.bounds(before - cents, before - cents)
        try:
            return self.best(seconds / 2) if self.keep_people(seconds / 2) else None
        finally:
            variable.bounds(before, before)

    def best(self, seconds: float) -> Package | None:
        """The package that promises most in the goals' order, cheapest among equals; None where
        none was found in time.

        Percentages of a sum are not whole cents: where a fund would pay cents that it has not, they
        are kept aside, once more. Where people could only be kept by parts of percents, whole ones
        are sought from the start, and may keep fewer of them.
        """
        return self._of_whole_cents(seconds) or self._of_whole_percents(seconds)

    def _of_whole_cents(self, seconds: float) -> Package | None:
        ends = monotonic() + seconds
        while package := self._best(ends):
            if not self._keep_aside(package):
                break
        return package

    def _of_whole_percents(self, seconds: float) -> Package | None:
        percents = list(self.budget.percent.values())
        if not percents:
            return None
        self._settle(percents, whole=True)
        try:
            return self._of_whole_cents(seconds) if self.keep_people(seconds) else None
        finally:
            self._settle(percents, whole=False)

    def _settle(self, percents: Sequence[Expr], *, whole: bool) -> None:
        self._whole = whole
        for percent in percents:
            make_whole(percent, whole=whole)

    def _keep_aside(self, package: Package) -> bool:
        """Keeps aside what the funds would overpay; whether there was any."""
        if not self.problem.data.pay:
            return False
        over, most = False, most_for_positions(self.problem)
        for fund, paid in costs(self.problem, package.positions).funds.items():
            if fund in most:
                short = to_cents(paid) - most[fund]
                variable = self.budget.aside.get(fund)
                if variable is not None and variable.upBound >= 0 and 0 < short <= MOST_CENTS:
                    variable.bounds(variable.upBound + short, variable.upBound + short)
                    over = True
        return over

    def _best(self, ends: float) -> Package | None:
        promised = {goal.key: 0 for goal in self.goals}
        self._release()
        # All goals in one weighted sum first: the search of each then begins near to where it ends,
        # which larger budgets need.
        weighted = total(
            -(TOGETHER**place) * self._minutes(goal)
            for place, goal in enumerate(reversed(self._sought))
        )
        if not self.budget.milp.minimize(weighted, (ends - monotonic()) / 2, GAP).solved:
            return None
        for number, goal in enumerate(self._sought):
            answer = self.budget.milp.minimize(
                -1 * self._minutes(goal), self._share(ends, number), GAP
            )
            promised[goal.key] = floor(min(-answer.bound, self._owed(goal)) + TOLERANCE)
            self._hold(goal, value(self._minutes(goal)))
        self.budget.milp.minimize(self.budget.cost, ends - monotonic(), GAP)
        return self._package(promised) if self._in_whole_percents(ends) else None

    def _owed(self, goal: Goal) -> float:
        """All that a goal could ever be."""
        wanted = (
            s for s in self.problem.services if s.tier == goal.minutes_of_tier and not s.required
        )
        return float(sum(service.owed * service.priority for service in wanted))

    def reached(self) -> dict[str, float]:
        """What the last solution has of each goal, by the model's own count."""
        return {goal.key: float(value(self._minutes(goal))) for goal in self.goals}

    def _share(self, ends: float, number: int) -> float:
        """Seconds for one goal: what is left, shared with those that come after it and with
        cost.
        """
        return (ends - monotonic()) / (len(self._sought) + 1 - number)

    def _in_whole_percents(self, ends: float) -> bool:
        """Settles what each fund pays in whole percents: of what is taken now, and where that
        cannot be, of all there is.
        """
        # Percentages are fractions while packages are compared: whole ones would be a variable to
        # branch on for each fund of each position. Only what is taken is settled in whole ones.
        percents = list(self.budget.percent.values())
        if not percents:
            return True
        taken = [(variable, round(value(variable))) for variable in self.budget.taken]
        for percent in percents:
            make_whole(percent)
        for variable, figure in taken:
            variable.bounds(figure, figure)
        solved = self.budget.milp.minimize(self.budget.cost, max(MOMENT, ends - monotonic())).solved
        for variable, _ in taken:
            variable.bounds(0, 1)
        if not solved:
            solved = self.budget.milp.minimize(
                self.budget.cost, max(MOMENT, ends - monotonic()), GAP
            ).solved
        for percent in percents:
            make_whole(percent, whole=self._whole)
        return solved

    def bounds(self, reached: Mapping[str, int], seconds: float) -> dict[str, int]:
        """What no legal use of the money can exceed in each goal, beside what those before it
        reached; and the least cost.
        """
        ends = monotonic() + seconds
        bounds = {goal.key: 0 for goal in self.goals}
        self._release()
        for number, goal in enumerate(self._sought):
            answer = self.budget.milp.minimize(
                -1 * self._minutes(goal), self._share(ends, number), GAP
            )
            bounds[goal.key] = max(
                floor(min(-answer.bound, self._owed(goal)) + TOLERANCE), reached[goal.key]
            )
            self._hold(goal, reached[goal.key])
        answer = self.budget.milp.minimize(self.budget.cost, ends - monotonic(), GAP)
        if answer.bound > 0:
            bounds[COST] = ceil(answer.bound - TOLERANCE)
        return bounds

    def _hold(self, goal: Goal, least: float) -> None:
        """From now on a goal is no worse than this, but for rounding."""
        bound = max(0.0, least - TOLERANCE)
        self._least[goal.key].bounds(bound, bound)

    def _release(self) -> None:
        for variable in self._least.values():
            variable.bounds(0, 0)

    def cuts(self, package: Package, proved: Mapping[str, int]) -> Iterator[Cut]:
        """What a timetable proved of a package holds of every part of it; whoever is added brings
        what they can at most.

        What it proved of lower goals it proved beside what it reached in higher ones, and these are
        held to no less.
        """
        added = [
            number for number in range(len(self.budget.offers)) if not self._within(number, package)
        ]
        for goal in self.goals:
            if goal.key in proved:
                yield Cut(
                    goal.key,
                    proved[goal.key],
                    {number: self._alone(goal, number) for number in added},
                )

    def rule_out(self, offers: Iterable[int]) -> None:
        """From now on none of these is taken."""
        for number in offers:
            self.budget.milp.add(self.budget.taken[number] <= 0)

    def tighten(self, cut: Cut) -> None:
        """From now on what was proved holds."""
        goal = next(goal for goal in self.goals if goal.key == cut.goal)
        beyond = total(most * self.budget.taken[number] for number, most in cut.added.items())
        self.budget.milp.add(self._minutes(goal) <= cut.proved + beyond)

    def package(
        self, offers: frozenset[int], promised: Mapping[str, int], seconds: float
    ) -> Package | None:
        """The package of these offers, each paid as cheaply as the rules allow; None where they do
        not, or none was found.
        """
        ends = monotonic() + seconds
        while package := self._of(offers, promised, ends):
            if not self._keep_aside(package):
                break
        return package

    def _of(
        self, offers: frozenset[int], promised: Mapping[str, int], ends: float
    ) -> Package | None:
        self._release()
        for number, variable in enumerate(self.budget.taken):
            variable.bounds(int(number in offers), int(number in offers))
        solved = self.budget.milp.minimize(
            self.budget.cost, max(MOMENT, ends - monotonic()), GAP
        ).solved
        for variable in self.budget.taken:
            variable.bounds(0, 1)
        return self._package(promised) if solved and self._in_whole_percents(ends) else None

    def _within(self, number: int, package: Package) -> bool:
        """Whether an offer plans nobody more than a package does: the same contract, as long, at no
        more places, and paid by funds that serve no one else.
        """
        offer = self.budget.offers[number]
        if self._picky and (offer.chosen or number not in package.offers):
            return False
        for other in (self.budget.offers[place] for place in package.offers):
            if other.contract == offer.contract:
                return len(offer.people) == len(other.people) and all(
                    mine.obligation == theirs.obligation
                    and set(mine.schools) <= set(theirs.schools)
                    for mine, theirs in zip(offer.people, other.people, strict=True)
                )
        return False

    def _alone(self, goal: Goal, number: int) -> int:
        """What the people of an offer can add to a goal at most."""
        supply = self.budget.supply
        assert supply is not None
        tier, people = goal.minutes_of_tier, self.budget.offers[number].people
        mine = [
            s
            for s in self.problem.services
            if number in supply.serving[s.id] and s.tier == tier and not s.required
        ]
        rate = max(
            (Fraction(s.worth * s.priority, max(1, s.unit)) for s in mine), default=Fraction(0)
        )
        return min(
            sum(s.worth * s.priority * s.units for s in mine),
            ceil(rate * sum(person.obligation for person in people)),
        )

    def _minutes(self, goal: Goal) -> Expr:
        supply = self.budget.supply
        assert supply is not None
        assert goal.minutes_of_tier is not None
        return supply.minutes(goal.minutes_of_tier)

    def _is_filled(self, number: int) -> bool:
        return any(
            self.problem.positions[x.position].status == "filled"
            for x in self.budget.offers[number].positions
        )

    def _package(self, promised: Mapping[str, int]) -> Package:
        taken = frozenset(
            n for n, variable in enumerate(self.budget.taken) if value(variable) > 0.5
        )
        order = {row.position: place for place, row in enumerate(self.problem.data.positions)}
        positions = [
            self._paid(n, place)
            for n in taken
            for place in range(len(self.budget.offers[n].positions))
        ]
        return Package(tuple(sorted(positions, key=lambda p: order[p.position])), taken, promised)

    def _paid(self, number: int, place: int) -> FundedPosition:
        """A position with the percentages that the model chose."""
        offer = self.budget.offers[number]
        position = offer.positions[place]
        if not offer.chosen:
            return position
        shares = tuple(
            Share(fund.fund, Decimal(round(value(self.budget.percent[number, place, fund.fund]))))
            for fund in self.problem.data.funds
            if (number, place, fund.fund) in self.budget.percent
            and value(self.budget.percent[number, place, fund.fund]) > 0.5
        )
        return replace(
            position, funding=shares, allowance_funding=follow(position.allowances, shares)
        )
