"""Games, their players and their events as GraphQL shows them.

The three name each other, so they share a file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypedDict

import strawberry

from xogql import game
from xogql.api import operation_errors
from xogql.api.context import Info, present
from xogql.api.game_arguments import OfStatus, Version
from xogql.api.game_to_viewer import GameToViewer
from xogql.api.node import Node
from xogql.api.opening_type import OpeningFacts
from xogql.api.pages import After, First, PageInfo, page_info, page_size, version_after
from xogql.api.personal import impersonal, personal
from xogql.api.review_type import Review, review_of
from xogql.api.values import Cell, Rules, cells
from xogql.game import GameId, PlayerId
from xogql.game.bots import Level
from xogql.play.house import LEVELS
from xogql.player import Kind
from xogql.readmodels.games import InvalidCursorError, Listed
from xogql.store.codec import GAMES
from xogql.store.event_store import Recorded, Stream
from xogql.store.states import Folded


@strawberry.type
class Player(Node):
    """Somebody who plays: a member, a guest, or the server itself."""

    @strawberry.field
    @impersonal
    async def username(self, info: Info) -> str:
        """The name they are known by."""
        return (await info.context.known.load(PlayerId(self.id))).username

    @strawberry.field
    @impersonal
    async def kind(self, info: Info) -> Kind:
        """What they are."""
        return (await info.context.known.load(PlayerId(self.id))).kind

    @strawberry.field
    def level(self) -> Level | None:
        """How well they play, if they are of the house."""
        return LEVELS.get(self.id)

    @strawberry.field
    @personal
    async def games(
        self, info: Info, status: OfStatus = None, first: First = 20, after: After = None
    ) -> "GameConnection":
        """The games they sit in, newest first: the public ones; all of them to themselves."""
        _ = info.context.signed_in
        return await game_page(info, status, first, after, PlayerId(self.id))


@strawberry.type
class Seat:
    """A seat that is taken."""

    mark: game.Mark = strawberry.field(description="The mark it plays.")
    player: Player = strawberry.field(description="Who sits there.")


@strawberry.type
class Opening(OpeningFacts):
    """The position of another game that a game begins from."""

    @strawberry.field
    @personal
    async def game(self, info: Info) -> "Game | None":
        """The game that had come to it, as it is now; null for who may not see that one."""
        found = await info.context.find_game(self.opening.game)
        return None if found is None else game_of(self.opening.game, found)


@strawberry.type
class Game(GameToViewer):
    """A game at a version: what its events up to there come to."""

    @strawberry.field
    def creator(self) -> Player:
        """Who created it."""
        return player_of(self.folded.state.creator)

    @strawberry.field
    def players(self) -> list[Seat]:
        """The seats that are taken, X first."""
        seats = self.folded.state.seats
        return [
            Seat(mark=mark, player=player_of(seats[mark])) for mark in game.Mark if mark in seats
        ]

    @strawberry.field
    def opening(self) -> Opening | None:
        """What it begins from, with marks on its board already; null: from an empty board."""
        opening = self.folded.state.opening
        return None if opening is None else Opening(opening=opening)

    @strawberry.field
    async def rematch(self, info: Info) -> "Game | None":
        """The game that its players have agreed to play after it."""
        agreed = self.folded.state.rematch
        return None if agreed is None else await rematch_after(info, GameId(self.id), agreed)

    @strawberry.field
    async def rematch_of(self, info: Info) -> "Game | None":
        """The game that this one is the rematch of."""
        first = self.folded.state.rematch_of
        return None if first is None else game_of(first, await info.context.folded.load(first))

    @strawberry.field
    async def at(self, info: Info, version: Version) -> "Game":
        """The game as it was at an earlier version."""
        if not 1 <= version <= self.folded.version:
            message = f"This game has the versions 1 to {self.folded.version}."
            raise operation_errors.invalid_input(message, "version")
        folded = await info.context.services.states.at(Stream(GAMES, self.id), version)
        return game_of(GameId(self.id), folded)

    @strawberry.field
    async def review(self, info: Info) -> Review | None:
        """What each of its positions was worth, once it has ended; null before."""
        return await review_of(info, self.id, self.folded)

    @strawberry.field
    async def events(
        self, info: Info, first: First = 100, after: After = None
    ) -> "GameEventConnection":
        """What has happened in it up to this version, in order; a cursor is an event's version."""
        size, start = page_size(first), version_after(after, self.folded.version)
        stream, end = Stream(GAMES, self.id), min(start + size, self.folded.version)
        before = await info.context.services.states.at(stream, start)
        recorded = await info.context.services.store.read(stream, after=start, upto=end)
        happened = list(events_of(info, before, recorded))
        edges = [GameEventEdge(cursor=str(each.version), node=each) for each in happened]
        has_next = end < self.folded.version
        cursors = [edge.cursor for edge in edges]
        return GameEventConnection(
            edges=edges, page_info=page_info(cursors, after=after, has_next=has_next)
        )


@strawberry.type
class GameEdge:
    """A game in a list."""

    cursor: str = strawberry.field(description="Its place in the list.")
    game_id: strawberry.Private[GameId]

    @strawberry.field
    async def node(self, info: Info) -> Game:
        """The game at its present version."""
        return game_of(self.game_id, await info.context.folded.load(self.game_id))


@strawberry.type
class GameConnection:
    """A page of a list of games."""

    edges: list[GameEdge] = strawberry.field(description="The games, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.interface
class GameEvent:
    """What happened in a game: a fact that never changes."""

    version: int = strawberry.field(description="The version it brought the game to, from 1.")
    at: datetime = strawberry.field(description="When it was recorded.")
    game: Game = strawberry.field(description="The game at that version.")


@strawberry.type
class GameSnapshot(GameEvent):
    """No event but the game as it is: the first message to who followed it from nowhere."""


@strawberry.type
class GameCreated(GameEvent):
    """A player opened a game and waits for another."""

    creator: Player = strawberry.field(description="Who opened it.")
    mark: game.Mark = strawberry.field(description="The mark of its creator.")
    rules: Rules = strawberry.field(description="What it is played by.")


@strawberry.type
class PositionSetUp(GameEvent):
    """The board was set up as another game had it: right after the game was created."""

    opening: Opening = strawberry.field(description="What it begins from.")


@strawberry.type
class PlayerJoined(GameEvent):
    """A player took the free seat, and the game began."""

    player: Player = strawberry.field(description="Who joined.")


@strawberry.type
class MoveMade(GameEvent):
    """A player wrote their mark in a cell."""

    mark: game.Mark = strawberry.field(description="Whose it is.")
    row: int = strawberry.field(description="From 0, at the top.")
    column: int = strawberry.field(description="From 0, at the left.")


@strawberry.type
class GameEnded(GameEvent):
    """The game is over."""

    ending: game.Ending = strawberry.field(description="How it ended.")
    winner: game.Mark | None = strawberry.field(description="Who won; null if nobody did.")
    winning_line: list[Cell] | None = strawberry.field(
        description="Every cell of the line or lines that won."
    )


@strawberry.type
class GameCancelled(GameEvent):
    """Its creator took the game back before anybody joined."""


@strawberry.type
class OfferMade(GameEvent):
    """A player offered the other something."""

    kind: game.OfferKind = strawberry.field(description="What was offered.")
    mark: game.Mark = strawberry.field(description="Who made the offer.")


@strawberry.type
class OfferWithdrawn(GameEvent):
    """A player took their offer back."""

    kind: game.OfferKind = strawberry.field(description="What was offered.")
    mark: game.Mark = strawberry.field(description="Who had made the offer.")


@strawberry.type
class OfferDeclined(GameEvent):
    """A player said no to the other's offer."""

    kind: game.OfferKind = strawberry.field(description="What was offered.")
    mark: game.Mark = strawberry.field(description="Who had made the offer.")


@strawberry.type
class MovesTakenBack(GameEvent):
    """Moves were taken back, as a player had asked the other."""

    count: int = strawberry.field(description="How many of the last moves are gone: 1 or 2.")


@strawberry.type
class RematchAgreed(GameEvent):
    """The players agreed to play again."""

    rematch_id: strawberry.Private[GameId]

    @strawberry.field
    async def rematch(self, info: Info) -> Game:
        """The game that they play now, at its present version."""
        return await rematch_after(info, GameId(self.game.id), self.rematch_id)


@strawberry.type
class GameEventEdge:
    """An event in a list."""

    cursor: str = strawberry.field(description="The event's version.")
    node: GameEvent = strawberry.field(description="The event.")


@strawberry.type
class GameEventConnection:
    """A page of a game's events."""

    edges: list[GameEventEdge] = strawberry.field(description="The events, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


def player_of(player_id: PlayerId) -> Player:
    """Present a player."""
    return Player(id=strawberry.ID(player_id))


def game_of(game_id: GameId, folded: Folded[game.State]) -> Game:
    """Present a game that exists.

    Raises:
        LookupError: if it does not.
    """
    existing = present(folded)
    if existing is None:
        raise LookupError(game_id)
    return Game(id=strawberry.ID(game_id), folded=existing)


def events_of(
    info: Info, before: Folded[game.State], recorded: Sequence[Recorded[game.Event]]
) -> Iterator[GameEvent]:
    """Present the events that came after the state *before*, each with the game at its version."""
    for each in recorded:
        before = info.context.services.states.fold(before, [each])
        yield event_of(each, game_of(GameId(each.stream), before))


def event_of(recorded: Recorded[game.Event], at_version: Game) -> GameEvent:
    """Present an event with the game that it led to."""
    common = _Common(version=recorded.version, at=recorded.recorded_at, game=at_version)
    match recorded.event:
        case game.MoveMade(mark, cell):
            return MoveMade(**common, mark=mark, row=cell.row, column=cell.column)
        case game.GameEnded(ending, winner, lines):
            line = cells(lines) or None
            return GameEnded(**common, ending=ending, winner=winner, winning_line=line)
        case game.GameCreated() | game.PositionSetUp() | game.PlayerJoined() | game.GameCancelled():
            return _preparation_of(recorded.event, common)
        case _:
            return _settlement_of(recorded.event, common)


class _Common(TypedDict):
    """What every event tells."""

    version: int
    at: datetime
    game: Game


def _preparation_of(
    event: game.GameCreated | game.PositionSetUp | game.PlayerJoined | game.GameCancelled,
    common: _Common,
) -> GameEvent:
    match event:
        case game.GameCreated(creator, rules, mark):
            who, by = player_of(creator), Rules.of(rules)
            return GameCreated(**common, creator=who, mark=mark, rules=by)
        case game.PositionSetUp(opening):
            return PositionSetUp(**common, opening=Opening(opening=opening))
        case game.PlayerJoined(player):
            return PlayerJoined(**common, player=player_of(player))
        case game.GameCancelled():
            return GameCancelled(**common)


def _settlement_of(event: game.Settlement, common: _Common) -> GameEvent:
    match event:
        case game.OfferMade(kind, mark):
            return OfferMade(**common, kind=kind, mark=mark)
        case game.OfferWithdrawn(kind, mark):
            return OfferWithdrawn(**common, kind=kind, mark=mark)
        case game.OfferDeclined(kind, mark):
            return OfferDeclined(**common, kind=kind, mark=mark)
        case game.MovesTakenBack(count):
            return MovesTakenBack(**common, count=count)
        case game.RematchAgreed(agreed):
            return RematchAgreed(**common, rematch_id=agreed)


async def rematch_after(info: Info, game_id: GameId, agreed: GameId) -> Game:
    """Present the rematch that was agreed on in a game, which begins now if it has not yet."""
    folded = await info.context.folded.load(agreed)
    if present(folded) is None:
        folded = await info.context.services.rematches.begun(game_id)
    return game_of(agreed, folded)


async def game_page(
    info: Info, status: game.Status | None, first: int, after: str | None, player: PlayerId | None
) -> GameConnection:
    """List games, all or a player's."""
    try:
        place = None if after is None else Listed.at(after)
    except InvalidCursorError as error:
        raise operation_errors.invalid_input(str(error), "after") from error
    own = player is not None and player == info.context.viewer
    page = await info.context.services.games.page(
        status=status, player=player, hidden=own, first=page_size(first), after=place
    )
    edges = [GameEdge(cursor=each.cursor, game_id=each.game_id) for each in page.games]
    cursors = [edge.cursor for edge in edges]
    return GameConnection(
        edges=edges, page_info=page_info(cursors, after=after, has_next=page.has_next)
    )
