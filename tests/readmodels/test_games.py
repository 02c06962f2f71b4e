"""Lists of games: newest first, page by page, as the log has them."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.readmodels.world import World
from xogql.game import CancelGame, GameId, JoinGame, PlayerId, Resign, Status, Visibility
from xogql.readmodels.games import Games, InvalidCursorError, Listed, Page
from xogql.store import tables
from xogql.store.engine import make_engine
from xogql.store.event_store import UnavailableError

ANN = PlayerId("player-ann")
MOMENT, TICK = datetime(2026, 11, 22, 18, 0, 0, tzinfo=UTC), timedelta(microseconds=1)


def game_id(late: int, place: int) -> str:
    return f"game-00000000-0000-7000-800{late}-{place:012}"


@pytest.fixture
async def elsewhere(database_url: str) -> AsyncGenerator[Games]:
    """The lists as another process reads them."""
    engine = make_engine(database_url)
    yield Games(engine)
    await engine.dispose()


def ids(page: Page) -> list[GameId]:
    return [each.game_id for each in page.games]


async def pages_of(games: Games, first: int, player: PlayerId | None = None) -> list[list[GameId]]:
    """Read page after page, each past the cursor of the last game before."""
    pages = [await games.page(first=first, player=player)]
    while pages[-1].has_next:
        after = Listed.at(pages[-1].games[-1].cursor)
        pages.append(await games.page(first=first, player=player, after=after))
    return [ids(page) for page in pages]


async def test_a_game_is_listed_the_moment_its_creation_is_acknowledged(
    world: World, elsewhere: Games
) -> None:
    ann = await world.newcomer()
    for _ in range(20):
        game_id = await world.created(ann)
        assert ids(await elsewhere.page(status=Status.WAITING, first=1)) == [game_id]


async def test_a_game_is_listed_by_its_status_the_moment_it_changes(
    world: World, elsewhere: Games
) -> None:
    ann, bob = await world.newcomer(), await world.newcomer()
    joined, cancelled = await world.created(ann), await world.created(ann)

    await world.tell(joined, JoinGame(bob))
    await world.tell(cancelled, CancelGame(ann))

    listed = {each: ids(await elsewhere.page(status=each, first=9)) for each in Status}
    assert listed == {
        Status.WAITING: [],
        Status.PLAYING: [joined],
        Status.FINISHED: [],
        Status.CANCELLED: [cancelled],
    }


async def test_a_game_of_two_is_listed_as_played_the_moment_it_is_created(
    world: World, elsewhere: Games
) -> None:
    ann, bob = await world.newcomer(), await world.newcomer()
    game_id = await world.created(ann, bob)

    assert ids(await elsewhere.page(status=Status.PLAYING, first=9)) == [game_id]
    assert ids(await elsewhere.page(status=Status.WAITING, first=9)) == []
    for each in (ann, bob):
        playing = await elsewhere.page(player=each, status=Status.PLAYING, first=9)
        assert ids(playing) == [game_id]


async def test_a_player_has_the_games_they_sit_in(world: World, elsewhere: Games) -> None:
    ann, bob = await world.newcomer(), await world.newcomer()
    own, joined = await world.created(ann), await world.created(bob)
    await world.tell(joined, JoinGame(ann))

    assert ids(await elsewhere.page(player=ann, first=9)) == [joined, own]
    assert ids(await elsewhere.page(player=bob, first=9)) == [joined]
    playing = await elsewhere.page(player=ann, status=Status.PLAYING, first=9)
    assert ids(playing) == [joined]


@pytest.mark.parametrize("first", [1, 2, 3, 5, 9, 10, 11])
async def test_pages_are_newest_first_without_gaps_though_moments_are_shared(
    engine: AsyncEngine, first: int
) -> None:
    made = [
        {"game_id": game_id(late, place), "status": "WAITING", "created_at": MOMENT + late * TICK}
        for late, place in product((0, 1), range(5))
    ]
    async with engine.connect() as connection:
        await connection.execute(insert(tables.game), made[::2] + made[1::2])
        await connection.execute(insert(tables.seat), [{**each, "player_id": ANN} for each in made])

    for player in (None, ANN):
        pages = await pages_of(Games(engine), first, player)
        assert [each for page in pages for each in page] == [each["game_id"] for each in made[::-1]]
        assert [len(page) for page in pages[:-1]] == [first] * (len(pages) - 1)


async def test_pages_go_on_by_cursor(world: World, elsewhere: Games) -> None:
    ann = await world.newcomer()
    made = [await world.created(ann) for _ in range(7)]

    pages = await pages_of(elsewhere, 3)

    assert pages == [made[:3:-1], made[3:0:-1], made[:1]]
    assert await pages_of(elsewhere, 3, player=ann) == pages


async def test_a_cursor_is_read_as_it_was_written(world: World, elsewhere: Games) -> None:
    await world.created(await world.newcomer())

    [listed] = (await elsewhere.page(first=1)).games

    assert Listed.at(listed.cursor) == listed


@pytest.mark.parametrize("cursor", ["", "x", "eA==", "ñ", "\udc00"])
def test_a_cursor_that_none_wrote_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursorError):
        Listed.at(cursor)


@pytest.mark.parametrize(
    "text",
    [
        f"{MOMENT.isoformat()} game-\0",
        f"{MOMENT.isoformat()} player-00000000-0000-7000-8000-000000000000",
        f"{MOMENT.replace(tzinfo=None).isoformat()} {game_id(0, 0)}",
        f"0001-01-01T00:00:00+14:00 {game_id(0, 0)}",
        f"{game_id(0, 0)} {MOMENT.isoformat()}",
    ],
)
def test_a_cursor_that_names_no_place_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursorError):
        Listed.at(urlsafe_b64encode(text.encode()).decode())


async def test_lists_hold_what_is_public_and_a_players_own_holds_all(
    world: World, elsewhere: Games
) -> None:
    ann, bob = await world.newcomer(), await world.newcomer()
    made = {each: await world.created(ann, visibility=each) for each in Visibility}
    for each in made.values():
        await world.tell(each, JoinGame(bob, invited=True))
    public, everything = [made[Visibility.PUBLIC]], [*made.values()][::-1]

    for status in (None, Status.PLAYING):
        assert ids(await elsewhere.page(status=status, first=9)) == public
        for player in (ann, bob):
            assert ids(await elsewhere.page(player=player, status=status, first=9)) == public
            own = await elsewhere.page(player=player, status=status, hidden=True, first=9)
            assert ids(own) == everything
    assert ids(await elsewhere.page(hidden=True, first=9)) == public


async def test_what_is_hidden_leaves_no_gap_between_pages(world: World, elsewhere: Games) -> None:
    ann = await world.newcomer()
    made = [
        await world.created(ann, visibility=Visibility.PRIVATE if number % 3 else Visibility.PUBLIC)
        for number in range(12)
    ]

    pages = await pages_of(elsewhere, 2, player=ann)

    assert pages == [[made[9], made[6]], [made[3], made[0]]]
    assert await pages_of(elsewhere, 2) == pages


async def test_games_under_way_are_those_that_wait_or_are_played_the_newest_first(
    world: World, elsewhere: Games
) -> None:
    ann, bob, eve = [await world.newcomer() for _ in range(3)]
    waiting, cancelled, played, over = [await world.created(ann) for _ in range(4)]
    hidden = await world.created(bob, ann, Visibility.PRIVATE)
    await world.tell(cancelled, CancelGame(ann))
    for each in (played, over):
        await world.tell(each, JoinGame(bob))
    await world.tell(over, Resign(bob))

    found = await elsewhere.under_way([ann, bob, eve], first=9)

    assert found == {ann: [hidden, played, waiting], bob: [hidden, played], eve: []}
    assert await elsewhere.under_way([ann], first=2) == {ann: [hidden, played]}
    assert await elsewhere.under_way([], first=2) == {}


async def test_a_list_that_cannot_be_read_is_unavailable() -> None:
    engine = make_engine("postgresql://xogql@127.0.0.1:1/nowhere")

    with pytest.raises(UnavailableError) as unavailable:
        await Games(engine).page(first=1)

    assert isinstance(unavailable.value.__cause__, OSError | DBAPIError)
    await engine.dispose()
