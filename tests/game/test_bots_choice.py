"""What the house plays."""

from collections import Counter
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import orders, rules, sparing
from tests.game.test_bots_solver import unfinished, value
from xogql.game import GOMOKU, TIC_TAC_TOE, Board, Cell, Mark, Rules, parse_board
from xogql.game.bots import Level, Stop, choose, levels
from xogql.game.bots.skill import SKILLS, skill_of

FOUR_ON_6 = Rules(6, 6, 4)
ALWAYS_TAKEN = [Level.MEDIUM, Level.HARD]


def stopping_after(times: int) -> Stop:
    """Says stop when it has been asked so often."""
    asked = count()
    return lambda: next(asked) >= times


def test_perfect_is_played_where_the_game_is_solved() -> None:
    assert levels(TIC_TAC_TOE) == tuple(Level)
    assert levels(GOMOKU) == (Level.EASY, Level.MEDIUM, Level.HARD)


@pytest.mark.parametrize("level", Level)
def test_nothing_can_be_chosen_on_a_full_board(level: Level) -> None:
    with pytest.raises(ValueError, match="no cell is free"):
        choose(TIC_TAC_TOE, parse_board("XOX/XXO/OXO"), Mark.X, level, seed=0)


def never_loses(board: Board, turn: Mark, perfect: Mark) -> bool:
    """Whether no play of the opponent beats PERFECT from here."""
    if turn is perfect:
        cells = [choose(TIC_TAC_TOE, board, turn, Level.PERFECT, seed=board.xs)]
    else:
        cells = list(board.empty_cells())
    return all(holds(board.mark(cell, turn), cell, perfect) for cell in cells)


def holds(board: Board, cell: Cell, perfect: Mark) -> bool:
    mark = board[cell]
    assert mark is not None
    if board.lines_through(cell, 3):
        return mark is perfect
    return board.is_full or never_loses(board, mark.other, perfect)


@pytest.mark.parametrize("perfect", Mark)
def test_perfect_never_loses_tic_tac_toe_whatever_is_played(perfect: Mark) -> None:
    assert never_loses(TIC_TAC_TOE.empty_board, Mark.X, perfect)


def points(level: Level, other: Level, seed: int) -> int:
    """What a level gets for a game of tic-tac-toe against another: 1, 0 or -1."""
    board, mark, players = TIC_TAC_TOE.empty_board, Mark.X, {Mark.X: level, Mark.O: other}
    if seed % 2:
        players = {Mark.X: other, Mark.O: level}
    while not board.is_full:
        cell = choose(TIC_TAC_TOE, board, mark, players[mark], seed=seed)
        board = board.mark(cell, mark)
        if board.lines_through(cell, TIC_TAC_TOE.line):
            return 1 if players[mark] is level else -1
        mark = mark.other
    return 0


@pytest.mark.parametrize(("better", "worse"), list(pairwise(reversed(Level))))
def test_where_the_game_is_solved_each_level_beats_the_one_below(
    better: Level, worse: Level
) -> None:
    got = Counter(points(better, worse, seed) for seed in range(100))

    assert got[1] > 2 * got[-1]


def test_hard_errs_now_and_then_where_there_is_perfect() -> None:
    board = parse_board("X../.../...")
    answers = {
        level: {choose(TIC_TAC_TOE, board, Mark.O, level, seed=seed) for seed in range(60)}
        for level in (Level.HARD, Level.PERFECT)
    }

    assert answers[Level.PERFECT] == {Cell(1, 1)}
    assert answers[Level.HARD] > {Cell(1, 1)}


@pytest.mark.parametrize("rules", [GOMOKU, FOUR_ON_6])
@pytest.mark.parametrize("level", Level)
def test_on_large_boards_a_level_is_as_good_as_it_can(rules: Rules, level: Level) -> None:
    assert skill_of(level, rules) is SKILLS[level]


@sparing
@given(st.data(), st.sampled_from([Rules(3, 3, 3), Rules(3, 4, 3), Rules(4, 4, 4), Rules(4, 5, 3)]))
def test_perfect_keeps_what_a_position_is_worth(data: st.DataObject, rules: Rules) -> None:
    order = data.draw(orders(rules))
    board, mark = unfinished(rules, order, data.draw(st.integers(0, len(order) - 1)))

    cell = choose(rules, board, mark, Level.PERFECT, seed=data.draw(st.integers(0, 9)))

    after = board.mark(cell, mark)
    if not after.lines_through(cell, rules.line) and not after.is_full:
        assert -value(rules, after, mark.other) == value(rules, board, mark)


@pytest.mark.parametrize("level", ALWAYS_TAKEN)
@pytest.mark.parametrize("seed", range(5))
def test_a_line_is_made_before_anything_is_blocked(level: Level, seed: int) -> None:
    board = parse_board("XXX.../OOO.../....../....../....../......")

    assert choose(FOUR_ON_6, board, Mark.X, level, seed=seed) == Cell(0, 3)
    assert choose(FOUR_ON_6, board, Mark.O, level, seed=seed) == Cell(1, 3)


@pytest.mark.parametrize("seed", range(5))
def test_the_opponents_line_is_blocked(seed: int) -> None:
    board = parse_board("XXX.../O.O.../....../....../....../......")

    assert choose(FOUR_ON_6, board, Mark.O, Level.HARD, seed=seed) == Cell(0, 3)


@pytest.mark.parametrize("seed", range(3))
def test_a_ladder_of_fours_is_seen_before_it_is_climbed(seed: int) -> None:
    board = parse_board(
        """
        .........
        ..O...O..
        ..O...OX.
        .........
        ...OXX...
        ..O...O..
        ...XXO...
        .X..XXX..
        .........
        """
    )
    rules = Rules(9, 9, 5)

    cell = choose(rules, board, Mark.X, Level.HARD, seed=seed)
    answer = choose(rules, board.mark(cell, Mark.X), Mark.O, Level.HARD, seed=seed)

    assert board.mark(cell, Mark.X).is_free(answer)


def test_hard_wins_four_in_a_row_on_6_by_6_for_x() -> None:
    board, mark, cell = FOUR_ON_6.empty_board, Mark.O, Cell(0, 0)
    while not board.lines_through(cell, 4):
        mark = mark.other
        cell = choose(FOUR_ON_6, board, mark, Level.HARD, seed=1)
        board = board.mark(cell, mark)

    assert mark is Mark.X


@sparing
@given(st.data(), rules(), st.sampled_from([Level.EASY, Level.MEDIUM]), st.integers())
def test_a_free_cell_is_chosen_and_the_same_again(
    data: st.DataObject, rules: Rules, level: Level, seed: int
) -> None:
    order = data.draw(orders(rules))
    board, mark = unfinished(rules, order, data.draw(st.integers(0, len(order) - 1)))

    cell = choose(rules, board, mark, level, seed=seed)

    assert board.is_free(cell)
    assert choose(rules, board, mark, level, seed=seed) == cell


@pytest.mark.parametrize("level", [Level.HARD, Level.PERFECT])
@pytest.mark.parametrize("times", [0, 1, 20])
@pytest.mark.parametrize("rules", [TIC_TAC_TOE, Rules(5, 4, 4), FOUR_ON_6, Rules(7, 7, 5)])
def test_whoever_is_stopped_still_chooses_a_free_cell(
    level: Level, times: int, rules: Rules
) -> None:
    board = rules.empty_board.mark(Cell(1, 1), Mark.X)

    cell = choose(rules, board, Mark.O, level, seed=3, stop=stopping_after(times))

    assert board.is_free(cell)


def test_hard_chooses_the_same_again_on_a_large_board() -> None:
    board = GOMOKU.empty_board.mark(Cell(7, 7), Mark.X).mark(Cell(7, 8), Mark.O)

    first, second = (choose(GOMOKU, board, Mark.X, Level.HARD, seed=5) for _ in range(2))

    assert first == second
    assert board.is_free(first)


def test_the_seed_decides_among_equals() -> None:
    cells = {
        choose(TIC_TAC_TOE, TIC_TAC_TOE.empty_board, Mark.X, Level.PERFECT, seed=seed)
        for seed in range(20)
    }

    assert len(cells) > 1


def test_easy_overlooks_a_line_now_and_then() -> None:
    board = parse_board("XX./O../...")
    cells = [choose(TIC_TAC_TOE, board, Mark.O, Level.EASY, seed=seed) for seed in range(100)]

    assert 50 < cells.count(Cell(0, 2)) < 95


@pytest.mark.parametrize("size", [(3, 19, 19), (19, 19, 19), (19, 3, 3), (19, 19, 3)])
def test_the_strangest_boards_are_played(size: tuple[int, int, int]) -> None:
    rules = Rules(*size)
    for level in levels(rules):
        cell = choose(rules, rules.empty_board, Mark.X, level, seed=0)
        assert rules.empty_board.is_free(cell)
