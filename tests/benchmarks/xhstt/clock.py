"""The times of an instance as days and hours: a time is an hour from eight o'clock on."""

from __future__ import annotations

from collections.abc import Set

from tests.benchmarks.xhstt.archive import Instance
from tests.planted_sheets import between

HOUR, OPENING = 60, 480
"""Minutes of a time, and the minute at which a day's first begins."""


class Clock:
    """Times by day and hour; days are called D1, D2 and so on."""

    def __init__(self, instance: Instance) -> None:
        self.days = {f"D{number}": times for number, times in enumerate(instance.days.values(), 1)}
        flat = tuple(time for times in self.days.values() for time in times)
        if flat != instance.times:
            raise ValueError(f"{instance.id} has times that are not in one day each, in order")
        self.place = {
            time: (day, number)
            for day, times in self.days.items()
            for number, time in enumerate(times)
        }
        self.longest = max(map(len, self.days.values()))

    def windows(self, times: Set[str]) -> str:
        """Times as windows, those on end together."""
        return "; ".join(
            f"{day} {between(OPENING + HOUR * first, OPENING + HOUR * last)}"
            for day, first, last in self.stretches(times)
        )

    def stretches(self, times: Set[str]) -> list[tuple[str, int, int]]:
        """Times as stretches: day, first hour, the hour after the last."""
        found: list[tuple[str, int, int]] = []
        for day, number in sorted(map(self.place.__getitem__, times), key=self._order):
            if found and found[-1][0] == day and found[-1][2] == number:
                found[-1] = (day, found[-1][1], number + 1)
            else:
                found.append((day, number, number + 1))
        return found

    def time(self, day: str, start: int) -> str:
        """The time that begins at a minute of a day."""
        return self.days[day][(start - OPENING) // HOUR]

    def _order(self, place: tuple[str, int]) -> tuple[int, int]:
        return list(self.days).index(place[0]), place[1]
