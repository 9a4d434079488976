"""Which numbers of sessions come to a total, by hand and beside what trying everything says."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.facts.session_lengths import fewest_to_come, numbers_that_sum, sums_within

LENGTHS = st.sets(st.integers(1, 9), min_size=1, max_size=3).map(lambda some: tuple(sorted(some)))


@pytest.mark.parametrize(
    ("lengths", "total", "numbers"),
    [
        ((20, 30, 45), 90, (2, 3, 4)),
        ((30, 60), 90, (2, 3)),
        ((20, 30), 10, ()),
        ((45,), 90, (2,)),
        ((20,), 0, (0,)),
    ],
)
def test_numbers_of_sessions_that_sum(
    lengths: tuple[int, ...], total: int, numbers: tuple[int, ...]
):
    assert numbers_that_sum(lengths, total) == numbers


def test_the_fewest_that_come_to_the_rest_or_beyond_it():
    assert fewest_to_come((20, 45), 60) == 3
    assert fewest_to_come((20, 30), 70) == 3
    assert fewest_to_come((20, 30), 10) == 1
    assert fewest_to_come((20, 30), 0) == 0


@given(LENGTHS, st.integers(0, 24), st.integers(0, 5))
def test_sums_are_those_of_all_combinations(lengths: tuple[int, ...], total: int, most: int):
    tried = {
        number: {sum(some) for some in combinations_with_replacement(lengths, number)}
        for number in range(total + 1 if total < 7 else 7)
    }
    expected = {minutes for number in range(most + 1) for minutes in tried.get(number, ())}
    assert set(sums_within(lengths, total, most)) == {
        minutes for minutes in expected if minutes <= total
    }
    numbers = set(numbers_that_sum(lengths, total))
    assert {number for number in numbers if number in tried} == {
        number for number, sums in tried.items() if total in sums
    }
