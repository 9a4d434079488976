"""What to write where, so that a broken rule is kept."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition
from planner.rules.cells import Where

Write = Callable[[Problem, FundedPosition, Where], str]
"""The end of a sentence that begins with the sheet and the row of a position, of which
a violation is about these ids.
"""


@dataclass(frozen=True)
class Remedy:
    """How a rule can be kept: what to write in the row of the position that it is about, and
    `otherwise`, a sentence that begins with the sheet. Where it has neither, its own sentence says
    what it asks for.
    """

    write: Write | None = None
    otherwise: str = ""
