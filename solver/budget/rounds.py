"""Budget and timetable together: buy what promises most, make its timetable, and where that falls short of the promise, hold the
next promise to what was proved. What comes out is the best plan found, and what no legal use of the money can exceed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import monotonic

from planner.checker import violations
from planner.goals import cost
from planner.goals.goal import Goal
from planner.plan import FundedPosition, Plan
from planner.positions import as_they_stand, positioned, staffed
from planner.problem.problem import Problem
from planner.result import GoalResult, Result, Status
from planner.rule import Strength, Violation
from planner.rules import RULE_OF, settings_of
from solver.budget.against import against
from solver.budget.solve import TIERS, Money, Package
from solver.settings import SolveSettings, default_seconds
from solver.stop import Stop
from solver.timetable.promise import most_possible

Timetable = Callable[[Problem, SolveSettings, tuple[FundedPosition, ...]], Result]
MOST_ROUNDS = 12
FIRST, LATER = 0.85, 0.5
"""The share of what is left of the time that the first timetable gets where there is a choice, and each later one."""
LOOK = 0.06
"""The share of the time for which a later package is looked at, without its timetable, before it gets one."""
SMALL, FEWEST = 0.15, 15.0
"""The share of the time that choosing a package may take, and the seconds that it has in any case: it mostly takes one or two."""


def plan_with_money(problem: Problem, settings: SolveSettings, timetable: Timetable, stop: Stop) -> Result:
    """The best plan of positions and timetable together.

    Where a plan to begin with has positions, these are taken. Where the rules on money leave no budget, the result's status is
    INFEASIBLE and its `conflict` says which.
    """
    if settings.start is not None and settings.start.positions:
        return _finished(problem, timetable(staffed(problem, settings.start.positions), settings, settings.start.positions))
    began = monotonic()
    seconds = default_seconds(problem) if settings.seconds is None else settings.seconds
    rules = settings_of(problem)
    money = Money(problem, rules, settings.goals)
    if not money.keep_people(max(FEWEST, SMALL * seconds)):
        if money.infeasible:
            return Result(Status.INFEASIBLE, conflict=against(problem))
        return Result(Status.NO_PLAN_YET, stopped="deadline")
    best: Result | None = None
    tried: set[frozenset[int]] = set()
    spent = 0.0
    rounds = MOST_ROUNDS if money.open else 1
    for number in range(rounds):
        package = money.best(max(FEWEST, SMALL * seconds))
        left = seconds - (spent if settings.reproducible else monotonic() - began)
        if package is None or package.offers in tried or (best and (left < 1 or stop.asked or not _promises_more(package, best))):
            break
        tried.add(package.offers)
        people = staffed(problem, package.positions)
        if best is not None:
            reached = {goal.goal: goal.value for goal in best.goals}
            turn = min(LOOK * seconds, LATER * left)
            spent += turn
            proved = most_possible(people, rules, money.goals, reached, replace(settings, seconds=turn), stop)
            money.tighten(package, proved)
            if not _promises_more(_held_to(package, proved), best):
                continue
        turn = max(1.0, left * (1.0 if rounds == 1 else FIRST if number == 0 else LATER))
        spent += turn
        found = timetable(people, replace(settings, seconds=turn), package.positions)
        if found.plan is None or found.status is Status.FAILED:
            if best is None or found.status is Status.FAILED:
                return found
            break
        money.tighten(package, dict(_proved(found)))
        if best is None or _values(problem, found, money.goals) > _values(problem, best, money.goals):
            best = found
    if best is None:
        return Result(Status.NO_PLAN_YET, stopped="interrupt" if stop.asked else "deadline")
    return _finished(problem, _bounded(problem, money, best, settings, max(FEWEST, SMALL * seconds)))


def _values(problem: Problem, result: Result, goals: Sequence[Goal]) -> list[int]:
    """What counts of a plan when two packages are held against one another: the promised goals in order, then cost."""
    reached = {goal.goal: goal.value for goal in result.goals}
    return [*(reached[goal.key] for goal in goals), -cost.GOAL.value(problem, result.plan or Plan())]


def _proved(found: Result) -> Iterator[tuple[str, int]]:
    """The bounds that a timetable proved of goals which the budget knows, up to the first that it does not: later ones were proved
    beside that one, too.
    """
    for goal in found.goals:
        if goal.goal not in TIERS:
            return
        if goal.bound is not None:
            yield goal.goal, goal.bound


def _held_to(package: Package, proved: Mapping[str, int]) -> Package:
    """A package with no more promised than was proved of it."""
    return replace(package, promised={goal: min(most, proved.get(goal, most)) for goal, most in package.promised.items()})


def _promises_more(package: Package, best: Result) -> bool:
    """Whether a package may still be better than the best plan so far, in the goals' order."""
    reached = {goal.goal: goal.value for goal in best.goals}
    for goal, promised in package.promised.items():
        if promised != reached[goal]:
            return promised > reached[goal]
    return False


def _bounded(problem: Problem, money: Money, best: Result, settings: SolveSettings, seconds: float) -> Result:
    """The result with what no legal use of the money can exceed; where there is no choice, with the tighter of the two bounds."""
    assert best.plan is not None
    bounds = money.bounds({goal.goal: goal.value for goal in best.goals}, seconds)
    goals = []
    for goal in best.goals:
        mine = bounds.get(goal.goal)
        if goal.goal not in TIERS:
            goals.append(replace(goal, bound=None) if money.open else goal)
        elif money.open:
            goals.append(replace(goal, bound=mine))
        else:
            known = [bound for bound in (mine, goal.bound) if bound is not None]
            goals.append(replace(goal, bound=min(known, default=None)))
    if any(goal.key == cost.GOAL.key for goal in settings.goals):
        value = cost.GOAL.value(staffed(problem, best.plan.positions), best.plan)
        goals.append(GoalResult(cost.GOAL.key, value, min(value, bounds.get(cost.GOAL.key, value)) if value else 0))
    order = [goal.key for goal in settings.goals]
    goals.sort(key=lambda goal: order.index(goal.goal))
    status = Status.OPTIMAL if all(goal.proved for goal in goals) else Status.FEASIBLE
    return replace(best, goals=tuple(goals), status=status, stopped="" if status is Status.OPTIMAL else best.stopped or "deadline")


def _finished(problem: Problem, result: Result) -> Result:
    """A plan that breaks a rule on money which its district does not break as it stands is a fault of ours."""
    if result.plan is None:
        return result
    before = {(v.rule, v.where) for v in _broken(problem, as_they_stand(problem))}
    after = [v for v in _broken(staffed(problem, result.plan.positions), result.plan.positions) if (v.rule, v.where) not in before]
    status = Status.FAILED if after else result.status
    return replace(result, status=status, plan=positioned(result.plan))


def _broken(problem: Problem, positions: tuple[FundedPosition, ...]) -> list[Violation]:
    found = violations(problem, Plan(positions=positions), strength=Strength.HARD)
    return [violation for violation in found if RULE_OF[violation.rule].part == "budget"]
