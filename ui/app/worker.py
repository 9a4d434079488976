"""A worker: takes runs from the store's queue, solves one after the other, and tells the store how
far it is.
"""

import logging
import traceback
from dataclasses import replace
from threading import Event, Lock
from time import monotonic
from typing import Any

from planner.document.plan_file import read_document
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import Result, Status
from planner.rules.checker import violations
from planner.rules.rule import Strength
from planner.store import datasets, runs, work
from planner.store.errors import NotOurs
from planner.store.store import Store
from planner.store.work import Claim
from planner.store.worker import Worker
from planner.words.errors import DatasetError
from planner.words.wording import Words
from solver.goal_board import GoalBoard
from solver.search.engine import Engine
from solver.stop import Stop
from ui.app.plan_documents import document_of, run_of
from ui.app.reference_plan import numbered
from ui.app.solve_request import SolveRequest, read_request
from ui.app.solving import Solved, paid, run

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
            _work_at(store, claim, engine, quit_)
        except NotOurs as error:
            LOG.warning("%s", error)


def _work_at(store: Store, claim: Claim, engine: Engine | None, quit_: Event) -> None:
    """One run, to its end. Raises NotOurs where it became another worker's."""
    try:
        worked = WorkedRun(store, claim, engine)
    except DatasetError as error:  # its dataset or a plan that it names was purged meanwhile
        LOG.error("run %s cannot be begun: %s", claim.run, error)
        work.stop(store, claim, message=str(error), failed=True)
        return
    worked.through(quit_)


class WorkedRun:
    """One run: its request is solved, and beside that the words to the store."""

    def __init__(self, store: Store, claim: Claim, engine: Engine | None) -> None:
        """Raises DatasetError where what it stands on is no longer in the store."""
        self._store, self._claim, self._engine = store, claim, engine
        self._stop = Stop()
        self._lock = Lock()
        self._newest: Plan | None = None
        self._told: Json = {}
        self._best: tuple[int, ...] = ()
        self._values: dict[str, int] = {}
        self._cancelled = False
        self._request = self._asked()
        problem, settings = self._request.problem, self._request.settings
        self._goals = settings.goals
        self._board = GoalBoard(self._goals, Words(problem.data.district.locale))

    def _asked(self) -> SolveRequest:
        """The request of the run. What an earlier worker had found is begun with, and what the run
        stays close to is what it was: both are kept apart. A run that must be reproducible begins
        afresh, as its plan may not depend on when a worker died.
        """
        claim, store = self._claim, self._store
        problem = Problem(datasets.load(store, claim.dataset_hash), claim.scenario or claim.name)
        request = read_request(
            claim.settings, problem, lambda number: numbered(store, number, problem)
        )
        if claim.best is None or request.reproducible:
            return request
        return replace(request, start=read_document(claim.best, problem).plan)

    def through(self, quit_: Event) -> None:
        """Solves to the end. Raises NotOurs where the run became another worker's."""
        if self._request.start is not None:
            self._is_better(self._request.start)
        kept = began = monotonic()

        def meanwhile() -> None:
            nonlocal kept
            self._cancelled = work.beat(self._store, self._claim) or self._cancelled
            if self._cancelled or quit_.is_set():
                self._stop.ask()
            if monotonic() - kept >= KEEP:
                self._keep_newest()
                kept = monotonic()
            self._tell(monotonic() - began)

        solved = run(
            self._request,
            self._board,
            self._stop,
            engine=self._engine,
            on_plan=self._so_far,
            meanwhile=meanwhile,
            every=BEAT,
        )
        meanwhile()
        self._end(solved, quits=quit_.is_set())

    def _so_far(self, plan: Plan) -> None:
        with self._lock:
            self._newest = plan

    def _tell(self, seconds: float) -> None:
        """The goals as they stand, where something has changed."""
        goals = []
        for key, state in self._board.states.items():
            reached = state.so_far
            value = reached.value if reached else self._values.get(key)
            if value is not None:
                bound = reached.bound if reached else None
                goals.append({"goal": key, "value": value, "bound": bound})
        current = self._board.current
        event = {
            "goals": goals,
            "now": current,
            "where": self._board.states[current].where if current else "",
            "limit": self._request.seconds,
        }
        if event != self._told:
            work.tell_progress(self._store, self._claim, {**event, "seconds": round(seconds, 1)})
            self._told = event

    def _is_better(self, plan: Plan) -> bool:
        """Whether a plan is legal and better than the best so far; then it is the best so far."""
        problem = paid(self._request.problem, plan)
        values = {goal.key: goal.value(problem, plan) for goal in self._goals}
        ordered = tuple(
            values[goal.key] * (1 if goal.better == "more" else -1) for goal in self._goals
        )
        if (self._best and ordered <= self._best) or violations(
            problem, plan, strength=Strength.HARD
        ):
            return False
        self._best, self._values = ordered, values
        return True

    def _keep_newest(self) -> None:
        """Keeps the newest plan where it is legal and better than the one that is kept."""
        with self._lock:
            plan, self._newest = self._newest, None
        if plan is not None and self._is_better(plan):
            so_far = Result(Status.FEASIBLE, plan, stopped="interrupt")
            work.keep_best(self._store, self._claim, document_of(self._request, so_far))

    def _end(self, solved: Solved, *, quits: bool) -> None:
        """Ends the run, or leaves it to the next worker where this one quits."""
        result, cancelled = solved.result, self._cancelled
        if result is None or result.status is Status.FAILED:
            reason = (
                "".join(traceback.format_exception(solved.error))
                if solved.error
                else "solver and check disagree"
            )
            LOG.error("run %s failed: %s", self._claim.run, reason)
            work.stop(self._store, self._claim, message=OUR_FAULT, failed=True)
            return
        if result.plan is None:
            conflict = "; ".join(result.conflict)
            message = (
                f"No plan can keep all of these at once: {conflict}"
                if result.status is Status.INFEASIBLE
                else NO_PLAN
            )
            work.stop(
                self._store,
                self._claim,
                message="" if cancelled else message,
                failed=not cancelled,
            )
            return
        document = document_of(self._request, result)
        if cancelled or quits:
            work.keep_best(self._store, self._claim, document)
        if cancelled:
            work.stop(self._store, self._claim)
        elif not quits:
            work.finish(self._store, self._claim, document, run_of(solved))
