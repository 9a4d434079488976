"""Lay out blocks in a week's grid, on a sheet or on paper.

Which hours are shown, and what stands side by side.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil
from typing import TypeVar

from planner.render.blocks import TimedBlock

T = TypeVar("T")
Span = tuple[int, int]
"""The first and the last row (or minute) of a block, both inside."""
HOUR = 60
USUAL_DAY = (8 * HOUR, 15 * HOUR)


def hours_around(
    blocks: Iterable[TimedBlock], fallback: Span = USUAL_DAY, to: int = HOUR // 2
) -> Span:
    """The stretch of the day that some blocks need, in full half hours (or in multiples of
    `to`).
    """
    moments = [
        moment for block in blocks for moment in (block.start, block.end) if 0 < moment < 24 * HOUR
    ]
    start, end = (min(moments), max(moments)) if moments else fallback
    return start // to * to, ceil(end / to) * to


def clusters(placed: list[tuple[Span, T]]) -> Iterable[list[tuple[Span, T]]]:
    """Blocks (or what stands for them) in order, parted wherever none reaches over to the next."""
    numbers: list[int] = []
    reached = -1
    for index, ((top, bottom), _) in enumerate(placed):
        numbers.append(numbers[-1] if top <= reached else index)
        reached = max(reached, bottom)
    for _, each in groupby(zip(numbers, placed, strict=True), key=lambda pair: pair[0]):
        yield [block for _, block in each]


def lanes_of(spans: Sequence[Span]) -> list[int]:
    """For each block, the first lane that is free."""
    until: list[int] = []
    lanes = []
    for top, bottom in spans:
        lane = next((index for index, last in enumerate(until) if last < top), len(until))
        until[lane:] = [bottom, *until[lane + 1 :]]
        lanes.append(lane)
    return lanes


def together(blocks: Sequence[TimedBlock]) -> TimedBlock:
    """One block for several that are at the same time and do not fit side by side."""
    titles = " + ".join(block.short or block.title for block in blocks)
    return TimedBlock(
        min(b.start for b in blocks), max(b.end for b in blocks), blocks[0].tone, titles
    )
