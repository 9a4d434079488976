"""How seconds, minutes served and memory grow with the number of schools of a region whose adults
share schools.

`python -m tests.benchmarks.growth --sizes 1:30 4:60 12:120 --seeds 1 2 3 --loads 0.7 0.95 --picture
growth.svg`: each size is schools:seconds of search. Each run has a process of its own, so that its
memory is its own; one that outlives its limit by far is ended and counts as stopped. Prints a
markdown row for each run.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from unittest.mock import patch

from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.render.workbook.chart import chart
from planner.rules.goals import GOAL_OF
from planner.sheets.dataset import load
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from tests.benchmarks.machine import Memory, descendants, machine
from tests.benchmarks.watch import Watch
from tests.oracle import check
from tests.planted_region import planted_region, random_region

GOALS = tuple(GOAL_OF[f"tier_{tier}_minutes"] for tier in (3, 2, 1))
SIZES = ((1, 10.0), (4, 20.0), (12, 30.0), (40, 60.0))
WRITERS: dict[str, Callable[..., object]] = {"planted": planted_region, "random": random_region}
BUILDERS = ("solver.best_plan", "solver.search.run")
"""Where models are built."""
TIMES = ("read", "built", "first", "complete", "near", "in all")
COLUMNS = (
    "region",
    "schools",
    "seed",
    "adults",
    "sessions",
    *TIMES,
    "served",
    "gap",
    "memory",
    "faults",
)
SUMMARY = ("regions", "of size", "seeds", "limit", "whole after", "served", "ended after", "memory")
"""Columns of a table with a row for each size: medians, and the worst after them."""
NEAR = 0.99
"""This share of what is possible at most counts as near."""
AROUND = 1.0
"""Seconds a school for what is around a search: planting, reading, what is proved, the oracle."""
PATIENCE = 120.0
"""Seconds beyond twice the limit after which a run is ended."""


@dataclass(frozen=True)
class Case:
    """A region, and how long it may be searched."""

    kind: str
    schools: int
    load: float
    seed: int
    seconds: float
    workers: int = 2

    @property
    def line(self) -> str:
        """The line of the picture that it is part of."""
        return f"{self.kind}, load {100 * self.load:.0f} %"


@dataclass(frozen=True)
class Growth:
    """What a run reached: seconds count from the start of the solve, without reading; None:
    never.
    """

    staff: int
    sessions: int
    read: float
    built: float | None
    first: float | None
    complete: float | None
    near: float | None
    seconds: float
    served: float
    gap: float | None
    megabytes: float
    faults: int


def measured(case: Case) -> Growth:
    """Write a region and solve it in this process."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        WRITERS[case.kind](folder, schools=case.schools, load=case.load, seed=case.seed)
        began = monotonic()
        problem = Problem(load(folder))
        read = monotonic() - began
        settings = SolveSettings(goals=GOALS, seconds=case.seconds, workers=case.workers)
        spent: list[float] = []
        watch = Watch()
        with Memory() as memory, timed_building(spent):
            result = best_plan(problem, settings, watch)
        took = watch.seconds
        faults = len(result.findings)
        if result.plan:
            document = plan_document(problem, result, scenario="", dataset_hash="")
            faults += len(check(folder, document.as_data()))
    owed = sum(group.owed * group.priority for group in problem.groups)
    reached = sum(goal.value for goal in result.goals) if result.plan else 0
    bounds = [goal.bound for goal in result.goals]
    bound = (
        min(owed, sum(bound for bound in bounds if bound is not None))
        if bounds and None not in bounds
        else None
    )
    complete = watch.when(owed) or (took if result.plan and reached >= owed else None)
    near = (
        watch.when(NEAR * bound) or (took if reached >= NEAR * bound else None) if bound else None
    )
    return Growth(
        staff=len(problem.people),
        sessions=sum(group.sessions for group in problem.groups),
        read=read,
        built=sum(spent) if spent else None,
        first=watch.totals[0][0] if watch.totals else (took if result.plan else None),
        complete=complete,
        near=near,
        seconds=took,
        served=reached / owed,
        gap=1 - reached / bound if bound else None,
        megabytes=memory.megabytes,
        faults=faults,
    )


@contextmanager
def timed_building(spent: list[float]) -> Iterator[None]:
    """Note how long each model that this process builds takes; what other processes build is not
    seen.
    """

    def timed(build: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            began = monotonic()
            try:
                return build(*given, **named)
            finally:
                spent.append(monotonic() - began)

        return call

    with ExitStack() as stack:
        for name in BUILDERS:
            module = sys.modules.get(name)
            if module is not None and hasattr(module, "build"):
                stack.enter_context(patch.object(module, "build", timed(module.build)))
        yield


def alone(case: Case) -> Growth | None:
    """Measure in a process of its own; None where it ran out of time or memory."""
    context = get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(case, theirs))
    process.start()
    theirs.close()
    found = None
    with suppress(EOFError):
        if mine.poll(2 * case.seconds + PATIENCE):
            found = mine.recv()
    if found is None:
        left = descendants(process.pid) if process.pid else []
        process.kill()
        for started in left:
            with suppress(ProcessLookupError):
                os.kill(started, signal.SIGKILL)
    process.join()
    return found


def _told(case: Case, to: Connection) -> None:
    to.send(measured(case))


def cases(
    sizes: Iterable[tuple[int, float]],
    seeds: Iterable[int],
    loads: Iterable[float],
    kinds: Iterable[str],
    workers: int = 2,
) -> list[Case]:
    """Everything that is to be measured, the small first."""
    seeds, loads, kinds = list(seeds), list(loads), list(kinds)
    return [
        Case(kind, schools, load, seed, seconds, workers)
        for schools, seconds in sizes
        for kind in kinds
        for load in loads
        for seed in seeds
    ]


def main(wanted: list[Case], picture: Path | None = None) -> None:
    """A row for each case, and a picture of the medians of the seconds to a complete plan and to
    one that is near.
    """
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    moments: dict[str, dict[int, list[float]]] = {}
    runs: dict[tuple[str, int, float], list[Growth | None]] = {}
    for case in wanted:
        found = alone(case)
        print(row(case, found), flush=True)
        runs.setdefault((case.line, case.schools, case.seconds), []).append(found)
        if not found:
            continue
        for name, seconds in (("complete", found.complete), ("within 1 %", found.near)):
            if seconds is not None:
                moments.setdefault(f"{case.line}, {name}", {}).setdefault(case.schools, []).append(
                    seconds
                )
    print(f"\n| {' | '.join(SUMMARY)} |\n{'|---' * len(SUMMARY)}|")
    for (line, schools, seconds), of_size in runs.items():
        print(summary(line, schools, seconds, of_size))
    if picture:
        lines = {
            name: [(schools, median(found)) for schools, found in of_size.items()]
            for name, of_size in moments.items()
        }
        picture.write_text(
            chart(lines, "Seconds of solving, by the size of the region", "schools", "seconds"),
            encoding="utf-8",
        )


def row(case: Case, found: Growth | None) -> str:
    """A run as a row of a markdown table."""
    start = f"| {case.line} | {case.schools} | {case.seed} |"
    if found is None:
        return f"{start} stopped |" + " |" * (len(COLUMNS) - 4)
    moments = (found.read, found.built, found.first, found.complete, found.near, found.seconds)
    figures = [str(found.staff), str(found.sessions), *(told(moment) for moment in moments)]
    gap = "–" if found.gap is None else f"{100 * found.gap:.2f} %"
    figures += [f"{100 * found.served:.1f} %", gap, f"{found.megabytes:.0f} MB", str(found.faults)]
    return f"{start} {' | '.join(figures)} |"


def summary(line: str, schools: int, seconds: float, runs: list[Growth | None]) -> str:
    """The runs of a size as a row of a markdown table; never whole is later than any moment."""
    ended = [run for run in runs if run is not None]
    start = f"| {line} | {schools} | {len(runs)} | {seconds:g} s |"
    if len(ended) < len(runs):
        return f"{start} {len(runs) - len(ended)} stopped |" + " |" * 3
    whole = sorted(inf if run.complete is None else run.complete for run in ended)
    served = [100 * run.served for run in ended]
    figures = (
        f"{told(median_of(whole))}, {told(whole[-1])}",
        f"{median(served):.1f} %, {min(served):.1f} %",
        f"{median(run.seconds for run in ended):.0f} s, {max(run.seconds for run in ended):.0f} s",
        f"{max(run.megabytes for run in ended):.0f} MB",
    )
    return f"{start} {' | '.join(figures)} |"


def median_of(ordered: list[float]) -> float:
    """The middle one, of two the later: with one that never comes there is no mean."""
    return ordered[len(ordered) // 2]


def told(seconds: float | None) -> str:
    """Seconds in a table."""
    return "–" if seconds in (None, inf) else f"{seconds:.1f} s"


def size(text: str) -> tuple[int, float]:
    """`12:120` is 12 schools and 120 seconds."""
    schools, _, seconds = text.partition(":")
    return int(schools), float(seconds or dict(SIZES).get(int(schools), 300.0))


def add_options(parser: argparse.ArgumentParser) -> None:
    """What may be said about regions on a command line."""
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=size,
        default=SIZES,
        help="regions: schools:seconds, such as 12:120",
    )
    parser.add_argument(
        "--loads",
        nargs="+",
        type=float,
        default=[0.7, 0.95],
        help="regions: shares of the contact minutes",
    )
    parser.add_argument(
        "--kinds",
        nargs="+",
        choices=sorted(WRITERS),
        default=["planted"],
        help="regions: planted, random or both",
    )
    parser.add_argument("--workers", type=int, default=2, help="regions: threads of a solve")
    parser.add_argument("--picture", type=Path, help="regions: an SVG file to write")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.growth", description=__doc__
    )
    arguments.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    add_options(arguments)
    options = arguments.parse_args()
    print(machine())
    main(
        cases(options.sizes, options.seeds, options.loads, options.kinds, options.workers),
        options.picture,
    )
