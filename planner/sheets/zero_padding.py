"""Numbers that a spreadsheet's number format shows as an id, with zeros before them.

`00417` that is the number 417 under the format `00000` is 00417 to whoever typed it, and stands so
in a CSV file of the same sheet. Formats of other numbers (decimals, thousands, dates) are how a
value looks, and not what it says.
"""

import re
from collections.abc import Iterator

_PART = re.compile(r'"([^"]*)"|\\(.)|([_*].)|(\[[^\]]*\])|([0#])|([-+ ():.\w]|.)', re.DOTALL)
_SHOWN_AS_IT_IS = "-+ ():"
_DIGITS = "0#"
_FEWEST_ZEROS = 2
_FEWEST_ZEROS_BESIDE_TEXT = 3
"""With text in it (`"S-"0000`) a format of one or two zeros is that of a quantity (`0 "min"`)."""


def pads_with_zeros(code: str) -> bool:
    """Whether a format shows a whole number as an id with zeros before it."""
    parts = _parts(code)
    zeros = parts.count("0")
    has_text = any(part not in _DIGITS for part in parts)
    return zeros >= (_FEWEST_ZEROS_BESIDE_TEXT if has_text else _FEWEST_ZEROS)


def as_shown(text: str, code: str) -> str:
    """A number as a format that pads it shows it; other text as it is."""
    if not text.isdecimal():
        return text
    parts = _parts(code)
    digits = list(text)
    shown: list[str] = []
    left = sum(part in _DIGITS for part in parts)
    for part in reversed(parts):
        if part not in _DIGITS:
            shown.append(part)
            continue
        left -= 1
        if not left:  # the first place takes all digits that the others have left
            shown.append("".join(digits) or ("0" if part == "0" else ""))
        else:
            shown.append(digits.pop() if digits else "0" if part == "0" else "")
    return "".join(reversed(shown)).strip()


def _parts(code: str) -> list[str]:
    """The places of digits and the texts of a format for positive numbers; none where it holds
    anything else.
    """
    parts: list[str] = []
    for part in _pieces(code):
        if part is None:
            return []
        if part:
            parts.append(part)
    return parts


def _pieces(code: str) -> Iterator[str | None]:
    """Each piece of a format: a place, a text, nothing; None for what shows no id."""
    for match in _PART.finditer(code):
        quoted, escaped, space, condition, place, other = match.groups()
        if other == ";":
            return
        if place:
            yield place
        elif quoted is not None or escaped is not None:
            # Digits of a text would be taken for places of the number.
            literal = quoted if quoted is not None else escaped
            yield None if set(literal) & set(_DIGITS) else literal
        elif space or condition:
            yield ""
        else:
            yield other if other in _SHOWN_AS_IT_IS else None
