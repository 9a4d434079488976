"""A plan of the people as they stand, built beside the questions about money.

These may take a fifth of the time, and until they are answered nobody is planned. Whoever stops the
solve meanwhile, or finds that the time was over before the week of those who were chosen was
planned, has this plan. A thread is enough: what takes long here and there lets others run.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand, budgeted_as_they_stand, staffed
from planner.rules import settings_of
from solver.settings import OnPlan, SolveSettings
from solver.stop import Stop
from solver.timetable.construct.first_plan import first_plan
from solver.training.assign_training import plan_training

SHARE, LONG_ENOUGH = 0.2, 20.0
"""The share of the time that may go into the plan, and most seconds."""
PATIENCE = 5.0
"""Seconds that it is waited for, where what must be is still being timed."""
LOOK = 0.1
"""Seconds between two looks whether a search that is to end has ended."""


class EarlyPlan:
    """The plan, as soon as there is one; leave it with `end`."""

    def __init__(
        self,
        problem: Problem,
        settings: SolveSettings,
        is_legal: Callable[[tuple[FundedPosition, ...]], bool],
        stop: Stop,
        on_plan: OnPlan,
    ) -> None:
        """Begin it, where the search has nothing else to begin with and the clock may be looked at.

        Args:
            problem: A district with positions.
            settings: How to solve; `seconds` are those of the whole solve.
            is_legal: Whether some positions break no rule on money.
            stop: When the solve ends.
            on_plan: Called with the plan.
        """
        self.positions: tuple[FundedPosition, ...] = ()
        self.plan: Plan | None = None
        self._stop = stop.beside()
        self._thread: threading.Thread | None = None
        if settings.beginnings or settings.reproducible:
            return
        # With those who are yet to be hired, where it is said who pays them, and they can.
        rows = problem.data.positions
        if problem.data.funds and not all(row.funding for row in rows if row.status == "filled"):
            # Whom no fund pays the budget has to find one, or to cut.
            return
        vacant = [row for row in rows if row.status == "vacant"]
        whole = budgeted_as_they_stand(problem) if all(row.funding for row in vacant) else ()
        for positions in (whole, as_they_stand(problem)):
            if positions and is_legal(positions):
                self.positions = positions
                self._thread = threading.Thread(
                    target=self._build, args=(problem, settings, on_plan), daemon=True
                )
                self._thread.start()
                return

    def _build(self, problem: Problem, settings: SolveSettings, on_plan: OnPlan) -> None:
        whole = staffed(problem, self.positions)
        assert settings.seconds is not None
        plan = first_plan(
            whole,
            [goal for goal in settings.goals if goal.part == "timetable"],
            plan_training(whole, settings_of(whole)).attendances,
            self._stop,
            seconds=min(LONG_ENOUGH, SHARE * settings.seconds),
            seed=settings.seed,
            staying=True,
        )
        if plan is not None and not self._stop.asked:
            on_plan(replace(plan, positions=self.positions))
        self.plan = plan

    def finish(self) -> Plan | None:
        """Have it end with what it has: the plan, or None where none comes soon."""
        self._stop.until = monotonic()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        return self.plan

    def end(self) -> None:
        """Break it off, as nothing is to come of it any more."""
        while self._thread is not None and self._thread.is_alive():
            self._stop.ask()
            self._thread.join(LOOK)
