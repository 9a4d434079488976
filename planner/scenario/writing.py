"""Write a scenario as the text of its file, a change a line.

Two files then differ where their scenarios do.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

ChangeMap = Mapping[str, Mapping[str, Any]]
"""A change as its file says it: `{"scale": {"sheet": "funds", …}}`."""
_PLAIN = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.;%@/|+*() \-]*(?<! )")
_WORDS_OF_YAML = ("null", "~", "")


def scenario_text(
    name: str,
    base: str,
    changes: Iterable[ChangeMap],
    *,
    goals: Sequence[str] = (),
    solve: Mapping[str, Any] | None = None,
    stay_close_to: Mapping[str, Any] | None = None,
) -> str:
    """The YAML of a scenario; what is empty is left out."""
    lines = [f"name: {_word(name)}"]
    if base:
        lines.append(f"base: {_word(base)}")
    found = list(changes)
    lines.append("changes:" if found else "changes: []")
    lines += [f"  - {kind}: {_flow(said)}" for change in found for kind, said in change.items()]
    if goals:
        lines.append(f"goals: {_flow(list(goals))}")
    lines += [
        f"{key}: {_flow(said)}"
        for key, said in (("solve", solve), ("stay_close_to", stay_close_to))
        if said
    ]
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{_word(str(key))}: {_flow(each)}" for key, each in value.items())
            + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _word(str(value))


def _word(text: str) -> str:
    """A text as it may stand bare, else in quotation marks."""
    if text.casefold() not in _WORDS_OF_YAML and _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
