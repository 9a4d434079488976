"""What a PDF file says, where, and how wide: read with pypdf, measured with the typeface."""

import io
from dataclasses import dataclass

import pypdf

from planner.render.print.printed_text import BOLD, PLAIN, width


@dataclass(frozen=True)
class Box:
    """A piece of text on a page, in points from the lower left corner; `turned` reads upwards, its
    baseline at `left`.
    """

    text: str
    left: float
    bottom: float
    size: float
    bold: bool
    turned: bool

    @property
    def right(self) -> float:
        return self.left + (
            0 if self.turned else width(self.text, BOLD if self.bold else PLAIN, self.size)
        )

    def overlaps(self, other: "Box") -> bool:
        """Whether the letters of both lie over each other: from baseline to the height of small
        letters.
        """
        low, high = sorted((self, other), key=lambda box: box.bottom)
        return (
            high.bottom - low.bottom < 0.6 * low.size
            and self.left < other.right - 0.1
            and other.left < self.right - 0.1
        )


def pages_of(content: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


def boxes(page: pypdf.PageObject) -> list[Box]:
    """Every drawn string of a page."""
    found: list[Box] = []

    def visit(
        text: str, outer: list[float], matrix: list[float], font: dict[str, str] | None, size: float
    ) -> None:
        if text.strip() and font:
            left = outer[0] * matrix[4] + outer[2] * matrix[5] + outer[4]
            bottom = outer[1] * matrix[4] + outer[3] * matrix[5] + outer[5]
            bold = "Bold" in str(font["/BaseFont"])
            found.append(Box(text.strip("\n"), left, bottom, size, bold, abs(outer[1]) > 0.5))

    page.extract_text(visitor_text=visit)
    return found
