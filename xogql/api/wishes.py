"""The game that a player wishes to create, as the input says it, or why there is no such game."""

import secrets
from dataclasses import dataclass

from xogql import game
from xogql.api.context import Info
from xogql.api.inputs import (
    CreateGameInput,
    MarkChoice,
    Opponent,
    PositionInput,
    rules_of,
)
from xogql.api.rejections import InputRejection, RejectionCode
from xogql.game import CommandRejectedError, GameId, GameNotFoundError
from xogql.play.house import LevelNotAvailableError
from xogql.play.openings import opening_of


class WishRefusedError(Exception):
    """The input asks for a game that cannot be: *rejection* says why."""

    def __init__(self, rejection: InputRejection) -> None:
        super().__init__(rejection.message)
        self.rejection = rejection


@dataclass(frozen=True, slots=True)
class _Start:
    """How a game begins: by which rules, and from which position."""

    rules: game.Rules
    opening: game.Opening | None = None


async def wished_game(info: Info, given: CreateGameInput) -> game.CreateGame:
    """Read the wish of the player who asks.

    Raises:
        WishRefusedError: if there can be no such game.
    """
    player, chance = info.context.signed_in.player_id, secrets.choice(list(game.Mark))
    start = await _start(info, given)
    opponent = await _opponent(info, given, start.rules)
    return game.CreateGame(
        player,
        start.rules,
        _mark(given.mark, start.opening),
        chance,
        opponent,
        visibility=given.visibility,
        opening=start.opening,
    )


def refused_field(reason: CommandRejectedError, field: str) -> InputRejection:
    """Present a refusal of what a field says."""
    return InputRejection(code=RejectionCode(reason.code), message=str(reason), field=field)


async def _start(info: Info, given: CreateGameInput) -> _Start:
    if given.rules is not None and given.preset is not None:
        raise _rules_refused("Give either rules or a preset.")
    rules = rules_of(given.rules, given.preset)
    if given.position is None:
        return _Start(rules or game.TIC_TAC_TOE)
    start = await _start_from(info, given.position)
    if rules not in (None, start.rules):
        raise _rules_refused("A game from a position has the rules of the game it is from.")
    return start


async def _start_from(info: Info, position: PositionInput) -> _Start:
    found = await info.context.find_game(position.game_id)
    if found is None:
        raise WishRefusedError(refused_field(GameNotFoundError(), "from"))
    states, game_id = info.context.services.states, GameId(position.game_id)
    try:
        opening = await opening_of(states, game_id, found, position.version)
    except CommandRejectedError as reason:
        raise WishRefusedError(refused_field(reason, "from")) from reason
    return _Start(found.state.rules, opening)


async def _opponent(info: Info, given: CreateGameInput, rules: game.Rules) -> game.PlayerId | None:
    if given.opponent is Opponent.ANYONE:
        return None
    try:
        return await info.context.services.house.opponent(rules, given.level)
    except LevelNotAvailableError as reason:
        raise WishRefusedError(refused_field(reason, "level")) from reason


def _mark(chosen: MarkChoice | None, opening: game.Opening | None) -> game.Mark | None:
    """Give the creator's mark: unless they say, the one that is to move, or by chance."""
    if chosen is not None:
        return chosen.mark
    return None if opening is None else opening.turn


def _rules_refused(message: str) -> WishRefusedError:
    code = RejectionCode.RULES_NOT_ALLOWED
    return WishRefusedError(InputRejection(code=code, message=message, field="rules"))
