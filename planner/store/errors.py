"""What the store cannot do, said as every other fault."""

from planner.words.errors import DatasetError, Fault


class StoreError(DatasetError):
    """The store cannot be opened, read or changed so: what (a file, a plan), why, and what to
    do.
    """

    def __init__(self, what: str, rule: str, fix: str = "") -> None:
        super().__init__([Fault("", 0, "", what, rule, fix)])


class PlaceError(StoreError):
    """A file or a database cannot be used so; `place` is shown whole."""

    def __init__(self, place: str, rule: str, fix: str = "") -> None:
        DatasetError.__init__(self, [Fault("", 0, "", "", rule, fix, file=place)])


class Unreachable(PlaceError):
    """The database does not answer now: it restarts, is busy, or its disk is full. The same may
    succeed later.
    """


class NotThere(StoreError):
    """The store holds nothing of that name or number."""


class SavedMeanwhile(StoreError):
    """Somebody else saved first; what they saved stands, and nothing was written."""


class NotOurs(StoreError):
    """A run is no longer this worker's: another one took it up, or it has ended."""
