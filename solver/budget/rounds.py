"""Plan budget and timetable together, in rounds.

Each round buys what promises most and makes its timetable. Where that falls short of the promise,
the next promise is held to what was proved. What comes out is the best plan found, and what no
legal use of the money can exceed.

One model of both would hold a timetable for every contract that might be bought. In rounds, a
budget is chosen by counts alone, and only the chosen people are given clock times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import monotonic
from typing import Protocol

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import (
    as_they_stand,
    decimal_fte,
    positioned,
    staffed,
    staffed_by,
)
from planner.plan.result import Finding, GoalResult, Result, Status
from planner.rules import RULE_OF
from planner.rules.checker import NOTED, violations
from planner.rules.goals import GOAL_OF, cost
from planner.rules.goals.goal import Goal
from planner.rules.position_pins import in_words
from planner.rules.rule import Strength, Violation
from planner.words.wording import Words
from solver.budget.budget_conflict import against
from solver.budget.budget_goals import Package
from solver.budget.candidate_selection import CandidateSelection
from solver.budget.early_plan import EarlyPlan
from solver.settings import OnPlan, SolveSettings, unheard
from solver.stop import Stop


class Timetable(Protocol):
    """Makes the timetable of the people whom some positions pay."""

    def __call__(
        self,
        whom: Problem,
        how: SolveSettings,
        positions: tuple[FundedPosition, ...],
        *,
        one_of_many: bool = False,
        first: Plan | None = None,
    ) -> Result:
        """Of `one_of_many` packages nothing is said that was proved, as it does not hold for the
        district; `first` is a legal plan of theirs, where there is one already.
        """


MOST_ROUNDS = 12
"""Packages that are tried at most. Each round rules out what the last one proved, so that rounds
end by themselves; this ends those that gain a minute each.
"""
LEAST = 0.5
"""The share of the whole time that the first timetable has in any case."""
FIRST, LATER = 0.8, 0.5
"""The share of what is left of the time that the first timetable gets where there is a choice, and
each later one.
"""
PROVING = 0.08
"""The share of the time that is kept for saying what no use of the money can exceed."""


def plan_with_money(
    problem: Problem,
    settings: SolveSettings,
    timetable: Timetable,
    stop: Stop,
    on_plan: OnPlan = unheard,
) -> Result:
    """Find the best plan of positions and timetable together.

    Where the plan to begin with has positions, these are taken, unless they break rules on money
    that the district as it stands does not (money may have been cut since): then they are chosen
    anew.

    Args:
        problem: A district with positions.
        settings: How to solve; `seconds` are those of all rounds together.
        timetable: Makes the timetable of the people whom some positions pay.
        stop: Asked between rounds, and inside each timetable.
        on_plan: Called with a plan of the people as they stand, as soon as there is one.

    Returns:
        The best result, with what no legal use of the money can exceed. Where the rules on money
        leave no budget, its status is INFEASIBLE and its `conflict` says which.
    """
    if settings.start is not None and settings.start.positions is not None:
        if not _added(problem, settings.start.positions):
            return _finished(
                problem,
                timetable(
                    staffed(problem, settings.start.positions),
                    settings,
                    settings.start.positions,
                ),
            )
        settings = replace(settings, start=replace(settings.start, positions=None))
    assert settings.seconds is not None
    early = EarlyPlan(
        problem, settings, lambda positions: not _broken_by(problem, positions), stop, on_plan
    )
    try:
        return _in_rounds(problem, settings, timetable, stop, early)
    finally:
        early.end()


def _in_rounds(
    problem: Problem, settings: SolveSettings, timetable: Timetable, stop: Stop, early: EarlyPlan
) -> Result:
    assert settings.seconds is not None
    clock = _Clock(settings.seconds, settings.reproducible, stop)
    choice = CandidateSelection(
        problem,
        settings,
        clock.seconds,
        stop,
        lambda: stop.asked and early.plan is not None,
    )
    if choice.infeasible:
        return Result(Status.INFEASIBLE, conflict=against(problem))
    best: Result | None = None
    tried: set[frozenset[int]] = set()
    for number in range(MOST_ROUNDS if choice.open else 1):
        if (best and _left(clock) < 1) or (stop.asked and (best or early.finish())):
            break
        package = choice.best()
        if choice.infeasible:
            return Result(Status.INFEASIBLE, conflict=tuple(_decided_and_refused(problem, choice)))
        left = _left(clock)
        if (
            package is None
            # What was proved of it did not change what it promises: no round would.
            or package.offers in tried
            or (best and (left < 1 or not _promises_more(package, best)))
            or (stop.asked and (best or early.finish()))
        ):
            break
        tried.add(package.offers)
        turn = max(1.0, left * (1.0 if not choice.open else FIRST if number == 0 else LATER))
        # A budget that was hard to choose leaves the first timetable its share all the same:
        # without one there is no plan.
        turn = max(turn, LEAST * clock.seconds) if number == 0 else turn
        clock.spend(turn)
        result = timetable(
            staffed(problem, package.positions),
            replace(settings, seconds=turn),
            package.positions,
            one_of_many=choice.open,
            first=early.finish() if package.positions == early.positions else None,
        )
        if result.plan is None or result.status is Status.FAILED:
            if result.status is Status.FAILED or (best is None and early.finish() is None):
                return result
            break
        if best is None or _values(problem, result, choice.goals) > _values(
            problem, best, choice.goals
        ):
            best = result
        # Where nothing was proved below the promise, the package may be as good as it said, and the
        # same one would be chosen again.
        if not choice.learn(package, dict(_proved(result))):
            break
    plan = early.plan if best else early.finish()
    if plan is not None and _served(choice.goals, problem, plan) > (
        _served(choice.goals, problem, best.plan) if best and best.plan else []
    ):
        best = timetable(
            staffed(problem, early.positions),
            settings,
            early.positions,
            one_of_many=choice.open,
            first=plan,
        )
    if best is None or best.plan is None:
        return Result(Status.NO_PLAN_YET, stopped="interrupt" if stop.asked else "deadline")
    best = replace(best, findings=(*best.findings, *_not_taken(problem, choice, best)))
    return _finished(problem, _bounded(problem, choice, best, settings))


def _served(goals: Sequence[Goal], problem: Problem, plan: Plan) -> list[int]:
    """What a plan gives of each tier, in the goals' order."""
    return [goal.value(problem, plan) for goal in goals if goal.minutes_of_tier is not None]


def _left(clock: "_Clock") -> float:
    """The seconds that are left for more rounds."""
    return clock.left() - PROVING * clock.seconds


def _not_taken(problem: Problem, choice: CandidateSelection, best: Result) -> Iterator[Finding]:
    """The positions that were to be bought and that no plan can hold, each with its reasons."""
    words = Words(problem.data.district.locale)
    bought = {position.position for position in best.plan.budgeted} if best.plan else set()
    for name, refused in choice.refused.items():
        if name not in bought:
            fte = words.exact(decimal_fte(refused.position.fte))
            message = (
                f"{name} is not bought with {fte} FTE, because nobody can keep all of these: "
                f"{' '.join(refused.reasons)}"
            )
            rule = RULE_OF[refused.rule]
            yield Finding(rule.key, NOTED, name, 1, rule.unit, message)


def _decided_and_refused(problem: Problem, choice: CandidateSelection) -> Iterator[str]:
    """The decisions that ask for a position which no plan can hold, and why none can."""
    for number, pin in enumerate(problem.pins, start=1):
        if pin.kind == "position" and pin.subject in choice.refused:
            yield f"{in_words(problem, pin)} was decided (pin {number})."
            yield from choice.refused[pin.subject].reasons


class _Clock:
    """The seconds of a solve: of the clock, or, where it must be reproducible, those that were
    granted.

    The clock differs from run to run, and with it the number of rounds: the same seed would then
    buy another package.
    """

    def __init__(self, seconds: float, reproducible: bool, stop: Stop) -> None:
        self.seconds = seconds
        self._reproducible, self._stop = reproducible, stop
        self._began = monotonic()
        self._granted = 0.0

    def spend(self, seconds: float) -> None:
        """Grants so many to a search."""
        self._granted += seconds

    def left(self) -> float:
        """What is left."""
        if self._reproducible:
            return self.seconds - self._granted
        return min(self.seconds - (monotonic() - self._began), self._stop.left())


def _values(problem: Problem, result: Result, goals: Sequence[Goal]) -> list[int]:
    """What counts of a plan when two packages are held against one another: the promised goals in
    order, then cost.
    """
    reached = {goal.goal: goal.value for goal in result.goals}
    return [
        *(reached[goal.key] for goal in goals),
        -cost.GOAL.value(problem, result.plan or Plan()),
    ]


def _proved(result: Result) -> Iterator[tuple[str, int]]:
    """The bounds that a timetable proved of goals which the budget knows, up to the first that it
    does not: later ones were proved beside that one, too.
    """
    for goal in result.goals:
        if GOAL_OF[goal.goal].minutes_of_tier is None:
            return
        if goal.bound is not None:
            yield goal.goal, goal.bound


def _promises_more(package: Package, best: Result) -> bool:
    """Whether a package may still be better than the best plan so far, in the goals' order."""
    reached = {goal.goal: goal.value for goal in best.goals}
    for goal, promised in package.promised.items():
        if promised != reached[goal]:
            return promised > reached[goal]
    return False


def _bounded(
    problem: Problem, choice: CandidateSelection, best: Result, settings: SolveSettings
) -> Result:
    """The result with what no legal use of the money can exceed; where there is no choice, with the
    tighter of the two bounds.
    """
    assert best.plan is not None
    bounds = choice.bounds({goal.goal: goal.value for goal in best.goals})
    goals = []
    for goal in best.goals:
        known = [bounds.get(goal.goal), None if choice.open else goal.bound]
        goals.append(
            replace(goal, bound=min((bound for bound in known if bound is not None), default=None))
        )
    if any(goal.key == cost.GOAL.key for goal in settings.goals):
        value = cost.GOAL.value(staffed_by(problem, best.plan), best.plan)
        goals.append(
            GoalResult(
                cost.GOAL.key, value, min(value, bounds.get(cost.GOAL.key, value)) if value else 0
            )
        )
    order = [goal.key for goal in settings.goals]
    goals.sort(key=lambda goal: order.index(goal.goal))
    status = Status.OPTIMAL if all(goal.proved for goal in goals) else Status.FEASIBLE
    return replace(
        best,
        goals=tuple(goals),
        status=status,
        stopped="" if status is Status.OPTIMAL else best.stopped or "deadline",
    )


def _finished(problem: Problem, result: Result) -> Result:
    """A plan that breaks a rule on money which its district does not break as it stands is a fault
    of ours.
    """
    if result.plan is None:
        return result
    status = Status.FAILED if _added(problem, result.plan.budgeted) else result.status
    return replace(result, status=status, plan=positioned(problem, result.plan))


def _added(problem: Problem, positions: tuple[FundedPosition, ...]) -> list[Violation]:
    """What positions break of the rules on money, beside what is broken as the district stands."""
    before = {(v.rule, v.where) for v in _broken_by(problem, as_they_stand(problem))}
    return [v for v in _broken_by(problem, positions) if (v.rule, v.where) not in before]


def _broken_by(problem: Problem, positions: tuple[FundedPosition, ...]) -> list[Violation]:
    """What the district breaks of the rules on money where these positions are budgeted."""
    paid = staffed(problem, positions)
    found = violations(paid, Plan(positions=positions), strength=Strength.HARD)
    return [violation for violation in found if RULE_OF[violation.rule].part == "budget"]
