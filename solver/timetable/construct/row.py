"""A row of the construction's tables: a service that goes alone, or one seat of a bundle."""

from dataclasses import dataclass

from planner.facts.service import Service


@dataclass(frozen=True)
class Row:
    """One seat of a service at one of its sessions of a day."""

    service: Service
    bundle: int
    """The first row of those that go in and out with it; its own where it goes alone."""
    rows: int
    """How many these are."""
    seats: int
    """How many of them are for one time; 0 where it goes alone."""
    counts_for: int
    """Its seat's row of a day's first session."""
    seat: int = 0
    """Which of the service's seats it is."""
    of: int = 1
    """How many seats the service has; their rows follow each other."""
    attendee: str = ""
    """Who has the seat; blank where anybody may have it who may give the service."""

    @property
    def leads(self) -> bool:
        """Whether it is the service's first seat, which stands for students, guests and rooms."""
        return self.seat == 0

    def is_first(self, place: int) -> bool:
        """Whether all sessions of the service count for it, if it is the row at this place."""
        return self.leads and self.counts_for == place
