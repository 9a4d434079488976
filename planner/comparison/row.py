"""One line of a comparison: a figure of each plan, and how it differs from the plan that the others
are compared with.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeVar

from planner.comparison.document import Names, PlanDocument

T = TypeVar("T")
Value = int | Decimal | None
Unit = Literal[
    "minutes",
    "students",
    "sessions",
    "days",
    "deadlines",
    "findings",
    "adults",
    "money",
    "unit_cost",
    "fte",
    "share",
    "percent",
    "amount",
    "changes",
    "",
]
Better = Literal["more", "less", ""]
Kind = Literal["", "fund", "position", "staff", "school", "group", "role", "finding"]


@dataclass(frozen=True)
class ComparisonRow:
    """A figure of each plan, beside that of the base.

    `measure` is what it is a figure of (stable, for machines) and `what` the same in words; `kind`
    and `id` say of what thing, which is called `label`; `id` is blank for the plan as a whole. A
    value of None: the thing is not there in that plan, or what it costs is not known. `differences`
    are None where one of the two is not known, and 0 for the base itself. A blank `unit`: the row
    has no figures, its notes say it all. `relative` rows count what is otherwise than in the base,
    so that a difference reads the same from both sides. `owed` is that of which a value is a part,
    where there is such; `notes` stand beside the values. `better` says which way is better where
    that is certain. `because` is the change of the scenario that alone explains the difference;
    blank where none does. `always` rows are shown without a difference, too.
    """

    table: str
    measure: str
    kind: Kind
    id: str
    label: str
    what: str
    unit: Unit
    values: tuple[Value, ...]
    differences: tuple[Value, ...]
    notes: tuple[str, ...]
    because: tuple[str, ...]
    better: Better = ""
    relative: bool = False
    always: bool = False
    owed: tuple[Value, ...] = ()
    unit_words: str = ""
    """The unit as the rule says it, where `unit` is amount."""

    @property
    def differs(self) -> bool:
        """Whether some plan differs from the base: in the figure, or in that the thing is there at
        all.
        """
        some_lack_it = None in self.values and any(value is not None for value in self.values)
        return any(self.differences) or (some_lack_it and None not in self.differences)

    @property
    def called(self) -> str:
        """The thing and what of it: `Elm: minutes`; one of the two where they are the same."""
        return self.what if self.label == self.what else f"{self.label}: {self.what}"

    def appears(self, plan: int, base: int) -> bool:
        """Whether the thing is there in a plan and not in the base."""
        return self.values[plan] is not None and self.values[base] is None

    def goes(self, plan: int, base: int) -> bool:
        """Whether the thing is there in the base and not in a plan."""
        return self.values[plan] is None and self.values[base] is not None


def each(some: Iterable[T | None], figure: Callable[[T], Value]) -> list[Value]:
    """A figure of each thing; None where it is not there."""
    return [None if one is None else figure(one) for one in some]


@dataclass(frozen=True)
class ComparisonTable:
    """A table of a comparison in the making: makes its rows, and knows what ids are called in any
    of the plans.
    """

    name: str
    plans: Sequence[PlanDocument]
    base: int
    names: Names

    def row(
        self,
        measure: str,
        what: str,
        unit: Unit,
        values: Iterable[Value],
        *,
        of: tuple[Kind, str, str] = ("", "", ""),
        notes: Iterable[str] = (),
        owed: Iterable[Value] = (),
        better: Better = "",
        known: bool = True,
        always: bool = False,
        unit_words: str = "",
    ) -> ComparisonRow:
        """A figure of each plan; `of` is the kind, id and name of the thing that it is a figure of.

        What is not there (None) counts as 0 in a difference, unless it is not `known` then.
        """
        figures = tuple(values)
        first = figures[self.base]
        differences = tuple(
            None if not known and None in (one, first) else (one or 0) - (first or 0)
            for one in figures
        )
        kind, id, label = of
        return ComparisonRow(
            table=self.name,
            measure=measure,
            kind=kind,
            id=id,
            label=label or what,
            what=what,
            unit=unit,
            values=figures,
            differences=differences,
            notes=tuple(notes) or self.blank,
            because=self.blank,
            better=better,
            always=always,
            owed=tuple(owed),
            unit_words=unit_words,
        )

    def counted(
        self,
        measure: str,
        what: str,
        unit: Unit,
        values: Iterable[int],
        *,
        of: tuple[Kind, str, str] = ("", "", ""),
        notes: Iterable[str] = (),
        better: Better = "",
        always: bool = False,
    ) -> ComparisonRow:
        """How much is otherwise in each plan than in the base."""
        figures = tuple(values)
        row = self.row(
            measure, what, unit, figures, of=of, notes=notes, better=better, always=always
        )
        return replace(row, differences=figures, relative=True)

    @property
    def blank(self) -> tuple[str, ...]:
        """Nothing said of any plan."""
        return ("",) * len(self.plans)

    def ids(self, of: Callable[[PlanDocument], Iterable[str]]) -> list[str]:
        """The ids that some plan has, each once: those of the base first, in its order."""
        order = (self.plans[self.base], *self.plans)
        return list(dict.fromkeys(name for plan in order for name in of(plan)))

    def school(self, id: str) -> str:
        """What a school is called."""
        return self.names.schools.get(id, id)

    def person(self, id: str) -> str:
        """What a person is called."""
        return self.names.people.get(id, id)

    def role(self, id: str) -> str:
        """What a job class is called."""
        return self.names.roles.get(id, id)

    def fund(self, id: str) -> str:
        """A fund with its program and school."""
        return f"{id} ({self.names.funds[id]})" if id in self.names.funds else id or "no fund"


def names_of(plans: Sequence[PlanDocument], base: int) -> Names:
    """What ids are called in some plan, in the base if it knows them."""
    order = [plan.names for plan in (*plans, plans[base])]
    return Names(
        schools={id: name for names in order for id, name in names.schools.items()},
        people={id: name for names in order for id, name in names.people.items()},
        roles={id: name for names in order for id, name in names.roles.items()},
        funds={id: name for names in order for id, name in names.funds.items()},
    )
