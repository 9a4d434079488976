"""The common problem solved by us, by the naive model and by FET, each answer judged by the
problem's own rules.

`python -m tests.benchmarks.peers --sizes 1:20 3:30 --seeds 1 2`: each size is schools:seconds, with
forty groups a school. FET, where it is installed, is given the adults and decides only when; it is
asked for fewer and fewer gaps until the time is over.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import fet
from tests.benchmarks.common import Instance, Plan, Verdict, generated, judged
from tests.benchmarks.common_dataset import solve_common
from tests.benchmarks.machine import machine
from tests.benchmarks.naive import solve_naively

SIZES = ((1, 30), (3, 30), (10, 60))
GROUPS = 40
COLUMNS = (
    "groups",
    "adults",
    "seed",
    "limit",
    "program",
    "first plan",
    "cost",
    "extra adults",
    "idle slots",
    "disliked",
    "broken",
)


@dataclass(frozen=True)
class Answer:
    """What one program came to: who, seconds to its first complete plan, and what its last plan is
    worth.
    """

    program: str
    first: float | None
    verdict: Verdict | None

    @property
    def told(self) -> str:
        """The end of a table's row."""
        first = "–" if self.first is None else f"{self.first:.1f} s"
        if self.verdict is None:
            return f"{self.program} | {first} | – | – | – | – | –"
        v = self.verdict
        return (
            f"{self.program} | {first} | {v.cost} | {v.extra_adults} | {v.idle_slots} | "
            f"{v.disliked} | {v.broken}"
        )


def answers(instance: Instance, seconds: int) -> Iterable[Answer]:
    """Every program's answer."""
    with TemporaryDirectory() as folder:
        plan, complete = solve_common(Path(folder), instance, seconds)
        yield Answer("ours", complete, verdict(instance, plan))
    naive = solve_naively(instance, seconds)
    yield Answer("naive model", naive.first, verdict(instance, naive.plan))
    if fet.installed():
        with TemporaryDirectory() as folder:
            found = fet.solve_with_fet(instance, Path(folder), seconds)
        yield Answer(
            f"{fet.version()}, adults given, {found.told_gaps}",
            found.seconds if found.plan else None,
            verdict(instance, found.plan),
        )
    else:
        yield Answer("FET is not installed", None, None)


def verdict(instance: Instance, plan: Plan | None) -> Verdict | None:
    """What a plan is worth, if there is one."""
    return None if plan is None else judged(instance, plan)


def main(sizes: Iterable[tuple[int, int]], seeds: Iterable[int]) -> None:
    """A row for each instance and program."""
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    seeds = list(seeds)
    for schools, seconds in sizes:
        for seed in seeds:
            instance = generated(schools, GROUPS, seed)
            for answer in answers(instance, seconds):
                print(
                    f"| {len(instance.groups)} | {len(instance.adults)} | {seed} | {seconds} s | "
                    f"{answer.told} |",
                    flush=True,
                )


def size(text: str) -> tuple[int, int]:
    """`3:30` is 3 schools and 30 seconds."""
    schools, _, seconds = text.partition(":")
    return int(schools), int(seconds or 30)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers", description=__doc__)
    parser.add_argument(
        "--sizes", nargs="+", type=size, default=SIZES, help="schools:seconds, such as 3:30"
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    options = parser.parse_args()
    print(machine())
    main(options.sizes, options.seeds)
