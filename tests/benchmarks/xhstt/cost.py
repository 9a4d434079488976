"""What a solution costs by the format's specification, independently of our solver and checker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.xhstt import event_constraints, resource_constraints
from tests.benchmarks.xhstt.archive import Instance, Solution
from tests.benchmarks.xhstt.board import Board

KINDS = event_constraints.KINDS | resource_constraints.KINDS

COST_FUNCTIONS: dict[str, Callable[[list[int]], int]] = {
    "Linear": sum,
    "Quadratic": lambda deviations: sum(deviations) ** 2,
    "Step": lambda deviations: int(sum(deviations) > 0),
    # Names of archives before 2014; the last two went out of use with them.
    "Sum": sum,
    "SquareSum": lambda deviations: sum(deviations) ** 2,
    "StepSum": lambda deviations: int(sum(deviations) > 0),
    "SumSquares": lambda deviations: sum(deviation**2 for deviation in deviations),
    "SumSteps": lambda deviations: sum(deviation > 0 for deviation in deviations),
}


@dataclass(frozen=True)
class Charge:
    """What a constraint costs at one of its points."""

    kind: str
    constraint: str
    point: str
    required: bool
    cost: int


@dataclass(frozen=True)
class Cost:
    """What a solution costs: hard constraints first, then soft ones, and each charge above 0."""

    charges: tuple[Charge, ...]

    @property
    def infeasibility(self) -> int:
        """What the required constraints cost."""
        return sum(charge.cost for charge in self.charges if charge.required)

    @property
    def objective(self) -> int:
        """What the others cost."""
        return sum(charge.cost for charge in self.charges if not charge.required)

    def of_kinds(self) -> dict[str, tuple[int, int]]:
        """Hard and soft cost of each kind of constraint that costs something."""
        found: dict[str, tuple[int, int]] = {}
        for charge in self.charges:
            hard, soft = found.get(charge.kind, (0, 0))
            found[charge.kind] = (
                (hard + charge.cost, soft) if charge.required else (hard, soft + charge.cost)
            )
        return found

    def __str__(self) -> str:
        return f"{self.infeasibility}/{self.objective}"


def cost_of(instance: Instance, solution: Solution) -> Cost:
    """Judge a solution.

    Raises:
        ValueError: The instance has a constraint or cost function that the format does not know,
            or the solution gives more of an event than there is.
    """
    board = Board(instance, solution)
    charges = []
    for constraint in instance.constraints:
        if constraint.kind not in KINDS or constraint.cost_function not in COST_FUNCTIONS:
            raise ValueError(f"{constraint.id}: {constraint.kind}, {constraint.cost_function}")
        price = COST_FUNCTIONS[constraint.cost_function]
        for point, deviations in KINDS[constraint.kind](board, constraint):
            if cost := constraint.weight * price(deviations):
                charges.append(
                    Charge(constraint.kind, constraint.id, point, constraint.required, cost)
                )
    return Cost(tuple(charges))
