"""What players do with their games on any process, and a model of what `myGames` has to tell."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

from hypothesis import strategies as st

from tests.e2e.clients import PASSWORD, News, Player, Seat
from tests.simulation.oracle import GameOracle
from xogql import game
from xogql.game import TIC_TAC_TOE, Cell, GameId, Mark, OfferKind, PlayerId, RematchAgreed, Status
from xogql.play.handler import Order

PATIENCE = 20.0
REMATCH = "query ($id: ID!) { game(id: $id) { rematch { id } } }"
UNDER_WAY = (Status.WAITING, Status.PLAYING)
KINDS = ("create", "join", "move", "resign", "abort", "cancel", "offer", "accept", "claim")
USUAL = ("create", "join", "join", "move", "move", "offer", "accept")
"""What is done more often, or few games would come far."""


@dataclass(frozen=True)
class Step:
    """What is done, by whom, in which game and where. *looks*: then all look at their games."""

    kind: str
    who: int
    which: int
    cell: int
    looks: bool


numbers = st.integers(0, 8)
steps = st.builds(Step, st.sampled_from(KINDS + USUAL), numbers, numbers, numbers, st.booleans())


@dataclass
class Screen:
    """What a player's client shows, who does what it is told."""

    news: News
    shown: dict[str, int] = field(default_factory=dict)

    async def catch_up(self, wanted: Mapping[str, int]) -> None:
        """Read on until what is shown is what is wanted."""
        try:
            async with asyncio.timeout(PATIENCE):
                while self.shown != wanted:
                    self._take(await anext(self.news))
        except TimeoutError:
            message = f"{self.shown} are shown, not {wanted}"
            raise AssertionError(message) from None

    def _take(self, change: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        for each in change["games"]:
            name, version = str(each["id"]), int(str(each["version"]))
            assert version > self.shown.get(name, 0)
            self.shown[name] = version
        for each in change["gone"]:
            del self.shown[str(each["id"])]


class OwnGames:
    """Carries steps out, and lets each game's oracle tell what must come of them."""

    def __init__(self, guests: Sequence[Player]) -> None:
        self.players = guests
        self._games: dict[str, GameOracle] = {}
        self._seats: dict[tuple[str, str], Seat] = {}
        self._members: set[str] = set()

    def under_way(self, player: Player) -> dict[str, int]:
        """Give the versions of a player's games that wait or are played, the newest game first."""
        return {
            each: oracle.version
            for each, oracle in reversed(self._games.items())
            if oracle.look(oracle.version).status in UNDER_WAY
            and player.id in oracle.seats().values()
        }

    async def carry_out(self, step: Step) -> None:
        """Do something, allowed or not: it is answered as the model says."""
        player = self.players[step.who % len(self.players)]
        if step.kind == "claim":
            await self._claim(player)
        elif step.kind == "create" or not self._games:
            await self._create(player)
        elif step.kind == "join":
            game_id = self._game(step)
            await self._give(player, "joinGame", game_id, game.JoinGame(PlayerId(player.id)))
        else:
            await self._in_a_game(step)

    def _game(self, step: Step) -> str:
        return [*self._games][-1 - step.which % len(self._games)]

    async def _claim(self, player: Player) -> None:
        wished = {"username": f"otter-{token_hex(6)}", "password": PASSWORD}
        answer = await player.wish("claimAccount", **wished)
        assert ("code" in answer) is (player.id in self._members)
        self._members.add(player.id)

    async def _create(self, player: Player) -> None:
        self._open(await player.create(), PlayerId(player.id), Mark.X)

    def _open(self, game_id: str, creator: PlayerId, mark: Mark) -> GameOracle:
        self._games[game_id] = oracle = GameOracle()
        oracle.answer(Order(game.CreateGame(creator, TIC_TAC_TOE, mark, mark), creator))
        return oracle

    async def _in_a_game(self, step: Step) -> None:
        """Send a command of somebody who sits there; a move is one's whose turn it is."""
        game_id = self._game(step)
        oracle, kind = self._games[game_id], OfferKind.REMATCH
        seats = oracle.seats()
        by = [*seats.values()][step.who % len(seats)]
        at = Cell(step.cell // 3, step.cell % 3)
        match step.kind:
            case "move":
                by = seats.get(oracle.turn(), by)
                wished = {"row": at.row, "column": at.column}
                await self._seated(by, "makeMove", game_id, game.MakeMove(by, at), **wished)
            case "resign":
                await self._seated(by, "resign", game_id, game.Resign(by))
            case "abort":
                await self._seated(by, "abortGame", game_id, game.AbortGame(by))
            case "cancel":
                await self._seated(by, "cancelGame", game_id, game.CancelGame(by))
            case "offer":
                offer = game.MakeOffer(by, kind, GameId("game-next"))
                await self._seated(by, "makeOffer", game_id, offer, kind=kind)
            case _:
                answer = game.AcceptOffer(by, kind, GameId("game-next"))
                await self._seated(by, "acceptOffer", game_id, answer, kind=kind)

    async def _seated(
        self, by: PlayerId, mutation: str, game_id: str, command: game.Command, **wished: object
    ) -> None:
        if (by, game_id) not in self._seats:
            player = next(each for each in self.players if each.id == by)
            self._seats[by, game_id] = await player.seated(game_id)
        seat = self._seats[by, game_id]
        if await self._give(seat, mutation, game_id, command, **wished):
            await self._begin_rematch(seat, game_id)

    async def _give(
        self, client: Player, mutation: str, game_id: str, command: game.Command, **wished: object
    ) -> bool:
        """Send a command, and compare; tell whether a rematch was agreed on."""
        oracle = self._games[game_id]
        answer = await client.wish(mutation, gameId=game_id, **wished)
        expected = oracle.answer(Order(command, command.by))
        assert ("code" in answer) is isinstance(expected, type), (command, answer, expected)
        return "code" not in answer and isinstance(oracle.events[-1], RematchAgreed)

    async def _begin_rematch(self, seat: Seat, game_id: str) -> None:
        """Have the model know it, too: the same two have changed marks."""
        rematch: str = (await seat.ask(REMATCH, id=game_id))["game"]["rematch"]["id"]
        (mark, creator), (_, opponent) = self._games[game_id].seats().items()
        oracle = self._open(rematch, creator, mark.other)
        oracle.answer(Order(game.JoinGame(opponent), opponent))
