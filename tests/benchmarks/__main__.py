"""How fast schools are filled and proved: planted ones (a plan that serves everything exists) and
short-staffed ones.

Prints a table with machine and date; the figures in the README come from here. Then the region's
budget, the peers on the common problem, the growth of regions, how fast pages answer, and what
killed writers leave of the store: `python -m tests.benchmarks 1 --parts peers growth --sizes 1:30
4:60`.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from planner.facts.problem import Problem
from planner.rules.goals import GOAL_OF
from planner.sheets.dataset import load
from solver.best_plan import best_plan
from solver.settings import Progress, SolveSettings
from tests.benchmarks import budget, damage, growth, peers, screen, store_kills
from tests.benchmarks.machine import machine
from tests.oracle import check
from tests.planted import overloaded, planted
from tests.planted_windows import planted_windows

TIERS = ("tier_3_minutes", "tier_2_minutes", "tier_1_minutes")


@dataclass
class Run:
    """What one solve reached."""

    served: float
    gaps: dict[str, float | None]
    proved_at: float | None
    seconds: float
    faults: int


def run(write: Callable[[Path], object], seconds: float) -> Run:
    """Solves what `write` writes; `proved_at` is when the last tier goal was proved."""
    with TemporaryDirectory() as folder:
        write(Path(folder))
        problem = Problem(load(Path(folder)))
        began, proved = monotonic(), {}

        def watch(progress: Progress) -> None:
            if progress.goal.key in TIERS and progress.value == progress.bound:
                proved[progress.goal.key] = monotonic() - began

        settings = SolveSettings(goals=tuple(GOAL_OF[key] for key in TIERS), seconds=seconds)
        result = best_plan(problem, settings, watch)
        took = monotonic() - began
        owed = sum(group.owed for group in problem.groups)
        given = (
            sum(s.minutes for s in result.plan.sessions if s.kind == "group") if result.plan else 0
        )
        gaps = {goal.goal: goal.gap for goal in result.goals}
        complete = all(goal.proved for goal in result.goals)
        faults = len(result.findings)
        if result.plan:
            from planner.document.plan_file import plan_document

            document = plan_document(problem, result, scenario="", dataset_hash="")
            faults += len(check(Path(folder), document.as_data()))
        return Run(
            given / owed,
            gaps,
            max(proved.values(), default=took) if complete else None,
            took,
            faults,
        )


def main(seeds: int = 3) -> None:
    """Runs every case for several seeds and prints a line for each run."""
    print(
        "| case | seed | served | tier 3 gap | tier 2 gap | tier 1 gap | tiers proved | in all | "
        "faults |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    cases: list[tuple[str, float, Callable[[int], Callable[[Path], object]]]] = [
        (
            "windows, 1 school, 40 groups, 100 %",
            60,
            lambda s: lambda f: planted_windows(f, seed=s, load=1.0),
        ),
        (
            "windows, one adult short of 100 %",
            60,
            lambda s: lambda f: planted_windows(f, seed=s, load=1.0, missing=1),
        ),
        (
            "windows, one adult short of 90 %",
            60,
            lambda s: lambda f: planted_windows(f, seed=s, missing=1),
        ),
        (
            "windows, 12 schools, 480 groups, 90 %",
            120,
            lambda s: lambda f: planted_windows(f, seed=s, schools=12),
        ),
        (
            "varied, 1 school, 40 groups, 90 %",
            60,
            lambda s: lambda f: planted(f, schools=1, groups_per_school=40, load=0.9, seed=s),
        ),
        ("varied, one adult short of 100 %", 60, lambda s: lambda f: overloaded(f, seed=s)),
        (
            "varied, 12 schools, 480 groups, 90 %",
            120,
            lambda s: lambda f: planted(f, schools=12, groups_per_school=40, load=0.9, seed=s),
        ),
    ]
    for name, seconds, writer in cases:
        for seed in range(1, seeds + 1):
            found = run(writer(seed), seconds)
            gaps = " | ".join(
                "–" if found.gaps.get(k) is None else f"{100 * found.gaps[k]:.1f} %" for k in TIERS
            )
            proved = "–" if found.proved_at is None else f"{found.proved_at:.1f} s"
            print(
                f"| {name} | {seed} | {100 * found.served:.1f} % | {gaps} | {proved} | "
                f"{found.seconds:.0f} s | {found.faults} |",
                flush=True,
            )


PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "schools": lambda asked: main(asked.seeds),
    "budget": lambda asked: budget.main(asked.seeds),
    "peers": lambda asked: peers.main(asked.peers, range(1, asked.seeds + 1)),
    "growth": lambda asked: growth.main(
        growth.cases(
            asked.sizes, range(1, asked.seeds + 1), asked.loads, asked.kinds, asked.workers
        ),
        asked.picture,
    ),
    "screen": lambda asked: screen.main(),
    "kills": lambda asked: store_kills.main(),
    "damage": lambda asked: damage.main(),
}
"""The benchmarks, in the order in which they run."""


def asked() -> argparse.Namespace:
    """What the command line asks for; blank is everything, with three seeds."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("seeds", nargs="?", type=int, default=3, help="how many seeds (3)")
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=list(PARTS),
        default=list(PARTS),
        help="which benchmarks (all)",
    )
    parser.add_argument(
        "--peers",
        nargs="+",
        type=peers.size,
        default=peers.SIZES,
        help="peers: schools:seconds, such as 3:30",
    )
    growth.add_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    options = asked()
    print(machine())
    for part in options.parts:
        PARTS[part](options)
