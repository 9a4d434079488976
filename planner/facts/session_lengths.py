"""Which numbers of sessions of some lengths come to a total of minutes."""

from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=4096)
def numbers_that_sum(lengths: tuple[int, ...], total: int) -> tuple[int, ...]:
    """Every number of sessions of these lengths (minutes, above 0) that comes to the total, in
    order.
    """
    numbers = _bits(lengths, total)[total]
    return tuple(number for number in range(numbers.bit_length()) if numbers >> number & 1)


@lru_cache(maxsize=4096)
def sums_within(lengths: tuple[int, ...], total: int, most: int) -> tuple[int, ...]:
    """Every sum, 0 and the total among them where they are sums, of so many of these lengths at
    most, in order.
    """
    few = (2 << most) - 1
    return tuple(minutes for minutes, bits in enumerate(_bits(lengths, total)) if bits & few)


def fewest_to_come(lengths: tuple[int, ...], rest: int) -> int:
    """The fewest sessions that come to what is left; where none do, those that are no shorter."""
    if rest <= 0:
        return 0
    exact = numbers_that_sum(lengths, rest)
    return exact[0] if exact else -(-rest // max(lengths))


def _bits(lengths: Iterable[int], total: int) -> list[int]:
    """For each number of minutes up to the total, the numbers of sessions that come to it: bit n
    says that n sessions do.
    """
    found = [1] + [0] * total
    for minutes in range(1, total + 1):
        for length in lengths:
            if length <= minutes:
                found[minutes] |= found[minutes - length] << 1
    return found
