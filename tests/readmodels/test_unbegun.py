"""Rematches that have not begun: there between the two appends, and gone with the second."""

import pytest

from tests.readmodels.world import World
from xogql.game import GameId, Resign
from xogql.readmodels.unbegun import Unbegun
from xogql.store.engine import make_engine
from xogql.store.event_store import UnavailableError


async def agreed(world: World) -> GameId:
    """Two have agreed to play again; then whoever should begin the rematch was killed."""
    ann, bob = await world.newcomer(), await world.newcomer()
    game_id = await world.created(ann, bob)
    await world.tell(game_id, Resign(ann))
    await world.agreed(game_id, ann, bob)
    return game_id


async def test_a_rematch_is_unbegun_until_its_game_is_there(world: World) -> None:
    unbegun = Unbegun(world.engine)
    before = await unbegun.left()
    game_id = await agreed(world)

    between = await unbegun.left()
    await world.rematches.begin(between)

    assert (before, between, await unbegun.left()) == ([], [game_id], [])


async def test_rebuilding_knows_which_have_begun_in_whatever_order_it_reads(world: World) -> None:
    left = [await agreed(world) for _ in range(6)]
    await world.rematches.begin(left[::2])

    await world.rebuilt()

    assert sorted(await Unbegun(world.engine).left()) == sorted(left[1::2])


async def test_what_cannot_be_read_is_unavailable() -> None:
    engine = make_engine("postgresql://xogql@127.0.0.1:1/nowhere")

    with pytest.raises(UnavailableError):
        await Unbegun(engine).left()
    await engine.dispose()
