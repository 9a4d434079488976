"""Public instances solved by us, beside what is known: `python -m tests.benchmarks --parts xhstt
--xhstt DIR`.

The files are not part of this repository, since their archive states no licence. DIR holds them as
the High School Timetabling Project publishes them (XHSTT, one `.xml` an instance, with or without
solutions): https://www.utwente.nl/en/eemcs/dmmp/hstt/archives/XHSTT-2014/
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.xhstt.archive import Archive, Solution, read_archive
from tests.benchmarks.xhstt.best_known import BEST_KNOWN
from tests.benchmarks.xhstt.conversion import Conversion
from tests.benchmarks.xhstt.cost import Cost, cost_of
from tests.benchmarks.xhstt.solving import Answer, solved

LIMITS = (60.0,)
COLUMNS = (
    "instance",
    "events, times, people",
    "best known",
    "best in the file",
    "limit",
    "ours, hard/soft",
    "without a time",
    "after",
    "faults",
)


def main(folder: Path | None, limits: Iterable[float] = LIMITS, seed: int = 1) -> None:
    """Judge the solutions in the files, then solve each instance under each limit: a row each."""
    files = sorted(folder.glob("*.xml")) if folder else []
    if not files:
        print(
            f"No XHSTT instances{f' in {folder}' if folder else ''}: --xhstt DIR names their folder"
        )
        return
    archives = {path.stem: read_archive(path) for path in files}
    limits = list(limits)
    print("Solutions in the files, by our judgment:")
    for name, archive in archives.items():
        for solution in archive.solutions:
            print(f"- {name}, {solution.group}: {told_judged(archive, solution)}")
    print(flush=True)
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    left: dict[str, Conversion] = {}
    for name, archive in archives.items():
        for instance in archive.instances.values():
            for seconds in limits:
                with TemporaryDirectory() as place:
                    found = solved(Path(place), instance, seconds, seed)
                print(row(name, archive, seconds, found), flush=True)
                left[name] = found.conversion
    print("\nNot converted:")
    for name, conversion in left.items():
        print(f"- {name}: {told_left(conversion)}")


def row(name: str, archive: Archive, seconds: float, found: Answer) -> str:
    """An instance's row."""
    instance = found.conversion.instance
    costs = [cost for solution, cost in _judged(archive) if solution.instance == instance.id]
    best = min(costs, key=lambda cost: (cost.infeasibility, cost.objective), default="–")
    size = f"{len(instance.events)}, {len(instance.times)}, {len(instance.resources)}"
    figures = (
        name,
        size,
        BEST_KNOWN.get(name, "–"),
        best,
        f"{seconds:g} s",
        found.cost,
        found.unplaced,
        f"{found.seconds:.0f} s",
        found.faults,
    )
    return f"| {' | '.join(map(str, figures))} |"


def told_left(conversion: Conversion) -> str:
    """What a dataset does not say of an instance, by kind of constraint."""
    kinds = (f"{kind} ({'; '.join(whys)})" for kind, whys in sorted(conversion.left.items()))
    return ", ".join(kinds) or "nothing"


def told_judged(archive: Archive, solution: Solution) -> str:
    """What a solution costs, and where that differs from what its makers say."""
    cost = cost_of(archive.instances[solution.instance], solution)
    if solution.report is None:
        return str(cost)
    told = f"{solution.report.infeasibility}/{solution.report.objective}"
    ours = {(charge.point, charge.constraint): charge.cost for charge in cost.charges}
    differing = sorted({point for point, _ in ours.items() ^ solution.report.costs.items()})
    if not differing:
        return f"{cost}, as its report says, charge by charge"
    where = ", ".join(f"{constraint} at {point}" for point, constraint in differing)
    return f"{cost}; its report says {told} and differs in {where}"


def _judged(archive: Archive) -> list[tuple[Solution, Cost]]:
    return [
        (solution, cost_of(archive.instances[solution.instance], solution))
        for solution in archive.solutions
    ]
