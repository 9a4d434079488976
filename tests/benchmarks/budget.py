"""How fast a region's budget is proved: 40 schools with a third of their adults missing, 300
positions, 60 funds.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from planner.facts.problem import Problem
from planner.rules import settings_of
from planner.rules.goals import GOALS
from planner.sheets.dataset import load
from solver.budget.budget_goals import BudgetSearch
from tests.oracle_cells import rows_of
from tests.planted_money import add_money
from tests.planted_sheets import write
from tests.planted_windows import planted_windows

SCHOOLS, ADULTS, MISSING, PROPOSED = 40, 6, 2, 140
SECONDS = 120.0


def region(folder: Path, seed: int) -> Problem:
    """The region, with as many adults as there is money for now."""
    planted_windows(folder, seed=seed, schools=SCHOOLS, staff=ADULTS, groups=60, load=1.0)
    staff = rows_of(folder, "staff")
    write(
        folder,
        {"staff": [row for place, row in enumerate(staff) if place % ADULTS < ADULTS - MISSING]},
    )
    add_money(folder, proposed=PROPOSED, seed=seed)
    return Problem(load(folder))


def main(seeds: int) -> None:
    """A line for each seed: what it took to build and to choose, and how far each tier's promise is
    from what was chosen.
    """
    print("| budget | seed | built | chosen | tier 3 gap | tier 2 gap | positions bought |")
    print("|---|---|---|---|---|---|---|")
    for seed in range(1, seeds + 1):
        with TemporaryDirectory() as folder:
            problem = region(Path(folder), seed)
            began = monotonic()
            money = BudgetSearch(problem, settings_of(problem), GOALS)
            built = monotonic() - began
            package = money.best(SECONDS) if money.keep_people(SECONDS) else None
            took = monotonic() - began
            assert package is not None
            gaps = [
                package.promised[goal] / max(1, reached) - 1
                for goal, reached in money.reached().items()
            ]
            bought = sum(
                problem.positions[one.position].status != "filled" for one in package.positions
            )
            figures = " | ".join(f"{100 * gap:.2f} %" for gap in gaps[:2])
            print(
                f"| {len(problem.positions)} positions | {seed} | {built:.1f} s | {took:.0f} s | "
                f"{figures} | {bought} |",
                flush=True,
            )
