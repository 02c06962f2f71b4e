"""Players and games of every kind, made by the handlers over a log with all its read models."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count, cycle
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql import game, player
from xogql.game import Cell, GameId, Mark, Opening, PlayerId, Rules, Visibility
from xogql.play.handler import Accepted, Handler, Order
from xogql.play.rematches import Rematches, rematch_of
from xogql.readmodels.catalogue import projections
from xogql.readmodels.rebuild import rebuild
from xogql.store import tables
from xogql.store.codec import GAMES, PLAYERS, Event
from xogql.store.event_store import Recorded, Stream
from xogql.store.names import new_name
from xogql.store.postgres import PostgresEventStore
from xogql.store.states import States

Rows = Mapping[str, Sequence[tuple[Any, ...]]]

_TABLES = (tables.game, tables.seat, tables.rematch, tables.player)
_PHASES = (
    "waiting",
    "cancelled",
    "paired",
    "set up",
    "set up and paired",
    "playing",
    "moved",
    "resigned",
    "won",
    "drawn",
    "agreed",
    "again",
)
_OPENING = Opening(GameId("game-before"), 4, (Cell(1, 1), Cell(0, 0)))
_WON = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))
_DRAWN = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 0), (1, 2), (2, 1), (2, 0), (2, 2))


def quiet(recorded: Sequence[Recorded[Event]]) -> None:
    """Ring for nobody."""


class World:
    """A log with its handlers; what they make is in every phase by turns."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.store = PostgresEventStore(engine, quiet, projections())
        self.states = States(self.store, GAMES, game.initial_state, game.evolve)
        self._games = Handler(self.store, self.states, game.decide)
        self.rematches = Rematches(self._games, self.states)
        members = States(self.store, PLAYERS, player.initial_state, player.evolve)
        self._players = Handler(self.store, members, player.decide)
        self._members = members
        self._names = (f"Player-{number}" for number in count())
        self._phases = cycle(_PHASES)
        self._visibilities = cycle(Visibility)

    async def newcomer(self, username: str | None = None) -> PlayerId:
        return await self._come(player.SignUp(username or next(self._names), uuid4(), 0, 100))

    async def guest(
        self, username: str | None = None, session: tuple[int, int] = (0, 100)
    ) -> PlayerId:
        name = username or f"{next(self._names)} the guest"
        return await self._come(player.PlayAsGuest(name, uuid4(), *session))

    async def house(self, username: str) -> PlayerId:
        return await self._come(player.Employ(username))

    async def _come(self, command: player.Command) -> PlayerId:
        name = PlayerId(new_name(PLAYERS))
        await self._wish(name, command)
        return name

    async def _wish(self, name: PlayerId, command: player.Command) -> None:
        answer = await self._players.handle(Stream(PLAYERS, name), Order(command, name))
        assert isinstance(answer, Accepted), answer.reason

    async def log_in(self, name: PlayerId) -> None:
        await self._wish(name, player.LogIn(uuid4(), 50, 150))

    async def claim(self, name: PlayerId, username: str) -> None:
        await self._wish(name, player.ClaimAccount(username, await self._session(name)))

    async def rename(self, name: PlayerId, username: str) -> None:
        await self._wish(name, player.ChangeUsername(username, await self._session(name)))

    async def renew(self, name: PlayerId) -> None:
        await self._wish(name, player.RenewSession(await self._session(name), 1, 101))

    async def let_go(self, name: PlayerId) -> None:
        await self._wish(name, player.LetGuestGo(1000))

    async def _session(self, name: PlayerId) -> UUID:
        state = (await self._members.load(Stream(PLAYERS, name))).state
        assert isinstance(state, player.Registered)
        return next(iter(state.sessions))

    async def tell(self, game_id: GameId, command: game.Command) -> None:
        answer = await self._games.handle(Stream(GAMES, game_id), Order(command, command.by))
        assert isinstance(answer, Accepted)

    async def created(
        self,
        creator: PlayerId,
        opponent: PlayerId | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        opening: Opening | None = None,
    ) -> GameId:
        game_id, mark = GameId(new_name(GAMES)), Mark.X
        command = game.CreateGame(creator, Rules(), mark, mark, opponent, None, visibility, opening)
        await self.tell(game_id, command)
        return game_id

    async def played(self, x: PlayerId, o: PlayerId) -> GameId:
        """Make a game, and bring it to the phase whose turn it is."""
        phase, visibility = next(self._phases), next(self._visibilities)
        opponent = o if phase.endswith("paired") else None
        opening = _OPENING if phase.startswith("set up") else None
        game_id = await self.created(x, opponent, visibility, opening)
        if phase == "cancelled":
            await self.tell(game_id, game.CancelGame(x))
        if opponent is not None or phase in ("waiting", "cancelled", "set up"):
            return game_id
        await self.tell(game_id, game.JoinGame(o, invited=True))
        cells = {"moved": _WON[:3], "resigned": _WON[:1], "won": _WON, "drawn": _DRAWN}
        for turn, cell in enumerate(cells.get(phase, ())):
            await self.tell(game_id, game.MakeMove((x, o)[turn % 2], Cell(*cell)))
        if phase in ("resigned", "agreed", "again"):
            await self.tell(game_id, game.Resign(x))
        if phase in ("agreed", "again"):
            await self.agreed(game_id, x, o)
        if phase == "again":
            await self.rematches.begun(game_id)
        return game_id

    async def agreed(self, game_id: GameId, x: PlayerId, o: PlayerId) -> None:
        """Have the players of a finished game agree on a rematch, and leave it at that."""
        for each in (x, o):
            wish = game.MakeOffer(each, game.OfferKind.REMATCH, rematch_of(game_id))
            await self.tell(game_id, wish)

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
        agreed: dict[str, str] = {}
        async for page in self.store.scan(GAMES, [game.GameCreated]):
            for each in page:
                folded = await self.states.load(Stream(GAMES, each.stream))
                assert not isinstance(folded.state, game.Absent)
                shown = folded.state.status, each.recorded_at, folded.state.visibility
                games.append((each.stream, *shown))
                seats += [(one, each.stream, *shown) for one in folded.state.seats.values()]
                if folded.state.rematch is not None:
                    agreed[folded.state.rematch] = each.stream
        kinds = player.SignedUp, player.GuestCame, player.Employed
        heard: dict[str, datetime] = {}
        async for names in self.store.scan(PLAYERS, [*kinds, player.SessionRenewed]):
            heard |= {name.stream: name.recorded_at for name in names}
        for stream, last in heard.items():
            state = (await self._members.load(Stream(PLAYERS, stream))).state
            if isinstance(state, player.Registered):
                idle = last if state.kind is player.Kind.GUEST else None
                name = state.username
                players.append((stream, name, name.lower(), state.kind, idle))
        begun = {name for name, *_ in games}
        return {
            "game": sorted(games),
            "seat": sorted(seats),
            "rematch": sorted(each for each in agreed.items() if each[0] not in begun),
            "player": sorted(players),
        }
