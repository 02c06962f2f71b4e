import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xogql.auth.invites import Invites
from xogql.game import GameId

SECRET = "m1CpQkL0vZx7sYwEhT4uJ9aRdGf2bNoI-m1CpQkL0vZx7sYwEhT4uJ9aRdGf2bNoI"
OTHER = "Zt8xWq3nUe6vRy1oPi5aSd7fGh9jKl2c-Zt8xWq3nUe6vRy1oPi5aSd7fGh9jKl2c"
GAME = GameId("game-01890a5d-ac96-774b-bcce-b302099a8058")
ANOTHER = GameId("game-01890a5d-ac96-774b-bcce-b302099a8059")
INVITES = Invites(SECRET)
INVITE = INVITES.invite_to(GAME)


def test_an_invite_admits_to_its_game() -> None:
    assert INVITES.admits(INVITE, GAME)


def test_an_invite_admits_to_no_other_game() -> None:
    assert not INVITES.admits(INVITE, ANOTHER)
    assert not INVITES.admits(INVITES.invite_to(ANOTHER), GAME)


def test_every_process_with_the_secret_makes_the_same_invite() -> None:
    assert Invites(SECRET).invite_to(GAME) == INVITE
    assert Invites(OTHER).invite_to(GAME) != INVITE


def test_an_invite_outlives_its_secret_by_one_change() -> None:
    assert Invites(OTHER, previous_secret=SECRET).admits(INVITE, GAME)
    assert not Invites(OTHER).admits(INVITE, GAME)


def test_new_invites_are_made_with_the_new_secret() -> None:
    assert Invites(OTHER, previous_secret=SECRET).invite_to(GAME) == Invites(OTHER).invite_to(GAME)


def test_an_invite_can_stand_in_an_address_and_is_too_long_to_be_guessed() -> None:
    assert re.fullmatch(r"[\w-]{24}", INVITE, re.ASCII)


@pytest.mark.parametrize(
    "invite",
    [None, "", " ", INVITE[:-1], f"{INVITE} ", INVITE.swapcase(), "é", "\udc00", "\0", SECRET],
    ids=ascii,
)
def test_what_is_no_invite_admits_to_nothing(invite: str | None) -> None:
    assert not INVITES.admits(invite, GAME)


@given(st.text(max_size=40))
def test_nothing_else_admits(text: str) -> None:
    assume(text != INVITE)

    assert not INVITES.admits(text, GAME)


@given(st.integers(0, len(INVITE) - 1), st.characters())
def test_no_character_may_differ(place: int, character: str) -> None:
    assume(character != INVITE[place])

    assert not INVITES.admits(f"{INVITE[:place]}{character}{INVITE[place + 1 :]}", GAME)


@given(st.text(max_size=60))
def test_any_id_has_an_invite_of_its_own(text: str) -> None:
    assume(text != GAME)

    assert not INVITES.admits(INVITE, GameId(text))
