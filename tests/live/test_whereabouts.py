"""What processes tell each other, in Postgres and in its twin in memory."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.live.blackboard import Blackboard, Chalk
from xogql.game import GameId, PlayerId
from xogql.store import tables
from xogql.store.engine import make_engine
from xogql.store.event_store import UnavailableError
from xogql.store.whereabouts import (
    WATCHERS,
    Claim,
    PostgresWhereabouts,
    Sight,
    Whereabout,
    Whereabouts,
)

GAME, OTHER = GameId("game-of-anns"), GameId("game-of-bobs")
ANN, BOB = PlayerId("player-ann"), PlayerId("player-bob")
LAPSE = timedelta(seconds=5)
HERE, CUT_OFF, GONE = Whereabout.HERE, Whereabout.CUT_OFF, Whereabout.GONE
ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.fixture(params=["memory", "postgres"])
def whereabouts(request: pytest.FixtureRequest) -> Whereabouts:
    if request.param == "memory":
        return Chalk(Blackboard())
    engine: AsyncEngine = request.getfixturevalue("engine")
    return PostgresWhereabouts(engine)


def told(sight: Sight) -> dict[tuple[UUID, GameId, PlayerId], tuple[Whereabout, int]]:
    return {
        (each.process, each.game_id, each.player_id): (each.whereabout, each.watchers)
        for each in sight.claims
    }


async def test_what_is_told_is_read(whereabouts: Whereabouts) -> None:
    await whereabouts.beat(ONE, LAPSE)
    claims = [Claim(GAME, ANN, HERE, ago=2.0), Claim(GAME, WATCHERS, HERE, watchers=3)]
    await whereabouts.tell(ONE, [*claims, Claim(OTHER, BOB, HERE)])

    sight = await whereabouts.read(None, [GAME])

    assert told(sight) == {(ONE, GAME, ANN): (HERE, 0), (ONE, GAME, WATCHERS): (HERE, 3)}
    [since] = [each.since for each in sight.claims if each.player_id == ANN]
    assert timedelta(seconds=2) <= sight.at - since < timedelta(minutes=1)


async def test_the_last_word_counts(whereabouts: Whereabouts) -> None:
    for whereabout in (HERE, CUT_OFF):
        await whereabouts.tell(ONE, [Claim(GAME, ANN, whereabout)])
    await whereabouts.tell(TWO, [Claim(GAME, ANN, HERE)])

    sight = await whereabouts.read(None, [GAME])

    assert told(sight) == {(ONE, GAME, ANN): (CUT_OFF, 0), (TWO, GAME, ANN): (HERE, 0)}


async def test_what_changed_lately_is_read_of_any_game(whereabouts: Whereabouts) -> None:
    before = (await whereabouts.read(None, [])).at
    await whereabouts.tell(ONE, [Claim(OTHER, BOB, HERE)])

    assert told(await whereabouts.read(before, [])) == {(ONE, OTHER, BOB): (HERE, 0)}
    assert told(await whereabouts.read(before + timedelta(hours=1), [])) == {}
    assert told(await whereabouts.read(None, [])) == {}


async def test_a_process_lives_while_it_says_so(whereabouts: Whereabouts) -> None:
    assert await whereabouts.beat(ONE, LAPSE)
    assert await whereabouts.beat(TWO, timedelta(0))
    assert not await whereabouts.beat(ONE, LAPSE)

    sight = await whereabouts.read(None, [])

    assert set(sight.alive) == {ONE}
    assert set(sight.remembered) == {ONE, TWO}


async def test_a_process_that_ends_is_forgotten(whereabouts: Whereabouts) -> None:
    for each in (ONE, TWO):
        await whereabouts.beat(each, LAPSE)
        await whereabouts.tell(each, [Claim(GAME, ANN, HERE)])

    await whereabouts.forget(ONE)

    sight = await whereabouts.read(None, [GAME])
    assert set(sight.alive) == {TWO}
    assert set(told(sight)) == {(TWO, GAME, ANN)}
    assert await whereabouts.beat(ONE, LAPSE)


async def test_what_was_told_lately_is_not_tidied_away(whereabouts: Whereabouts) -> None:
    await whereabouts.beat(ONE, timedelta(0))
    await whereabouts.tell(ONE, [Claim(GAME, ANN, GONE)])

    await whereabouts.tidy(ONE)

    sight = await whereabouts.read(None, [GAME])
    assert set(sight.remembered) == {ONE}
    assert told(sight) == {(ONE, GAME, ANN): (GONE, 0)}


async def test_the_dead_are_tidied_away_with_what_they_told(engine: AsyncEngine) -> None:
    whereabouts, long_ago = PostgresWhereabouts(engine), datetime.fromisoformat("2026-01-01T00:00Z")
    for each in (ONE, TWO):
        await whereabouts.beat(each, LAPSE)
        await whereabouts.tell(each, [Claim(GAME, ANN, HERE), Claim(GAME, BOB, GONE)])
    async with engine.connect() as connection:
        dead = tables.presence_process.c.process == TWO
        await connection.execute(
            update(tables.presence_process).where(dead).values(lapses_at=long_ago)
        )
        await connection.execute(update(tables.presence).values(changed_at=long_ago))

    await whereabouts.tidy(ONE)

    sight = await whereabouts.read(None, [GAME])
    assert set(sight.remembered) == {ONE}
    assert told(sight) == {(ONE, GAME, ANN): (HERE, 0)}


async def test_many_tell_at_once(engine: AsyncEngine) -> None:
    whereabouts = PostgresWhereabouts(engine)
    processes = [uuid4() for _ in range(8)]
    games = [GameId(f"game-{number}") for number in range(50)]

    async def tell(process: UUID) -> None:
        for _ in range(5):
            await whereabouts.tell(process, [Claim(each, ANN, HERE) for each in games])

    await asyncio.gather(*map(tell, processes))

    assert len((await whereabouts.read(None, games)).claims) == 8 * 50


async def test_the_tables_are_not_logged(engine: AsyncEngine) -> None:
    asked = "select relname from pg_class where relkind = 'r' and relpersistence = 'u'"
    async with engine.connect() as connection:
        assert set(await connection.scalars(text(asked))) == {"presence", "presence_process"}


async def test_what_cannot_be_reached_is_unavailable() -> None:
    engine = make_engine("postgresql://xogql@127.0.0.1:1/nowhere")
    nowhere = PostgresWhereabouts(engine)

    for attempt in (
        nowhere.beat(ONE, LAPSE),
        nowhere.tell(ONE, [Claim(GAME, ANN, HERE)]),
        nowhere.read(None, []),
        nowhere.tidy(ONE),
        nowhere.forget(ONE),
    ):
        with pytest.raises(UnavailableError):
            await attempt
    await engine.dispose()
