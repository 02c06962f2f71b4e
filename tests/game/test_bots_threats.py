"""Wins by threats, drawn; and that what is found is true."""

from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import orders, sparing
from tests.game.test_bots_solver import solver, unfinished
from xogql.game import Board, Cell, Mark, Rules, parse_board
from xogql.game.bots import Level, choose
from xogql.game.bots.budget import Budget, never
from xogql.game.bots.position import Position, cell_of
from xogql.game.bots.solver import WIN
from xogql.game.bots.threats import Attack

FIVE_ON_9 = Rules(9, 9, 5)

TWO_THREES_MEET = """
    .........
    .........
    ..OXXX...
    .........
    ......X..
    ......X..
    ......X..
    ......O..
    .........
"""
"""A four along the row and one down the column, with one move."""

LADDER = """
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
"""One four leads to the next."""

BLOCK_THREATENS = """
    .....O...
    .........
    OXXX.....
    ....XO...
    ....XO...
    ....O....
    .........
    .........
    .........
"""
"""The answer to the row's four is itself one of three above each other."""

OPEN_THREES = """
    .........
    .........
    .........
    ...X.....
    ...X.....
    .....XX..
    .........
    .........
    .........
"""
"""No four can be made, but two threes at once where the lines meet."""


def found(picture: str, mark: Mark, *, threes: bool = False) -> Cell | None:
    position = Position(FIVE_ON_9, parse_board(picture), mark)
    cell = Attack(position, Budget(20_000, never), threes=threes).find(20)
    return None if cell is None else cell_of(FIVE_ON_9, cell)


def fives(board: Board, mark: Mark) -> list[Cell]:
    return [cell for cell in board.empty_cells() if board.mark(cell, mark).lines_through(cell, 5)]


def fours_until_the_line(board: Board, mark: Mark) -> int:
    """How many fours are played, each answered in the only way, before two lines threaten."""
    position = Position(FIVE_ON_9, board, mark)
    bit = Attack(position, Budget(20_000, never)).find(20)
    assert bit is not None
    board = board.mark(cell_of(FIVE_ON_9, bit), mark)
    assert not fives(board, mark.other)
    threatened = fives(board, mark)
    assert threatened
    if len(threatened) > 1:
        return 1
    return 1 + fours_until_the_line(board.mark(threatened[0], mark.other), mark)


def test_two_fours_at_once_win() -> None:
    assert found(TWO_THREES_MEET, Mark.X) == Cell(2, 6)


def test_a_ladder_of_fours_is_climbed() -> None:
    assert fours_until_the_line(parse_board(LADDER), Mark.O) == 8


def test_nobody_attacks_by_fours_where_the_answer_is_a_four() -> None:
    assert found(BLOCK_THREATENS, Mark.X) is None


def test_threes_attack_where_fours_cannot() -> None:
    assert found(OPEN_THREES, Mark.X) is None
    assert found(OPEN_THREES, Mark.X, threes=True) == Cell(5, 3)


def test_nothing_is_found_when_two_lines_threaten() -> None:
    lost = TWO_THREES_MEET.replace(".........", ".OOOO....", 1)

    assert found(lost, Mark.X) is None
    assert found(lost, Mark.X, threes=True) is None


def test_whoever_must_block_first_attacks_with_the_block() -> None:
    blocked_to_the_left = TWO_THREES_MEET.replace(".........", "OOOO.....", 1)

    assert found(blocked_to_the_left, Mark.X) is None
    assert found(blocked_to_the_left, Mark.X, threes=True) == Cell(0, 4)


def test_nothing_is_found_beyond_the_deepest() -> None:
    position = Position(FIVE_ON_9, parse_board(LADDER), Mark.O)

    assert Attack(position, Budget(20_000, never)).find(6) is None
    assert Attack(position, Budget(20_000, never)).find(7) is not None


def test_hard_stops_an_attack_before_it_begins() -> None:
    board = parse_board(TWO_THREES_MEET)

    cell = choose(FIVE_ON_9, board, Mark.O, Level.HARD, seed=1)

    assert found(str(board.mark(cell, Mark.O)), Mark.X) is None


def test_a_spent_budget_finds_nothing_and_leaves_the_position_alone() -> None:
    position = Position(FIVE_ON_9, parse_board(LADDER), Mark.O)
    before = position.key

    assert Attack(position, Budget(9, never)).find(20) is None
    assert position.key == before


@sparing
@given(st.data(), st.sampled_from([Rules(3, 3, 3), Rules(4, 4, 3), Rules(4, 4, 4), Rules(3, 5, 3)]))
def test_what_wins_by_threats_wins(data: st.DataObject, rules: Rules) -> None:
    order = data.draw(orders(rules))
    board, mark = unfinished(rules, order, data.draw(st.integers(0, len(order) - 1)))
    position = Position(rules, board, mark)
    for threes in (False, True):
        cell = Attack(position, Budget(1_000, never), threes=threes).find(9)
        assert cell is None or solver(rules).value_of(position, cell) == WIN
