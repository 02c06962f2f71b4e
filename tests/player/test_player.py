"""A player's own stream: given what happened, when a command comes, then what happens."""

from dataclasses import dataclass
from functools import reduce
from itertools import product
from uuid import UUID, uuid4

import pytest

from xogql.game import CommandRejectedError, GameId
from xogql.player import (
    AccountClaimed,
    AlreadyAMemberError,
    ChangeUsername,
    ClaimAccount,
    Command,
    Departed,
    Employ,
    Employed,
    Event,
    GuestCame,
    GuestLeft,
    IntratokenIssued,
    IssueIntratoken,
    Kind,
    LetGuestGo,
    LoggedIn,
    LoggedOut,
    LoggedOutEverywhere,
    LogIn,
    LogOut,
    LogOutEverywhere,
    NotAMemberError,
    PlayAsGuest,
    Player,
    PlayerNotFoundError,
    Registered,
    RenewSession,
    SessionOverError,
    SessionRenewed,
    SignedUp,
    SignUp,
    UsernameChanged,
    decide,
    evolve,
    initial_state,
)
from xogql.player.player_decider import AlreadySignedUpError, GuestStillHereError

ONE, OTHER, THIRD, TOKEN = (uuid4() for _ in range(4))
GAME = GameId("game-of-anns")

SIGNED_UP = (SignedUp("ann"), LoggedIn(ONE, 0, 100))
GUEST = (GuestCame("Quiet Otter"), LoggedIn(ONE, 0, 100))
HOUSE = (Employed("The house, easy"),)
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
    [
        LogIn(ONE, 0, 1),
        LogOut(ONE),
        LogOutEverywhere(ONE),
        IssueIntratoken(GAME, TOKEN, ONE, 1),
        ClaimAccount("ann", ONE),
        ChangeUsername("ann", ONE),
        RenewSession(ONE, 1, 2),
        LetGuestGo(1),
    ],
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
            [
                LogOut(ONE),
                LogOutEverywhere(ONE),
                IssueIntratoken(GAME, TOKEN, ONE, 1),
                RenewSession(ONE, 1, 200),
                ChangeUsername("bob", ONE),
                ClaimAccount("bob", ONE),
            ],
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


def kind_after(*events: Event) -> tuple[str, Kind]:
    player = folded(*events)
    assert isinstance(player, Registered)
    return player.username, player.kind


def test_a_guest_comes_with_a_first_session() -> None:
    given().when(PlayAsGuest("Quiet Otter", ONE, 0, 100)).then(*GUEST)
    assert sessions(*GUEST) == {ONE}


def test_players_are_of_three_kinds() -> None:
    assert kind_after(*SIGNED_UP) == ("ann", Kind.MEMBER)
    assert kind_after(*GUEST) == ("Quiet Otter", Kind.GUEST)
    assert kind_after(*HOUSE) == ("The house, easy", Kind.HOUSE)


def test_a_player_of_the_house_is_employed_once() -> None:
    given().when(Employ("The house, easy")).then(*HOUSE)
    given(*HOUSE).when(Employ("The house, easy")).refused(AlreadySignedUpError)


@pytest.mark.parametrize("before", [SIGNED_UP, GUEST, HOUSE])
def test_nobody_comes_twice(before: tuple[Event, ...]) -> None:
    for command in (PlayAsGuest("Quiet Otter", ONE, 0, 1), SignUp("ann", ONE, 0, 1)):
        given(*before).when(command).refused(AlreadySignedUpError)


def test_a_guest_becomes_a_member_in_the_same_session() -> None:
    given(*GUEST).when(ClaimAccount("otter", ONE)).then(AccountClaimed("otter"))
    assert kind_after(*GUEST, AccountClaimed("otter")) == ("otter", Kind.MEMBER)
    assert sessions(*GUEST, AccountClaimed("otter")) == {ONE}


@pytest.mark.parametrize("before", [SIGNED_UP, (*GUEST, AccountClaimed("otter"))])
def test_a_member_claims_nothing(before: tuple[Event, ...]) -> None:
    given(*before).when(ClaimAccount("bob", ONE)).refused(AlreadyAMemberError)


def test_a_member_takes_another_name() -> None:
    given(*SIGNED_UP).when(ChangeUsername("bob", ONE)).then(UsernameChanged("bob"))
    assert kind_after(*SIGNED_UP, UsernameChanged("bob")) == ("bob", Kind.MEMBER)
    assert sessions(*TWICE_IN, UsernameChanged("bob")) == {ONE, OTHER}


def test_a_guest_has_no_name_to_change() -> None:
    given(*GUEST).when(ChangeUsername("otter", ONE)).refused(NotAMemberError)


def test_a_session_is_renewed() -> None:
    renewed = SessionRenewed(ONE, 90, 190)
    given(*SIGNED_UP).when(RenewSession(ONE, 90, 190)).then(renewed)

    assert sessions(*SIGNED_UP, renewed, LoggedIn(OTHER, 150, 250)) == {ONE, OTHER}
    assert sessions(*SIGNED_UP, renewed, LoggedIn(OTHER, 190, 290)) == {OTHER}


def test_renewing_a_session_does_not_shorten_it() -> None:
    renewed = SessionRenewed(ONE, 1, 50)

    assert sessions(*SIGNED_UP, renewed, LoggedIn(OTHER, 60, 160)) == {ONE, OTHER}


def test_a_renewal_does_not_bring_back_a_session_that_was_ended() -> None:
    renewed = SessionRenewed(ONE, 1, 500)

    assert sessions(*SIGNED_UP, LoggedOut(ONE), renewed) == set()


def test_a_guest_goes_when_every_session_has_expired() -> None:
    given(*GUEST).when(LetGuestGo(99)).refused(GuestStillHereError)
    given(*GUEST).when(LetGuestGo(100)).then(GuestLeft())
    renewed = SessionRenewed(ONE, 90, 190)
    given(*GUEST, renewed).when(LetGuestGo(100)).refused(GuestStillHereError)
    given(*GUEST, LoggedOut(ONE)).when(LetGuestGo(1)).then(GuestLeft())


@pytest.mark.parametrize("before", [SIGNED_UP, HOUSE, (*GUEST, AccountClaimed("otter"))])
def test_nobody_but_a_guest_is_let_go(before: tuple[Event, ...]) -> None:
    given(*before).when(LetGuestGo(10_000)).refused(GuestStillHereError)


@pytest.mark.parametrize(
    "command",
    [
        LogIn(OTHER, 0, 1),
        RenewSession(ONE, 1, 2),
        ClaimAccount("ann", ONE),
        LetGuestGo(10_000),
        SignUp("ann", ONE, 0, 1),
        PlayAsGuest("Quiet Otter", ONE, 0, 1),
    ],
)
def test_a_guest_who_left_is_not_found(command: Command) -> None:
    assert folded(*GUEST, GuestLeft()) == Departed()
    given(*GUEST, GuestLeft()).when(command).refused(PlayerNotFoundError)


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (SIGNED_UP, AccountClaimed("bob")),
        (SIGNED_UP, GuestLeft()),
        (SIGNED_UP, GuestCame("Quiet Otter")),
        (GUEST, UsernameChanged("bob")),
        ((*GUEST, GuestLeft()), LoggedIn(ONE, 0, 1)),
    ],
)
def test_what_cannot_have_happened_is_not_folded(before: tuple[Event, ...], event: Event) -> None:
    with pytest.raises(ValueError, match=type(event).__name__):
        folded(*before, event)


@pytest.mark.parametrize("event", [LoggedIn(ONE, 0, 1), LoggedOut(ONE), LoggedOutEverywhere()])
def test_nothing_happens_to_whoever_has_not_signed_up(event: Event) -> None:
    with pytest.raises(ValueError, match="Nobody"):
        folded(event)


def test_a_state_is_not_changed_by_what_happens_after_it() -> None:
    before = folded(*SIGNED_UP)
    evolve(before, LoggedIn(OTHER, 1, 100))
    evolve(before, LoggedOut(ONE))

    assert before == folded(*SIGNED_UP)
