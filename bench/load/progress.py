"""Games in progress, many more than are moved in at once; a socket carries many of a player's.

Intratokens are signed here, with the server's secret: to issue one, the server would look at the
game, and have it at hand when the move comes.
"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from bench.load.boards import without_line
from bench.load.documents import move
from bench.load.live_socket import LiveSocket
from bench.load.match import STARTED, Match, Player
from bench.load.table import Table, at_once, by_socket, following
from bench.secret import SECRET
from xogql.auth.tokens import Tokens
from xogql.game import GameId

GAMES_ON_A_SOCKET = 500
LIFETIME = timedelta(hours=2)
SIDE = 19
ME = "{ me { id } }"


class GameInProgress:
    """A game, its players' sockets, and what these have heard."""

    def __init__(self, game_id: str, sockets: Sequence[LiveSocket]) -> None:
        self.game_id = game_id
        self.sockets = sockets
        self.players = (Player(), Player())


class Progress:
    """All games of two players, who follow every one of them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._games: list[GameInProgress] = []
        self._tokens = Tokens(SECRET, access_lifetime=LIFETIME, intra_lifetime=LIFETIME)
        self._dice = random.Random(1)

    async def players(self) -> dict[str, Any]:
        """Sign two players up; give their ids, to fill the log with."""
        await self.table.seat(2)
        requester = await self.table.requester()
        told = [await requester.ask(ME, {}, each) for each in self.table.players[:2]]
        return {"players": [each["id"] for each in told]}

    async def follow(self, games: Sequence[str]) -> None:
        """Have both players follow games that they have begun, each until it is told so."""
        for start in range(0, len(games), GAMES_ON_A_SOCKET):
            sockets = [await self.table.socket(each) for each in self.table.players[:2]]
            some = games[start : start + GAMES_ON_A_SOCKET]
            followed = [GameInProgress(each, sockets) for each in some]
            await at_once(_stand(each) for each in followed)
            self._games += followed

    def lay(self, slots: int, moves: int) -> Sequence[Match]:
        """Spread moves over the games: in few games many each, in many games one each."""
        chosen = self._games
        if len(chosen) > slots:
            chosen = self._dice.sample(self._games, min(moves, len(self._games)))
        each_makes = max(1, moves // len(chosen))
        return [self._match(each, each_makes) for each in chosen]

    def _match(self, game: GameInProgress, moves: int) -> Match:
        before = game.players[0].version - STARTED
        written = []
        for place, cell in enumerate(islice(without_line(SIDE), before, before + moves), before):
            # A token of its own, as the socket's is good for no move; never the same, for a server
            # that has verified it would know it again in few games, and in many not.
            token = self._intratoken(self.table.players[place % 2], game.game_id)
            own = {"extensions": {"authorization": token}}
            written.append(by_socket(game.sockets[place % 2], move(game.game_id, cell) | own))
        return Match(game.players, written, ends=False)

    def _intratoken(self, player: str, game_id: str) -> str:
        claims, now = self._tokens.read(player), datetime.now(UTC)
        token = self._tokens.issue_intra(
            claims.player_id, GameId(game_id), claims.session, uuid4(), now
        )
        return f"{token.kind} {token.value}"


async def _stand(game: GameInProgress) -> None:
    """Follow a game by both players."""
    for socket, player in zip(game.sockets, game.players, strict=True):
        await following(socket, player, game.game_id)
