"""Times that somebody would rather have, or would rather not."""

from typing import Annotated

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import CellType, Clock, Days, Text, Whole
from planner.facts.cell_type import Reading, nearest
from planner.facts.row import SheetRow, column

WHOM = {"staff": "staff", "group": "groups", "role": "roles", "grade": "", "school": "schools"}
"""The kinds of those who have preferences, each with the sheet of its ids; grades have none."""


def _whom(text: str, reading: Reading) -> str:
    kind, _, name = (part.strip() for part in text.partition(":"))
    if kind.casefold() not in WHOM or not name:
        rule = f"is not kind:name with a kind of {', '.join(WHOM)}."
        hint = nearest(kind, WHOM) if kind and name else ""
        raise ValueError(f"{rule} {hint}".strip())
    return f"{kind.casefold()}:{name}"


class Preference(SheetRow):
    """A stretch of time that somebody would rather have (a weight above 0) or avoid (below)."""

    who: Annotated[str, CellType("who", "staff:ESP-01", _whom)] = column(
        "Whose preference it is: staff:, group:, role:, grade: or school: and the name",
        "staff:ESP-01",
    )
    days: Days = column("On which days", "Mon-Fri", default=(), blank="all days")
    from_: Clock = column("From when", "08:00", usual=usual.SESSION_TIME)
    to: Clock = column("To when", "09:00", usual=usual.SESSION_TIME)
    weight: Whole = column(
        "What a minute of a session in it is worth: above 0 wished, below 0 to be avoided",
        "-2",
        ge=-10,
        le=10,
        usual=usual.NO_UNIT,
    )
    note: Text = column("Why", "", default="")

    @property
    def kind(self) -> str:
        """The kind of those who have it."""
        return self.who.partition(":")[0]

    @property
    def name(self) -> str:
        """The id of who has it; of a grade, its name."""
        return self.who.partition(":")[2]

    def minutes(self, day: str, start: int, end: int) -> int:
        """The minutes of a session that lie in it."""
        if self.days and day not in self.days:
            return 0
        return max(0, min(end, self.to) - max(start, self.from_))
