"""Stretches of time, and what fits into them."""

from hypothesis import given
from hypothesis import strategies as st

from solver.timetable.meeting_times import filled, held_by_day, rounded, union

LENGTHS = st.lists(st.integers(2, 30), min_size=1, max_size=5)


def test_stretches_that_touch_are_one():
    assert union([[("Mon", 0, 30), ("Tue", 0, 10)], [("Mon", 30, 50), ("Mon", 70, 80)]]) == (
        ("Mon", 0, 50),
        ("Mon", 70, 80),
        ("Tue", 0, 10),
    )


def test_a_day_holds_what_its_stretches_hold():
    assert held_by_day((("Mon", 0, 45), ("Mon", 60, 100), ("Tue", 0, 20)), (30,)) == {
        "Mon": 60,
        "Tue": 0,
    }


@given(LENGTHS, st.integers(1, 90))
def test_what_is_filled_is_the_most_that_lengths_add_up_to(lengths: list[int], room: int):
    sums = {0}
    for total in range(room + 1):
        sums |= {total} if any(total - length in sums for length in lengths) else set()
    assert filled(room, tuple(sorted(set(lengths)))) == max(sums)


@given(LENGTHS, st.integers(20, 60), st.data())
def test_no_packing_that_fits_is_ruled_out(lengths: list[int], room: int, data: st.DataObject):
    many, left = [], room
    for length in lengths:
        many.append(data.draw(st.integers(0, left // length)))
        left -= length * many[-1]
    for weights, limit in rounded(lengths, room):
        assert sum(weight * count for weight, count in zip(weights, many, strict=True)) <= limit
