"""How fast schools are filled and proved: planted ones (a plan that serves everything exists) and
short-staffed ones.

Prints a table with machine and date; the figures of docs/benchmarks.md come from here. Then the
region's budget, the peers on the common problem, the growth of regions, public instances, how fast
pages answer, what killed writers leave of the store, and that nothing breaks the commands:
`python -m tests.benchmarks 1 --parts peers growth --sizes 1:30 4:60`. No part takes twenty minutes
unless more is asked of it; `--list` says how long each takes at most.
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
from tests.benchmarks.xhstt import table as xhstt
from tests.oracle import check
from tests.planted import overloaded, planted
from tests.planted_windows import planted_windows

TIERS = ("tier_3_minutes", "tier_2_minutes", "tier_1_minutes")
Write = Callable[[Path], object]
CASES: tuple[tuple[str, float, Callable[[int], Write]], ...] = (
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
)
"""Each with its seconds, and what writes it for a seed."""


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


def main(seeds: int, shorter: float = 1) -> None:
    """Runs every case for several seeds and prints a line for each run; `shorter` divides limits."""
    print(
        "| case | seed | served | tier 3 gap | tier 2 gap | tier 1 gap | tiers proved | in all | "
        "faults |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name, seconds, writer in CASES:
        for seed in range(1, seeds + 1):
            found = run(writer(seed), seconds / shorter)
            gaps = " | ".join(
                "–" if found.gaps.get(k) is None else f"{100 * found.gaps[k]:.1f} %" for k in TIERS
            )
            proved = "–" if found.proved_at is None else f"{found.proved_at:.1f} s"
            print(
                f"| {name} | {seed} | {100 * found.served:.1f} % | {gaps} | {proved} | "
                f"{found.seconds:.0f} s | {found.faults} |",
                flush=True,
            )


@dataclass(frozen=True)
class Part:
    """A benchmark, and how many minutes it takes at most with what is asked of it."""

    run: Callable[[argparse.Namespace], None]
    minutes: Callable[[argparse.Namespace], float]


END = 5.0
"""Seconds for what comes before and after a search: writing, reading, the oracle's look."""


def growth_cases(asked: argparse.Namespace) -> list[growth.Case]:
    """The regions that are asked for."""
    sizes = [(schools, seconds / asked.shorter) for schools, seconds in asked.sizes]
    seeds = range(1, asked.seeds + 1)
    return growth.cases(sizes, seeds, asked.loads, asked.kinds, asked.workers)


def peer_sizes(asked: argparse.Namespace) -> list[tuple[int, int]]:
    """The common problems that are asked for."""
    return [(schools, round(seconds / asked.shorter)) for schools, seconds in asked.peers]


def xhstt_limits(asked: argparse.Namespace) -> list[float]:
    """The seconds for each public instance."""
    return [seconds / asked.shorter for seconds in asked.xhstt_seconds]


PARTS: dict[str, Part] = {
    "schools": Part(
        lambda asked: main(asked.seeds, asked.shorter),
        lambda asked: asked.seeds * sum(s / asked.shorter + END for _, s, _ in CASES) / 60,
    ),
    "budget": Part(
        lambda asked: budget.main(asked.seeds),
        # As long for what is built and written as for the choice.
        lambda asked: asked.seeds * 2 * budget.SECONDS / 60,
    ),
    "peers": Part(
        lambda asked: peers.main(peer_sizes(asked), range(1, asked.seeds + 1)),
        lambda asked: asked.seeds * sum(3 * (s + END) for _, s in peer_sizes(asked)) / 60,
    ),
    "growth": Part(
        lambda asked: growth.main(growth_cases(asked), asked.picture),
        lambda asked: (
            sum(c.seconds + growth.AROUND * c.schools + END for c in growth_cases(asked)) / 60
        ),
    ),
    "xhstt": Part(
        lambda asked: xhstt.main(asked.xhstt, xhstt_limits(asked)),
        lambda asked: len(xhstt.BEST_KNOWN) * sum(s + END for s in xhstt_limits(asked)) / 60,
    ),
    "screen": Part(lambda asked: screen.main(), lambda _: 2.5 * screen.SECONDS / 60),
    "kills": Part(
        lambda asked: store_kills.main(asked.kills),
        lambda asked: asked.kills * store_kills.PER_KILL / 60,
    ),
    "damage": Part(
        lambda asked: damage.main(asked.districts, asked.files),
        lambda asked: damage.expected_seconds(asked.districts, asked.files) / 60,
    ),
}
"""The benchmarks, in the order in which they run."""
QUICK: dict[str, object] = {"shorter": 6.0, "seeds": 1, "kills": 50, "districts": 20, "files": 50}
"""What `--quick` asks for where nothing else is said."""


def options(words: list[str] | None = None) -> argparse.Namespace:
    """What the command line asks for; blank is everything, with two seeds."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("seeds", nargs="?", type=int, default=2, help="how many seeds (2)")
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=list(PARTS),
        default=list(PARTS),
        help="which benchmarks (all)",
    )
    parser.add_argument("--list", action="store_true", help="say what each part takes, and end")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a sixth of the limits of searches, one seed, few kills and damaged files",
    )
    parser.add_argument(
        "--peers",
        nargs="+",
        type=peers.size,
        default=peers.SIZES,
        help="peers: schools:seconds, such as 3:30",
    )
    growth.add_options(parser)
    parser.add_argument("--xhstt", type=Path, help="xhstt: the folder of the instances' files")
    parser.add_argument(
        "--xhstt-seconds",
        nargs="+",
        type=float,
        default=xhstt.LIMITS,
        help="xhstt: limits for each instance, such as 60 600",
    )
    parser.add_argument("--kills", type=int, default=store_kills.KILLS, help="kills: how many")
    parser.add_argument(
        "--districts", type=int, default=damage.DISTRICTS, help="damage: random districts"
    )
    parser.add_argument("--files", type=int, default=damage.FILES, help="damage: damaged files")
    parser.set_defaults(shorter=1.0)
    if parser.parse_args(words).quick:
        parser.set_defaults(**QUICK)
    return parser.parse_args(words)


if __name__ == "__main__":
    wanted = options()
    if wanted.list:
        for key in wanted.parts:
            print(f"{key}: at most about {PARTS[key].minutes(wanted):.0f} minutes")
    else:
        print(machine())
        for key in wanted.parts:
            PARTS[key].run(wanted)
