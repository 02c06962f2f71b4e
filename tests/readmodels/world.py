"""Players and games of every kind, made by the handlers over a log with all its read models."""

from collections.abc import Mapping, Sequence
from itertools import count, cycle
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql import game, player
from xogql.game import Cell, GameId, Mark, PlayerId, Rules, Visibility
from xogql.play.handler import Accepted, Handler, Order
from xogql.readmodels.catalogue import projections
from xogql.readmodels.rebuild import rebuild
from xogql.store import tables
from xogql.store.codec import GAMES, PLAYERS, Event
from xogql.store.event_store import Recorded, Stream
from xogql.store.names import new_name
from xogql.store.postgres import PostgresEventStore
from xogql.store.states import States

Rows = Mapping[str, Sequence[tuple[Any, ...]]]

_TABLES = (tables.game, tables.seat, tables.player)
_PHASES = ("waiting", "cancelled", "paired", "playing", "moved", "resigned", "won", "drawn")
_WON = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))
_DRAWN = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 0), (1, 2), (2, 1), (2, 0), (2, 2))


async def quiet(recorded: Sequence[Recorded[Event]]) -> None:
    """Ring for nobody."""


class World:
    """A log with its handlers; what they make is in every phase by turns."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.store = PostgresEventStore(engine, quiet, projections())
        self.states = States(self.store, GAMES, game.initial_state, game.evolve)
        self._games = Handler(self.store, self.states, game.decide)
        members = States(self.store, PLAYERS, player.initial_state, player.evolve)
        self._players = Handler(self.store, members, player.decide)
        self._names = (f"Player-{number}" for number in count())
        self._phases = cycle(_PHASES)
        self._visibilities = cycle(Visibility)

    async def newcomer(self, username: str | None = None) -> PlayerId:
        name = PlayerId(new_name(PLAYERS))
        command = player.SignUp(username or next(self._names), uuid4(), 0, 100)
        await self._players.handle(Stream(PLAYERS, name), Order(command, name))
        return name

    async def log_in(self, name: PlayerId) -> None:
        command = player.LogIn(uuid4(), 50, 150)
        await self._players.handle(Stream(PLAYERS, name), Order(command, name))

    async def tell(self, game_id: GameId, command: game.Command) -> None:
        answer = await self._games.handle(Stream(GAMES, game_id), Order(command, command.by))
        assert isinstance(answer, Accepted)

    async def created(
        self,
        creator: PlayerId,
        opponent: PlayerId | None = None,
        visibility: Visibility = Visibility.PUBLIC,
    ) -> GameId:
        game_id, rules = GameId(new_name(GAMES)), Rules()
        command = game.CreateGame(creator, rules, Mark.X, Mark.X, opponent, visibility=visibility)
        await self.tell(game_id, command)
        return game_id

    async def played(self, x: PlayerId, o: PlayerId) -> GameId:
        """Make a game, and bring it to the phase whose turn it is."""
        phase, visibility = next(self._phases), next(self._visibilities)
        game_id = await self.created(x, o if phase == "paired" else None, visibility)
        if phase == "cancelled":
            await self.tell(game_id, game.CancelGame(x))
        if phase in ("waiting", "cancelled", "paired"):
            return game_id
        await self.tell(game_id, game.JoinGame(o, invited=True))
        cells = {"moved": _WON[:3], "resigned": _WON[:1], "won": _WON, "drawn": _DRAWN}
        for turn, cell in enumerate(cells.get(phase, ())):
            await self.tell(game_id, game.MakeMove((x, o)[turn % 2], Cell(*cell)))
        if phase == "resigned":
            await self.tell(game_id, game.Resign(x))
        return game_id

    async def rebuilt(self) -> int:
        """Make the read models again, and tell from how many events."""
        read = [each async for each in rebuild(self.engine, self.store, projections())]
        return read[-1] if read else 0

    async def rows(self) -> Rows:
        async with self.engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, (await connection.execute(select(table))).all()))
                for table in _TABLES
            }

    async def rows_of_the_log(self) -> Rows:
        """What the rows should be, by folding every stream."""
        games: list[tuple[Any, ...]] = []
        seats: list[tuple[Any, ...]] = []
        players: list[tuple[Any, ...]] = []
        async for page in self.store.scan(GAMES, [game.GameCreated]):
            for each in page:
                folded = await self.states.load(Stream(GAMES, each.stream))
                assert not isinstance(folded.state, game.Absent)
                shown = folded.state.status, each.recorded_at, folded.state.visibility
                games.append((each.stream, *shown))
                seats += [(one, each.stream, *shown) for one in folded.state.seats.values()]
        async for names in self.store.scan(PLAYERS, [player.SignedUp]):
            for name in names:
                assert isinstance(name.event, player.SignedUp)
                username = name.event.username
                players.append((name.stream, username, username.lower()))
        return {"game": sorted(games), "seat": sorted(seats), "player": sorted(players)}
