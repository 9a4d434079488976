"""What becoming the next year did to a row, and why somebody should look at it."""

from dataclasses import dataclass

CHANGED, DROPPED, LOOK = "changed", "dropped", "to look at"
KINDS = (CHANGED, DROPPED, LOOK)


@dataclass(frozen=True)
class Note:
    """A remark on a row: `row` counts as a CSV file does (1 is the heading), of this year's sheet
    where it was dropped, else of the next year's; 0 where the whole sheet is meant. Equal `words`
    of a sheet are said together.
    """

    kind: str
    sheet: str
    row: int
    key: str
    words: str
