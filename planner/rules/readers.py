"""Who may read what a rule finds, or what a goal reached; planner.access says which roles these
are.
"""

from enum import Enum


class Readers(Enum):
    """Groups of readers, the widest first."""

    EVERYBODY = "everybody"
    """A principal reads what is of their own schools."""
    ALL_SCHOOLS = "whoever sees all schools"
    """What the part of a plan that is at some schools does not tell."""
    MONEY = "whoever sees money"
    """A principal reads what is of their own schools."""
    OFFICE = "the district's office"
    """Sums of money from which pay could be worked out."""
