"""The house has its players once, in either log, whoever opens it and however often."""

import asyncio

import pytest

from tests.play.test_handler import store
from xogql import player
from xogql.game import FOUR_IN_A_ROW, TIC_TAC_TOE, Rules
from xogql.game.bots import Level
from xogql.play.handler import Handler
from xogql.play.house import HOUSE, House, LevelNotAvailableError
from xogql.player import Employed, Kind, Registered
from xogql.store.codec import PLAYERS
from xogql.store.event_store import EventStore, Stream
from xogql.store.states import States

__all__ = ["store"]


def house(store: EventStore) -> House:
    """The house as one server process has it."""
    members = States(store, PLAYERS, player.initial_state, player.evolve)
    return House(Handler(store, members, player.decide))


async def test_any_number_of_processes_may_open_it(store: EventStore) -> None:
    processes = [house(store) for _ in range(4)]

    await asyncio.gather(*(each.open() for each in processes * 2))
    await house(store).open()

    for level, player_id in HOUSE.items():
        [recorded] = await store.read(Stream(PLAYERS, player_id))
        assert recorded.event == Employed(f"The house, {level.lower()}")
        assert recorded.actor == player_id


async def test_its_players_have_no_session(store: EventStore) -> None:
    await house(store).open()
    members = States(store, PLAYERS, player.initial_state, player.evolve)

    states = [(await members.load(Stream(PLAYERS, each))).state for each in HOUSE.values()]

    for state in states:
        assert isinstance(state, Registered)
        assert (state.kind, dict(state.sessions)) == (Kind.HOUSE, {})


async def test_who_plays_it_finds_it_open(store: EventStore) -> None:
    opponent = await house(store).opponent(TIC_TAC_TOE, Level.PERFECT)

    assert opponent == HOUSE[Level.PERFECT]
    assert await store.read(Stream(PLAYERS, opponent))


async def test_a_level_that_rules_do_not_have_has_no_player(store: EventStore) -> None:
    assert Level.PERFECT not in house(store).levels(FOUR_IN_A_ROW)

    with pytest.raises(LevelNotAvailableError):
        await house(store).opponent(FOUR_IN_A_ROW, Level.PERFECT)


async def test_rules_that_no_game_has_are_for_the_game_to_refuse(store: EventStore) -> None:
    small = Rules(2, 2, 2)

    assert house(store).levels(small) == ()
    assert await house(store).opponent(small, Level.PERFECT) == HOUSE[Level.PERFECT]
