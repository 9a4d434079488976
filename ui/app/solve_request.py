"""What one solve is asked to do, with every setting resolved: the same request by whichever way it
comes, the command line, a sweep, or a page and its queue.

For each setting, what is asked for here counts first, then the scenario (with those below it), then
the default.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.goals import GOAL_OF, GOALS
from planner.scenario.differences import Difference
from planner.scenario.scenario import Scenario, SolveWishes
from planner.sheets.dataset import dataset_hash
from solver.setting_ranges import find_wrong_limit, find_wrong_search, goals_of
from solver.settings import SolveSettings, default_seconds

Json = dict[str, Any]
Setting = TypeVar("Setting")


@dataclass(frozen=True)
class SolveOptions:
    """What somebody asks for here; None where they say nothing. `named` is what stands before an
    option's name where they asked: `--` on the command line.
    """

    seconds: float | None = None
    workers: int | None = None
    seed: int | None = None
    goals: tuple[str, ...] | None = None
    reproducible: bool | None = None
    named: str = field(default="", kw_only=True)

    def find_wrong(self) -> None:
        """Raises WrongInput for what makes no sense."""
        find_wrong_search(self.seconds, self.workers, self.seed, named=self.named)
        if self.goals is not None:
            goals_of(self.goals, named=self.named)


@dataclass(frozen=True)
class ReferencePlan:
    """The plan to stay close to: what it says of the dataset in hand, and where it came from.
    `called` is what the scenario calls it, `number` is its own where it is a plan of the store.
    """

    plan: Plan
    called: str = field(default="", compare=False)
    number: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class SolveRequest:
    """One solve. `goals` are keys in order, `seconds` those of the search; `changes` is what a
    scenario changed in the dataset.

    `start` is where the search begins, `reference` what it stays close to, with at most
    `max_changes` (None: as many as the goals ask for). The `problem` is not compared: the store
    keeps it by the hash of its dataset.
    """

    problem: Problem = field(compare=False, repr=False)
    goals: tuple[str, ...]
    seconds: float
    workers: int
    seed: int
    reproducible: bool
    reference: ReferencePlan | None = None
    max_changes: int | None = None
    start: Plan | None = None
    changes: tuple[Difference, ...] = ()

    @property
    def settings(self) -> SolveSettings:
        """The same as the solver takes it."""
        return SolveSettings(
            goals=tuple(GOAL_OF[key] for key in self.goals),
            seconds=self.seconds,
            workers=self.workers,
            seed=self.seed,
            reproducible=self.reproducible,
            start=self.start,
            reference=self.reference.plan if self.reference else None,
            most_changes=self.max_changes,
        )

    @cached_property
    def dataset_hash(self) -> str:
        """The hash of what is planned."""
        return dataset_hash(self.problem.data)

    def as_data(self) -> Json:
        """The request as the store keeps it, without its dataset and without a `start`: a run that
        was interrupted begins with what the store has of it. Its reference is a plan of the store.
        """
        assert self.reference is None or self.reference.number is not None
        return {
            "goals": list(self.goals),
            "seconds": self.seconds,
            "workers": self.workers,
            "seed": self.seed,
            "reproducible": self.reproducible,
            "reference": self.reference.number if self.reference else None,
            "max_changes": self.max_changes,
            "changes": [change.as_data() for change in self.changes],
        }


def request_of(
    problem: Problem,
    options: SolveOptions,
    scenario: Scenario | None = None,
    *,
    reference: ReferencePlan | None = None,
    start: Plan | None = None,
    changes: tuple[Difference, ...] = (),
) -> SolveRequest:
    """Resolve every setting of one solve.

    Args:
        problem: What is to be planned, as the scenario has it.
        options: What is asked for here; it counts before what the scenario says.
        scenario: The scenario with the wishes of all below it.
        reference: The plan to stay close to (ui.app.reference_plan finds a scenario's).
        start: Where to begin, where that is not the reference.
        changes: What the scenario changed, for the plan's document.

    Raises:
        WrongInput: A setting makes no sense, or the limit of changes cannot be kept for so many
            groups and duties.
    """
    options.find_wrong()
    usual = SolveSettings()
    wished = scenario.solve if scenario else SolveWishes()
    close = scenario.stay_close_to if scenario else None
    max_changes = close.max_changes if close and reference else None
    find_wrong_limit(problem, max_changes)
    goals = options.goals
    if goals is None:
        goals = scenario.goals if scenario else None
    return SolveRequest(
        problem,
        goals or tuple(goal.key for goal in GOALS),
        float(_first(options.seconds, wished.seconds, default_seconds(problem))),
        _first(options.workers, wished.workers, usual.workers),
        _first(options.seed, wished.seed, usual.seed),
        _first(options.reproducible, wished.reproducible, usual.reproducible),
        reference,
        max_changes,
        start,
        changes,
    )


def read_request(
    data: Mapping[str, Any], problem: Problem, reference_of: Callable[[int], ReferencePlan]
) -> SolveRequest:
    """A request that the store kept (`SolveRequest.as_data`), also one of an earlier version, which
    kept only what was asked for, and the reference as `start`.

    Args:
        data: What the store kept.
        problem: The dataset that the run is about.
        reference_of: The plan of the store with a number.
    """
    usual = SolveSettings()
    number = data.get("reference", data.get("start"))
    return SolveRequest(
        problem,
        tuple(data.get("goals") or (goal.key for goal in GOALS)),
        _first(data.get("seconds"), default_seconds(problem)),
        _first(data.get("workers"), usual.workers),
        _first(data.get("seed"), usual.seed),
        _first(data.get("reproducible"), usual.reproducible),
        None if number is None else reference_of(number),
        None if number is None else data.get("max_changes"),
        changes=tuple(
            Difference(**{**change, "subjects": tuple(change["subjects"])})
            for change in data.get("changes", ())
        ),
    )


def _first(*given: Setting | None) -> Setting:
    """The first that is given."""
    return next(setting for setting in given if setting is not None)
