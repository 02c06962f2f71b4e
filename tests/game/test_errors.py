"""Refusals: a code for programs, a sentence for players."""

import copy
import pickle
import re

import pytest

from xogql.game import CellTakenError, CommandRejectedError, NotAPlayerError, errors

REFUSALS = [
    each for each in CommandRejectedError.__subclasses__() if each.__module__ == errors.__name__
]


def test_the_code_is_the_name() -> None:
    assert CellTakenError.code == "CELL_TAKEN"
    assert NotAPlayerError.code == "NOT_A_PLAYER"


def test_the_message_is_the_docstring() -> None:
    assert str(CellTakenError()) == CellTakenError.message == "This cell is taken."


def test_codes_are_unique() -> None:
    assert len({refusal.code for refusal in REFUSALS}) == len(REFUSALS)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_told_in_one_sentence(refusal: type[CommandRejectedError]) -> None:
    assert re.fullmatch(r"[A-Z][^.]+\.", refusal.message)
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", refusal.code)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_the_tree_in_the_docstring_shows_every_refusal(
    refusal: type[CommandRejectedError],
) -> None:
    assert f"── {refusal.__name__} " in (errors.__doc__ or "")


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_survives_copying(refusal: type[CommandRejectedError]) -> None:
    assert str(copy.copy(refusal())) == refusal.message
    assert str(pickle.loads(pickle.dumps(refusal()))) == refusal.message
