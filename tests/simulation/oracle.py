"""What must come of every command: the handler's promises and the rules, written a second time.

Naive on purpose: it shares the names of commands, events and refusals with the product, nothing
else. Lines are found by the referee.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from tests.game.referee import lines_on
from tests.simulation.bargains import Refusal, Standing, moves_in, offers_in, settled
from xogql import game
from xogql.game import (
    AbortGame,
    CancelGame,
    Cell,
    CreateGame,
    Ending,
    GameCancelled,
    GameCreated,
    GameEnded,
    JoinGame,
    MakeMove,
    Mark,
    MoveMade,
    OfferCommand,
    PlayerJoined,
    Resign,
    Status,
)
from xogql.play.handler import CommandIdReusedError, Order

GameOrder: TypeAlias = Order[game.Command]


@dataclass(frozen=True)
class Taken:
    """An order that was carried out: the events past version *before*, up to version *after*."""

    order: GameOrder
    before: int
    after: int


@dataclass(frozen=True)
class Look:
    """What can be seen of a game."""

    status: Status
    marks: Mapping[Cell, Mark]
    winner: Mark | None
    lines: Sequence[game.Line]
    offers: Standing


@dataclass
class GameOracle:
    """One game as it must be."""

    events: list[game.Event] = field(default_factory=list)
    orders: list[GameOrder] = field(default_factory=list)
    known: dict[UUID, Taken] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """How many events there are."""
        return len(self.events)

    def answer(self, order: GameOrder) -> Taken | Refusal:
        """Tell what must come of an order, and let it."""
        if order.command_id is not None and (first := self.known.get(order.command_id)):
            return first if order.command == first.order.command else CommandIdReusedError
        if order.expected_version not in (None, self.version):
            return game.GameMovedOnError
        events = self._decided(order.command)
        if isinstance(events, type):
            return events
        taken = Taken(order, self.version, self.version + len(events))
        self.events += events
        self.orders += [order] * len(events)
        if order.command_id is not None:
            self.known[order.command_id] = taken
        return taken

    def free(self) -> Sequence[Cell]:
        """Give the cells where a mark may be written, none while nobody may."""
        if len(self.events) < 2 or self._is_over:
            return ()
        rules = self._created.rules
        every = [Cell(row, column) for row in range(rules.rows) for column in range(rules.columns)]
        return [cell for cell in every if cell not in self.marks()]

    def marks(self, version: int | None = None) -> dict[Cell, Mark]:
        """Give the marks on the board, as they were at a version."""
        return {each.cell: each.mark for each in moves_in(self.events[:version])}

    def seats(self) -> Mapping[Mark, game.PlayerId]:
        """Tell who has which mark."""
        seats = {self._created.mark: self._created.creator}
        for each in self.events:
            if isinstance(each, PlayerJoined):
                seats[self._created.mark.other] = each.player
        return seats

    def look(self, version: int) -> Look:
        """Tell what can be seen of the game at a version past 0."""
        events = self.events[:version]
        end = next((each for each in events if isinstance(each, GameEnded)), None)
        return Look(
            Status.CANCELLED
            if isinstance(events[-1], GameCancelled)
            else Status.FINISHED
            if end is not None
            else Status.WAITING
            if version == 1
            else Status.PLAYING,
            self.marks(version),
            None if end is None else end.winner,
            () if end is None else end.lines,
            offers_in(events),
        )

    def turn(self) -> Mark:
        """Tell whose move it is: X begins."""
        return Mark.O if len(self.marks()) % 2 else Mark.X

    @property
    def _created(self) -> GameCreated:
        created = self.events[0]
        assert isinstance(created, GameCreated)
        return created

    @property
    def _is_over(self) -> bool:
        return any(isinstance(each, GameEnded | GameCancelled) for each in self.events)

    def _decided(self, command: game.Command) -> Sequence[game.Event] | Refusal:
        if isinstance(command, CreateGame):
            return self._creation(command)
        if not self.events:
            return game.GameNotFoundError
        is_settling = isinstance(command, OfferCommand) and len(self.seats()) > 1
        if self._is_over and not is_settling:
            return game.GameOverError
        return self._before_play(command) if len(self.events) == 1 else self._in_play(command)

    def _creation(self, command: CreateGame) -> Sequence[game.Event] | Refusal:
        if self.events:
            return game.GameExistsError
        sides = (command.rules.rows, command.rules.columns)
        if not all(3 <= side <= 19 for side in sides) or not 3 <= command.rules.line <= max(sides):
            return game.RulesNotAllowedError
        return [GameCreated(command.by, command.rules, command.mark or command.chance)]

    def _before_play(self, command: game.Command) -> Sequence[game.Event] | Refusal:
        mine = command.by == self._created.creator
        if isinstance(command, JoinGame):
            return game.OwnGameError if mine else [PlayerJoined(command.by)]
        if isinstance(command, CancelGame):
            return [GameCancelled()] if mine else game.NotCreatorError
        return game.GameNotStartedError

    def _in_play(self, command: game.Command) -> Sequence[game.Event] | Refusal:
        if isinstance(command, JoinGame | CancelGame):
            is_joining = isinstance(command, JoinGame)
            return game.SeatTakenError if is_joining else game.GameStartedError
        mine = {player: mark for mark, player in self.seats().items()}.get(command.by)
        if mine is None:
            return game.NotAPlayerError
        if isinstance(command, MakeMove):
            return self._move(mine, command.cell)
        if isinstance(command, OfferCommand):
            return settled(command, mine, self.events)
        if isinstance(command, AbortGame) and len(self.marks()) > 1:
            return game.TooLateToAbortError
        assert isinstance(command, Resign | AbortGame)
        given_up = GameEnded(Ending.RESIGNATION, mine.other, ())
        return [given_up if isinstance(command, Resign) else GameEnded(Ending.ABORTED, None, ())]

    def _move(self, mark: Mark, cell: Cell) -> Sequence[game.Event] | Refusal:
        rules, marks = self._created.rules, self.marks()
        if mark is not self.turn():
            return game.NotYourTurnError
        if not (0 <= cell.row < rules.rows and 0 <= cell.column < rules.columns):
            return game.OutsideBoardError
        if cell in marks:
            return game.CellTakenError
        marks[cell] = mark
        ends: list[game.Event] = []
        if lines := lines_on(marks, rules.line):
            ends = [GameEnded(Ending.LINE, mark, lines)]
        elif len(marks) == rules.rows * rules.columns:
            ends = [GameEnded(Ending.BOARD_FULL, None, ())]
        return [MoveMade(mark, cell), *ends]
