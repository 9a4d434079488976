"""What HR is told of a rule, and when; planner.hr walks the rules and asks each."""

from enum import Enum


class HrSection(Enum):
    """Where a rule stands in HR's view."""

    NOT = "not told"
    """A timetable's concern alone."""
    POSITIONS = "positions and contracts"
    """Looked at with a timetable and without one."""
    FUNDS = "funds"
    """As positions are; what it notes is told with the funds, and no concern of HR's."""
    WEEK = "a person's week"
    """On a person's contract, and yet only a timetable can keep or break it."""
