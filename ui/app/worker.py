"""A worker: takes runs from the store's queue, solves one after the other, and tells the store how
far it is.
"""

import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from planner.document.plan_file import plan_document, read_document, run_document
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import staffed
from planner.plan.result import Result, Status
from planner.rules.checker import violations
from planner.rules.goals import GOAL_OF, GOALS
from planner.rules.rule import Strength
from planner.scenario.differences import Difference
from planner.store import datasets, plans, runs, work
from planner.store.errors import NotOurs
from planner.store.store import Store
from planner.store.work import Claim
from planner.store.worker import Worker
from planner.words.wording import Words
from solver.best_plan import best_plan
from solver.goal_board import GoalBoard
from solver.search.engine import Engine
from solver.settings import Progress, SolveSettings, default_seconds
from solver.stop import Stop

LOG = logging.getLogger("planner.worker")
BEAT = 0.5
"""Seconds between two words to the store while a run is solved."""
KEEP = 2.0
"""Seconds between two best plans so far that are kept."""
IDLE = 0.5
"""Seconds after which an idle worker looks at the queue again."""
NO_PLAN = "The time was over before a plan was found. Give it more time."
OUR_FAULT = (
    "The solver failed. That is our fault, not yours: your dataset is in order. The "
    "worker's log says more."
)

Json = dict[str, Any]


def serve(store: Store, worker: Worker, quit_: Event, engine: Engine | None = None) -> None:
    """Works at runs until `quit_` is set; a run that is being solved then waits for the next
    worker, with its best plan so far.
    """
    while not quit_.is_set():
        runs.mark_orphans(store, by=str(worker))
        claim = work.take_up(store, worker) or work.claim_next(store, worker)
        if claim is None:
            quit_.wait(IDLE)
            continue
        LOG.info("run %s: %s %s", claim.run, claim.name, claim.scenario)
        try:
            Solving(store, claim, engine).through(quit_)
        except NotOurs as error:
            LOG.warning("%s", error)


class Solving:
    """One run: the solve in a thread of its own, and beside it the words to the store."""

    def __init__(self, store: Store, claim: Claim, engine: Engine | None) -> None:
        self._store, self._claim, self._engine = store, claim, engine
        self._stop = Stop()
        self._lock = Lock()
        self._problem = Problem(
            datasets.load(store, claim.dataset_hash), claim.scenario or claim.name
        )
        self._settings = self._asked(claim.settings)
        self._board = GoalBoard(self._settings.goals, Words(self._problem.data.district.locale))
        self._newest: Plan | None = None
        self._result: Result | None = None
        self._error = ""
        self._told: Json = {}
        self._best: tuple[int, ...] = ()
        self._values: dict[str, int] = {}

    def _asked(self, asked: Mapping[str, Any]) -> SolveSettings:
        """The settings of a run; what an earlier worker had found is begun with."""
        goals = tuple(GOAL_OF[key] for key in asked.get("goals") or ()) or GOALS
        start = self._claim.best or (
            plans.load(self._store, asked["start"])[1] if asked.get("start") else None
        )
        return SolveSettings(
            goals=goals,
            seconds=asked.get("seconds"),
            workers=asked.get("workers", SolveSettings().workers),
            seed=asked.get("seed", SolveSettings().seed),
            start=read_document(start, self._problem).plan if start else None,
            most_changes=asked.get("max_changes"),
        )

    def through(self, quit_: Event) -> None:
        """Solves to the end. Raises NotOurs where the run became another worker's."""
        started, began = datetime.now(UTC), monotonic()
        thread = Thread(target=self._solve, name=f"run {self._claim.run}", daemon=True)
        thread.start()
        kept, asked = began, False
        try:
            while thread.is_alive():
                thread.join(BEAT)
                asked = work.beat(self._store, self._claim) or asked
                if asked or quit_.is_set():
                    self._stop.ask()
                if monotonic() - kept >= KEEP:
                    self._keep_newest()
                    kept = monotonic()
                self._tell(monotonic() - began)
        except BaseException:
            self._stop.ask()
            raise
        self._tell(monotonic() - began)
        self._end(started, monotonic() - began, asked=asked, quits=quit_.is_set())

    def _solve(self) -> None:
        try:
            self._result = best_plan(
                self._problem,
                self._settings,
                self._progress,
                self._stop,
                self._engine,
                self._so_far,
            )
        except Exception:  # whatever it is, the run says so and the worker goes on
            self._error = traceback.format_exc()

    def _progress(self, progress: Progress) -> None:
        self._board.tell(progress)

    def _so_far(self, plan: Plan) -> None:
        with self._lock:
            self._newest = plan

    def _tell(self, seconds: float) -> None:
        """The goals as they stand, where something has changed."""
        goals = []
        for key, state in self._board.states.items():
            found = state.so_far
            value = found.value if found else self._values.get(key)
            if value is not None:
                goals.append({"goal": key, "value": value, "bound": found.bound if found else None})
        where = self._board.states[self._board.current].where if self._board.current else ""
        limit = (
            default_seconds(self._problem)
            if self._settings.seconds is None
            else self._settings.seconds
        )
        event = {"goals": goals, "now": self._board.current, "where": where, "limit": limit}
        if event != self._told:
            work.tell_progress(self._store, self._claim, {**event, "seconds": round(seconds, 1)})
            self._told = event

    def _keep_newest(self) -> None:
        """Keeps the newest plan where it is legal and no worse than the one that is kept."""
        with self._lock:
            plan, self._newest = self._newest, None
        if plan is None:
            return
        problem = staffed(self._problem, plan.positions) if plan.positions else self._problem
        values = {goal.key: goal.value(problem, plan) for goal in self._settings.goals}
        ordered = tuple(
            values[goal.key] * (1 if goal.better == "more" else -1) for goal in self._settings.goals
        )
        if (self._best and ordered <= self._best) or violations(
            problem, plan, strength=Strength.HARD
        ):
            return
        self._best, self._values = ordered, values
        work.keep_best(
            self._store,
            self._claim,
            self._document(problem, Result(Status.FEASIBLE, plan, stopped="interrupt")),
        )

    def _document(self, problem: Problem, result: Result) -> Json:
        changes = [
            Difference(**{**change, "subjects": tuple(change["subjects"])})
            for change in self._claim.settings.get("changes", ())
        ]
        claim = self._claim
        return plan_document(
            problem,
            result,
            scenario=claim.scenario,
            dataset_hash=claim.dataset_hash,
            changes=changes,
        )

    def _end(self, started: datetime, seconds: float, *, asked: bool, quits: bool) -> None:
        """Ends the run, or leaves it to the next worker where this one quits."""
        result = self._result
        failed = result is None or result.status is Status.FAILED
        if failed:
            LOG.error(
                "run %s failed: %s", self._claim.run, self._error or "solver and check disagree"
            )
            work.stop(self._store, self._claim, message=OUR_FAULT, failed=True)
            return
        assert result is not None
        if result.plan is None:
            told = "; ".join(result.conflict)
            message = (
                f"No plan can keep all of these at once: {told}"
                if result.status is Status.INFEASIBLE
                else NO_PLAN
            )
            work.stop(self._store, self._claim, message="" if asked else message, failed=not asked)
            return
        problem = (
            staffed(self._problem, result.plan.positions)
            if result.plan.positions
            else self._problem
        )
        document = self._document(problem, result)
        if asked or quits:
            work.keep_best(self._store, self._claim, document)
        if asked:
            work.stop(self._store, self._claim)
        elif not quits:
            settings = self._settings
            spent = self._board.goal_seconds()
            how = run_document(
                started=started,
                seconds=seconds,
                goal_seconds=spent,
                workers=settings.workers,
                seed=settings.seed,
            )
            work.finish(self._store, self._claim, document, how)
