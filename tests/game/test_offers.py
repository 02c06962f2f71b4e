"""Offers: every one in every phase by everybody, and what comes of a yes, a no and a move."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Never, TypeAlias, get_args

import pytest

from tests.game.spec import ANN, BOB, EVE, STARTED, given, o, x
from xogql.game import (
    TIC_TAC_TOE,
    Absent,
    AcceptOffer,
    Cancelled,
    CommandRejectedError,
    DeclineOffer,
    Ending,
    Event,
    Finished,
    GameCancelled,
    GameCreated,
    GameEnded,
    GameId,
    GameNotFoundError,
    GameNotOverError,
    GameNotStartedError,
    GameOverError,
    ImpossibleEventError,
    MakeOffer,
    Mark,
    MovesTakenBack,
    NoOfferError,
    NotAPlayerError,
    NothingToTakeBackError,
    Offer,
    OfferCommand,
    OfferDeclined,
    OfferKind,
    OfferMade,
    OfferMadeAlreadyError,
    OfferWithdrawn,
    PlayerId,
    Playing,
    RematchAgreed,
    State,
    Waiting,
    WithdrawOffer,
    evolve,
    fold,
    parse_board,
)
from xogql.game.agreements import settle

Outcome: TypeAlias = Event | type[CommandRejectedError]
Row: TypeAlias = tuple[Outcome, Outcome, Outcome]

DRAW, TAKEBACK, REMATCH = OfferKind
NEXT = GameId("game-next")
AGREED = GameEnded(Ending.AGREEMENT, None, ())
RESIGNED = GameEnded(Ending.RESIGNATION, Mark.X, ())
CREATED = GameCreated(ANN, TIC_TAC_TOE, Mark.X)
MOVED = (*STARTED, x(1, 1))
OVER = (*MOVED, RESIGNED)
SEATS = {"creator": ANN, "opponent": BOB, "stranger": EVE}

HISTORIES: dict[type[State], tuple[Event, ...]] = {
    Absent: (),
    Waiting: (CREATED,),
    Playing: MOVED,
    Finished: OVER,
    Cancelled: (CREATED, GameCancelled()),
}
COMMANDS: dict[type[OfferCommand], Callable[[PlayerId, OfferKind], OfferCommand]] = {
    MakeOffer: lambda by, kind: MakeOffer(by, kind, NEXT),
    WithdrawOffer: WithdrawOffer,
    AcceptOffer: lambda by, kind: AcceptOffer(by, kind, NEXT),
    DeclineOffer: DeclineOffer,
}


def everybody(outcome: Outcome) -> Row:
    return (outcome, outcome, outcome)


def players(outcome: Outcome) -> Row:
    return (outcome, outcome, NotAPlayerError)


TABLE: dict[tuple[type[State], type[OfferCommand], OfferKind], Row] = {
    # What happens, or why not, when it is asked by      the creator, the opponent, a stranger,
    # and nothing has been offered.
    **{key: everybody(GameNotFoundError) for key in product([Absent], COMMANDS, OfferKind)},
    **{key: everybody(GameNotStartedError) for key in product([Waiting], COMMANDS, OfferKind)},
    **{key: everybody(GameOverError) for key in product([Cancelled], COMMANDS, OfferKind)},
    (Playing, MakeOffer, DRAW): (
        OfferMade(DRAW, Mark.X),
        OfferMade(DRAW, Mark.O),
        NotAPlayerError,
    ),
    (Playing, MakeOffer, TAKEBACK): (
        OfferMade(TAKEBACK, Mark.X),
        NothingToTakeBackError,
        NotAPlayerError,
    ),
    (Playing, MakeOffer, REMATCH): players(GameNotOverError),
    (Playing, WithdrawOffer, DRAW): players(NoOfferError),
    (Playing, WithdrawOffer, TAKEBACK): players(NoOfferError),
    (Playing, WithdrawOffer, REMATCH): players(GameNotOverError),
    (Playing, AcceptOffer, DRAW): players(NoOfferError),
    (Playing, AcceptOffer, TAKEBACK): players(NoOfferError),
    (Playing, AcceptOffer, REMATCH): players(GameNotOverError),
    (Playing, DeclineOffer, DRAW): players(NoOfferError),
    (Playing, DeclineOffer, TAKEBACK): players(NoOfferError),
    (Playing, DeclineOffer, REMATCH): players(GameNotOverError),
    (Finished, MakeOffer, DRAW): players(GameOverError),
    (Finished, MakeOffer, TAKEBACK): players(GameOverError),
    (Finished, MakeOffer, REMATCH): (
        OfferMade(REMATCH, Mark.X),
        OfferMade(REMATCH, Mark.O),
        NotAPlayerError,
    ),
    (Finished, WithdrawOffer, DRAW): players(GameOverError),
    (Finished, WithdrawOffer, TAKEBACK): players(GameOverError),
    (Finished, WithdrawOffer, REMATCH): players(NoOfferError),
    (Finished, AcceptOffer, DRAW): players(GameOverError),
    (Finished, AcceptOffer, TAKEBACK): players(GameOverError),
    (Finished, AcceptOffer, REMATCH): players(NoOfferError),
    (Finished, DeclineOffer, DRAW): players(GameOverError),
    (Finished, DeclineOffer, TAKEBACK): players(GameOverError),
    (Finished, DeclineOffer, REMATCH): players(NoOfferError),
}
ANSWERS: dict[tuple[OfferKind, type[OfferCommand]], Row] = {
    # The same when the creator has offered it.
    (DRAW, MakeOffer): (OfferMadeAlreadyError, AGREED, NotAPlayerError),
    (DRAW, WithdrawOffer): (OfferWithdrawn(DRAW, Mark.X), NoOfferError, NotAPlayerError),
    (DRAW, AcceptOffer): (NoOfferError, AGREED, NotAPlayerError),
    (DRAW, DeclineOffer): (NoOfferError, OfferDeclined(DRAW, Mark.X), NotAPlayerError),
    (TAKEBACK, MakeOffer): (OfferMadeAlreadyError, MovesTakenBack(1), NotAPlayerError),
    (TAKEBACK, WithdrawOffer): (OfferWithdrawn(TAKEBACK, Mark.X), NoOfferError, NotAPlayerError),
    (TAKEBACK, AcceptOffer): (NoOfferError, MovesTakenBack(1), NotAPlayerError),
    (TAKEBACK, DeclineOffer): (NoOfferError, OfferDeclined(TAKEBACK, Mark.X), NotAPlayerError),
    (REMATCH, MakeOffer): (OfferMadeAlreadyError, RematchAgreed(NEXT), NotAPlayerError),
    (REMATCH, WithdrawOffer): (OfferWithdrawn(REMATCH, Mark.X), NoOfferError, NotAPlayerError),
    (REMATCH, AcceptOffer): (NoOfferError, RematchAgreed(NEXT), NotAPlayerError),
    (REMATCH, DeclineOffer): (NoOfferError, OfferDeclined(REMATCH, Mark.X), NotAPlayerError),
}


def cases() -> Iterator[object]:
    for (phase, command, kind), row in TABLE.items():
        for seat, outcome in zip(SEATS, row, strict=True):
            name = f"{phase.__name__}-{command.__name__}-{kind}-{seat}"
            asked = COMMANDS[command](SEATS[seat], kind)
            yield pytest.param(HISTORIES[phase], asked, outcome, id=name)
    for (kind, command), row in ANSWERS.items():
        for seat, outcome in zip(SEATS, row, strict=True):
            history = (*(OVER if kind is REMATCH else MOVED), OfferMade(kind, Mark.X))
            asked = COMMANDS[command](SEATS[seat], kind)
            yield pytest.param(history, asked, outcome, id=f"{command.__name__}-{kind}-{seat}")


@pytest.mark.parametrize(("history", "command", "outcome"), list(cases()))
def test_the_tables_tell_what_an_offer_comes_to(
    history: tuple[Event, ...], command: OfferCommand, outcome: Outcome
) -> None:
    asked = given(*history).when(command)

    if isinstance(outcome, type):
        asked.rejected(outcome)
    else:
        asked.then(outcome)


def test_the_tables_hold_every_offer_in_every_phase() -> None:
    phases, commands = get_args(State), get_args(OfferCommand)

    assert set(TABLE) == set(product(phases, commands, OfferKind))
    assert set(ANSWERS) == set(product(OfferKind, commands))
    assert {type(fold(history)) for history in HISTORIES.values()} == set(phases)
    assert all(type(make(ANN, DRAW)) is command for command, make in COMMANDS.items())


def playing(*events: Event) -> Playing:
    game = fold((*STARTED, *events))
    assert isinstance(game, Playing)
    return game


@pytest.mark.parametrize("kind", [DRAW, TAKEBACK])
@pytest.mark.parametrize("mark", Mark)
def test_a_move_answers_whatever_was_offered(kind: OfferKind, mark: Mark) -> None:
    offered = playing(x(0, 0), o(1, 1), OfferMade(kind, mark))

    moved = evolve(offered, x(2, 2))

    assert offered.offers == (Offer(kind, mark),)
    assert moved == playing(x(0, 0), o(1, 1), x(2, 2))
    assert moved.offers == ()


def test_offers_of_different_kinds_stand_side_by_side() -> None:
    both = playing(x(0, 0), OfferMade(DRAW, Mark.O), OfferMade(TAKEBACK, Mark.X))

    assert both.offers == (Offer(DRAW, Mark.O), Offer(TAKEBACK, Mark.X))
    assert evolve(both, OfferDeclined(DRAW, Mark.O)).offers == (Offer(TAKEBACK, Mark.X),)


def test_what_was_declined_may_be_offered_again() -> None:
    for answered in (OfferDeclined(DRAW, Mark.X), OfferWithdrawn(DRAW, Mark.X)):
        history = (*MOVED, OfferMade(DRAW, Mark.X), answered)
        given(*history).when(MakeOffer(ANN, DRAW, NEXT)).then(OfferMade(DRAW, Mark.X))


def test_a_move_is_taken_back_while_the_opponent_thinks() -> None:
    asked = (*STARTED, x(0, 0), o(1, 1), x(2, 2), OfferMade(TAKEBACK, Mark.X))

    given(*asked).when(AcceptOffer(BOB, TAKEBACK, NEXT)).then(MovesTakenBack(1))
    assert fold((*asked, MovesTakenBack(1))) == playing(x(0, 0), o(1, 1))


def test_a_move_is_taken_back_with_the_opponents_answer_to_it() -> None:
    asked = (*STARTED, x(0, 0), o(1, 1), x(2, 2), OfferMade(TAKEBACK, Mark.O))

    given(*asked).when(AcceptOffer(ANN, TAKEBACK, NEXT)).then(MovesTakenBack(2))
    assert fold((*asked, MovesTakenBack(2))) == playing(x(0, 0))


def test_after_a_takeback_it_is_the_turn_of_who_asked_and_nothing_is_offered() -> None:
    game = playing(x(0, 0), OfferMade(DRAW, Mark.O), OfferMade(TAKEBACK, Mark.X), MovesTakenBack(1))

    assert (game.turn, game.moves, game.offers) == (Mark.X, (), ())
    assert game.board == parse_board(".../.../...")


def test_a_draw_by_agreement_has_no_winner() -> None:
    game = fold((*MOVED, OfferMade(DRAW, Mark.O), AGREED))

    assert isinstance(game, Finished)
    assert (game.ending, game.winner, game.lines, game.offers) == (Ending.AGREEMENT, None, (), ())


def test_a_rematch_is_agreed_on_once() -> None:
    agreed = (*OVER, OfferMade(REMATCH, Mark.X), RematchAgreed(NEXT))
    game = fold(agreed)

    assert isinstance(game, Finished)
    assert (game.rematch, game.offers) == (NEXT, ())
    for player in (ANN, BOB):
        given(*agreed).when(MakeOffer(player, REMATCH, NEXT)).rejected(OfferMadeAlreadyError)
        given(*agreed).when(AcceptOffer(player, REMATCH, NEXT)).rejected(NoOfferError)


def test_an_aborted_game_may_be_played_again() -> None:
    aborted = (*MOVED, GameEnded(Ending.ABORTED, None, ()))

    given(*aborted).when(MakeOffer(BOB, REMATCH, NEXT)).then(OfferMade(REMATCH, Mark.O))


IMPOSSIBLE: list[tuple[tuple[Event, ...], Event]] = [
    ((), OfferMade(DRAW, Mark.X)),
    ((CREATED,), OfferMade(DRAW, Mark.X)),
    ((CREATED, GameCancelled()), OfferMade(REMATCH, Mark.X)),
    (MOVED, OfferMade(REMATCH, Mark.X)),
    (OVER, OfferMade(DRAW, Mark.X)),
    ((*MOVED, OfferMade(DRAW, Mark.X)), OfferMade(DRAW, Mark.X)),
    ((*MOVED, OfferMade(DRAW, Mark.X)), OfferMade(DRAW, Mark.O)),
    ((*MOVED, OfferMade(DRAW, Mark.X)), OfferWithdrawn(DRAW, Mark.O)),
    ((*MOVED, OfferMade(DRAW, Mark.X)), OfferDeclined(TAKEBACK, Mark.X)),
    (MOVED, OfferDeclined(DRAW, Mark.X)),
    (MOVED, MovesTakenBack(0)),
    (MOVED, MovesTakenBack(2)),
    (OVER, MovesTakenBack(1)),
    (MOVED, RematchAgreed(NEXT)),
    (OVER, RematchAgreed(NEXT)),
    ((*OVER, OfferMade(REMATCH, Mark.X), RematchAgreed(NEXT)), OfferMade(REMATCH, Mark.X)),
    ((*OVER, OfferMade(REMATCH, Mark.X), RematchAgreed(NEXT)), RematchAgreed(NEXT)),
]


@pytest.mark.parametrize(("history", "event"), IMPOSSIBLE)
def test_an_offer_that_cannot_be_is_not_passed_over(
    history: tuple[Event, ...], event: Event
) -> None:
    with pytest.raises(ImpossibleEventError, match=type(event).__name__):
        evolve(fold(history), event)


@dataclass(frozen=True)
class Bribe:
    by: PlayerId
    kind: OfferKind


@pytest.mark.parametrize("bribe", [Bribe(ANN, DRAW)])
def test_a_command_that_is_no_offer_is_never_passed_over(bribe: Never) -> None:
    with pytest.raises(AssertionError, match="unreachable"):
        settle(bribe, playing(x(0, 0)))


@pytest.mark.parametrize("kind", ["MONEY"])
def test_an_offer_of_no_kind_is_never_passed_over(kind: Never) -> None:
    game = replace(playing(x(0, 0)), offers=(Offer(kind, Mark.O),))

    with pytest.raises(AssertionError, match="unreachable"):
        settle(AcceptOffer(ANN, kind, NEXT), game)
