"""How long a shift is, and the lunch in it: the same from a shift that is typed in and from an FTE."""

from hypothesis import given
from hypothesis import strategies as st

from planner.facts.roles import Role

MINUTES = st.integers(1, 600)


def role(lunch: int, shortest: int) -> Role:
    return Role(
        role="para",
        title="Para",
        obligation_minutes=420,
        contract_days=190,
        lunch_minutes=lunch,
        lunch_shift=shortest,
    )


@given(duty=MINUTES, lunch=st.integers(0, 60), shortest=st.integers(0, 600))
def test_the_duty_of_a_shift_is_what_the_shift_was_made_of(duty: int, lunch: int, shortest: int):
    para = role(lunch, shortest)
    shift = para.shift_of_duty(duty)
    assert para.duty_of_shift(shift) == duty
    assert para.duty_of_shift(shift) + para.lunch_of_shift(shift) == shift


@given(duty=MINUTES, lunch=st.integers(0, 60))
def test_without_a_shortest_shift_everybody_has_a_lunch(duty: int, lunch: int):
    assert role(lunch, 0).shift_of_duty(duty) == duty + lunch
