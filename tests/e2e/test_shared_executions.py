"""Followers share what they see alike, and nothing else: each has exactly what is theirs."""

import asyncio
from contextlib import AsyncExitStack
from random import Random

from tests.e2e.clients import Match, News, Player

CELLS = ((0, 0), (1, 1), (2, 2), (0, 1), (2, 1), (2, 0), (0, 2), (1, 2), (1, 0))
"""A game without a winner."""

PLAIN = """subscription ($gameId: ID!, $after: Int, $stay: Boolean! = false) {
  gameEvents(gameId: $gameId, after: $after, stay: $stay) {
    __typename version game { version status turn moves { row column } } } }"""
MINE = """subscription ($gameId: ID!) { gameEvents(gameId: $gameId, after: 2) {
  version game { viewerMark players { player { id } } } } }"""
LAST = 12


async def follow(
    stack: AsyncExitStack, who: Player, document: str, game_id: str, **variables: object
) -> News:
    """Follow a game by a document, on a socket of its own."""
    socket = await stack.enter_async_context(who.socket())
    return News(await socket.begin(document, gameId=game_id, **variables), "gameEvents")


async def play(match: Match, cells: tuple[tuple[int, int], ...], turn: int = 0) -> None:
    for number, cell in enumerate(cells, start=turn):
        await (match.x, match.o)[number % 2].move(*cell)


async def rest_of(news: News) -> list[dict[str, object]]:
    return [each async for each in news]


async def test_whoever_joins_whenever_has_each_event_once_and_in_order(
    match: Match, ann: Player, bob: Player
) -> None:
    dice, starts, following = Random(5), list[int](), list[News]()
    async with AsyncExitStack() as stack:
        for version in range(2, LAST - 1):
            for who in (ann, bob):
                starts.append(dice.randint(0, version))
                after = {"after": starts[-1]}
                following.append(await follow(stack, who, PLAIN, match.id, **after))
            await play(match, CELLS[version - 2 : version - 1], turn=version - 2)
        seen = await asyncio.gather(*map(rest_of, following))

    assert len(seen) == 2 * len(CELLS)
    for start, events in zip(starts, seen, strict=True):
        assert [each["version"] for each in events] == list(range(start + 1, LAST + 1))
        assert events == seen[starts.index(min(starts))][start - min(starts) :]


async def test_who_sees_a_game_as_a_player_shares_it_with_nobody(match: Match) -> None:
    async with AsyncExitStack() as stack:
        players = (match.x, match.o, match.x)
        following = [await follow(stack, each, MINE, match.id) for each in players]
        await play(match, CELLS[:3])
        seen = [[await anext(news) for _ in range(3)] for news in following]

    assert [{each["game"]["viewerMark"] for each in events} for events in seen] == [
        {"X"},
        {"O"},
        {"X"},
    ]


async def test_who_stays_goes_on_when_others_are_done(match: Match, ann: Player) -> None:
    async with AsyncExitStack() as stack:
        leaving = await follow(stack, ann, PLAIN, match.id, after=2)
        staying = await follow(stack, ann, PLAIN, match.id, after=2, stay=True)
        await play(match, CELLS)
        assert [each["version"] for each in await rest_of(leaving)][-1] == LAST
        await match.x.offer("REMATCH")
        seen = [await anext(staying) for _ in range(LAST - 2 + 1)]

    assert [each["__typename"] for each in seen][-2:] == ["GameEnded", "OfferMade"]
