"""Drawn HTML in which a click, or Enter on the keyboard, picks something.

Its `data-pick` comes back to the page.
"""

from functools import cache
from typing import Any

import streamlit as st
from markupsafe import Markup

SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  let place = parentElement.querySelector(":scope > .picking");
  if (!place) {
    place = document.createElement("div");
    place.className = "picking";
    parentElement.appendChild(place);
  }
  if (place.dataset.shown !== data) {
    const scrolled = [...place.querySelectorAll(".week-scroll")].map((one) => one.scrollLeft);
    const active = document.activeElement;
    const focused = place.contains(active) ? active.dataset.pick : undefined;
    place.innerHTML = data;
    place.dataset.shown = data;
    place.querySelectorAll(".week-scroll").forEach((one, number) => {
      one.scrollLeft = scrolled[number] || 0;
    });
    if (focused) {
      const again = [...place.querySelectorAll("[data-pick]")];
      again.find((one) => one.dataset.pick === focused)?.focus();
    }
  }
  place.onclick = (event) => {
    const found = event.target.closest("[data-pick]");
    if (found) { setTriggerValue("picked", found.dataset.pick); }
  };
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("planner_picking", js=SCRIPT, isolate_styles=False)


def picked_in(drawn: Markup, key: str) -> str:
    """Shows what was drawn (escaped HTML, from a template); the key that was picked just now, or
    nothing.
    """
    found = _component()(data=str(drawn), key=key, on_picked_change=lambda: None)
    return str(found.picked or "")
