"""The rules of m,n,k games: pure values and two functions, nothing else installed.

A *command* is a wish. `decide` answers it with *events*, which are facts, or refuses it; `fold`
makes of all events so far the *state* that the next command is decided in.

>>> ann, bob = PlayerId("ann"), PlayerId("bob")
>>> log = []
>>> def ask(command):
...     log.extend(decide(command, fold(log)))

Ann opens a game of tic-tac-toe and takes X, which moves first. Bob joins her.

>>> ask(CreateGame(ann, TIC_TAC_TOE, mark=Mark.X, chance=Mark.O))
>>> ask(JoinGame(bob))
>>> fold(log).turn
<Mark.X: 'X'>

Cells are counted from 0 at the top left.

>>> for player, row, column in [(ann, 1, 1), (bob, 0, 1), (ann, 0, 2), (bob, 2, 1)]:
...     ask(MakeMove(player, Cell(row, column)))
>>> print(fold(log).board)
.OX
.X.
.O.

What the rules do not allow is refused, and nothing happens: a refusal has a code for programs
and a sentence for players.

>>> decide(MakeMove(ann, Cell(2, 1)), fold(log))
Traceback (most recent call last):
    ...
xogql.game.errors.CellTakenError: This cell is taken.
>>> CellTakenError.code
'CELL_TAKEN'

Ann completes the diagonal. The game is over, and tells how.

>>> ask(MakeMove(ann, Cell(2, 0)))
>>> game = fold(log)
>>> print(game.status, game.ending, game.winner)
FINISHED LINE X
>>> game.lines
((Cell(row=0, column=2), Cell(row=1, column=1), Cell(row=2, column=0)),)

Events are plain data: kept in their order they are the whole game, at any moment of it.

>>> for event in log[1:4]:
...     print(event)
PlayerJoined(player='bob')
MoveMade(mark=<Mark.X: 'X'>, cell=Cell(row=1, column=1))
MoveMade(mark=<Mark.O: 'O'>, cell=Cell(row=0, column=1))
>>> format_board(fold(log[:4]).board)
'.O./.X./...'
"""

from xogql.game.agreements import return_match
from xogql.game.board import Board, Cell, Line, Mark, Move
from xogql.game.commands import (
    AbortGame,
    AcceptOffer,
    CancelGame,
    Command,
    CreateGame,
    DeclineOffer,
    JoinGame,
    MakeMove,
    MakeOffer,
    OfferCommand,
    Resign,
    WithdrawOffer,
)
from xogql.game.decider import decide
from xogql.game.errors import (
    CellTakenError,
    CommandRejectedError,
    GameExistsError,
    GameMovedOnError,
    GameNotFoundError,
    GameNotOverError,
    GameNotStartedError,
    GameOverError,
    GameStartedError,
    ImpossibleEventError,
    InviteNeededError,
    NoOfferError,
    NotAPlayerError,
    NotationError,
    NotCreatorError,
    NothingToTakeBackError,
    NotYourTurnError,
    OfferMadeAlreadyError,
    OutsideBoardError,
    OwnGameError,
    PositionOverError,
    RulesNotAllowedError,
    SeatTakenError,
    TooLateToAbortError,
)
from xogql.game.events import (
    Ending,
    Event,
    GameCancelled,
    GameCreated,
    GameEnded,
    MoveMade,
    MovesTakenBack,
    OfferDeclined,
    OfferMade,
    OfferWithdrawn,
    PlayerJoined,
    PositionSetUp,
    RematchAgreed,
    Settlement,
)
from xogql.game.evolution import evolve, fold, initial_state
from xogql.game.identity import GameId, PlayerId
from xogql.game.notation import format_board, parse_board
from xogql.game.offers import Offer, OfferKind
from xogql.game.opening import Opening
from xogql.game.rules import (
    FOUR_IN_A_ROW,
    GOMOKU,
    MAX_SIDE,
    MIN_SIDE,
    PRESETS,
    TIC_TAC_TOE,
    Rules,
)
from xogql.game.state import (
    Absent,
    Cancelled,
    Finished,
    Game,
    Pairing,
    Playing,
    State,
    Status,
    Waiting,
    may_watch,
)
from xogql.game.visibility import Visibility

__all__ = [
    "FOUR_IN_A_ROW",
    "GOMOKU",
    "MAX_SIDE",
    "MIN_SIDE",
    "PRESETS",
    "TIC_TAC_TOE",
    "AbortGame",
    "Absent",
    "AcceptOffer",
    "Board",
    "CancelGame",
    "Cancelled",
    "Cell",
    "CellTakenError",
    "Command",
    "CommandRejectedError",
    "CreateGame",
    "DeclineOffer",
    "Ending",
    "Event",
    "Finished",
    "Game",
    "GameCancelled",
    "GameCreated",
    "GameEnded",
    "GameExistsError",
    "GameId",
    "GameMovedOnError",
    "GameNotFoundError",
    "GameNotOverError",
    "GameNotStartedError",
    "GameOverError",
    "GameStartedError",
    "ImpossibleEventError",
    "InviteNeededError",
    "JoinGame",
    "Line",
    "MakeMove",
    "MakeOffer",
    "Mark",
    "Move",
    "MoveMade",
    "MovesTakenBack",
    "NoOfferError",
    "NotAPlayerError",
    "NotCreatorError",
    "NotYourTurnError",
    "NotationError",
    "NothingToTakeBackError",
    "Offer",
    "OfferCommand",
    "OfferDeclined",
    "OfferKind",
    "OfferMade",
    "OfferMadeAlreadyError",
    "OfferWithdrawn",
    "Opening",
    "OutsideBoardError",
    "OwnGameError",
    "Pairing",
    "PlayerId",
    "PlayerJoined",
    "Playing",
    "PositionOverError",
    "PositionSetUp",
    "RematchAgreed",
    "Resign",
    "Rules",
    "RulesNotAllowedError",
    "SeatTakenError",
    "Settlement",
    "State",
    "Status",
    "TooLateToAbortError",
    "Visibility",
    "Waiting",
    "WithdrawOffer",
    "decide",
    "evolve",
    "fold",
    "format_board",
    "initial_state",
    "may_watch",
    "parse_board",
    "return_match",
]
