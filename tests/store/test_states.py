"""States are folded once and kept, never newer than the log and never for nothing."""

from collections.abc import Sequence
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import unhurried
from tests.store.samples import Bell, command, move, new_game
from xogql.game import Event
from xogql.store.codec import GAMES
from xogql.store.event_store import Recorded, Stream
from xogql.store.memory import MemoryEventStore
from xogql.store.states import STREAM, Folded, States

E = TypeVar("E")

Moves = tuple[Event, ...]
"""A state that tells everything: what was folded, in its order."""


class ReadStore(MemoryEventStore):
    """Remembers past which versions it was read."""

    def __init__(self) -> None:
        super().__init__(Bell())
        self.reads: list[int] = []

    async def read(
        self, stream: Stream[E], *, after: int = 0, upto: int | None = None
    ) -> Sequence[Recorded[E]]:
        self.reads.append(after)
        return await super().read(stream, after=after, upto=upto)

    async def grow(self, stream: Stream[Event], count: int) -> Sequence[Recorded[Event]]:
        version = len(await super().read(stream))
        moves = [move(number) for number in range(version + 1, version + count + 1)]
        return await self.append(command(stream, version, *moves))


def states_of(store: ReadStore, capacity: int = 2000) -> States[Moves, Event]:
    return States(store, GAMES, tuple, lambda state, event: (*state, event), capacity=capacity)


@pytest.fixture
def log() -> ReadStore:
    return ReadStore()


async def test_a_stream_without_events_is_in_its_initial_state(log: ReadStore) -> None:
    assert await states_of(log).load(new_game()) == Folded((), 0, None, None)


async def test_a_state_tells_its_version_and_when_its_stream_began_and_grew(log: ReadStore) -> None:
    stream = new_game()
    first = await log.grow(stream, 2)
    last = await log.grow(stream, 1)

    folded = await states_of(log).load(stream)

    assert folded.state == (move(1), move(2), move(3))
    assert folded.version == 3
    assert folded.created_at == first[0].recorded_at
    assert folded.updated_at == last[0].recorded_at


async def test_a_kept_state_is_folded_on_from_where_it_was(log: ReadStore) -> None:
    stream, states = new_game(), states_of(log)
    began = (await log.grow(stream, 2))[0].recorded_at
    await states.load(stream)
    await log.grow(stream, 3)
    log.reads.clear()

    folded = await states.load(stream)

    assert log.reads == [2]
    assert folded.state == tuple(move(number) for number in range(1, 6))
    assert folded.created_at == began


async def test_a_loaded_state_is_kept(log: ReadStore) -> None:
    stream, states = new_game(), states_of(log)
    await log.grow(stream, 2)
    assert states.kept(stream) is None

    folded = await states.load(stream)

    assert states.kept(stream) == folded


async def test_a_kept_state_may_be_stale_until_it_is_loaded(log: ReadStore) -> None:
    stream, states = new_game(), states_of(log)
    await log.grow(stream, 2)
    stale = await states.load(stream)
    await log.grow(stream, 1)

    assert states.kept(stream) == stale
    assert (await states.load(stream)).version == 3


async def test_several_streams_are_loaded_at_once_and_kept(log: ReadStore) -> None:
    known, unknown, none = new_game(), new_game(), new_game()
    states = states_of(log)
    await log.grow(known, 2)
    await states.load(known)
    await log.grow(known, 1)
    await log.grow(unknown, 1)

    loaded = await states.load_many([unknown, none, known, known])

    assert {each: loaded[each].version for each in loaded} == {unknown: 1, none: 0, known: 3}
    assert (states.kept(unknown), states.kept(none)) == (loaded[unknown], None)


async def test_nothing_is_read_for_no_streams(log: ReadStore) -> None:
    assert await states_of(log).load_many([]) == {}


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize(
    ("version", "found"), [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (9, 4)]
)
async def test_a_state_is_given_as_it_was(
    log: ReadStore, version: int, found: int, *, kept: bool
) -> None:
    stream, states = new_game(), states_of(log)
    await log.grow(stream, 2)
    if kept:
        await states.load(stream)
    await log.grow(stream, 2)

    folded = await states.at(stream, version)

    assert folded.state == tuple(move(number) for number in range(1, found + 1))
    assert folded.version == found


async def test_looking_back_forgets_nothing(log: ReadStore) -> None:
    stream, states = new_game(), states_of(log)
    await log.grow(stream, 4)
    folded = await states.load(stream)

    await states.at(stream, 1)

    assert states.kept(stream) == folded


async def test_a_version_that_is_kept_is_not_read_again(log: ReadStore) -> None:
    stream, states = new_game(), states_of(log)
    await log.grow(stream, 2)
    folded = await states.load(stream)
    log.reads.clear()

    assert await states.at(stream, 2) == folded
    assert log.reads == []


async def test_an_older_state_never_replaces_a_newer_one(log: ReadStore) -> None:
    stream, states = new_game(), states_of(log)
    await log.grow(stream, 2)
    older = await states.load(stream)
    await log.grow(stream, 1)
    newer = await states.load(stream)

    states.keep(stream, older)

    assert states.kept(stream) == newer


@pytest.mark.parametrize("start", [0, 2, 3])
async def test_only_the_events_that_come_next_are_folded(log: ReadStore, start: int) -> None:
    stream, states = new_game(), states_of(log)
    recorded = await log.grow(stream, 4)
    folded = await states.at(stream, 1)

    with pytest.raises(ValueError, match=stream.name):
        states.fold(folded, recorded[start:])


async def test_events_with_a_gap_are_not_folded(log: ReadStore) -> None:
    states, recorded = states_of(log), await log.grow(new_game(), 3)

    with pytest.raises(ValueError, match="3, 2"):
        states.fold(Folded((), 0, None, None), [recorded[0], recorded[2]])


async def test_streams_without_events_are_not_kept(log: ReadStore) -> None:
    known, states = new_game(), states_of(log, capacity=2 * (STREAM + 1))
    await log.grow(known, 1)
    await states.load(known)

    for _ in range(10):
        await states.load(new_game())

    assert states.kept(known) is not None


async def test_of_too_many_states_those_used_last_are_kept(log: ReadStore) -> None:
    one, two, three = new_game(), new_game(), new_game()
    states = states_of(log, capacity=2 * (STREAM + 1))
    for stream in (one, two, three):
        await log.grow(stream, 1)

    for stream in (one, two, one, three):
        await states.load(stream)

    assert [states.kept(each) is not None for each in (one, two, three)] == [True, False, True]


def test_streams_are_of_the_states_category() -> None:
    assert states_of(ReadStore()).stream("game-1") == Stream(GAMES, "game-1")


@unhurried
@given(st.integers(0, 6), st.data())
async def test_folding_in_parts_is_folding_once(count: int, data: st.DataObject) -> None:
    log, stream = ReadStore(), new_game()
    states = states_of(log)
    recorded = await log.grow(stream, count) if count else []
    cut = data.draw(st.integers(0, count))
    start: Folded[Moves] = Folded((), 0, None, None)

    in_parts = states.fold(states.fold(start, recorded[:cut]), recorded[cut:])

    assert in_parts == states.fold(start, recorded) == await states.load(stream)


async def test_what_a_follower_heard_need_not_be_read_for_the_next_command(log: ReadStore) -> None:
    states, stream = states_of(log), new_game()
    before = await states.load(stream)
    [recorded] = await log.grow(stream, 1)

    heard = states.grow(stream, before, [recorded])

    assert heard == Folded((recorded.event,), 1, recorded.recorded_at, recorded.recorded_at)
    assert states.kept(stream) is heard
    assert states.grow(stream, before, [recorded]) is heard
