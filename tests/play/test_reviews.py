"""Reviews: thought of once for all who ask at once, kept, and never in anybody's way."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager

import pytest

from tests.game.spec import ANN, BOB
from xogql import game
from xogql.game import TIC_TAC_TOE, Cell, Finished, Mark, MoveMade, Rules
from xogql.play import reviews
from xogql.play.reviews import NoReviewError, Reviews
from xogql.play.thinker import Thinker, ThoughtLostError
from xogql.play.thoughts import Reviewing, T, Thought

WIN = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))
OTHER_WIN = ((0, 0), (2, 0), (0, 1), (1, 1), (0, 2))


def finished(cells: Iterable[tuple[int, int]], rules: Rules = TIC_TAC_TOE) -> Finished:
    log: list[game.Event] = list(
        game.decide(game.CreateGame(ANN, rules, Mark.X, Mark.X, BOB), game.initial_state())
    )
    for turn, cell in enumerate(cells):
        log += game.decide(game.MakeMove((ANN, BOB)[turn % 2], Cell(*cell)), game.fold(log))
    state = game.fold(log)
    assert isinstance(state, Finished)
    assert sum(isinstance(each, MoveMade) for each in log) == len(state.moves)
    return state


class Counting(Thinker):
    """Counts the thoughts that it has; *lost*: so many of them are lost."""

    def __init__(self, lost: int = 0) -> None:
        super().__init__()
        self.thoughts = 0
        self._lost = lost

    async def think(self, thought: Thought[T], seconds: float) -> T:
        self.thoughts += 1
        if self.thoughts <= self._lost:
            raise ThoughtLostError
        return await super().think(thought, seconds)


@asynccontextmanager
async def reviewing(
    thinker: Thinker, monkeypatch: pytest.MonkeyPatch, seconds: float = 5.0
) -> AsyncGenerator[Reviews]:
    @asynccontextmanager
    async def thinking() -> AsyncGenerator[Thinker]:
        yield thinker
        await thinker.rest()

    monkeypatch.setattr(reviews, "thinking", thinking)
    made = Reviews(seconds=seconds)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(made.review())
        yield made
        task.cancel()
    await thinker.rest()


async def test_all_who_ask_at_once_share_a_thought(monkeypatch: pytest.MonkeyPatch) -> None:
    thinker = Counting()
    async with reviewing(thinker, monkeypatch) as made:
        answers = await asyncio.gather(*(made.of(finished(WIN), str(each)) for each in range(9)))
        later = await made.of(finished(WIN), "later")

    assert thinker.thoughts == 1
    assert all(each is later for each in answers)
    assert later.exact
    assert len(later.positions) == 6


async def test_games_of_other_players_are_the_same_games(monkeypatch: pytest.MonkeyPatch) -> None:
    thinker = Counting()
    async with reviewing(thinker, monkeypatch) as made:
        one, other = finished(WIN), finished(OTHER_WIN)
        first = [await made.of(each, ANN) for each in (one, other)]
        again = [await made.of(each, BOB) for each in (one, other)]

    assert thinker.thoughts == 2
    assert first == again
    assert first[0] != first[1]


async def test_who_leaves_takes_the_review_from_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reviewing(Counting(), monkeypatch) as made, asyncio.TaskGroup() as group:
        gone = group.create_task(made.of(finished(WIN), ANN))
        stays = group.create_task(made.of(finished(WIN), BOB))
        await asyncio.sleep(0)
        gone.cancel()

    assert stays.result().exact


async def test_a_review_that_was_lost_is_told_and_asked_for_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thinker = Counting(lost=1)
    async with reviewing(thinker, monkeypatch) as made:
        with pytest.raises(NoReviewError):
            await made.of(finished(WIN), ANN)
        assert (await made.of(finished(WIN), ANN)).exact

    assert thinker.thoughts == 2


async def test_one_that_was_cut_short_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    thinker = Counting()
    async with reviewing(thinker, monkeypatch, seconds=0.0) as made:
        hasty = [await made.of(finished(WIN), ANN) for _ in range(2)]

    assert [each.exact for each in hasty] == [False, False]
    assert thinker.thoughts == 2


async def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Reviews(seconds=5.0)
    monkeypatch.setattr(reviews, "EACH", 0)

    with pytest.raises(NoReviewError):
        await Reviews(seconds=5.0).of(finished(WIN), ANN)

    assert made._asked == {}


def test_a_question_is_known_by_what_it_asks() -> None:
    one, other = finished(WIN), finished(WIN)

    assert Reviewing(one.rules, one.moves) == Reviewing(other.rules, other.moves)
    assert len({Reviewing(each.rules, each.moves) for each in (one, other)}) == 1
