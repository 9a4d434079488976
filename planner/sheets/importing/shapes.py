"""Read the values of a mapping file in the shapes that they must have.

What has another shape is a fault, and all faults are found.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from planner.facts.cell_formats import nearest
from planner.words.errors import Fault


class Shapes:
    """Reads the keys of a mapping file and collects what is wrong with them."""

    def __init__(self, document: Mapping[str, Any], file: str) -> None:
        self.document = document
        self.file = file
        self.faults: list[Fault] = []

    def blame(self, place: str, rule: str, fix: str = "") -> None:
        """Note a fault at a place such as `columns.role`."""
        self.faults.append(Fault("", 0, "", place, rule, fix, self.file))

    def know(self, known: Iterable[str], of: str = "", found: Iterable[str] | None = None) -> None:
        """Blame the keys that are none of the known ones; `of` is what they stand under."""
        names = list(known)
        for key in self.document if found is None else found:
            if key not in names:
                place = f"{of}.{key}" if of else key
                self.blame(
                    place,
                    "is no key of a mapping.",
                    nearest(key, names) or f"The keys are {', '.join(names)}.",
                )

    def text(self, key: str, default: str = "") -> str:
        """One word."""
        value = self.document.get(key, default)
        if isinstance(value, str):
            return value.strip() or default
        self.blame(key, "must be one value.", f"Write it like `{key}: value`.")
        return default

    def words(self, key: str) -> tuple[str, ...]:
        """One word or a list of them."""
        return self.words_of(self.document.get(key, []), key)

    def words_of(self, value: Any, place: str) -> tuple[str, ...]:
        """One word or a list of them, already looked up."""
        found = [value] if isinstance(value, str) else value
        if isinstance(found, list) and all(isinstance(word, str) for word in found):
            return tuple(found)
        self.blame(
            place, "must be a word or a list of words.", "Write it like `[Inactive, Retired]`."
        )
        return ()

    def pairs(self, key: str) -> dict[str, str]:
        """Words by name."""
        return self.pairs_of(self.document.get(key) or {}, key)

    def pairs_of(self, value: Any, place: str) -> dict[str, str]:
        """Words by name, already looked up."""
        found = self.named(value, place)
        for name in [name for name, word in found.items() if not isinstance(word, str)]:
            self.blame(f"{place}.{name}", "must be one value.", f"Write it like `{name}: value`.")
            del found[name]
        return found

    def named(self, value: Any, place: str) -> dict[str, Any]:
        """Anything by name."""
        if isinstance(value, dict):
            return dict(value)
        self.blame(
            place,
            "must be names with values.",
            "Write each on a line of its own, like `name: value`.",
        )
        return {}

    def conditions(self, value: Any, place: str) -> dict[str, tuple[str, ...]]:
        """Words or patterns by heading."""
        return {
            name: self.words_of(words, f"{place}.{name}")
            for name, words in self.named(value or {}, place).items()
        }
