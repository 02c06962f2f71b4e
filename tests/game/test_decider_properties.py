"""What holds for every game, whoever asks for whatever."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.game.spec import ANN, BOB, EVE
from tests.game.strategies import commands, games, log_of, play, requests, unhurried
from xogql.game import (
    Absent,
    Board,
    Cancelled,
    Cell,
    Command,
    CommandRejectedError,
    Ending,
    Event,
    Finished,
    GameCancelled,
    GameEnded,
    JoinGame,
    Mark,
    MoveMade,
    MovesTakenBack,
    OfferCommand,
    OfferDeclined,
    OfferKind,
    OfferMade,
    OfferWithdrawn,
    Playing,
    PositionSetUp,
    RematchAgreed,
    Rules,
    State,
    Visibility,
    Waiting,
    decide,
    evolve,
    fold,
    initial_state,
    may_watch,
)

OfRematch: TypeAlias = OfferMade | OfferWithdrawn | OfferDeclined | RematchAgreed


def moves_of(log: Sequence[Event]) -> Sequence[MoveMade]:
    """The moves that stand, those of an opening first."""
    made: list[MoveMade] = []
    for event in log:
        if isinstance(event, PositionSetUp):
            made.extend(MoveMade(each.mark, each.cell) for each in event.opening.moves)
        if isinstance(event, MoveMade):
            made.append(event)
        if isinstance(event, MovesTakenBack):
            del made[-event.count :]
    return made


def play_board(rules: Rules, cells: Sequence[Cell]) -> Board:
    board = rules.empty_board
    for number, cell in enumerate(cells):
        board = board.mark(cell, tuple(Mark)[number % 2])
    return board


@unhurried
@given(requests, commands)
def test_whatever_is_asked_is_refused_or_can_be_folded(
    asked: list[Command], command: Command
) -> None:
    state = fold(log_of(asked))
    try:
        events = decide(command, state)
    except CommandRejectedError:
        return

    assert events
    assert fold(events, state) != state


@unhurried
@given(requests, st.integers(0, 50))
def test_folding_in_two_parts_is_folding_once(asked: list[Command], cut: int) -> None:
    log = log_of(asked)

    assert fold(log[cut:], fold(log[:cut])) == fold(log)


@unhurried
@given(requests)
def test_deciding_twice_is_deciding_the_same(asked: list[Command]) -> None:
    assert log_of(asked) == log_of(asked)


@unhurried
@given(requests)
def test_nothing_but_a_rematch_comes_after_the_end(asked: list[Command]) -> None:
    log = log_of(asked)
    ends = [each for each, event in enumerate(log) if isinstance(event, GameEnded | GameCancelled)]

    assert len(ends) <= 1
    assert not ends or all(isinstance(event, OfRematch) for event in log[ends[0] + 1 :])


@unhurried
@given(requests)
def test_marks_take_turns_and_x_begins(asked: list[Command]) -> None:
    marks = [move.mark for move in moves_of(log_of(asked))]

    assert marks[:1] in ([], [Mark.X])
    assert all(mark is not following for mark, following in pairwise(marks))


@unhurried
@given(requests)
def test_the_board_is_its_moves(asked: list[Command]) -> None:
    log = log_of(asked)
    game = fold(log)
    if isinstance(game, Absent):
        return

    board = game.rules.empty_board
    for move in game.moves:
        board = board.mark(move.cell, move.mark)

    assert game.board == board
    assert [(move.mark, move.cell) for move in game.moves] == [
        (event.mark, event.cell) for event in moves_of(log)
    ]


@unhurried
@given(requests)
def test_players_have_the_marks_of_their_seats(asked: list[Command]) -> None:
    game = fold(log_of(asked))
    if isinstance(game, Absent):
        return

    assert game.creator in game.seats.values()
    assert all(game.mark_of(player) is mark for mark, player in game.seats.items())


@unhurried
@given(requests)
def test_a_game_ends_with_a_winner_unless_nobody_can_win_or_wants_to(asked: list[Command]) -> None:
    game = fold(log_of(asked))
    if not isinstance(game, Finished):
        return

    without = (Ending.BOARD_FULL, Ending.AGREEMENT, Ending.ABORTED)
    assert (game.winner is None) is (game.ending in without)
    assert bool(game.lines) is (game.ending is Ending.LINE)


@unhurried
@given(requests)
def test_who_may_see_a_game_is_decided_once(asked: list[Command]) -> None:
    log = log_of(asked)
    seen = [fold(log[: version + 1]) for version in range(len(log))]

    assert len({each.visibility for each in seen if not isinstance(each, Absent)}) <= 1


@unhurried
@given(asked=requests, invited=st.booleans())
def test_a_game_is_hidden_from_strangers_alone_and_only_if_it_is_private(
    *, asked: list[Command], invited: bool
) -> None:
    game = fold(log_of(asked))
    if isinstance(game, Absent):
        return

    watchers = {each for each in (ANN, BOB, EVE, None) if may_watch(game, each, invited=invited)}

    hides = game.visibility is Visibility.PRIVATE and not invited
    assert watchers == ({*game.seats.values()} if hides else {ANN, BOB, EVE, None})


@unhurried
@given(requests)
def test_who_sits_at_a_game_that_is_not_public_was_invited(asked: list[Command]) -> None:
    state: State = initial_state()
    for command in asked:
        with suppress(CommandRejectedError):
            events = decide(command, state)
            if isinstance(command, JoinGame) and isinstance(state, Waiting):
                assert command.invited or state.visibility is Visibility.PUBLIC
            state = fold(events, state)


@unhurried
@given(games)
def test_the_lines_of_a_win_are_whole_straight_and_of_the_last_move(
    filled: tuple[Rules, Sequence[Cell]],
) -> None:
    game = fold(play(*filled))
    assert isinstance(game, Finished)
    for line in game.lines:
        step = (line[1].row - line[0].row, line[1].column - line[0].column)
        before = Cell(line[0].row - step[0], line[0].column - step[1])
        after = Cell(line[-1].row + step[0], line[-1].column + step[1])

        assert len(line) >= game.rules.line
        assert game.moves[-1].cell in line
        assert {game.board[cell] for cell in line} == {game.winner}
        assert {(b.row - a.row, b.column - a.column) for a, b in pairwise(line)} == {step}
        assert all(
            end not in game.board or game.board[end] is not game.winner for end in (before, after)
        )


@unhurried
@given(games)
def test_a_game_that_is_played_on_comes_to_an_end(filled: tuple[Rules, Sequence[Cell]]) -> None:
    assert isinstance(fold(play(*filled)), Finished)


def transposed(rules: Rules) -> tuple[Rules, Callable[[Cell], Cell]]:
    turned = Rules(rules.columns, rules.rows, rules.line)
    return turned, lambda cell: Cell(cell.column, cell.row)


def mirrored(rules: Rules) -> tuple[Rules, Callable[[Cell], Cell]]:
    return rules, lambda cell: Cell(cell.row, rules.columns - 1 - cell.column)


def upside_down(rules: Rules) -> tuple[Rules, Callable[[Cell], Cell]]:
    return rules, lambda cell: Cell(rules.rows - 1 - cell.row, cell.column)


@pytest.mark.parametrize("turn", [transposed, mirrored, upside_down])
@unhurried
@given(filled=games)
def test_a_board_turned_round_gives_the_result_turned_round(
    turn: Callable[[Rules], tuple[Rules, Callable[[Cell], Cell]]],
    filled: tuple[Rules, Sequence[Cell]],
) -> None:
    rules, cells = filled
    turned_rules, turned = turn(rules)

    game = fold(play(rules, cells))
    other = fold(play(turned_rules, map(turned, cells)))

    assert isinstance(game, Finished)
    assert isinstance(other, Finished)
    assert (other.ending, other.winner) == (game.ending, game.winner)
    assert [move.cell for move in other.moves] == [turned(move.cell) for move in game.moves]
    assert set(map(frozenset, other.lines)) == {frozenset(map(turned, line)) for line in game.lines}


@unhurried
@given(requests)
def test_every_state_on_the_way_is_one_event_from_the_next(asked: list[Command]) -> None:
    log = log_of(asked)
    for version, event in enumerate(log):
        assert evolve(fold(log[:version]), event) == fold(log[: version + 1])


@unhurried
@given(requests, commands)
def test_a_game_that_is_over_refuses_everything_but_a_rematch(
    asked: list[Command], command: Command
) -> None:
    game = fold(log_of(asked))
    if isinstance(game, Finished | Cancelled) and not isinstance(command, OfferCommand):
        with pytest.raises(CommandRejectedError):
            decide(command, game)


@unhurried
@given(requests)
def test_one_offer_of_a_kind_stands_and_no_move_comes_past_it(asked: list[Command]) -> None:
    log = log_of(asked)
    for version, event in enumerate(log):
        game = fold(log[: version + 1])
        offers = () if isinstance(game, Absent) else game.offers

        assert len({each.kind for each in offers}) == len(offers)
        if isinstance(event, MoveMade | MovesTakenBack | GameEnded | RematchAgreed):
            assert offers == ()


@unhurried
@given(requests)
def test_a_takeback_brings_back_what_was_there_before_the_moves(asked: list[Command]) -> None:
    log = log_of(asked)
    for version, event in enumerate(log):
        if isinstance(event, MovesTakenBack):
            before, after = fold(log[:version]), fold(log[: version + 1])
            assert isinstance(before, Playing)
            assert isinstance(after, Playing)

            offerer = next(each.mark for each in before.offers if each.kind is OfferKind.TAKEBACK)
            assert after.turn is offerer
            assert after.moves == before.moves[: -event.count]
            cells = [move.cell for move in after.moves]
            assert after.board == play_board(before.rules, cells)
