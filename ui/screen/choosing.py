"""Fields whose value is kept elsewhere: in the address, in a draft.

What is typed or chosen is told at once, before the page is drawn again, so that no answer is lost.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

Told = Callable[[Any], None]


def choice(
    place: DeltaGenerator,
    label: str,
    options: Sequence[Any],
    now: Any,
    told: Told,
    *,
    key: str,
    **more: Any,
) -> None:
    """A list to choose from, at what is chosen `now`; `told` hears of another choice."""
    st.session_state[key] = now
    place.selectbox(label, options, key=key, on_change=_tell, args=(key, told), **more)


def line(place: DeltaGenerator, label: str, now: str, told: Told, *, key: str, **more: Any) -> None:
    """A line of text, the same way."""
    st.session_state[key] = now
    place.text_input(label, key=key, on_change=_tell, args=(key, told), **more)


def number(
    place: DeltaGenerator, label: str, now: int | None, told: Told, *, key: str, **more: Any
) -> None:
    """A number, or none, the same way."""
    st.session_state[key] = now
    place.number_input(label, value=None, key=key, on_change=_tell, args=(key, told), **more)


def _tell(key: str, told: Told) -> None:
    told(st.session_state[key])
