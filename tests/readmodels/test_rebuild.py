"""Made again from the log, the read models are what they were."""

import asyncio
from itertools import permutations

import pytest
from alembic import command
from sqlalchemy import delete, text, update

from tests.readmodels.world import World
from xogql.game import Visibility
from xogql.store import postgres, tables
from xogql.store.migrations import config_for

GAMES = 50


@pytest.fixture
async def played(world: World) -> World:
    """Many games in all phases, and players who have logged in since."""
    players = [await world.newcomer() for _ in range(4)]
    pairs = list(permutations(players, 2))
    for number in range(GAMES):
        await world.played(*pairs[number % len(pairs)])
    for each in players:
        await world.log_in(each)
    await renamed(world)
    return world


async def renamed(world: World) -> None:
    """Guests of every fate, and names that go round: in the end each has another's."""
    stays, claims, leaves = [await world.guest(f"Quiet Otter {number}") for number in range(3)]
    ann, bob = await world.newcomer("ann"), await world.newcomer("bob")
    await world.renew(stays)
    await world.claim(claims, "otter")
    await world.let_go(leaves)
    for one, name in [(ann, "carol"), (bob, "ann"), (claims, "bob"), (ann, "otter"), (bob, "Ann")]:
        await world.rename(one, name)
    await world.guest("Quiet Otter 2")


async def test_the_rows_are_what_the_log_says(played: World) -> None:
    rows = await played.rows()

    assert rows == await played.rows_of_the_log()
    assert {row[1] for row in rows["game"]} == {"WAITING", "PLAYING", "FINISHED", "CANCELLED"}
    assert (len(rows["game"]), len(rows["player"])) == (GAMES + 4, 4 + 5)
    assert len(rows["rematch"]) == 4


async def test_rebuilding_changes_nothing(played: World) -> None:
    before = await played.rows()

    await played.rebuilt()

    assert await played.rows() == before


async def test_rebuilding_goes_on_from_page_to_page(
    played: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "PAGE", 7)
    before = await played.rows()

    await played.rebuilt()

    assert await played.rows() == before


async def test_what_is_hidden_stays_so_where_an_earlier_release_lists_all(played: World) -> None:
    """That release knows no visibility: it finds no rows of what is not public."""
    before = await played.rows()
    public = {row[0] for row in before["game"] if row[3] == Visibility.PUBLIC}
    async with played.engine.execution_options(isolation_level="READ COMMITTED").begin() as there:
        await there.run_sync(lambda each: command.downgrade(config_for(each), "0001"))
        listed = set((await there.scalars(text("select game_id from game"))).all())
        seated = set((await there.scalars(text("select game_id from seat"))).all())
        await there.run_sync(lambda each: command.upgrade(config_for(each), "head"))

    await played.rebuilt()

    assert listed == seated == public != set()
    assert await played.rows() == before


async def test_rebuilding_tells_how_many_events_it_read(played: World) -> None:
    rows = await played.rows()
    cancelled, finished, playing = (
        sum(row[1] == status for row in rows["game"])
        for status in ("CANCELLED", "FINISHED", "PLAYING")
    )

    agreed = 8  # half of these rematches have begun: games that began as they were created
    created = len(rows["game"])
    games = created + cancelled + 2 * finished + playing + agreed
    assert await played.rebuilt() == games + 4 + 14


async def test_rebuilding_mends_what_was_lost_and_changed(played: World) -> None:
    before = await played.rows()
    async with played.engine.connect() as connection:
        await connection.execute(update(tables.game).values(status="WAITING"))
        await connection.execute(delete(tables.seat))
        await connection.execute(delete(tables.player))
        await connection.execute(delete(tables.rematch))

    await played.rebuilt()

    assert await played.rows() == before


async def test_an_empty_log_has_empty_read_models(world: World) -> None:
    assert await world.rebuilt() == 0
    assert await world.rows() == {"game": [], "seat": [], "rematch": [], "player": []}


async def test_rebuilding_loses_nothing_of_what_happens_meanwhile(played: World) -> None:
    rebuilding = asyncio.Event()

    async def play(number: int) -> None:
        """Sign up, and play game after game until all the rebuilding is done."""
        x, o = await played.newcomer(f"X-{number}"), await played.newcomer(f"O-{number}")
        while not rebuilding.is_set():
            await played.played(x, o)
        await played.newcomer(f"late-{number}")

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        for number in range(6):
            tasks.create_task(play(number))
        for _ in range(5):
            await played.rebuilt()
        rebuilding.set()

    rows = await played.rows()
    assert rows == await played.rows_of_the_log()
    assert len(rows["game"]) > GAMES
    await played.rebuilt()
    assert await played.rows() == rows


async def test_readers_see_the_old_rows_to_the_end(played: World) -> None:
    before = await played.rows()
    done = asyncio.Event()

    async def rebuild() -> None:
        for _ in range(5):
            await played.rebuilt()
        done.set()

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(rebuild())
        while not done.is_set():
            assert await played.rows() == before
