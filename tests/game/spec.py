"""Given what has happened, when a player asks, then this happens or is refused."""

from dataclasses import dataclass

import pytest

from xogql.game import (
    TIC_TAC_TOE,
    Cell,
    Command,
    CommandRejectedError,
    Event,
    GameCreated,
    Mark,
    MoveMade,
    Pairing,
    PlayerId,
    PlayerJoined,
    Playing,
    Rules,
    State,
    decide,
    fold,
    parse_board,
)

ANN, BOB, EVE = PlayerId("ann"), PlayerId("bob"), PlayerId("eve")
STARTED: tuple[Event, ...] = (GameCreated(ANN, TIC_TAC_TOE, Mark.X), PlayerJoined(BOB))


@dataclass(frozen=True)
class When:
    state: State
    command: Command

    def then(self, *events: Event) -> None:
        assert decide(self.command, self.state) == events
        fold(events, self.state)

    def rejected(self, error: type[CommandRejectedError]) -> None:
        with pytest.raises(CommandRejectedError) as caught:
            decide(self.command, self.state)
        assert caught.type is error


@dataclass(frozen=True)
class Given:
    state: State

    def when(self, command: Command) -> When:
        return When(self.state, command)


def given(*events: Event) -> Given:
    return Given(fold(events))


def given_board(drawn: str, *, line: int = 3) -> Given:
    """A game of Ann's X against Bob's O in which the board has come to look as drawn."""
    board = parse_board(drawn)
    turn = Mark.X if board.xs.bit_count() == board.os.bit_count() else Mark.O
    rules = Rules(board.height, board.width, line)
    return Given(Playing(Pairing(rules, ANN, BOB, creator=ANN), board, turn=turn, moves=()))


def x(row: int, column: int) -> MoveMade:
    return MoveMade(Mark.X, Cell(row, column))


def o(row: int, column: int) -> MoveMade:
    return MoveMade(Mark.O, Cell(row, column))
