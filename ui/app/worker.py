"""A worker: takes runs from the store's queue, solves one after the other, and tells the store how
far it is.

Nothing but its own end ends it: what goes wrong in a run fails that run, and a store that does not
answer is waited for.
"""

import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Event, Lock
from time import monotonic
from typing import Any, TypeVar

from planner.document.document_reading import rows_in
from planner.document.plan_file import read_document
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by
from planner.plan.result import Result, Status
from planner.rules.checker import violations
from planner.rules.rule import Strength
from planner.store import datasets, runs, work, workers
from planner.store.errors import NotOurs, StoreError, Unreachable
from planner.store.store import Store
from planner.store.work import Claim
from planner.store.worker import PATIENCE, Worker
from planner.words.errors import DatasetError, WrongInput
from planner.words.wording import Words
from solver.goal_board import GoalBoard
from solver.search.engine import Engine
from solver.stop import Stop
from ui.app.back_off import BackOff, patiently
from ui.app.plan_documents import document_of, run_of
from ui.app.reference_plan import numbered
from ui.app.solve_request import SolveRequest, read_request
from ui.app.solving import Solved, run

LOG = logging.getLogger("planner.worker")
BEAT = 0.5
"""Seconds between two words to the store while a run is solved."""
KEEP = 2.0
"""Seconds between two best plans so far that are kept."""
IDLE = 0.5
"""Seconds after which an idle worker looks at the queue again."""
ALIVE = 5.0
"""Seconds after which an idle worker says that it lives."""
NO_PLAN = "The time was over before a plan was found. Give it more time."
OUR_FAULT = (
    "The solver failed. That is our fault, not yours: your dataset is in order. The "
    "worker's log says more."
)

NO_MEMORY = (
    "The machine has too little memory for this run. Ask for it again on a larger one, or when "
    "less is going on."
)

Json = dict[str, Any]
T = TypeVar("T")


def serve(store: Store, worker: Worker, quit_: Event, engine: Engine | None = None) -> None:
    """Works at runs until `quit_` is set; a run that is being solved then waits for the next
    worker, with its best plan so far.
    """
    shift, back_off = _Shift(store, worker), BackOff()
    while not quit_.is_set():
        try:
            claim = shift.next_run()
            if claim is not None:
                _work_at(store, claim, engine, quit_)
        except Unreachable as error:
            LOG.warning("%s", error)
            shift.lost_touch()
            quit_.wait(back_off.wait_seconds())
        except Exception:  # whatever it is, the next run may be in order
            LOG.exception("the queue could not be served")
            shift.lost_touch()
            quit_.wait(back_off.wait_seconds())
        else:
            back_off.succeeded()
            if claim is None:
                quit_.wait(IDLE)
    with suppress(StoreError):
        workers.part(store, worker)


class _Shift:
    """How a worker comes by its runs: it says that it lives, and takes up what others left."""

    def __init__(self, store: Store, worker: Worker) -> None:
        self._store, self._worker = store, worker
        self._told = 0.0
        self._in_touch_since: float | None = None

    def next_run(self) -> Claim | None:
        """The next run, now this worker's; None where none waits."""
        now = monotonic()
        if self._in_touch_since is None or now - self._told >= ALIVE:
            workers.beat(self._store, self._worker)
            self._told = now
        self._in_touch_since = self._in_touch_since or now
        # After a database was away, all heartbeats are old: who has not listened for as long as
        # silence takes to mean something would take every run from those who work at it.
        listened = now - self._in_touch_since >= PATIENCE.total_seconds()
        runs.mark_orphans(
            self._store, by=str(self._worker), patience=PATIENCE if listened else None
        )
        return work.take_up(self._store, self._worker) or work.claim_next(self._store, self._worker)

    def lost_touch(self) -> None:
        """Forget what silence meant: the store did not answer."""
        self._in_touch_since = None


def _work_at(store: Store, claim: Claim, engine: Engine | None, quit_: Event) -> None:
    """One run, to its end, whatever that is. Raises Unreachable where the worker ends while the
    database does not answer.
    """
    LOG.info("run %s: %s %s", claim.run, claim.name, claim.scenario)
    try:
        WorkedRun(store, claim, engine, quit_).through()
    except NotOurs as error:
        LOG.warning("%s", error)
    except Unreachable:
        raise
    except Exception as error:  # of this run alone: it fails, and the next one has its turn
        _fail(store, claim, error, quit_)


def _fail(store: Store, claim: Claim, error: BaseException | None, quit_: Event) -> None:
    """End a run that failed, in words for who asked for it; the log says the rest."""
    why = "".join(traceback.format_exception(error)) if error else "solver and check disagree"
    LOG.error("run %s failed: %s", claim.run, why)
    try:
        patiently(lambda: work.stop(store, claim, message=_told_of(error), failed=True), quit_)
    except NotOurs as lost:
        LOG.warning("%s", lost)


def _told_of(error: BaseException | None) -> str:
    """What a planner is told of what made a run fail."""
    if isinstance(error, MemoryError):
        return NO_MEMORY
    return str(error) if isinstance(error, (DatasetError, WrongInput)) else OUR_FAULT


def _plan_in(document: Json, problem: Problem) -> Plan:
    return read_document(rows_in(document, "plan.json"), problem).plan


class WorkedRun:
    """One run: its request is solved, and beside that the words to the store."""

    def __init__(self, store: Store, claim: Claim, engine: Engine | None, quit_: Event) -> None:
        """Raises DatasetError where what it stands on is no longer in the store."""
        self._store, self._claim, self._engine, self._quit = store, claim, engine, quit_
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
        data = self._at_store(lambda: datasets.load(store, claim.dataset_hash))
        problem = Problem(data, claim.scenario or claim.name)
        request = read_request(
            claim.settings,
            problem,
            lambda number: self._at_store(lambda: numbered(store, number, problem)),
        )
        return request if request.reproducible else replace(request, start=self._left(problem))

    def _left(self, problem: Problem) -> Plan | None:
        """The best plan so far of an earlier worker; None where there is none that can be read."""
        try:
            best = self._at_store(lambda: work.best_left(self._store, self._claim))
            return None if best is None else _plan_in(best, problem)
        except (NotOurs, Unreachable):
            raise
        except DatasetError as error:
            LOG.warning("run %s begins afresh: %s", self._claim.run, error)
            return None

    def _at_store(self, act: Callable[[], T]) -> T:
        """Do something at the store, however long the database is away: the solve goes on
        meanwhile. Raises Unreachable where the worker is told to end first.
        """
        return patiently(act, self._quit)

    def through(self) -> None:
        """Solves to the end. Raises NotOurs where the run became another worker's."""
        if self._request.start is not None:
            self._is_better(self._request.start)
        kept = began = monotonic()

        def meanwhile() -> None:
            nonlocal kept
            asked = self._at_store(lambda: work.beat(self._store, self._claim))
            self._cancelled = asked or self._cancelled
            if self._cancelled or self._quit.is_set():
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
        self._end(solved, quits=self._quit.is_set())

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
            told = {**event, "seconds": round(seconds, 1)}
            self._at_store(lambda: work.tell_progress(self._store, self._claim, told))
            self._told = event

    def _is_better(self, plan: Plan) -> bool:
        """Whether a plan is legal and better than the best so far; then it is the best so far."""
        problem = staffed_by(self._request.problem, plan)
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
            document = document_of(self._request, so_far).as_data()
            self._at_store(lambda: work.keep_best(self._store, self._claim, document))

    def _end(self, solved: Solved, *, quits: bool) -> None:
        """Ends the run, or leaves it to the next worker where this one quits."""
        result, cancelled, claim = solved.result, self._cancelled, self._claim
        if result is None or result.status is Status.FAILED:
            _fail(self._store, claim, solved.error, self._quit)
            return
        if result.plan is None and result.status is Status.INFEASIBLE and not cancelled:
            conflict = "; ".join(result.conflict)
            self._give_up(f"No plan can keep all of these at once: {conflict}")
            return
        document = document_of(self._request, result).as_data() if result.plan else None
        if document and (cancelled or quits):
            self._at_store(lambda: work.keep_best(self._store, claim, document))
        if cancelled:
            self._at_store(lambda: work.stop(self._store, claim))
        elif quits:
            self._at_store(lambda: work.hand_on(self._store, claim))
        elif document:
            self._at_store(lambda: work.finish(self._store, claim, document, run_of(solved)))
        else:
            self._give_up(NO_PLAN)

    def _give_up(self, message: str) -> None:
        """End a run without a plan."""
        self._at_store(lambda: work.stop(self._store, self._claim, message=message, failed=True))
