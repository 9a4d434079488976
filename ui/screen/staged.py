"""Changes that a planner has decided on and not yet planned with: they wait at the foot of every page until then."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

KEY = "staged"


@dataclass(frozen=True)
class Staged:
    """A change as a scenario holds it, and as a planner says it; `of` is the plan on which it was decided."""

    change: Mapping[str, Any]
    words: str
    of: int


def staged(of: int) -> list[Staged]:
    """What waits for a plan."""
    return [one for one in st.session_state.get(KEY, []) if one.of == of]


def stage(change: Mapping[str, Any], words: str, of: int) -> None:
    """Let a change wait; one that says the same is not added again."""
    new = Staged(change, words, of)
    if new not in staged(of):
        st.session_state[KEY] = [*st.session_state.get(KEY, []), new]


def unstage(one: Staged) -> None:
    """Forget a change."""
    st.session_state[KEY] = [other for other in st.session_state.get(KEY, []) if other != one]
