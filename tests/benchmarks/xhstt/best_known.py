"""The best costs that are known of public instances, and how far each of these figures is sure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BestKnown:
    """The cost of a solution in which nothing is infeasible, as told; `bound` is proved."""

    cost: str
    source: str
    bound: int | None = None

    def __str__(self) -> str:
        proved = "" if self.bound is None else f", bound {self.bound}"
        return f"{self.cost}{proved} ({self.source})"


READ = "read on the archive's pages"
RECALLED = "recalled, not verified"

BEST_KNOWN = {
    "BrazilInstance1": BestKnown("38–41", RECALLED),
    "BrazilInstance2": BestKnown("5", READ, 5),
    "BrazilInstance3": BestKnown("23–26", RECALLED),
    "BrazilInstance4": BestKnown("51", RECALLED),
    "BrazilInstance5": BestKnown("19", READ, 19),
    "ItalyInstance1": BestKnown("12", RECALLED),
    "AustraliaTES99": BestKnown("20", READ, 20),
}
"""By the file's name, of the instances as the archive of 2014 has them.

Files of earlier years may hold other versions of an instance, whose costs do not compare: the best
solution in the file, as we judge it, stands beside them for that reason.
"""
