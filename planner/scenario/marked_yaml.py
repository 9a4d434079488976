"""Read YAML as text that knows its lines.

Nothing in it is ever made into an object: every scalar stays as it is written (`08:30`, `no`,
`0.50`), tags and aliases are refused, and each key stands once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from planner.words.errors import DatasetError, Fault

LARGEST = 500_000
"""Bytes of the largest file that is read."""
PLAIN = "tag:yaml.org,2002:"
NULL = f"{PLAIN}null"


@dataclass(frozen=True)
class Word:
    """One value as it is written; blank for `~` and `null`."""

    text: str
    line: int


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple["Marked", ...]
    line: int


@dataclass(frozen=True)
class Entries:
    """Values by key, and the line of each key."""

    entries: Mapping[str, "Marked"]
    lines: Mapping[str, int]
    line: int


Marked = Word | Items | Entries


class _Loader(yaml.SafeLoader):
    """Composes nodes without following aliases, whose expansion may be larger than any memory."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A node. Raises ComposerError for an alias."""
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(
                None, None, f"*{event.anchor} stands for another place", event.start_mark
            )
        return super().compose_node(parent, index)


def read_marked(path: Path, what: str) -> Entries:
    """The mapping in a YAML file, which is called `what` where it cannot be read.

    Raises DatasetError for a file that is too large, cannot be read, or is no mapping of names.
    """
    try:
        if not path.is_file():
            raise _unreadable(path, what, "is not there." if not path.exists() else "is no file.")
        if path.stat().st_size > LARGEST:
            raise _unreadable(path, what, f"is larger than {LARGEST // 1000} kB.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(path, what, "is not UTF-8 text.", "Save it as UTF-8.") from None
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is no name of a file"
        raise _unreadable(path, what, f"cannot be read ({said}).") from None
    return marked(text, path, what)


def marked(text: str, path: Path, what: str) -> Entries:
    """The mapping in a YAML text. Raises DatasetError as `read_marked` does."""
    faults: list[Fault] = []
    try:
        node = yaml.compose(text, Loader=_Loader)
        found = _of(node, path.name, faults) if node is not None else None
    except yaml.composer.ComposerError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _unreadable(
            path, what, f"cannot be read: {error.problem}.", "Write it out instead.", line
        ) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _unreadable(
            path, what, f"cannot be read as YAML: {error.problem}.", "Mend that line.", line
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _unreadable(
            path, what, "holds a character that no text has.", "Delete it.", line
        ) from None
    except (yaml.YAMLError, ValueError):
        raise _unreadable(path, what, "cannot be read as YAML.") from None
    except RecursionError:
        raise _unreadable(path, what, "is nested too deeply.") from None
    if faults:
        raise DatasetError(faults)
    if not isinstance(found, Entries):
        raise _unreadable(path, what, "holds no keys.", "Write it like `name: Title I cut 8 %`.")
    return found


def _of(node: yaml.Node, file: str, faults: list[Fault]) -> Marked:
    line = node.start_mark.line + 1
    if not node.tag.startswith(PLAIN) or node.tag.startswith(f"{PLAIN}python"):
        faults.append(
            Fault(
                "",
                line,
                "",
                node.tag.removeprefix(PLAIN),
                "is a tag; values are plain text here.",
                "Delete it.",
                file,
            )
        )
    if isinstance(node, yaml.ScalarNode):
        return Word("" if node.tag == NULL else node.value.strip(), line)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_of(each, file, faults) for each in node.value), line)
    entries: dict[str, Marked] = {}
    lines: dict[str, int] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault("", at, "", "", "a key must be one word.", "", file))
        elif key.value in entries:
            faults.append(
                Fault("", at, "", key.value, "is there twice.", "Keep one of them.", file)
            )
        else:
            entries[key.value], lines[key.value] = _of(value, file, faults), at
    return Entries(entries, lines, line)


def _unreadable(path: Path, what: str, rule: str, fix: str = "", line: int = 0) -> DatasetError:
    return DatasetError([Fault("", line, "", "", f"the {what} {rule}", fix, path.name)])
