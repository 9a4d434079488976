"""A dataset that stands for an XHSTT instance, with the way back."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.benchmarks.xhstt.archive import Constraint, Instance
from tests.planted_sheets import Sheets

TEACHERS = ("teacher", "teachers")
"""Types of resources that are staff, whatever their case; everybody else attends as a student."""


@dataclass
class Conversion:
    """The dataset, what each of its groups stands for, and what is not said in it."""

    instance: Instance
    sheets: Sheets
    event_of: dict[str, str]
    """The event of each group."""
    person_of: dict[str, str]
    """The resource of each of the staff; those who were made up have none."""
    left: dict[str, list[str]] = field(default_factory=dict)
    """By kind of constraint, what is not converted of it."""

    def leave(self, constraint: Constraint, why: str) -> None:
        """Note that a constraint is not wholly converted."""
        reasons = self.left.setdefault(constraint.kind, [])
        if why not in reasons:
            reasons.append(why)
