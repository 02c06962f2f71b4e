"""A player's own stream: given what happened, when a command comes, then what happens."""

from dataclasses import dataclass
from functools import reduce
from itertools import product
from uuid import UUID, uuid4

import pytest

from xogql.game import CommandRejectedError, GameId
from xogql.player import (
    Command,
    Event,
    IntratokenIssued,
    IssueIntratoken,
    LoggedIn,
    LoggedOut,
    LoggedOutEverywhere,
    LogIn,
    LogOut,
    LogOutEverywhere,
    Player,
    PlayerNotFoundError,
    Registered,
    SessionOverError,
    SignedUp,
    SignUp,
    decide,
    evolve,
    initial_state,
)
from xogql.player.player_decider import AlreadySignedUpError

ONE, OTHER, THIRD, TOKEN = (uuid4() for _ in range(4))
GAME = GameId("game-of-anns")

SIGNED_UP = (SignedUp("ann"), LoggedIn(ONE, 0, 100))
TWICE_IN = (*SIGNED_UP, LoggedIn(OTHER, 50, 150))


def folded(*events: Event) -> Player:
    return reduce(evolve, events, initial_state())


@dataclass(frozen=True)
class When:
    events: tuple[Event, ...]
    command: Command

    def then(self, *expected: Event) -> None:
        assert decide(self.command, folded(*self.events)) == expected
        folded(*self.events, *expected)

    def refused(self, reason: type[CommandRejectedError]) -> None:
        with pytest.raises(reason):
            decide(self.command, folded(*self.events))


@dataclass(frozen=True)
class Given:
    events: tuple[Event, ...]

    def when(self, command: Command) -> When:
        return When(self.events, command)


def given(*events: Event) -> Given:
    return Given(events)


def sessions(*events: Event) -> set[UUID]:
    player = folded(*events)
    assert isinstance(player, Registered)
    return {each for each in (ONE, OTHER, THIRD) if player.is_in(each)}


def test_signing_up_begins_a_first_session() -> None:
    given().when(SignUp("ann", ONE, 0, 100)).then(SignedUp("ann"), LoggedIn(ONE, 0, 100))


def test_nobody_signs_up_twice() -> None:
    given(*SIGNED_UP).when(SignUp("ann", OTHER, 1, 100)).refused(AlreadySignedUpError)


@pytest.mark.parametrize(
    "command",
    [LogIn(ONE, 0, 1), LogOut(ONE), LogOutEverywhere(ONE), IssueIntratoken(GAME, TOKEN, ONE, 1)],
)
def test_whoever_has_not_signed_up_is_not_found(command: Command) -> None:
    given().when(command).refused(PlayerNotFoundError)


def test_logging_in_begins_another_session() -> None:
    given(*SIGNED_UP).when(LogIn(OTHER, 50, 150)).then(LoggedIn(OTHER, 50, 150))


@pytest.mark.parametrize("session", [ONE, OTHER])
def test_logging_out_ends_that_session(session: UUID) -> None:
    given(*TWICE_IN).when(LogOut(session)).then(LoggedOut(session))
    assert sessions(*TWICE_IN, LoggedOut(session)) == {ONE, OTHER} - {session}


def test_logging_out_everywhere_ends_all() -> None:
    given(*TWICE_IN).when(LogOutEverywhere(OTHER)).then(LoggedOutEverywhere())
    assert sessions(*TWICE_IN, LoggedOutEverywhere()) == set()


@pytest.mark.parametrize(
    ("ended", "command"),
    list(
        product(
            [LoggedOut(ONE), LoggedOutEverywhere()],
            [LogOut(ONE), LogOutEverywhere(ONE), IssueIntratoken(GAME, TOKEN, ONE, 1)],
        )
    ),
)
def test_a_session_that_is_over_can_do_nothing(ended: Event, command: Command) -> None:
    given(*SIGNED_UP, ended).when(command).refused(SessionOverError)


def test_a_session_that_never_began_can_do_nothing() -> None:
    given(*SIGNED_UP).when(LogOut(OTHER)).refused(SessionOverError)


def test_an_intratoken_is_issued_in_a_session() -> None:
    given(*SIGNED_UP).when(IssueIntratoken(GAME, TOKEN, ONE, 60)).then(
        IntratokenIssued(GAME, TOKEN, ONE, 60)
    )


def test_logging_in_again_after_logging_out_everywhere_begins_anew() -> None:
    assert sessions(*TWICE_IN, LoggedOutEverywhere(), LoggedIn(THIRD, 60, 160)) == {THIRD}


def test_a_session_that_had_expired_is_forgotten_when_another_begins() -> None:
    assert sessions(*SIGNED_UP) == {ONE}
    assert sessions(*SIGNED_UP, LoggedIn(OTHER, 99, 199)) == {ONE, OTHER}
    assert sessions(*SIGNED_UP, LoggedIn(OTHER, 100, 200)) == {OTHER}


def test_a_session_lasts_as_long_as_its_intratokens() -> None:
    issued = IntratokenIssued(GAME, TOKEN, ONE, 130)

    assert sessions(*SIGNED_UP, issued, LoggedIn(OTHER, 120, 220)) == {ONE, OTHER}
    assert sessions(*SIGNED_UP, issued, LoggedIn(OTHER, 130, 230)) == {OTHER}


def test_a_short_intratoken_does_not_shorten_its_session() -> None:
    issued = IntratokenIssued(GAME, TOKEN, ONE, 10)

    assert sessions(*SIGNED_UP, issued, LoggedIn(OTHER, 50, 150)) == {ONE, OTHER}


def test_an_intratoken_does_not_bring_back_a_session_that_was_ended() -> None:
    issued = IntratokenIssued(GAME, TOKEN, ONE, 500)

    assert sessions(*SIGNED_UP, issued, LoggedOut(ONE)) == set()
    assert sessions(*SIGNED_UP, LoggedOut(ONE), issued) == set()


@pytest.mark.parametrize("event", [LoggedIn(ONE, 0, 1), LoggedOut(ONE), LoggedOutEverywhere()])
def test_nothing_happens_to_whoever_has_not_signed_up(event: Event) -> None:
    with pytest.raises(ValueError, match="Nobody"):
        folded(event)


def test_a_state_is_not_changed_by_what_happens_after_it() -> None:
    before = folded(*SIGNED_UP)
    evolve(before, LoggedIn(OTHER, 1, 100))
    evolve(before, LoggedOut(ONE))

    assert before == folded(*SIGNED_UP)
