"""Guests go when nobody misses them, and only then; each goes once."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.e2e.clients import Player, as_guest, begun, signed_up
from tests.e2e.servers import PATIENCE, running
from tests.readmodels.world import World
from xogql.auth import usher
from xogql.auth.usher import Usher
from xogql.game import PlayerId
from xogql.player import GuestLeft
from xogql.readmodels.players import Players
from xogql.store.codec import PLAYERS
from xogql.store.event_store import Stream


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)


def an_usher(world: World, age: timedelta = timedelta(0)) -> Usher:
    return Usher.of(world.engine, world.store, age)


async def known(asker: Player, player_id: str) -> bool:
    """Tell whether a server knows a player."""
    found = await asker.ask("query ($id: ID!) { node(id: $id) { id } }", id=player_id)
    return found["node"] is not None


async def swept(database_url: str, **settings: str) -> str:
    """Give what the command prints."""
    given = {f"XOGQL_{name.upper()}": each for name, each in settings.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "xogql", "sweep"),
        env=os.environ | {"XOGQL_DATABASE_URL": database_url} | given,
        stdout=PIPE,
    )
    printed, _ = await process.communicate()
    return printed.decode().strip()


async def departures(world: World, guest: PlayerId) -> int:
    recorded = await world.store.read(Stream(PLAYERS, guest))
    return [each.event for each in recorded].count(GuestLeft())


async def test_guests_go_who_have_no_game(world: World) -> None:
    alone, plays, claimed = [await world.guest() for _ in range(3)]
    ann = await world.newcomer()
    await world.created(plays)
    await world.claim(claimed, "otter")

    assert await an_usher(world).go_round() == 1

    assert await departures(world, alone) == 1
    assert set(await Players(world.engine).known([alone, plays, claimed, ann])) == {
        plays,
        claimed,
        ann,
    }


async def test_guests_are_waited_for(world: World) -> None:
    await world.guest()

    assert await an_usher(world, timedelta(days=30)).go_round() == 0


async def test_a_guest_with_a_good_session_stays(world: World) -> None:
    now = int(datetime.now(UTC).timestamp())
    stays = await world.guest(session=(now - 100, now + 100))
    barely = await world.guest(session=(now - 100, now - 1))
    goes = await world.guest(session=(now - 1000, now - 100))

    assert await an_usher(world).go_round() == 1

    assert [await departures(world, each) for each in (stays, barely, goes)] == [0, 0, 1]


async def test_many_ushers_at_once_let_each_guest_go_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usher, "PAGE", 3)
    guests = [await world.guest() for _ in range(20)]

    gone = await asyncio.gather(*(an_usher(world).go_round() for _ in range(4)))

    assert sum(gone) == len(guests)
    assert {await departures(world, each) for each in guests} == {1}


async def test_a_later_round_finds_who_came_later(world: World) -> None:
    goes_round = an_usher(world)
    await world.created(await world.guest())
    assert await goes_round.go_round() == 0
    guest = await world.guest()

    assert await goes_round.go_round() == 1

    assert await departures(world, guest) == 1


async def test_rows_of_guests_who_left_stay_away_when_they_are_made_again(world: World) -> None:
    for _ in range(3):
        await world.guest("Quiet Otter")
        await an_usher(world).go_round()
    before = await world.rows()

    await world.rebuilt()

    assert await world.rows() == before
    assert before["player"] == []


async def test_a_server_lets_guests_go_by_itself(
    world: World, database_url: str, tmp_path: Path
) -> None:
    guest, stays = await world.guest(), await world.guest()
    await world.created(stays)
    none = {"guests_go_after": "PT0S", "guest_lifetime": "PT1S"}
    async with running(database_url, tmp_path, **none) as server:
        ann = await signed_up(server, "ann")
        async with asyncio.timeout(PATIENCE):
            while await known(ann, guest):
                pass

        assert await known(ann, stays)


async def test_a_guest_who_plays_is_there_when_others_have_gone(
    database_url: str, tmp_path: Path, world: World
) -> None:
    """By the command: all that a server does, and at once."""
    async with running(database_url, tmp_path / "server") as server:
        plays, alone = await as_guest(server), await as_guest(server)
        match = await begun(await signed_up(server, "ann"), plays)
        long_gone = await world.guest()

        assert await swept(database_url, guests_go_after="PT0S") == "0 guests went."
        told = await swept(database_url, guests_go_after="PT0S", guest_lifetime="PT0S")

        assert told == "1 guests went."
        assert await departures(world, long_gone) == 1
        assert (await match.o.move(0, 0))["code"] == "NOT_YOUR_TURN"
        assert await known(plays, alone.id)
