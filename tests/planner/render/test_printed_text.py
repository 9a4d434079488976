"""Text on paper: which signs are there, what is printed for others, and that nothing is wider than
its room.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from reportlab.pdfbase import pdfmetrics

from planner.facts.district import District
from planner.facts.row import columns_of
from planner.render.print.printed_text import (
    BOLD,
    PLAIN,
    cut_off,
    on_one_line,
    printable,
    width,
    wrapped,
)
from planner.words import palette
from planner.words.wording import KINDS, MODES, Words, clock_range, grades

LOCALES = next(column.cell.choices for column in columns_of(District) if column.name == "locale")


def has(font: str, text: str) -> bool:
    width(text, font, 8)
    glyphs = pdfmetrics.getFont(font).face.charToGlyph
    return all(ord(sign) in glyphs for sign in text)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("font", [PLAIN, BOLD])
def test_everything_that_words_say_can_be_printed_as_it_is(font: str, locale: str):
    words = Words(locale)
    said = [
        words.number(-1234567), words.number(Decimal("-0.5"), 2), words.exact(Decimal("-1365.875")), words.signed(-640),
        words.minutes(-605), words.fte(0.875), words.percent(0.935, 1), words.day(date(2026, 10, 6)),
        words.day_of_month(date(2026, 3, 1)), clock_range(465, 975), grades(["K", "1", "2"], ["K", "1", "2"]),
        *(words.money(Decimal("-26.81"), currency) for currency in ("USD", "GBP", "EUR", "CAD", "AUD", "NZD")),
        *MODES.values(), *KINDS.values(), *(tone.letter + tone.name for tone in (*palette.LEGEND, palette.LUNCH)),
        "195 days × 7 h ÷ 37 h − 32 · “x” – … £ € ½",
    ]  # fmt: skip
    for text in said:
        assert printable(text) == text, (
            "true minus, dashes and signs of money are printed as they are"
        )
        assert has(font, text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Elm → Oak", "Elm › Oak"),
        ("Zoë Núñez-Łukaszewski, Œuvre", "Zoë Núñez-Łukaszewski, Œuvre"),
        ("Ăn Nguyễn", "An Nguyen"),
        ("Erdoğan Őry", "Erdoğan Ory"),
        ("Ирина", "?????"),
        ("a\u202fb\u00a0c\td", "a b c d"),
        ("pre\u200b\u200dfix\u0007", "prefix"),
        ("non\u2011breaking", "non-breaking"),
        ("e\u0301", "e"),
    ],
)
def test_what_the_typeface_lacks_is_replaced(text: str, printed: str):
    assert printable(text) == printed
    assert has(PLAIN, printed)
    assert has(BOLD, printed)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.text())
def test_any_text_can_be_printed(text: str):
    assert has(PLAIN, printable(text))
    assert has(BOLD, printable(text))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.text(max_size=80), some.floats(12, 200), some.floats(5, 16))
def test_lines_are_never_wider_than_their_room(text: str, room: float, size: float):
    for line in wrapped(text, BOLD, size, room):
        assert width(line, BOLD, size) <= room + 0.01 or len(line) == 1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.text(max_size=80), some.floats(12, 200))
def test_one_line_fits_by_smaller_type_or_by_being_cut_off(text: str, room: float):
    shown, size = on_one_line(text, PLAIN, 12, room, 6)
    assert 6 <= size <= 12
    assert width(shown, PLAIN, size) <= room + 0.01
    assert shown in ("", printable(text)) or shown.endswith("…")


def test_words_stay_whole_where_they_can():
    room = width("Gr 2 · reading ·", BOLD, 8)
    assert wrapped("Gr 2 · reading · elm-2-read-a", BOLD, 8, room) == [
        "Gr 2 · reading ·",
        "elm-2-read-a",
    ]
    assert wrapped("elm-2-read-a", BOLD, 8, width("elm-2-rea", BOLD, 8)) == ["elm-2-", "read-a"]
    assert cut_off("Interventionist", PLAIN, 8, width("Interve…", PLAIN, 8)) == "Interve…"
