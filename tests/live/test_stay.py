"""Where somebody is for others: who comes is shown at once, who goes when it has lasted."""

import pytest

from xogql.live.stay import DEBOUNCE, Stay
from xogql.store.whereabouts import Whereabout

HERE, HIDDEN, LEFT, CUT_OFF = (
    Whereabout.HERE,
    Whereabout.HIDDEN,
    Whereabout.LEFT,
    Whereabout.CUT_OFF,
)


def stay() -> Stay:
    """Somebody who is here, since the moment 0."""
    made = Stay()
    made.come(0.0, hidden=False)
    made.settle(0.0)
    return made


def shown(made: Stay, at: float) -> tuple[Whereabout | None, float]:
    made.settle(at)
    return made.shown, made.since


@pytest.mark.parametrize("hidden", [False, True])
def test_who_comes_is_shown_at_once(*, hidden: bool) -> None:
    made = Stay()
    made.come(7.0, hidden=hidden)

    assert made.due == 7.0
    assert shown(made, 7.0) == (HIDDEN if hidden else HERE, 7.0)


@pytest.mark.parametrize(("cut", "whereabout"), [(False, LEFT), (True, CUT_OFF)])
def test_who_goes_is_shown_when_it_has_lasted(*, cut: bool, whereabout: Whereabout) -> None:
    made = stay()
    made.go(10.0, hidden=False, cut=cut)

    assert made.due == 10.0 + DEBOUNCE
    assert shown(made, 10.0 + DEBOUNCE - 0.01) == (HERE, 0.0)
    assert shown(made, 10.0 + DEBOUNCE) == (whereabout, 10.0)
    assert made.due is None


def test_flapping_is_not_shown() -> None:
    made = stay()
    for moment in range(10, 100, 4):
        made.go(moment, hidden=False, cut=True)
        assert shown(made, moment + 1.9) == (HERE, 0.0)
        made.come(moment + 2.0, hidden=False)
        assert shown(made, moment + 3.9) == (HERE, 0.0)


def test_a_page_that_is_hidden_for_a_moment_is_here() -> None:
    made = stay()
    made.come(10.0, hidden=True)
    made.go(10.1, hidden=False, cut=False)
    assert made.due == 13.1
    made.come(12.0, hidden=False)
    made.go(12.1, hidden=True, cut=False)

    assert shown(made, 99.0) == (HERE, 0.0)


def test_a_page_that_stays_hidden_is_away() -> None:
    made = stay()
    made.go(10.0, hidden=False, cut=False)
    made.come(10.1, hidden=True)

    assert shown(made, 13.0) == (HERE, 0.0)
    assert shown(made, 13.1) == (HIDDEN, 10.1)
    assert made.is_connected


def test_the_last_connection_tells_how_they_went() -> None:
    made = stay()
    made.come(1.0, hidden=False)
    made.go(2.0, hidden=False, cut=True)
    assert shown(made, 50.0) == (HERE, 0.0)

    made.go(60.0, hidden=False, cut=False)

    assert shown(made, 63.0) == (LEFT, 60.0)
    assert not made.is_connected


def test_who_comes_back_is_shown_at_once() -> None:
    made = stay()
    made.go(10.0, hidden=False, cut=True)
    made.settle(13.0)

    made.come(20.0, hidden=False)

    assert shown(made, 20.0) == (HERE, 20.0)
