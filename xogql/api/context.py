"""What a resolver may use: who asks, and the parts of the server; one a operation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias, cast

import strawberry
from strawberry.dataloader import DataLoader

from xogql import game
from xogql.api import operation_errors
from xogql.api.handover import Handover
from xogql.auth.accounts import Accounts
from xogql.auth.invites import Invites
from xogql.auth.membership import Membership
from xogql.auth.sessions import Sessions
from xogql.auth.tokens import AccessClaims, IntraClaims
from xogql.auth.vigil import Claims
from xogql.game import GameId, PlayerId
from xogql.live.audiences import Audiences
from xogql.live.feed import Feed
from xogql.live.lobby import Lobby
from xogql.live.presence import Presence
from xogql.live.under_way import Present, UnderWay
from xogql.play.handler import Handler
from xogql.play.house import House
from xogql.play.rematches import Rematches
from xogql.play.reviews import Reviews
from xogql.readmodels.games import Games, Listed
from xogql.readmodels.players import Known, Players
from xogql.store.codec import GAMES
from xogql.store.event_store import EventStore, Stream
from xogql.store.names import is_name
from xogql.store.states import Folded, States


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the server that GraphQL presents."""

    accounts: Accounts
    invites: Invites
    members: Membership
    sessions: Sessions
    handler: Handler[game.Command, game.State, game.Event]
    rematches: Rematches
    states: States[game.State, game.Event]
    store: EventStore
    feed: Feed
    audiences: Audiences
    house: House
    reviews: Reviews
    lobbies: Mapping[game.Status, Lobby[Listed]]
    present: Present
    under_way: UnderWay
    presence: Presence
    games: Games
    players: Players


@dataclass(slots=True)
class Line:
    """How an operation's client is connected. *is_cut*: it was, and broke without a goodbye."""

    is_cut: bool = False


@dataclass(eq=False)
class Context:
    """One operation's. *address*: where the request came from.

    *told*: the version of the event that was given last, kept by a subscription to one game;
    *resume*: the version to go on from, where the transport knows it better than the variables,
    which a client that comes back sends unchanged.

    *handover*: given by a transport that goes on by itself where a resolver comes to the present.

    Its loaders read together what is asked for at once, and keep nothing: a subscription lives
    long, and a mutation changes what was read before it.
    """

    services: Services
    claims: Claims | None
    address: str
    line: Line = field(default_factory=Line)
    told: int | None = None
    resume: int | None = None
    handover: Handover | None = None

    @property
    def client(self) -> str:
        """Who it is for counting: a player, or else an address."""
        return self.address if self.claims is None else self.claims.player_id

    @property
    def viewer(self) -> PlayerId | None:
        """Who asks, by whichever token; a field that asks for it answers each of them alone."""
        return None if self.claims is None else self.claims.player_id

    @property
    def asker(self) -> PlayerId:
        """The player who asks, by whichever token.

        Raises:
            OperationError: if there is none.
        """
        if self.claims is None:
            raise operation_errors.unauthenticated()
        return self.claims.player_id

    @property
    def signed_in(self) -> AccessClaims:
        """The player with an access token.

        Raises:
            OperationError: if there is none, or an intratoken, which is good for its game alone.
        """
        match self.claims:
            case None:
                raise operation_errors.unauthenticated()
            case IntraClaims():
                raise operation_errors.forbidden("An intratoken is good for its own game alone.")
            case AccessClaims() as claims:
                return claims

    def playing(self, game_id: GameId) -> IntraClaims:
        """The player with an intratoken of this game, which every command in it needs.

        Raises:
            OperationError: if it is another's, or none.
        """
        match self.claims:
            case None:
                raise operation_errors.unauthenticated()
            case IntraClaims(game_id=own) as claims if own == game_id:
                return claims
            case IntraClaims():
                raise operation_errors.forbidden("This intratoken is for another game.")
            case AccessClaims():
                raise operation_errors.forbidden(
                    "Commands need an intratoken: issueIntratoken gives one."
                )

    def may_ask_of(self, game_id: GameId) -> None:
        """Let a signed-in player ask for any game, and an intratoken for its own.

        Raises:
            OperationError: otherwise.
        """
        if isinstance(self.claims, IntraClaims):
            self.playing(game_id)
        else:
            _ = self.signed_in

    @cached_property
    def known(self) -> DataLoader[PlayerId, Known]:
        """What is known of players, read together."""
        return DataLoader(self._load_known, cache=False)

    @cached_property
    def folded(self) -> DataLoader[GameId, Folded[game.State]]:
        """Games at their present version, read together."""
        return DataLoader(self._load_games, cache=False)

    async def find_game(self, game_id: str, invite: str | None = None) -> Folded[game.Game] | None:
        """Find a game by whatever text a client sent as its id, if the viewer may watch it."""
        if not is_name(GAMES, game_id):
            return None
        return self.seen(GameId(game_id), await self.folded.load(GameId(game_id)), invite)

    async def watched_game(self, game_id: str, invite: str | None = None) -> Folded[game.Game]:
        """Find a game to follow, with all who ask now: many come back at once after a restart.

        Raises:
            OperationError: if there is none, or if the viewer may not know that there is one.
        """
        self.may_ask_of(GameId(game_id))
        found = None
        if is_name(GAMES, game_id):
            stream = Stream(GAMES, game_id)
            folded = (await self.services.present.of([stream]))[stream]
            found = self.seen(GameId(game_id), folded, invite)
        if found is None:
            raise operation_errors.OperationError("GAME_NOT_FOUND", game.GameNotFoundError.message)
        return found

    def seen(
        self, game_id: GameId, folded: Folded[game.State], invite: str | None = None
    ) -> Folded[game.Game] | None:
        """Give a game as the viewer sees it: one that they may not watch is not there.

        Whatever names a game by an id from outside goes through here, so that all of it answers
        alike. An invite that is none is no invite.
        """
        invited = self.services.invites.admits(invite, game_id)
        found = present(folded)
        if found is None or not game.may_watch(found.state, self.viewer, invited=invited):
            return None
        return found

    async def _load_known(self, player_ids: list[PlayerId]) -> Sequence[Known | ValueError]:
        found = await self.services.players.known(player_ids)
        return [found.get(each, ValueError(each)) for each in player_ids]

    async def _load_games(self, game_ids: list[GameId]) -> Sequence[Folded[game.State]]:
        streams = [Stream(GAMES, each) for each in game_ids]
        folded = await self.services.states.load_many(streams)
        return [folded[each] for each in streams]


def present(folded: Folded[game.State]) -> Folded[game.Game] | None:
    """Narrow a folded state to that of a game which exists."""
    if isinstance(folded.state, game.Absent):
        return None
    return cast("Folded[game.Game]", folded)


Info: TypeAlias = strawberry.Info[Context, None]
