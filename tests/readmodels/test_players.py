"""Who has which username."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.readmodels.world import World
from xogql.game import PlayerId
from xogql.player import Kind
from xogql.readmodels.players import Known, Players
from xogql.store.engine import make_engine
from xogql.store.event_store import TakenError, UnavailableError


@pytest.fixture
def players(engine: AsyncEngine) -> Players:
    return Players(engine)


async def test_a_player_is_found_by_username_in_any_case(world: World, players: Players) -> None:
    ann = await world.newcomer("Ann_1")

    assert [await players.named(each) for each in ("Ann_1", "ann_1", "ANN_1")] == [ann] * 3
    assert await players.named("ann") is None


async def test_players_are_known_together(world: World, players: Players) -> None:
    ann, otter = await world.newcomer("Ann"), await world.guest("Quiet Otter")
    house = await world.house("The house, easy")
    nobody = PlayerId(f"player-{uuid4()}")

    assert await players.known([otter, ann, nobody, house, ann]) == {
        ann: Known("Ann", Kind.MEMBER),
        otter: Known("Quiet Otter", Kind.GUEST),
        house: Known("The house, easy", Kind.HOUSE),
    }
    assert await players.known([]) == {}


async def test_names_that_nobody_has_are_told(world: World, players: Players) -> None:
    await world.newcomer("ann")
    await world.guest("Quiet Otter")

    names = ["ANN", "bob", "quiet otter", "quiet otter 2"]
    assert await players.free(names) == ["bob", "quiet otter 2"]


async def test_a_guest_who_claims_an_account_is_known_by_it(world: World, players: Players) -> None:
    otter = await world.guest("Quiet Otter")

    await world.claim(otter, "otter")

    assert await players.known([otter]) == {otter: Known("otter", Kind.MEMBER)}
    assert await players.named("Quiet Otter") is None
    assert await players.named("OTTER") == otter


async def test_a_name_that_was_changed_is_free_again(world: World, players: Players) -> None:
    ann, bob = await world.newcomer("ann"), await world.newcomer("bob")
    with pytest.raises(TakenError):
        await world.rename(bob, "ANN")

    await world.rename(ann, "anna")
    await world.rename(bob, "ann")

    assert await players.named("ann") == bob
    assert await players.named("anna") == ann


async def test_two_wish_for_one_name_at_once_and_one_gets_it(
    world: World, players: Players
) -> None:
    wishes = [await world.newcomer() for _ in range(6)]

    outcomes = await asyncio.gather(
        *(world.rename(each, "ann") for each in wishes), return_exceptions=True
    )

    assert [type(each) for each in outcomes].count(TakenError) == len(wishes) - 1
    winner = await players.named("ann")
    assert winner == wishes[[each is None for each in outcomes].index(True)]


async def idle(players: Players, age: timedelta = timedelta(0)) -> list[PlayerId]:
    return [each.player_id for each in await players.idle(age, after=None, first=100)]


async def test_guests_without_a_game_are_idle_since_they_were_heard(
    world: World, players: Players
) -> None:
    guests = [await world.guest() for _ in range(5)]
    await world.newcomer()
    await world.house("The house, hard")
    await world.created(guests[1])
    await world.claim(guests[3], "otter")
    await world.renew(guests[0])

    assert await idle(players) == [guests[2], guests[4], guests[0]]
    assert await idle(players, timedelta(hours=1)) == []


async def test_idle_guests_are_given_page_by_page(world: World, players: Players) -> None:
    guests = [await world.guest() for _ in range(5)]

    found, place = [], None
    while page := await players.idle(timedelta(0), after=place, first=2):
        found += [each.player_id for each in page]
        place = page[-1]

    assert found == guests


async def test_a_guest_who_left_is_known_no_more(world: World, players: Players) -> None:
    otter = await world.guest("Quiet Otter")

    await world.let_go(otter)

    assert await players.known([otter]) == {}
    assert await players.named("Quiet Otter") is None
    assert await idle(players) == []
    assert await world.guest("Quiet Otter") != otter


async def test_a_username_belongs_to_one_in_whatever_case(world: World, players: Players) -> None:
    ann = await world.newcomer("ann")

    with pytest.raises(TakenError):
        await world.newcomer("ANN")

    assert await players.named("ann") == ann
    assert (await world.rows())["player"] == [(ann, "ann", "ann", "MEMBER", None)]


async def test_names_that_cannot_be_read_are_unavailable() -> None:
    engine = make_engine("postgresql://xogql@127.0.0.1:1/nowhere")

    with pytest.raises(UnavailableError):
        await Players(engine).named("ann")
    with pytest.raises(UnavailableError):
        await Players(engine).known([PlayerId("player-ann")])
    with pytest.raises(UnavailableError):
        await Players(engine).idle(timedelta(0), after=None, first=1)
    await engine.dispose()
