"""Chance without dice."""

from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import unhurried
from xogql.game.bots.chance import draw

numbers = st.integers(-(2**400), 2**400)


def test_the_same_is_drawn_for_ever() -> None:
    assert draw(0) == 16294208416658607535
    assert draw(1, 2) == 5026954255020281043
    assert draw(-3, 4) == 10497635068373290436
    assert draw(5, 1 << 200) == 3177414398288334939


@unhurried
@given(numbers, numbers, numbers)
def test_another_place_draws_another_number(seed: int, place: int, other: int) -> None:
    drawn = draw(seed, place)

    assert 0 <= drawn < 2**64
    assert (drawn == draw(seed, other)) == (place == other)


def test_all_of_a_hundred_come_about_as_often() -> None:
    counts = [0] * 100
    for place in range(100_000):
        counts[draw(7, place) % 100] += 1

    assert 800 < min(counts) <= max(counts) < 1_200
