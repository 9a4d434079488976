"""Stretches of a day: what is common to them, left of them, or fits into them."""

from collections.abc import Iterable

Span = tuple[int, int]


def length(spans: Iterable[Span]) -> int:
    """Minutes in stretches that do not overlap."""
    return sum(end - start for start, end in spans)


def meet(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """What two sets of stretches have in common, piece by piece."""
    others = list(other)
    pairs = [(max(a, c), min(b, d)) for a, b in one for c, d in others]
    return sorted({(start, end) for start, end in pairs if start < end})


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of stretches when others are taken away."""
    left = list(spans)
    for begin, finish in taken:
        cut = [
            piece
            for start, end in left
            for piece in ((start, min(end, begin)), (max(start, finish), end))
        ]
        left = [(start, end) for start, end in cut if start < end] if begin < finish else left
    return sorted(set(left))


def joined(spans: Iterable[Span], *, touching: bool = True) -> list[Span]:
    """Overlapping stretches made one; those that only touch too, unless they are to stay apart."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (start < found[-1][1] or (touching and start == found[-1][1])):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def fitting(spans: Iterable[Span], minutes: int, grid: int) -> list[Span]:
    """The stretches that hold a session of so many minutes which starts on the grid, from its first
    possible start.
    """
    found = [(-(-start // grid) * grid, end) for start, end in spans]
    return [(start, end) for start, end in found if end - start >= minutes]


def fills(room: int, lengths: Iterable[int], *, again: bool) -> int:
    """The most minutes, up to the room, that some of the lengths add up to, each used once or
    (`again`) any number of times.
    """
    reached = 1
    for each in set(lengths) if again else lengths:
        for _ in range(room // each if again else 1):
            reached |= reached << each
        reached &= (1 << room + 1) - 1
    return reached.bit_length() - 1
