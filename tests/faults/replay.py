"""The log judged by the rules: every command that was accepted must have been allowed."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from tests.faults.eventlog import Row
from tests.faults.history import View
from xogql import game
from xogql.game import GameId, PlayerId
from xogql.play.rematches import rematch_of

BY_GAME = attrgetter("game")
BY_COMMAND = attrgetter("command_id")


ENDED_BY: Mapping[game.Ending, Callable[[PlayerId], game.Command]] = {
    game.Ending.RESIGNATION: game.Resign,
    game.Ending.ABORTED: game.AbortGame,
}
ACCEPTED: Mapping[type, game.OfferKind] = {
    game.GameEnded: game.OfferKind.DRAW,
    game.MovesTakenBack: game.OfferKind.TAKEBACK,
    game.RematchAgreed: game.OfferKind.REMATCH,
}
"""What was accepted, by what came of it."""


def replayed(log: Sequence[Row]) -> tuple[Mapping[tuple[str, int], View], list[str]]:
    """Give every game as it was at each version, and what the rules do not allow."""
    views: dict[tuple[str, int], View] = {}
    illegal: list[str] = []
    for name, rows in groupby(log, key=BY_GAME):
        try:
            _replay(name, list(rows), views)
        except (game.CommandRejectedError, KeyError, ValueError) as error:
            illegal.append(f"{name}: {error!r}")
    return views, illegal


def _replay(name: str, rows: list[Row], views: dict[tuple[str, int], View]) -> None:
    """Decide each command anew.

    Raises:
        CommandRejectedError: if the rules refuse one.
        ValueError: if they come to something else than the log has.
    """
    state: game.State = game.initial_state()
    for _, group in groupby(rows, key=BY_COMMAND):
        together = list(group)
        events = tuple(each.event for each in together)
        if game.decide(_command(together), state) != events:
            raise ValueError(together)
        for row, event in zip(together, events, strict=True):
            after = game.evolve(state, event)
            views[name, row.version] = _view(row.version, after)
            state = after


def _command(rows: Sequence[Row]) -> game.Command:
    """Tell what the actor must have wished for, by the events of a command."""
    by = PlayerId(rows[0].actor)
    match rows[0].event:
        case game.GameCreated(_, rules, mark, before, visibility):
            also = [each.event for each in rows]
            joined = [each.player for each in also if isinstance(each, game.PlayerJoined)]
            set_up = [each.opening for each in also if isinstance(each, game.PositionSetUp)]
            opponent, opening = next(iter(joined), None), next(iter(set_up), None)
            return game.CreateGame(by, rules, mark, mark, opponent, before, visibility, opening)
        case game.PlayerJoined():
            return game.JoinGame(by, invited=True)
        case game.MoveMade(_, cell):
            return game.MakeMove(by, cell)
        case game.GameEnded(ending) if ending in ENDED_BY:
            return ENDED_BY[ending](by)
        case game.GameCancelled():
            return game.CancelGame(by)
        case settled:
            return _offer(by, settled, rematch_of(GameId(rows[0].game)))


def _offer(by: PlayerId, event: object, rematch: GameId) -> game.Command:
    """Tell which offer was made or answered; to offer what is offered is to accept it."""
    match event:
        case game.OfferMade(kind):
            return game.MakeOffer(by, kind, rematch)
        case game.OfferWithdrawn(kind):
            return game.WithdrawOffer(by, kind)
        case game.OfferDeclined(kind):
            return game.DeclineOffer(by, kind)
        case accepted:
            return game.AcceptOffer(by, ACCEPTED[type(accepted)], rematch)


def _view(version: int, state: game.Game) -> View:
    rows = tuple(str(state.board).splitlines())
    offers = tuple((each.kind.value, each.mark.value) for each in state.offers)
    return View(version, state.status, state.turn, rows, offers)
