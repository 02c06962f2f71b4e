"""Who has which username."""

from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.readmodels.world import World
from xogql.game import PlayerId
from xogql.readmodels.players import Players
from xogql.store.engine import make_engine
from xogql.store.event_store import TakenError, UnavailableError


@pytest.fixture
def players(engine: AsyncEngine) -> Players:
    return Players(engine)


async def test_a_player_is_found_by_username_in_any_case(world: World, players: Players) -> None:
    ann = await world.newcomer("Ann_1")

    assert [await players.named(each) for each in ("Ann_1", "ann_1", "ANN_1")] == [ann] * 3
    assert await players.named("ann") is None


async def test_usernames_are_found_together(world: World, players: Players) -> None:
    ann, bob = await world.newcomer("ann"), await world.newcomer("Bob")
    nobody = PlayerId(f"player-{uuid4()}")

    assert await players.usernames([bob, ann, nobody, ann]) == {ann: "ann", bob: "Bob"}
    assert await players.usernames([]) == {}


async def test_a_username_belongs_to_one_in_whatever_case(world: World, players: Players) -> None:
    ann = await world.newcomer("ann")

    with pytest.raises(TakenError):
        await world.newcomer("ANN")

    assert await players.named("ann") == ann
    assert (await world.rows())["player"] == [(ann, "ann", "ann")]


async def test_names_that_cannot_be_read_are_unavailable() -> None:
    engine = make_engine("postgresql://xogql@127.0.0.1:1/nowhere")

    with pytest.raises(UnavailableError):
        await Players(engine).named("ann")
    with pytest.raises(UnavailableError):
        await Players(engine).usernames([PlayerId("player-ann")])
    await engine.dispose()
