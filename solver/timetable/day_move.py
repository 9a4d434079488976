"""The variables of one person's day at two schools; `two_school_days` says what they mean."""

from bisect import bisect_left
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from solver.posting import Literal


@dataclass
class Move:
    """The variables of one person's day."""

    then: dict[str, cp_model.IntVar]
    left: dict[int, cp_model.IntVar]
    ways: dict[int, cp_model.IntVar]
    leaves: list[int]
    goes: list[tuple[int, int, Literal]] = field(default_factory=list)

    def left_before(self, time: int) -> cp_model.IntVar | None:
        """That the first school is left before a time; None where that cannot be."""
        place = bisect_left(self.leaves, time)
        return self.left[self.leaves[place - 1]] if place else None

    def left_by(self, time: int) -> cp_model.IntVar | None:
        """That the first school is left at a time or before."""
        return self.left_before(time + 1)
