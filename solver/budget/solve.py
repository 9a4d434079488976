"""The budget's goals in turn: who is there stays, then what can be delivered by tier, then cost; each with its proved bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from time import monotonic

from planner.cost import costs
from planner.goals.goal import Goal
from planner.plan import FundedPosition
from planner.positions import follow
from planner.problem.cells import Share
from planner.problem.fund_terms import after_hold
from planner.problem.problem import Problem
from planner.rule import Setting
from solver.budget.milp import Expr, total, value
from solver.budget.model import build
from solver.budget.offers import to_cents
from solver.budget.rules.filled_positions import cut

TIERS = {"tier_3_minutes": 3, "tier_2_minutes": 2, "tier_1_minutes": 1, "duty_minutes": 0}
"""Goals that the budget can promise something of: minutes of a tier's groups, and of other duties."""
COST = "cost"
MOST_CENTS = 100
"""A fund that is overpaid by more is so because a rule on it is off."""
GAP = 1e-6
TOLERANCE = 1e-4
FAULTY, REFUNDED = 100, 1
"""What it weighs, beside a hundredth of FTE that is cut (1,000), to keep what breaks a rule, and to pay somebody otherwise."""
CUT = 1000


@dataclass(frozen=True)
class Package:
    """The positions to budget, the numbers of their offers, and what the model promises at most of each goal."""

    positions: tuple[FundedPosition, ...]
    offers: frozenset[int]
    promised: Mapping[str, int]


class Money:
    """The budget model with its goals; what timetables proved of packages tightens it."""

    def __init__(self, problem: Problem, settings: Mapping[str, Setting], goals: Sequence[Goal]) -> None:
        self.problem = problem
        self.budget = build(problem, settings)
        self.goals = [goal for goal in goals if goal.key in TIERS]
        self.open = any(row.status != "filled" for row in problem.data.positions)
        """Whether there is anything to choose."""
        self.infeasible = False
        self._least = {goal.key: self.budget.milp.number(0, 0) for goal in self.goals}
        for goal in self.goals:
            self.budget.milp.add(self._minutes(goal) >= self._least[goal.key])

    def keep_people(self, seconds: float) -> bool:
        """The first goal of all: no FTE of filled positions is cut that need not be, and nobody is paid otherwise without need.

        False where no budget is legal (then `infeasible`), or none was found in time.
        """
        budget = self.budget
        refunded = [budget.taken[n] for n, offer in enumerate(budget.offers) if offer.chosen and self._is_filled(n)]
        loss = CUT * cut(budget) + FAULTY * total(budget.faults.values()) + REFUNDED * total(refunded)
        answer = budget.milp.minimize(loss, seconds)
        self.infeasible = answer.infeasible
        if answer.solved:
            budget.milp.add(loss <= round(answer.value) + TOLERANCE)
        return answer.solved

    def best(self, seconds: float) -> Package | None:
        """The package that promises most in the goals' order, cheapest among equals; None where none was found in time.

        Percentages of a sum are not whole cents: where a fund would pay cents that it has not, they are kept aside, once more.
        """
        ends = monotonic() + seconds
        while package := self._best(ends):
            if not self._keep_aside(package):
                break
        return package

    def _keep_aside(self, package: Package) -> bool:
        """Keeps aside what the funds would overpay; whether there was any."""
        if not self.problem.data.pay:
            return False
        over = False
        for fund, paid in costs(self.problem, package.positions).funds.items():
            if fund in self.problem.funds:
                free = after_hold(self.problem.funds[fund], self.problem.fund_terms[fund])
                short = to_cents(paid) - to_cents(free)
                variable = self.budget.aside.get(fund)
                if variable is not None and 0 < short <= MOST_CENTS:
                    variable.bounds(variable.upBound + short, variable.upBound + short)
                    over = True
        return over

    def _best(self, ends: float) -> Package | None:
        promised: dict[str, int] = {}
        self._release()
        for goal in self.goals:
            answer = self.budget.milp.minimize(-1 * self._minutes(goal), ends - monotonic(), GAP)
            if not answer.solved:
                return None
            promised[goal.key] = floor(-answer.bound + TOLERANCE)
            self._hold(goal, -answer.value)
        if not self.budget.milp.minimize(self.budget.cost, ends - monotonic(), GAP).solved:
            return None
        return self._package(promised)

    def bounds(self, reached: Mapping[str, int], seconds: float) -> dict[str, int]:
        """What no legal use of the money can exceed in each goal, beside what those before it reached; and the least cost."""
        ends = monotonic() + seconds
        found: dict[str, int] = {}
        self._release()
        for goal in self.goals:
            answer = self.budget.milp.minimize(-1 * self._minutes(goal), ends - monotonic(), GAP)
            if answer.solved:
                found[goal.key] = max(floor(-answer.bound + TOLERANCE), reached[goal.key])
            self._hold(goal, reached[goal.key])
        answer = self.budget.milp.minimize(self.budget.cost, ends - monotonic(), GAP)
        if answer.solved:
            found[COST] = ceil(answer.bound - TOLERANCE)
        return found

    def _hold(self, goal: Goal, least: float) -> None:
        """From now on a goal is no worse than this, but for rounding."""
        bound = max(0.0, least - TOLERANCE)
        self._least[goal.key].bounds(bound, bound)

    def _release(self) -> None:
        for variable in self._least.values():
            variable.bounds(0, 0)

    def tighten(self, package: Package, proved: Mapping[str, int]) -> None:
        """What a timetable proved of a package holds of every part of it; whoever is added brings what they can at most.

        What it proved of lower goals it proved beside what it reached in higher ones, and these are held to no less.
        """
        added = [number for number in range(len(self.budget.offers)) if not self._within(number, package)]
        for goal in self.goals:
            if goal.key in proved:
                beyond = total(self._alone(goal, number) * self.budget.taken[number] for number in added)
                self.budget.milp.add(self._minutes(goal) <= proved[goal.key] + beyond)

    def _within(self, number: int, package: Package) -> bool:
        """Whether an offer plans nobody more than a package does: the same contract, as long, at no more places."""
        offer = self.budget.offers[number]
        for other in (self.budget.offers[place] for place in package.offers):
            if other.contract == offer.contract:
                return offer.person.obligation == other.person.obligation and set(offer.person.schools) <= set(other.person.schools)
        return False

    def _alone(self, goal: Goal, number: int) -> int:
        """What one person can add to a goal at most."""
        supply = self.budget.supply
        assert supply is not None
        tier, person = TIERS[goal.key], self.budget.offers[number].person
        mine = [s for s in self.problem.services if (s.id, number) in supply.sessions and s.tier == tier and not s.required]
        rate = max((Fraction(s.worth * s.priority, max(1, s.minutes)) for s in mine), default=Fraction(0))
        return min(sum(s.worth * s.priority * s.sessions for s in mine), ceil(rate * person.obligation))

    def _minutes(self, goal: Goal) -> Expr:
        supply = self.budget.supply
        assert supply is not None
        return supply.minutes(TIERS[goal.key])

    def _is_filled(self, number: int) -> bool:
        return any(self.problem.positions[x.position].status == "filled" for x in self.budget.offers[number].positions)

    def _package(self, promised: Mapping[str, int]) -> Package:
        taken = frozenset(n for n, variable in enumerate(self.budget.taken) if value(variable) > 0.5)
        order = {row.position: place for place, row in enumerate(self.problem.data.positions)}
        positions = [self._paid(n, place) for n in taken for place in range(len(self.budget.offers[n].positions))]
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
            if (number, place, fund.fund) in self.budget.percent and value(self.budget.percent[number, place, fund.fund]) > 0.5
        )
        return replace(position, funding=shares, allowance_funding=follow(position.allowances, shares))
