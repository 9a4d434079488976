"""Who holds a position, from when to when."""

from typing import Annotated, ClassVar, Literal

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import Day, Fte, Key, Shares, Text, Whole, YesNo, choice
from planner.facts.row import SheetRow, column

HOLDS, LEAVE, SUBSTITUTE = "holds", "leave", "substitute"


class Assignment(SheetRow):
    """Who holds a position from when to when, and on which terms. A position without a row is held
    by its own columns for its whole life.
    """

    KEY: ClassVar = ()
    position: Key = column("The position", "P-001", refers_to="positions")
    staff: Key = column(
        "Who holds it, is on leave from it, or fills it", "ESP-01", refers_to="staff"
    )
    from_: Day | None = column(
        "From", "", default=None, blank="the position's start, else the hire date"
    )
    to: Day | None = column(
        "To", "", default=None, blank="the position's end, else the last day of employment"
    )
    fte: Fte | None = column(
        "FTE", "", default=None, gt=0, le=1, blank="the position's", usual=usual.FTE
    )
    week_minutes: Whole | None = column(
        "Minutes a week, where FTE is not exact",
        "",
        default=None,
        unit="min",
        gt=0,
        blank="the position's",
        usual=usual.WEEK,
    )
    lane: Text = column("Pay lane", "", default="", blank="the person's")
    step: Key = column("Pay step", "", default="", blank="the person's")
    funding: Shares = column(
        "Which funds pay which percentage meanwhile",
        "",
        default=(),
        refers_to="funds",
        blank="the position's",
    )
    kind: Annotated[Literal["holds", "leave", "substitute"], choice(HOLDS, LEAVE, SUBSTITUTE)] = (
        column(
            "Holds it; is on leave from it, which keeps the seat; or fills it meanwhile",
            "holds",
            default="holds",
        )
    )
    paid: YesNo = column("Whether it is paid", "yes", default=True)
    note: Text = column("Why", "", default="")
