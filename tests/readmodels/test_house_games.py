"""Where the house may have something to do: found page by page, in the end everywhere."""

from datetime import timedelta

import pytest

from tests.readmodels.world import World
from xogql.game import Cell, GameId, MakeMove, PlayerId, Resign
from xogql.readmodels import house_games
from xogql.readmodels.games import Listed
from xogql.readmodels.house_games import HouseGames

EASY, HARD = HOUSE = PlayerId("player-easy"), PlayerId("player-hard")
NO_REST, LONG = timedelta(0), timedelta(hours=1)


async def all_of(games: HouseGames) -> dict[GameId, int]:
    """Look through all pages."""
    found: dict[GameId, int] = {}
    place: Listed | None = None
    while True:
        page, place = await games.page(place)
        found |= page
        if place is None:
            return found


@pytest.fixture
def games(world: World) -> HouseGames:
    return HouseGames(world.engine, HOUSE, rest=NO_REST)


async def test_a_game_waits_for_the_house_after_anothers_move(
    world: World, games: HouseGames
) -> None:
    ann = await world.newcomer()
    game_id = await world.created(ann, EASY)
    await world.tell(game_id, MakeMove(ann, Cell(0, 0)))
    assert await all_of(games) == {game_id: 3}

    await world.tell(game_id, MakeMove(EASY, Cell(1, 1)))
    assert await all_of(games) == {}


async def test_a_game_that_has_just_begun_may_be_the_houses_to_begin(
    world: World, games: HouseGames
) -> None:
    ann = await world.newcomer()
    game_id = await world.created(EASY, ann)

    assert await all_of(games) == {game_id: 2}


async def test_where_something_has_just_happened_somebody_was_called(world: World) -> None:
    ann = await world.newcomer()
    await world.created(ann, EASY)

    assert await all_of(HouseGames(world.engine, HOUSE, rest=LONG)) == {}


async def test_games_of_others_and_cancelled_ones_do_not_wait(
    world: World, games: HouseGames
) -> None:
    ann, bob = await world.newcomer(), await world.newcomer()
    for _ in range(8):
        await world.played(ann, bob)

    assert await all_of(games) == {}


async def test_a_game_that_is_over_is_looked_at_for_a_rematch(
    world: World, games: HouseGames
) -> None:
    ann = await world.newcomer()
    game_id = await world.created(ann, HARD)
    await world.tell(game_id, Resign(ann))

    assert await all_of(games) == {game_id: 3}


@pytest.mark.parametrize("page", [1, 2, 3, 7])
async def test_every_game_is_on_some_page(
    world: World, games: HouseGames, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(house_games, "PAGE", page)
    ann = await world.newcomer()
    opponents = [EASY, HARD, EASY, EASY, HARD, HARD, EASY]
    made = [await world.created(ann, each) for each in opponents]

    assert await all_of(games) == dict.fromkeys(made, 2)
