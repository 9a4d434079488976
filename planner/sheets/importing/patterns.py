"""Compare words of an export with those of a mapping.

Without regard to case and spaces; `*` stands for any text but none.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache

from planner.sheets.sheet_reading import folded

UNTRANSLATED = "?"
"""What a proposed mapping writes where a code still needs its translation."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in folded(pattern).split("*")), re.DOTALL)


def matches(text: str, patterns: Collection[str]) -> bool:
    """Whether a text is one of some words or patterns; a blank one is only if the blank is among
    them.
    """
    return (
        "" in patterns
        if not text
        else any(_compiled(pattern).fullmatch(folded(text)) for pattern in patterns)
    )


def translated(text: str, codes: Mapping[str, str]) -> str | None:
    """Our word for a code; None where there is none. A code that is written out goes before a
    pattern.
    """
    exact = {folded(code): ours for code, ours in codes.items() if "*" not in code}
    if folded(text) in exact:
        return exact[folded(text)]
    return next(
        (ours for code, ours in codes.items() if "*" in code and matches(text, [code])), None
    )
