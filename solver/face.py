"""What `import solver` gives: one function that solves, and what it is given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from planner.document.keeping import kept_from
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by
from planner.plan.result import Result, SolveRecord
from planner.rules.goals import GOALS
from planner.words.errors import WrongInput
from planner.words.wording import Words
from solver.best_plan import best_plan
from solver.goal_board import GoalBoard
from solver.setting_ranges import find_wrong_limit, find_wrong_search, goals_of
from solver.settings import OnProgress, Progress, SolveSettings
from solver.stop import Stop

__all__ = ["Progress", "Stop", "solve"]

USUAL = SolveSettings()


def solve(
    problem: Problem,
    *,
    goals: Sequence[str] | None = None,
    seconds: float | None = None,
    seed: int = USUAL.seed,
    workers: int = USUAL.workers,
    reproducible: bool = False,
    keep: str | Path | None = None,
    keep_all: bool = False,
    stay_close_to: Plan | None = None,
    max_changes: int | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Result:
    """Find the best plan of a problem in its ordered goals, and how much better any could be.

    What cannot be served is left out and named; nothing is raised for a problem that is too full.
    Every plan is judged by the checker before it is returned.

    Args:
        problem: What `planner.load` returned.
        goals: Keys of goals, the most important first, such as "tier_3_minutes"; all of them in the
            usual order where None.
        seconds: Of search on the clock, more than 0; where None, 60 for a school and 5 more for
            each further one. With `reproducible`, seconds of work that are the same on every
            machine, and may take longer.
        seed: Of the search, from 0 to 2,147,483,647; another one may find another equally good
            plan.
        workers: Threads, or processes where schools are planned in parallel; from 1 to 1,024.
        reproducible: Whether the same problem and seed give the same plan on every machine; one
            worker searches then.
        keep: A plan.xlsx that was edited by hand: what was changed in it stands, and the rest is
            planned around it.
        keep_all: Whether everything in `keep` stands, also what was not changed.
        stay_close_to: A plan from which as little is changed as the goals allow.
        max_changes: Sessions and beginnings of days that may differ from `stay_close_to`, at most;
            for up to 1,000 groups and duties.
        on_progress: Called with each `Progress` (a goal's value and bound so far), from the thread
            that searches; `print` shows it.
        stop: `stop.ask()`, from any thread, ends the search; the best plan so far is returned.

    Returns:
        The result. Its `status` is OPTIMAL (every goal is proved best), FEASIBLE, INFEASIBLE (the
        hard rules contradict each other: `conflict` says which), NO_PLAN_YET (the time was over
        first) or FAILED (the checker disagrees with the search, which is a fault of ours); `goals`
        have values and bounds in each goal's unit, `unserved` what got less than it is owed and
        why, `findings` what the checker says.

    Raises:
        WrongInput: An argument is out of its range, or two of them cannot go together.
        DatasetError: The plan to keep cannot be read, or is about what the district does not have.
    """
    find_wrong_search(seconds, workers, seed)
    if max_changes is not None and stay_close_to is None:
        raise WrongInput("max_changes against which plan? Give stay_close_to as well.")
    find_wrong_limit(problem, max_changes)
    settings = SolveSettings(
        goals=GOALS if goals is None else goals_of(goals),
        seconds=seconds,
        workers=workers,
        seed=seed,
        reproducible=reproducible,
        reference=stay_close_to,
        most_changes=max_changes,
    )
    if keep is not None:
        if stay_close_to is not None:
            raise WrongInput("Give either keep or stay_close_to, not both.")
        held = kept_from(Path(keep), problem, everything=keep_all)
        problem, settings = (
            replace(problem, edits=held.edits),
            # Begun with as well: of what a search only stays close to, positions do not count.
            replace(settings, start=held.plan, reference=held.plan),
        )
    elif keep_all:
        raise WrongInput("keep_all keeps every row of a plan: say in keep which.")
    board = GoalBoard(settings.goals, Words(problem.data.district.locale))

    def tell(progress: Progress) -> None:
        board.tell(progress)
        if on_progress is not None:
            on_progress(progress)

    started, began = datetime.now(UTC).astimezone(), monotonic()
    result = best_plan(problem, settings, tell, stop)
    record = SolveRecord(
        started,
        monotonic() - began,
        board.goal_seconds(),
        1 if reproducible else workers,
        seed,
    )
    if result.plan is not None:
        problem = staffed_by(problem, result.plan)
    return replace(result, problem=problem, record=record)
