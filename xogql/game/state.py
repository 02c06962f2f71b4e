"""What a game is after its events: a class a phase.

Every phase of a game tells its `status`, `rules`, `creator`, `rematch_of`, `visibility`, `opening`,
`seats`, `board` and `moves`, and the mark of a player by `mark_of`; what another phase knows
(`turn`, `offers`, `ending`, `winner`, `lines`, `rematch`) is None or empty in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias

from xogql.game.board import Board, Line, Mark, Move
from xogql.game.events import Ending
from xogql.game.identity import GameId, PlayerId
from xogql.game.offers import Offer
from xogql.game.opening import Opening
from xogql.game.rules import Rules
from xogql.game.visibility import Visibility


class Status(StrEnum):
    """The phase a game is in."""

    WAITING = "WAITING"
    PLAYING = "PLAYING"
    FINISHED = "FINISHED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Absent:
    """No game yet: nothing has happened."""


@dataclass(frozen=True, slots=True)
class _Unpaired:
    """A game that nobody has joined: *mark* is its creator's."""

    turn: ClassVar[None] = None
    ending: ClassVar[None] = None
    winner: ClassVar[None] = None
    lines: ClassVar[tuple[Line, ...]] = ()
    offers: ClassVar[tuple[Offer, ...]] = ()
    rematch: ClassVar[None] = None

    rules: Rules
    creator: PlayerId
    mark: Mark
    rematch_of: GameId | None = None
    visibility: Visibility = Visibility.PUBLIC
    opening: Opening | None = None

    @property
    def seats(self) -> Mapping[Mark, PlayerId]:
        """Who plays which mark: the creator alone."""
        return {self.mark: self.creator}

    @property
    def board(self) -> Board:
        """The board before the first move."""
        return self.rules.empty_board if self.opening is None else self.opening.board(self.rules)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Those of the opening."""
        return () if self.opening is None else self.opening.moves

    def mark_of(self, player: PlayerId) -> Mark | None:
        """Return the mark *player* plays, None for a stranger."""
        return self.mark if player == self.creator else None


@dataclass(frozen=True, slots=True)
class Waiting(_Unpaired):
    """Created, with a seat free."""

    status: ClassVar[Status] = Status.WAITING


@dataclass(frozen=True, slots=True)
class Cancelled(_Unpaired):
    """Taken back by its creator before anybody joined."""

    status: ClassVar[Status] = Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who plays whom and by what rules: the same from the first move to the end of the game."""

    rules: Rules
    x: PlayerId
    o: PlayerId
    creator: PlayerId
    rematch_of: GameId | None = None
    visibility: Visibility = Visibility.PUBLIC
    opening: Opening | None = None

    @property
    def seats(self) -> Mapping[Mark, PlayerId]:
        """Who plays which mark."""
        return {Mark.X: self.x, Mark.O: self.o}

    def mark_of(self, player: PlayerId) -> Mark | None:
        """Return the mark *player* plays, None for a stranger."""
        if player == self.x:
            return Mark.X
        return Mark.O if player == self.o else None


@dataclass(frozen=True, slots=True)
class _Paired:
    """A game that has begun: it tells what its pairing says."""

    pairing: Pairing
    board: Board
    moves: tuple[Move, ...]

    @property
    def rules(self) -> Rules:
        """What it is played by."""
        return self.pairing.rules

    @property
    def x(self) -> PlayerId:
        """Who has X."""
        return self.pairing.x

    @property
    def o(self) -> PlayerId:
        """Who has O."""
        return self.pairing.o

    @property
    def creator(self) -> PlayerId:
        """Who created it."""
        return self.pairing.creator

    @property
    def rematch_of(self) -> GameId | None:
        """The game that it follows on."""
        return self.pairing.rematch_of

    @property
    def visibility(self) -> Visibility:
        """Who may see it."""
        return self.pairing.visibility

    @property
    def opening(self) -> Opening | None:
        """The position that it began from."""
        return self.pairing.opening

    @property
    def own_moves(self) -> tuple[Move, ...]:
        """The moves that its players made: those after its opening."""
        return self.moves if self.opening is None else self.moves[len(self.opening.cells) :]

    @property
    def seats(self) -> Mapping[Mark, PlayerId]:
        """Who plays which mark."""
        return self.pairing.seats

    def mark_of(self, player: PlayerId) -> Mark | None:
        """Return the mark *player* plays, None for a stranger."""
        return self.pairing.mark_of(player)


@dataclass(frozen=True, slots=True)
class Playing(_Paired):
    """Both seats taken, and *turn* says whose move it is; *offers* have no answer yet."""

    status: ClassVar[Status] = Status.PLAYING
    ending: ClassVar[None] = None
    winner: ClassVar[None] = None
    lines: ClassVar[tuple[Line, ...]] = ()
    rematch: ClassVar[None] = None

    turn: Mark
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished(_Paired):
    """Over: *winner* is None if nobody won, *lines* are those that won it.

    *offers*: of a rematch, without an answer yet; *rematch*: the game that was agreed on.
    """

    status: ClassVar[Status] = Status.FINISHED
    turn: ClassVar[None] = None

    ending: Ending
    winner: Mark | None
    lines: tuple[Line, ...]
    offers: tuple[Offer, ...] = ()
    rematch: GameId | None = None


Game: TypeAlias = Waiting | Playing | Finished | Cancelled
State: TypeAlias = Absent | Game


def may_watch(game: Game, player: PlayerId | None, *, invited: bool = False) -> bool:
    """Tell whether *player* may know that there is such a game, and what happens in it.

    *player* is None for whoever is not signed in; *invited*: whether they have an invite to it.
    """
    if game.visibility is not Visibility.PRIVATE or invited:
        return True
    return player is not None and game.mark_of(player) is not None
