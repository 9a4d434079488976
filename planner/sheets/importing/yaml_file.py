"""Read a mapping file as text: YAML in which every word stays a word, each key once.

`no` is no, `01` is 01.
"""

from pathlib import Path
from typing import Any

import yaml

from planner.words.errors import DatasetError, Fault

LARGEST_MAPPING = 1_000_000


class _Words(yaml.BaseLoader):
    """Reads every scalar as text, and refuses a key that is there twice: plain YAML keeps the last
    of them in silence.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping with its keys as text. Raises ConstructorError for a key that is no text or is
        there twice.
        """
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key is a list; it must be one word", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key.value}' is there twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> dict[str, Any]:
    """The text of a mapping file. Raises DatasetError where it cannot be read or is no mapping of
    names to values.
    """
    try:
        if path.stat().st_size > LARGEST_MAPPING:
            raise _unreadable(path, "is too large to be a mapping.")
        document = yaml.load(
            path.read_text(encoding="utf-8-sig"), Loader=_Words
        )  # _Words makes text only
    except OSError as error:
        raise _unreadable(path, f"cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise _unreadable(path, "is not UTF-8 text.", "Save it as UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise _unreadable(
            path, f"cannot be read as YAML{line}: {error.problem}.", "Mend that line."
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise _unreadable(path, "cannot be read as YAML.") from None
    if not isinstance(document, dict):
        raise _unreadable(path, "is no mapping.", "Write a first one with --save-mapping.")
    return document


def _unreadable(path: Path, rule: str, fix: str = "") -> DatasetError:
    return DatasetError([Fault("", 0, "", "", f"the mapping {rule}", fix, path.name)])
