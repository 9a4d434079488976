"""Read single values of a scenario's file, and note each fault with its line.

The values are marked text (`marked_yaml`), not what YAML would make of them: so `no` can be a
person's id in one place and a choice in another, and a fault can quote what the planner typed.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from planner.facts.cell_formats import nearest
from planner.facts.cell_numbers import number
from planner.scenario.marked_yaml import Entries, Items, Marked, Word
from planner.words.errors import Fault

_YES_NO: Mapping[str, bool | None] = {
    "": None,
    "yes": True,
    "true": True,
    "no": False,
    "false": False,
}


class ValueReader:
    """Reads values of one file.

    A value that is wrong is noted in `faults` and read as blank, so that one look at the file finds
    every fault: planners mend a file once, not fault after fault.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []

    def blame(self, line: int, value: str, rule: str, fix: str = "") -> None:
        """Note a fault in a line."""
        self.faults.append(Fault("", line, "", value, rule, fix, self.path.name))

    def know(self, entries: Entries, known: Iterable[str], of: str) -> None:
        """Blame keys that are none of the known ones."""
        names = list(known)
        for key in entries.entries:
            if key not in names:
                fix = nearest(key, names) or f"The keys are {', '.join(names)}."
                self.blame(entries.lines[key], key, f"is no key of {of}.", fix)

    def entries(self, file: Entries, key: str, like: str) -> Entries | None:
        """What stands under a key by name; None where nothing does."""
        value = file.entries.get(key)
        if value is None or is_blank(value):
            return None
        if not isinstance(value, Entries):
            self.blame(value.line, key, "must be names with values.", f"Write it like `{like}`.")
            return None
        return value

    def text(self, entries: Entries, key: str) -> str:
        """One value; blank where it is not there."""
        value = entries.entries.get(key)
        if value is None:
            return ""
        if isinstance(value, Word):
            return value.text
        self.blame(entries.lines[key], key, "must be one value.", f"Write it like `{key}: …`.")
        return ""

    def texts(self, value: Marked, name: str) -> tuple[str, ...] | None:
        """One value or a list of them; None, and blame, for anything else."""
        words = value.items if isinstance(value, Items) else (value,)
        texts = tuple(word.text for word in words if isinstance(word, Word))
        if len(texts) == len(words) and texts:
            return texts
        self.blame(
            value.line,
            name,
            "must be a value or a list of values.",
            f"Write it like `{name}: [a, b]`.",
        )
        return None

    def number(self, entries: Entries, key: str, above: Decimal, most: Decimal) -> Decimal | None:
        """A number above one limit and up to another."""
        text = self.text(entries, key)
        if not text:
            return None
        try:
            found = number(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if found.is_finite() and above < found <= most:
            return found
        self.blame(
            entries.lines[key],
            text,
            f"is no number above {above:f}.",
            f"Write it like `{key}: 60`.",
        )
        return None

    def whole(self, entries: Entries, key: str, least: int, most: int) -> int | None:
        """A whole number within limits."""
        text = self.text(entries, key)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most:
            return int(text)
        self.blame(entries.lines[key], text, f"is no whole number from {least} to {most:,}.")
        return None

    def yes(self, entries: Entries, key: str) -> bool | None:
        """Yes or no; None where nothing is entries."""
        word = self.text(entries, key).casefold()
        if word not in _YES_NO:
            self.blame(entries.lines[key], word, "is neither yes nor no.")
        return _YES_NO.get(word)


def is_blank(value: Marked) -> bool:
    """Whether nothing is written: an empty value, list or mapping."""
    if isinstance(value, Word):
        return not value.text
    return not (value.items if isinstance(value, Items) else value.entries)
