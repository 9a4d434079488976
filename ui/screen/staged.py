"""Decisions taken on a plan that have not been planned with yet: they wait until a scenario takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

STAGED = "staged"


@dataclass(frozen=True)
class Staged:
    """A change as a scenario holds it, and as a planner says it; `of` is the plan on which it was decided."""

    change: Mapping[str, Any]
    words: str
    of: int


def staged() -> list[Staged]:
    """What waits."""
    return list(st.session_state.get(STAGED, []))


def stage(change: Mapping[str, Any], words: str, of: int) -> None:
    """Let a change wait; the same one does not wait twice."""
    new = Staged(change, words, of)
    if new not in staged():
        st.session_state[STAGED] = [*staged(), new]


def unstage(some: list[Staged]) -> None:
    """Forget some changes."""
    st.session_state[STAGED] = [one for one in staged() if one not in some]
