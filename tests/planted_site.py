"""A school while it is planted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from tests.planted_school import Planted, SchoolDay, Span
from tests.planted_sheets import Row, told


@dataclass
class Slot:
    """A group to be: a person, a span of the day and its days."""

    person: Planted
    span: Span
    days: list[str]

    @property
    def minutes(self) -> int:
        """Minutes a cycle."""
        return (self.span[1] - self.span[0]) * len(self.days)


@dataclass
class Site:
    """A school while it is planted."""

    school: str
    day: SchoolDay
    people: list[Planted]
    cycle: list[str]
    rng: Random
    variety: bool
    students: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, list[tuple[str, Span]]] = field(default_factory=lambda: defaultdict(list))

    def chance(self, probability: float) -> bool:
        """Whether a varied feature shows here."""
        return self.variety and self.rng.random() < probability


def session(service: str, kind: str, site: Site, staff: list[str], day: str, span: Span) -> Row:
    """An entry of the plan's sessions."""
    row: Row = {"service": service, "kind": kind, "school": site.school, "staff": staff, "day": day}
    return row | {"start": told(span[0]), "end": told(span[1]), "place": None, "dates": []}
