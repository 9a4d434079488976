"""What may be asked of a solve, and the sentences for what may not: the same by whichever way it is
asked.
"""

from collections.abc import Sequence
from math import isfinite

from planner.facts.cell_formats import nearest
from planner.facts.problem import Problem
from planner.rules.goals import GOAL_OF
from planner.rules.goals.goal import Goal
from planner.scenario.reading import LARGEST_SEED, MOST_WORKERS
from planner.words.errors import WrongInput

MOST_LIMITED = 1000
"""Groups and duties beyond which no limit of changes can be kept: it is a sum over everybody, in
one model.
"""


def goals_of(keys: Sequence[str], *, named: str = "") -> tuple[Goal, ...]:
    """The goals with these keys.

    Args:
        keys: In order, the most important first.
        named: What stands before the name of an option where they are asked for.

    Raises:
        WrongInput: There is no goal of a key, or two, or no key.
    """
    for key in keys:
        if key not in GOAL_OF:
            fix = nearest(key, GOAL_OF) or f"There are {', '.join(GOAL_OF)}."
            raise WrongInput(f"There is no goal '{key}'. {fix}")
        if list(keys).count(key) > 1:
            raise WrongInput(f"The goal '{key}' is there twice. Keep one of them.")
    if not keys:
        raise WrongInput(f"{named}goals names no goal. There are {', '.join(GOAL_OF)}.")
    return tuple(GOAL_OF[key] for key in keys)


def find_wrong_search(
    seconds: float | None, workers: int | None, seed: int | None, *, named: str = ""
) -> None:
    """Find what no search can run with; None is not looked at.

    Args:
        seconds: Of search.
        workers: Threads or processes.
        seed: Of the search.
        named: What stands before an option's name where it is asked for: `--` on the command line.

    Raises:
        WrongInput: One of them is out of its range.
    """
    if seconds is not None and not (isfinite(seconds) and seconds > 0):
        raise WrongInput(f"{named}seconds must be more than 0; it is {seconds:g}.")
    if workers is not None and not 1 <= workers <= MOST_WORKERS:
        raise WrongInput(
            f"{named}workers must be 1 or more, at most {MOST_WORKERS}; it is {workers}."
        )
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise WrongInput(f"{named}seed must be from 0 to {LARGEST_SEED}; it is {seed}.")


def find_wrong_limit(problem: Problem, max_changes: int | None) -> None:
    """Raises WrongInput for a limit of changes below 0, or where one process cannot plan everybody
    at once; None is no limit.
    """
    if max_changes is None:
        return
    if max_changes < 0:
        raise WrongInput(f"max_changes must be 0 or more; it is {max_changes}.")
    if len(problem.services) > MOST_LIMITED:
        raise WrongInput(
            f"max_changes can be kept for up to {MOST_LIMITED:,} groups and duties, which are "
            f"planned at once; there are {len(problem.services):,}. Leave it out: the plan stays "
            "as close as its goals allow."
        )
