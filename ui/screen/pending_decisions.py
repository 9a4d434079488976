"""Decisions taken on a plan that have not been planned with yet.

They wait until a scenario takes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

STAGED = "staged"
Said = tuple[Mapping[str, Any], str]
"""A change as a scenario holds it, and as a planner says it."""


@dataclass(frozen=True)
class Staged:
    """A change as a scenario holds it, and as a planner says it; `of` is the plan on which it was
    decided, `about` the key of its session there.
    """

    change: Mapping[str, Any]
    words: str
    of: int
    about: str


def staged() -> list[Staged]:
    """What waits."""
    return list(st.session_state.get(STAGED, []))


def stage(decision: Sequence[Said], of: int, about: str) -> None:
    """Let the changes of one decision wait; what was decided before about the same session of the
    plan is forgotten.
    """
    kept = [one for one in staged() if (one.of, one.about) != (of, about)]
    st.session_state[STAGED] = [
        *kept,
        *(Staged(change, words, of, about) for change, words in decision),
    ]


def unstage(some: list[Staged]) -> None:
    """Forget some changes."""
    st.session_state[STAGED] = [one for one in staged() if one not in some]
