"""How a row of a plan is read: each name, day and clock time is checked against the dataset, and
what is wrong with one is noted.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Generic, TypeVar

from planner.document.document_part import PlanPart
from planner.document.plan_rows import Placed
from planner.facts.cell_formats import days, nearest, parse_clock
from planner.facts.problem import Problem
from planner.sheets.sheet_reading import folded
from planner.words.errors import Fault

R = TypeVar("R", bound=PlanPart)
T = TypeVar("T")


class RowReading(Generic[R]):
    """One row while it is read. A value that is wrong counts as blank."""

    def __init__(self, placed: Placed[R], problem: Problem, faults: list[Fault]) -> None:
        self.placed, self.row = placed, placed.row
        self.problem, self.faults = problem, faults
        self._before = len(faults)

    @property
    def sound(self) -> bool:
        """Whether nothing in the row is wrong so far."""
        return len(self.faults) == self._before

    def text(self, column: str) -> str:
        """What stands in a column that holds one text."""
        return str(getattr(self.row, column) or "").strip()

    def fault(self, column: str, value: str, rule: str, fix: str = "") -> None:
        """Note what is wrong with a cell."""
        place = self.placed.place
        letter = place.letters.get(column, "")
        cell = f"{letter}{place.number}" if letter else ""
        self.faults.append(
            Fault(place.sheet, place.number, column, value, rule, fix, self.placed.file, cell)
        )

    def known(self, column: str, what: str, names: Collection[str]) -> str:
        """A cell that must hold one of some names; blank where it is blank or wrong."""
        text = self.text(column)
        if not text or text in names:
            return text
        self.unknown(column, text, what, names)
        return ""

    def unknown(self, column: str, text: str, what: str, names: Iterable[str]) -> None:
        """Note that a name is none of the dataset's."""
        names = list(names)
        fix = nearest(text, names) or _choices(names)
        self.fault(column, text, f"is no {what} of this dataset.", fix)

    def person(self, name: str) -> str:
        """Somebody's id, given the id or a name that nobody else has."""
        known = self.problem.person_of
        if not name or name in known:
            return name
        named = [person.id for person in known.values() if folded(person.name) == folded(name)]
        if len(named) == 1:
            return named[0]
        under_contract = any(
            name == row.staff or folded(name) == folded(row.called)
            for row in self.problem.data.staff
        )
        if named:
            self.fault(
                "staff",
                name,
                "is the name of several people.",
                f"Write one of their ids: {', '.join(named)}.",
            )
        elif under_contract:
            self.fault("staff", name, "is not under contract on the planned day.")
        else:
            fix = nearest(name, [*known, *(person.name for person in known.values())]) or _choices(
                known
            )
            self.fault("staff", name, "is nobody in this dataset.", fix)
        return name

    def days(self) -> tuple[str, ...]:
        """The days of the row: in a workbook, one row may stand for several."""
        text = self.text("day")
        if text in self.problem.cycle:
            return (text,)
        try:
            named = days(text, self.problem.data.reading)
        except ValueError as error:
            self.fault("day", text, str(error))
            return ()
        if not named:
            self.fault("day", text, "is required and is blank.")
        return named

    def span(self, first: str, last: str, *, required: bool) -> tuple[int, int] | None:
        """Two clock times that belong together; None where both are blank and may be."""
        if not self.text(first) and not self.text(last) and not required:
            return None
        start, end = self.clock(first), self.clock(last)
        if start is None or end is None:
            return None
        if start >= end:
            self.fault(last, self.text(last), f"is not after {first} ({self.text(first)}).")
        return start, end

    def clock(self, column: str) -> int | None:
        """A clock time, in minutes after midnight."""
        text = self.text(column)
        try:
            return parse_clock(text)
        except ValueError as error:
            self.fault(
                column,
                text,
                str(error) if text else "is blank, and is needed here. Write it like 08:30.",
            )
            return None

    def each(
        self, column: str, texts: Iterable[str], read: Callable[[str], T], rule: str
    ) -> tuple[T, ...]:
        """The parts of a list, each read; one fault for all of it where one cannot be."""
        pieces = [text.strip() for text in texts if text.strip()]
        try:
            return tuple(read(piece) for piece in pieces)
        except ValueError:
            self.fault(column, "; ".join(pieces), rule)
            return ()

    def need(self, *columns: str) -> None:
        """Note each of some columns that is blank."""
        for column in columns:
            if not self.text(column):
                self.fault(column, "", "is required and is blank.")


def _choices(names: Iterable[str], most: int = 8) -> str:
    shown = list(names)
    return f"It may be {', '.join(shown)}." if 0 < len(shown) <= most else ""
