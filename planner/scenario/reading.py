"""Read a scenario's file into a `Scenario`, or list everything that is wrong with it by line."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from planner.facts.cell_formats import nearest
from planner.facts.sheets import SHEETS
from planner.rules.goals import GOAL_OF
from planner.scenario.marked_yaml import Entries, Items, Marked, Word, marked, read_marked
from planner.scenario.scenario import KINDS, Change, Kind, Scenario, SolveWishes, StayClose
from planner.scenario.value_reading import ValueReader, is_blank
from planner.sheets.sheet_reading import columns_by_heading
from planner.words.errors import DatasetError

KEYS = ("name", "base", "changes", "goals", "solve", "stay_close_to")
KEYS_OF = {
    "scale": ("sheet", "where", "column", "by"),
    "set": ("sheet", "where", "values"),
    "add": ("sheet", "row"),
    "drop": ("sheet", "where", "cascade"),
}
NEEDED = {
    "scale": ("sheet", "column", "by"),
    "set": ("sheet", "values"),
    "add": ("sheet", "row"),
    "drop": ("sheet", "where"),
}
LIKE = {
    "scale": "scale: {sheet: funds, where: {program: title-1}, column: amount, by: 0.92}",
    "set": "set: {sheet: positions, where: {position: P-014}, values: {fte: 0.5}}",
    "add": "add: {sheet: positions, row: {position: P-090, role: mtss-esp, status: proposed}}",
    "drop": "drop: {sheet: staff, where: {staff: ESP-07}}",
}
MOST_CHANGES = 2000
LONGEST_NAME = 200
LARGEST_FACTOR = Decimal(1_000_000)
NUMBERS = ("money", "percentage", "FTE", "number", "whole number")
"""Kinds of cell that can be multiplied."""
MOST_WORKERS, LARGEST_SEED = 1024, 2**31 - 1


def read_scenario(path: Path) -> Scenario:
    """The scenario in a YAML file. Raises DatasetError with everything that is wrong with it."""
    return _read(path, read_marked(path, "scenario"))


def scenario_of(text: str, path: Path) -> Scenario:
    """The scenario that a file would hold. Raises DatasetError as `read_scenario` does."""
    return _read(path, marked(text, path, "scenario"))


def _read(path: Path, file: Entries) -> Scenario:
    reader = _ScenarioReader(path)
    scenario = reader.scenario(file)
    if reader.faults:
        raise DatasetError(sorted(reader.faults, key=lambda fault: fault.row))
    return scenario


class _ScenarioReader(ValueReader):
    """Reads one scenario and collects what is wrong with it."""

    def scenario(self, file: Entries) -> Scenario:
        """What the whole file says."""
        self.know(file, KEYS, "a scenario")
        name = self.text(file, "name")
        if len(name) > LONGEST_NAME:
            self.blame(file.lines["name"], name, f"is longer than {LONGEST_NAME} characters.")
        return Scenario(
            name or self.path.stem,
            self.text(file, "base"),
            tuple(self.changes(file)),
            self.goals(file),
            self.wishes(file),
            self.stay_close(file),
            self.path,
            file.lines.get("base", 0),
        )

    # -- changes

    def changes(self, file: Entries) -> Iterable[Change]:
        """The changes that could be read."""
        found = file.entries.get("changes")
        if found is None or is_blank(found):
            return
        if not isinstance(found, Items):
            self.blame(
                found.line,
                "changes",
                "must be a list.",
                f"Write each change on a line of its own, like `- {LIKE['set']}`.",
            )
            return
        if len(found.items) > MOST_CHANGES:
            self.blame(
                found.line,
                "changes",
                f"holds {len(found.items):,}; a scenario may have {MOST_CHANGES:,}.",
            )
            return
        for item in found.items:
            change = self.change(item)
            if change:
                yield change

    def change(self, item: Marked) -> Change | None:
        """One change; None where anything in it is wrong."""
        before = len(self.faults)
        if not isinstance(item, Entries) or len(item.entries) != 1:
            self.blame(
                item.line,
                "",
                f"a change is one of {', '.join(KINDS)}.",
                f"Write it like `- {LIKE['set']}`.",
            )
            return None
        kind, said = next(iter(item.entries.items()))
        if kind not in KINDS:
            self.blame(
                item.line,
                kind,
                "is no change.",
                nearest(kind, KINDS) or f"There are {', '.join(KINDS)}.",
            )
            return None
        if not isinstance(said, Entries):
            self.blame(
                said.line,
                kind,
                "says nothing of what it changes.",
                f"Write it like `- {LIKE[kind]}`.",
            )
            return None
        self.know(said, KEYS_OF[kind], f"the change {kind}")
        for key in NEEDED[kind]:
            if key not in said.entries or is_blank(said.entries[key]):
                self.blame(item.line, kind, f"lacks `{key}`.", f"Write it like `- {LIKE[kind]}`.")
        sheet = self.text(said, "sheet")
        if sheet and sheet not in SHEETS:
            fix = nearest(sheet, SHEETS) or f"The sheets are {', '.join(SHEETS)}."
            self.blame(said.lines["sheet"], sheet, "is no sheet of a dataset.", fix)
        if len(self.faults) > before:
            return None
        return self._known(kind, sheet, said, item.line)

    def _known(self, kind: str, sheet: str, said: Entries, line: int) -> Change | None:
        """A change of a sheet that there is; None where a column of it is not there, or a value has
        the wrong shape.
        """
        before = len(self.faults)
        where, where_lines = self.cells(said, "where", sheet)
        values, value_lines = self.cells(said, "row" if kind == "add" else "values", sheet)
        column = self.text(said, "column")
        if kind == "scale":
            self.scaled(sheet, column, said.lines["column"])
        by = self.factor(said) if kind == "scale" else Decimal(1)
        cascade = self.yes(said, "cascade") or False
        if len(self.faults) > before:
            return None
        texts = {name: ";".join(found) for name, found in values.items()}
        known: Kind = kind  # type: ignore[assignment]  # one of KINDS, as was looked at
        return Change(
            known, sheet, where, texts, column, by, cascade, line, where_lines | value_lines
        )

    def cells(
        self, said: Entries, key: str, sheet: str
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
        """Texts by column of a sheet, and their lines; a list is several texts."""
        found = said.entries.get(key)
        if found is None or is_blank(found):
            return {}, {}
        if not isinstance(found, Entries):
            first = next(iter(columns_by_heading(sheet)))
            self.blame(
                found.line,
                key,
                "must be columns with values.",
                f"Write it like `{key}: {{{first}: …}}`.",
            )
            return {}, {}
        cells = {}
        for name, value in found.entries.items():
            self.column(sheet, name, found.lines[name])
            texts = self.texts(value, name)
            if texts is not None:
                cells[name] = texts
        return cells, dict(found.lines)

    def column(self, sheet: str, name: str, line: int) -> None:
        """Blame a name that is no column of a sheet."""
        columns = columns_by_heading(sheet)
        if name not in columns:
            fix = nearest(name, columns) or f"The columns are {', '.join(columns)}."
            self.blame(line, name, f"is no column of the sheet {sheet}.", fix)

    def scaled(self, sheet: str, name: str, line: int) -> None:
        """Blame a column that is not there or that holds no numbers."""
        before = len(self.faults)
        self.column(sheet, name, line)
        if (
            len(self.faults) == before
            and columns_by_heading(sheet)[name][1].cell.kind not in NUMBERS
        ):
            kind = columns_by_heading(sheet)[name][1].cell.kind
            self.blame(
                line,
                name,
                f"holds no numbers ({kind}), so nothing can be multiplied.",
                "Use `set`.",
            )

    def factor(self, said: Entries) -> Decimal:
        """What a scale multiplies by: a number, or a percentage like `92 %`."""
        text = self.text(said, "by")
        percent = text.endswith("%")
        try:
            number = Decimal(text.removesuffix("%").strip()) / (100 if percent else 1)
        except InvalidOperation:
            number = Decimal("NaN")
        if not (number.is_finite() and 0 <= number <= LARGEST_FACTOR):
            self.blame(
                said.lines["by"],
                text,
                "is no number from 0 on.",
                "Write 0.92 for 8 % less, 1.05 for 5 % more.",
            )
            return Decimal(1)
        return number

    # -- goals, solving, closeness

    def goals(self, file: Entries) -> tuple[str, ...] | None:
        """The goals in order; None where none are named."""
        found = file.entries.get("goals")
        if found is None or is_blank(found):
            return None
        words = found.items if isinstance(found, Items) else (found,)
        names: list[str] = []
        for word in words:
            for name in word.text.split(",") if isinstance(word, Word) else ("",):
                self._goal(name.strip(), word.line, names)
        return tuple(names)

    def _goal(self, name: str, line: int, names: list[str]) -> None:
        if name not in GOAL_OF:
            self.blame(
                line,
                name,
                "is no goal.",
                nearest(name, GOAL_OF) or f"There are {', '.join(GOAL_OF)}.",
            )
        elif name in names:
            self.blame(line, name, "is there twice.", "Keep one of them.")
        names.append(name)

    def wishes(self, file: Entries) -> SolveWishes:
        """How the scenario wants to be solved."""
        said = self.entries(file, "solve", "solve: {seconds: 60, seed: 1}")
        if said is None:
            return SolveWishes()
        self.know(said, ("seconds", "workers", "seed", "reproducible"), "solve")
        seconds = self.number(said, "seconds", Decimal(0), Decimal(10_000_000))
        workers, seed = (
            self.whole(said, "workers", 1, MOST_WORKERS),
            self.whole(said, "seed", 0, LARGEST_SEED),
        )
        return SolveWishes(
            None if seconds is None else float(seconds),
            workers,
            seed,
            self.yes(said, "reproducible"),
        )

    def stay_close(self, file: Entries) -> StayClose | None:
        """The plan to stay close to: its name alone, or with the most changes."""
        found = file.entries.get("stay_close_to")
        if isinstance(found, Word) and found.text:
            return StayClose(found.text, None, self.path, found.line)
        said = self.entries(
            file, "stay_close_to", "stay_close_to: {plan: plans/adopted/plan.json, max_changes: 5}"
        )
        if said is None:
            return None
        self.know(said, ("plan", "max_changes"), "stay_close_to")
        plan = self.text(said, "plan")
        if not plan:
            self.blame(
                said.line,
                "stay_close_to",
                "lacks `plan`.",
                "Write the plan's file, like `plan: plans/adopted/plan.json`.",
            )
        return StayClose(
            plan,
            self.whole(said, "max_changes", 0, 1_000_000),
            self.path,
            said.lines.get("plan", said.line),
        )
