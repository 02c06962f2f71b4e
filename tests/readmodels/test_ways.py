"""Lists come from one end of an index, and a command finds its rows by a key, however many."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.readmodels.world import World
from tests.store.told import BY_THEN_A_PLAN_IS_KEPT, telling_plans
from xogql.game import GameId, JoinGame, PlayerId, Resign, Status
from xogql.readmodels.games import Games, Listed
from xogql.readmodels.players import Players

ANN = PlayerId("player-00000000-0000-7000-8000-000000000001")
LATER = Listed(
    GameId("game-00000000-0000-7000-8000-000000000001"), datetime(2999, 1, 1, tzinfo=UTC)
)
WHOLE = ("Seq Scan", "Sort", "Hash")
"""Ways that cost more the more rows there are."""
IDS = "'00000000-0000-7000-8000-' || lpad(n::text, 12, '0')"
GAMES = f"""
insert into game
select 'game-' || {IDS}, (array['WAITING', 'PLAYING', 'FINISHED'])[1 + n % 3],
  now() - n * interval '1 ms'
from generate_series(1, :rows) n
"""
SEATS = """
insert into seat
select 'player-' || lpad((n % 100)::text, 36, '0'), game_id, status, created_at
from (select *, row_number() over () as n from game) game
"""
PLAYERS = f"""
insert into player (player_id, username, username_key)
select 'player-' || {IDS}, 'P' || n, 'p' || n from generate_series(1, :rows) n
"""


@pytest.fixture
def plans(engine: AsyncEngine) -> list[str]:
    return telling_plans(engine)


@pytest.fixture(params=[0, 20_000])
async def filled(engine: AsyncEngine, plans: list[str], request: pytest.FixtureRequest) -> int:
    """Rows by statements alone; none: as on the first day, before anything is analyzed."""
    if request.param:
        async with engine.connect() as connection:
            for each in (GAMES, SEATS, PLAYERS, "analyze game, seat, player"):
                await connection.execute(text(each), {"rows": request.param})
    plans.clear()
    return int(request.param)


def choices() -> Iterator[Mapping[str, Any]]:
    for status, after in product([None, *Status], [None, LATER]):
        yield {"status": status, "after": after}
        for hidden in (True, False):
            yield {"player": ANN, "hidden": hidden, "status": status, "after": after}


def ways(plans: list[str]) -> set[str]:
    """By what the plans went that touch more the more there is."""
    return {f"{each}: {plan}" for plan in plans for each in WHOLE if each in plan}


async def test_a_page_is_read_from_one_end_of_an_index(
    engine: AsyncEngine, plans: list[str], filled: int
) -> None:
    games = Games(engine)

    for choice in choices():
        for _ in range(BY_THEN_A_PLAN_IS_KEPT):
            await games.page(first=20, **choice)

    assert all("Index" in plan for plan in plans)
    # A list that was never analyzed is taken for a handful, and sorted, until it is.
    assert ways(plans) == set() if filled else "Seq Scan" not in "".join(plans)


async def test_games_under_way_are_read_from_one_end_of_an_index_for_each_player(
    engine: AsyncEngine, plans: list[str], filled: int
) -> None:
    games, others = Games(engine), [PlayerId(f"player-{number:036}") for number in range(9)]

    for _ in range(BY_THEN_A_PLAN_IS_KEPT):
        await games.under_way([ANN, *others], first=20)

    assert all("seat_player_id_status_created_at_game_id_idx" in plan for plan in plans)
    assert ways(plans) == set() if filled else "Seq Scan" not in "".join(plans)


@pytest.mark.usefixtures("filled")
async def test_names_are_found_by_their_keys(engine: AsyncEngine, plans: list[str]) -> None:
    players = Players(engine)

    for _ in range(BY_THEN_A_PLAN_IS_KEPT):
        await players.known([ANN])
        await players.named("p1")

    assert ways(plans) == set()


@pytest.mark.usefixtures("filled")
async def test_commands_find_their_rows_by_keys_alone_and_together(
    world: World, plans: list[str]
) -> None:
    ann, bob = await world.newcomer(), await world.newcomer()

    async def play() -> None:
        game_id = await world.created(ann)
        await world.tell(game_id, JoinGame(bob))
        await world.tell(game_id, Resign(ann))

    for _ in range(BY_THEN_A_PLAN_IS_KEPT):
        await play()
        await asyncio.gather(*(play() for _ in range(5)))

    changes = [plan for plan in plans if "Insert on seat" in plan]
    assert len(changes) >= BY_THEN_A_PLAN_IS_KEPT
    assert [plan for plan in changes if re.search(r"Seq Scan on (?!written)", plan)] == []


async def test_autovacuum_leaves_lists_without_statistics_while_they_are_short(
    engine: AsyncEngine,
) -> None:
    async with engine.connect() as connection:
        told = await connection.scalars(
            text("select reloptions from pg_class where relname in ('player', 'game', 'seat')")
        )

    assert [set(each) for each in told] == 3 * [
        {"autovacuum_analyze_threshold=1000", "autovacuum_vacuum_threshold=1000"}
    ]
