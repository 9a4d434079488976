"""Say whether one more session fits into somebody's day that is being built by hand.

Times are ticks of the grid; what is taken is a whole number read as a row of bits, one a tick.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

Span = tuple[int, int]


@dataclass
class Day:
    """What is taken (bits), the stretches of contact, where the work is, and what has still to fit
    in.

    `shifts` are the hours of the day by the school where it begins, `ways` the ticks between two
    schools (None: unknown).
    """

    shifts: dict[str, Span]
    ways: Callable[[str, str], int | None]
    moves: bool
    lunches: list[int]
    prep: int
    shortest: int
    most_contact: int
    most_on_end: int
    pause: int
    taken: int = 0
    contact: list[tuple[int, int]] = field(default_factory=list)
    visits: list[tuple[int, int, str]] = field(default_factory=list)
    known: dict[tuple[int, Span], bool] = field(default_factory=dict)
    """What was found of days taken just so: rounds of ruin and recreate come back to the same."""

    def fits(self, start: int, length: int, school: str) -> bool:
        """Whether one more session of contact leaves the day legal."""
        bits = ((1 << length) - 1) << start
        if (
            self.taken & bits
            or sum(end - begin for begin, end in self.contact) + length > self.most_contact
        ):
            return False
        shift = self._shift(start, start + length, school)
        return (
            shift is not None
            and self._pauses(start, start + length)
            and self._breaks(self.taken | bits, shift)
        )

    def _shift(self, start: int, end: int, school: str) -> Span | None:
        """The day's hours with one more session; None where it is not at the day's school, or
        cannot be reached from there.
        """
        if len(self.shifts) == 1:
            return next(iter(self.shifts.values()))
        visits = sorted([*self.visits, (start, end, school)])
        changes = [(visit, after) for visit, after in pairwise(visits) if visit[2] != after[2]]
        if len(changes) > self.moves:
            return None
        for visit, after in changes:
            way = self.ways(visit[2], after[2])
            if way is None or after[0] - visit[1] < way:
                return None
        shift = self.shifts.get(visits[0][2])
        return shift if shift and shift[0] <= visits[0][0] and visits[-1][1] <= shift[1] else None

    def _pauses(self, start: int, end: int) -> bool:
        begin, last = start, end
        for first, then in sorted([*self.contact, (start, end)]):
            begin = first if first - last >= self.pause or first <= begin else begin
            last = then
            if then - begin > self.most_on_end:
                return False
        return True

    def _breaks(self, taken: int, shift: Span) -> bool:
        """Whether lunch and preparation still fit beside what is taken."""
        key = (taken, shift)
        if key not in self.known:
            self.known[key] = any(
                not taken & lunch and self._prepares(taken | lunch, shift)
                for lunch in (self.lunches or [0])
            )
        return self.known[key]

    def _prepares(self, taken: int, shift: Span) -> bool:
        found, run = 0, 0
        if not self.prep:
            return True
        for tick in range(shift[0], shift[1] + 1):
            if tick < shift[1] and not taken >> tick & 1:
                run += 1
                continue
            found += run if run >= self.shortest else 0
            run = 0
            if found >= self.prep:
                return True
        return False
