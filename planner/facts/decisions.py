"""Decisions that stand, and rules as they are set here."""

from dataclasses import dataclass
from typing import Annotated, Literal

from planner.facts import usual_ranges as usual
from planner.facts.cell_formats import CellType, Clock, Day, Days, Key, Text, Whole, choice
from planner.facts.row import SheetRow, column

_scopes = CellType("scope", "tier:3", lambda text, _: text.strip())
Scope = Annotated[str, _scopes]
"""A part of a district: a kind, a colon, and a name."""


class Pin(SheetRow):
    """A decision that must stand, or (forbid) must not be taken."""

    kind: Annotated[
        Literal["session", "placement", "lunch", "position", "forbid"],
        choice("session", "placement", "lunch", "position", "forbid"),
    ] = column("What is decided", "session")
    subject: Key = column(
        "The group, duty or position",
        "elm-2-read-a",
        default="",
        refers_to="groups|duties|positions",
        blank="any (placement, forbid)",
    )
    staff: Key = column("Who", "ESP-01", default="", refers_to="staff", blank="anyone")
    day: Days = column("On which day or days", "Mon", default=(), blank="any day")
    start: Clock | None = column(
        "Starting when", "09:00", default=None, blank="any time", usual=usual.SESSION_TIME
    )
    school: Key = column("Where", "", default="", refers_to="schools", blank="anywhere")
    minutes: Whole | None = column(
        "How long a session is, where its group may have several lengths",
        "",
        default=None,
        blank="any",
        unit="min",
        gt=0,
        le=480,
        usual=usual.SESSION,
    )
    value: Text = column("What a position is pinned to", "", default="")


@dataclass(frozen=True)
class Edit:
    """A decision that was taken by hand in a plan's workbook: as a pin, and as a sentence that
    names its cells.
    """

    pin: Pin
    sentence: str


class RuleRow(SheetRow):
    """How a rule is set in this district."""

    rule: Key = column("The rule's name, as in the rules table", "consecutive_contact")
    setting: Annotated[Literal["hard", "soft", "off"], choice("hard", "soft", "off")] | None = (
        column("Kept always, weighed, or not at all", "hard", default=None, blank="the rule's own")
    )
    weight: Whole | None = column(
        "What a unit of breaking it weighs (soft); 0: it is only noted",
        "1",
        default=None,
        blank="the rule's own",
        ge=0,
        le=1000,
        usual=usual.NO_UNIT,
    )
    parameter: Key = column(
        "A parameter of the rule (planner rules), or a role's or group's column that this row "
        "replaces",
        "break_minutes",
        default="",
    )
    value: Text = column("Its value", "15", default="")
    applies_to: Scope = column(
        "Which part of the district: tier:3, role:para, school:elm",
        "role:para",
        default="",
        blank="all",
    )
    from_: Day | None = column("Valid from", "", default=None)
    to: Day | None = column("Valid to", "", default=None)
