"""The rules, or the goals, in their order: the one list that everything else walks."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Protocol, TypeVar, overload


class Keyed(Protocol):
    """What is known by a key."""

    @property
    def key(self) -> str:
        """The key, which no other has."""


Entry = TypeVar("Entry", bound=Keyed)


class Registry(Sequence[Entry]):
    """Entries in order; `of` finds one by its key.

    A tuple would do, were it not that modules take it by name when they are imported: whatever is
    registered later must reach all of them.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.of: dict[str, Entry] = {}
        for entry in entries:
            self.register(entry)

    def register(self, entry: Entry) -> AbstractContextManager[object]:
        """Add an entry after all others.

        Returns:
            A context at whose end the entry is gone again; without `with` it stays.

        Raises:
            ValueError: Another entry has this key.
        """
        if entry.key in self.of:
            raise ValueError(f"There is a {entry.key} already.")
        self.of[entry.key] = entry
        registered = ExitStack()
        registered.callback(self.of.pop, entry.key)
        return registered

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.of.values())

    def __len__(self) -> int:
        return len(self.of)

    @overload
    def __getitem__(self, place: int) -> Entry: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...

    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        return tuple(self.of.values())[place]
