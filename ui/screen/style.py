"""The look of the pages, from the one table of colours."""

from functools import cache
from pathlib import Path
from string import Template

from planner.words import palette

BETTER, WORSE = "#0F6B2B", "#A11212"
"""Green and red of a difference that is surely better or worse; both are readable on white (over 6
: 1).
"""
THEME: dict[str, str | bool] = {
    "base": "light",
    "primaryColor": palette.ACCENT,
    "backgroundColor": palette.WHITE,
    "secondaryBackgroundColor": palette.BAND,
    "textColor": palette.TEXT,
    "linkColor": palette.ACCENT,
    "borderColor": palette.LINE,
    "showWidgetBorder": True,
    "baseRadius": "0.375rem",
    "headingFontSizes": '["1.9rem", "1.3rem", "1.15rem", "1.1rem", "1rem", "0.95rem"]',
}
"""Streamlit's own settings of the same colours."""


@cache
def css() -> str:
    """The sheet of styles, with the colours filled in."""
    text = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    named = {
        name: value
        for name, value in vars(palette).items()
        if name.isupper() and isinstance(value, str)
    }
    return Template(text).substitute(named, BETTER=BETTER, WORSE=WORSE, LUNCH=palette.LUNCH.ground)
