"""A comparison as it is read in a terminal: a column a plan.

The difference stands beside the figure; then what explains which.
"""

from collections.abc import Iterator, Sequence

from planner.comparison import ComparedPlan, Comparison, ComparisonRow
from planner.comparison.comparison import SECTIONS, SUMMARY, TABLES
from planner.comparison.comparison_text import ComparisonText
from planner.words.errors import shortened, visible
from ui.render.columns import columns

MOST_SHOWN = 12
"""Rows of a list."""
LONGEST_LABEL = 64
LONGEST_VALUES = {2: 60, 3: 34, 4: 24}
"""Of a figure and its note, by the number of plans."""
SHOWN = {
    "schools": ("minutes", "students"),
    "cost": ("cost", "left"),
    "people": ("days_elsewhere", "fte", "hours"),
    "groups": ("sessions", "sessions_owed", "students"),
}
"""What a list says of its things, unless everything is asked for; other lists say all that they
know.
"""
LISTS = {
    "schools": "Schools, those first that lose most",
    "cost": "By fund, job class and school",
    "people": "People",
    "positions": "Positions",
    "groups": "Groups, those first that lose most",
    "findings": "Findings",
}
"""How lists are headed."""
STATUS = {"optimal": "proved best", "feasible": "the best found in its time"}


def as_text(comparison: Comparison, *, everything: bool) -> str:
    """The plans, the four questions with their rows, and the changes that explain differences."""
    said = _Text(comparison, everything)
    parts = [
        list(said.head()),
        list(comparison.remarks),
        *(block for name in SECTIONS for block in said.section(name)),
    ]
    return "\n\n".join(
        "\n".join(map(visible, lines)) for lines in (*parts, list(said.changes())) if lines
    )


def label_of(row: ComparisonRow) -> str:
    """A row as it is called; what is compared stays whole where the name is too long."""
    room = LONGEST_LABEL - len(row.what)
    return (
        row.called
        if row.label == row.what or len(row.label) <= room
        else f"{shortened(row.label, room)}: {row.what}"
    )


class _Text:
    """A comparison while it is written; numbers the changes in the order in which they are first
    named.
    """

    def __init__(self, comparison: Comparison, everything: bool) -> None:
        self.comparison, self.everything = comparison, everything
        self.speech = ComparisonText(comparison)
        self.marks: dict[str, int] = {}

    def head(self) -> Iterator[str]:
        """Which plans they are."""
        base = self.comparison.plans[self.comparison.base].label
        yield f"Figures a {self.comparison.period}, money a year; the differences are from {base}."
        width = max(len(plan.label) for plan in self.comparison.plans)
        for plan in self.comparison.plans:
            yield f"  {plan.label.ljust(width)}  {self._about(plan)}"

    def _about(self, plan: ComparedPlan) -> str:
        said = STATUS.get(plan.status, plan.status.replace("_", " "))
        if len(plan.changes) == 1:
            return f"{said}; one change: {plan.changes[0]}"
        return said + (f"; {len(plan.changes)} changes of its scenario" if plan.changes else "")

    def section(self, name: str) -> Iterator[list[str]]:
        """A question: its summary, then its lists, as far as they differ; each is a block of
        lines.
        """
        for table in (table for table, section in TABLES.items() if section == name):
            rows, more = self._shown(table)
            title = LISTS.get(table, name)
            if rows and table == "findings":
                yield [title, *(line for row in rows for line in self._sentences(row)), *more]
            elif rows:
                yield [
                    *columns(
                        self._headings(title), [self._cells(row) for row in rows], left=[title]
                    ),
                    *more,
                ]

    def _headings(self, name: str) -> list[str]:
        heads = [name]
        for number, plan in enumerate(self.comparison.plans):
            heads += [plan.label] if number == self.comparison.base else [plan.label, ""]
        return heads

    def _shown(self, table: str) -> tuple[Sequence[ComparisonRow], list[str]]:
        """The rows of a table that are shown, and a line that says how many more there are."""
        found = self.comparison.table(table, everything=self.everything)
        if self.everything or table in SUMMARY:
            return found, []
        found = tuple(row for row in found if table not in SHOWN or row.measure in SHOWN[table])
        if len(found) <= MOST_SHOWN:
            return found, []
        left = self.speech.words.number(len(found) - MOST_SHOWN)
        return found[:MOST_SHOWN], [f"  … and {left} more of {table}: see --all, or -o FILE.xlsx"]

    def _cells(self, row: ComparisonRow) -> list[str]:
        cells = [f"  {label_of(row)}"]
        for plan in range(len(self.comparison.plans)):
            value = self.speech.value(row, plan)
            cells.append(shortened(value, LONGEST_VALUES[len(self.comparison.plans)]))
            if plan != self.comparison.base:
                cells.append(self.speech.difference(row, plan) + self._mark(row, plan))
        return cells

    def _sentences(self, row: ComparisonRow) -> Iterator[str]:
        """A finding: where it appears, goes, or is of another amount."""
        base = self.comparison.base
        for plan, head in enumerate(self.comparison.plans):
            mark = self._mark(row, plan)
            if row.appears(plan, base):
                yield f"  appears in {head.label}{mark}: {row.label}"
            elif row.goes(plan, base):
                yield f"  goes in {head.label}{mark}: {row.label}"
            elif row.differences[plan]:
                yield (
                    f"  {self.speech.difference(row, plan)} in {head.label}{mark}: "
                    f"{row.notes[plan] or row.label}"
                )
        if not row.differs:
            yield f"  in all plans: {row.label}"

    def _mark(self, row: ComparisonRow, plan: int) -> str:
        if not row.because[plan]:
            return ""
        return f" [{self.marks.setdefault(row.because[plan], len(self.marks) + 1)}]"

    def changes(self) -> Iterator[str]:
        """What the marks mean."""
        if self.marks:
            yield "Because of the scenario's change, where one alone explains it"
        for words, number in self.marks.items():
            yield f"  [{number}] {words}"
