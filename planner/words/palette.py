"""The one table of colours: workbook, printed page and screen take theirs from here.

The full colours are told apart by colour-blind eyes; each also has a letter or a word, so that
colour never speaks alone.
"""

from dataclasses import dataclass

TINT = 0.14
"""How much of the full colour a block's ground holds, over white."""

ACCENT = "#0B5CAD"
"""Links, and the one action of a page."""
TEXT = "#1B1F24"
MUTED = "#57606A"
"""Second lines, units and notes."""
LINE = "#D0D7DE"
"""Hour lines and the lines of tables."""
FAINT = "#EAEEF2"
"""Half-hour lines."""
BAND = "#F6F8FA"
"""The ground of headings, and of the hours outside a shift."""
STRIPE = "#B8BEC6"
"""The diagonal stripes of travel."""
WHITE = "#FFFFFF"
RED = "#B3261E"
"""Only for a broken hard rule."""


def tint(colour: str, share: float = TINT) -> str:
    """A colour laid thinly over white: `share` of it."""
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (channel - 255) * share):02X}" for channel in channels)


@dataclass(frozen=True)
class Tone:
    """One kind of block: the bar at its left, if it has one, its ground, and the letter that says
    the same without colour.
    """

    name: str
    bar: str
    ground: str
    letter: str = ""
    striped: bool = False


def _tone(name: str, colour: str, letter: str) -> Tone:
    return Tone(name, colour, tint(colour), letter)


TIER = {
    1: _tone("Tier 1", "#56B4E9", "1"),
    2: _tone("Tier 2", "#E69F00", "2"),
    3: _tone("Tier 3", "#D55E00", "3"),
}
DUTY = _tone("Duties: coaching, meetings", "#009E73", "•")
LUNCH = Tone("Duty-free lunch", "#BDBDBD", "#E5E5E5")
PREPARATION = Tone("Preparation", "#A9B6CC", "#EDF1F7")
TRAVEL = Tone("Travel", "#8C959F", "#F3F4F6", striped=True)
ROOMS = Tone("Pull-out rooms in use", "#BDBDBD", WHITE)
AWAY = Tone("Not at work", "", BAND)
SERVED = Tone("Taken: so many groups are served", "", "#C3C9D1", "#")
OPEN = Tone("Free: groups may be pulled out", "", tint(ACCENT, 0.3), "o")
OPEN_IN_CLASS = Tone("Free: in class alone", "", tint(ACCENT, 0.1), "c")
CLOSED = Tone("Not usable", "", BAND)
SLOTS = (OPEN, OPEN_IN_CLASS, SERVED, CLOSED)
"""What the legend of the open slots explains."""
LEGEND = (TIER[3], TIER[2], TIER[1], DUTY, TRAVEL)
"""What a legend explains; lunch and preparation say what they are themselves."""
