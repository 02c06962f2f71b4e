"""The contract of the log, kept by both stores."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product
from uuid import uuid4

import pytest

from tests.game.spec import ANN, BOB
from tests.store.conftest import Log
from tests.store.samples import (
    a_stream_of,
    command,
    move,
    new_category,
    new_game,
    outcome,
    outcomes,
)
from xogql.game import Event, GameCreated, Mark, MoveMade, PlayerId, PlayerJoined, Rules
from xogql.store import postgres
from xogql.store.codec import GAMES, Category, UnknownEventError
from xogql.store.event_store import Append, EventStore, Recorded, Stream, VersionConflictError

STARTED = (GameCreated(ANN, Rules(), Mark.X), PlayerJoined(BOB))


async def test_events_are_read_as_they_were_appended(log: Log) -> None:
    stream, moves = new_game(), [move(number) for number in range(5)]

    await log.store.append(command(stream, 0, *STARTED))
    await log.store.append(command(stream, 2, *moves))

    recorded = await log.other.read(stream)
    assert [each.event for each in recorded] == [*STARTED, *moves]
    assert [each.version for each in recorded] == [1, 2, 3, 4, 5, 6, 7]


async def test_an_append_answers_what_is_read(log: Log) -> None:
    stream, command_id = new_game(), uuid4()

    answer = await log.store.append(command(stream, 0, *STARTED, command_id=command_id))

    assert answer == await log.other.read(stream)
    assert {(each.stream, each.actor, each.command_id) for each in answer} == {
        (stream.name, ANN, command_id)
    }


async def test_events_of_one_command_are_of_one_moment(log: Log) -> None:
    first, second = await log.store.append(command(new_game(), 0, *STARTED))

    assert first.recorded_at == second.recorded_at
    assert first.recorded_at.utcoffset() is not None


async def test_a_part_is_read_past_one_version_up_to_another(log: Log) -> None:
    stream = new_game()
    await log.store.append(command(stream, 0, *map(move, range(5))))

    for after, upto in product([-1, 0, 1, 4, 5, 6], [-1, 0, 1, 3, 5, 6, 2**31 - 1]):
        recorded = await log.store.read(stream, after=after, upto=upto)
        assert [each.version for each in recorded] == [
            version for version in range(1, 6) if after < version <= upto
        ]


async def test_a_stream_without_events_is_empty(log: Log) -> None:
    assert await log.store.read(new_game()) == []


async def test_text_is_kept_to_the_letter(log: Log) -> None:
    stream, name = new_game(), PlayerId("'; drop table event; -- \\ \" \u2028 \t ö 🎲 $1 :x %s")

    await log.store.append(command(stream, 0, PlayerJoined(name)))

    assert [each.event for each in await log.store.read(stream)] == [PlayerJoined(name)]


async def test_who_is_late_appends_nothing(log: Log) -> None:
    stream, late = new_game(), uuid4()
    first = await log.store.append(command(stream, 0, *STARTED))

    with pytest.raises(VersionConflictError):
        await log.store.append(command(stream, 1, move(1), move(2), command_id=late))

    assert await log.store.read(stream) == first
    assert await log.store.find(stream, late) is None


@pytest.mark.parametrize("expected_version", [-1, 1, 2, 7])
async def test_an_expected_version_that_is_not_there_leaves_no_hole(
    log: Log, expected_version: int
) -> None:
    stream = a_stream_of(games := new_category())

    with pytest.raises(VersionConflictError):
        await log.store.append(command(stream, expected_version, *STARTED))

    assert await log.store.read(stream) == []
    assert await log.store.grown({stream.name: 0}) == {}
    assert [page async for page in log.store.scan(games, games.kinds)] == []


async def test_a_version_past_the_newest_leaves_no_hole(log: Log) -> None:
    stream = new_game()
    first = await log.store.append(command(stream, 0, *STARTED))

    with pytest.raises(VersionConflictError):
        await log.store.append(command(stream, 3, move(1)))

    assert await log.store.read(stream) == first


async def test_a_command_of_no_events_is_a_mistake(log: Log) -> None:
    with pytest.raises(ValueError, match="events=\\(\\)"):
        await log.store.append(command(new_game(), 0))


async def test_a_command_whose_second_event_cannot_be_written_appends_nothing(log: Log) -> None:
    only_moves: Category[Event] = Category("game", [MoveMade])
    stream = a_stream_of(only_moves)

    with pytest.raises(KeyError):
        await log.store.append(command(stream, 0, move(1), PlayerJoined(BOB)))

    assert await log.store.read(stream) == []


async def test_a_command_is_found_again_with_its_fingerprint(log: Log) -> None:
    stream, command_id = new_game(), uuid4()
    await log.store.append(command(stream, 0, *STARTED))
    moved = command(stream, 2, move(1), move(2), command_id=command_id, fingerprint=-(2**63))
    recorded = await log.store.append(moved)
    await log.store.append(command(stream, 4, move(3)))

    found = await log.other.find(stream, command_id)

    assert found is not None
    assert (found.fingerprint, found.recorded) == (-(2**63), recorded)


async def test_a_command_that_was_never_given_is_not_found(log: Log) -> None:
    stream = new_game()
    await log.store.append(command(stream, 0, *STARTED))

    assert await log.store.find(stream, uuid4()) is None
    assert await log.store.find(new_game(), uuid4()) is None


@pytest.mark.parametrize("expected_version", [0, 1, 2])
async def test_a_command_is_not_taken_twice(log: Log, expected_version: int) -> None:
    stream, command_id = new_game(), uuid4()
    first = await log.store.append(command(stream, 0, *STARTED, command_id=command_id))

    with pytest.raises(VersionConflictError):
        await log.store.append(command(stream, expected_version, move(1), command_id=command_id))

    assert await log.store.read(stream) == first


async def test_a_command_id_is_known_in_its_own_stream_only(log: Log) -> None:
    here, there, command_id = new_game(), new_game(), uuid4()
    await log.store.append(command(here, 0, *STARTED, command_id=command_id))

    await log.store.append(command(there, 0, move(1), command_id=command_id))

    found = await log.store.find(there, command_id)
    assert found is not None
    assert [each.event for each in found.recorded] == [move(1)]


async def test_of_a_hundred_appends_at_one_version_one_wins(log: Log) -> None:
    stream = new_game()
    await log.store.append(command(stream, 0, *STARTED))
    racers = [command(stream, 2, move(number), move(number + 1)) for number in range(0, 200, 2)]

    results = await outcomes(
        [
            (log.store if number % 2 else log.other).append(each)
            for number, each in enumerate(racers)
        ]
    )

    [won] = [each for each in results if not isinstance(each, VersionConflictError)]
    assert won == (await log.store.read(stream))[2:]


async def test_of_a_hundred_repeats_at_once_one_wins(log: Log) -> None:
    stream, command_id = new_game(), uuid4()
    repeat = command(stream, 0, *STARTED, command_id=command_id)

    results = await outcomes([each.append(repeat) for each in [log.store, log.other] * 50])

    assert sum(isinstance(each, VersionConflictError) for each in results) == 99
    assert len(await log.store.read(stream)) == 2


async def test_in_a_melee_every_command_goes_in_whole_and_once(log: Log) -> None:
    stream = new_game()

    async def fight(number: int, store: EventStore) -> None:
        blow = command(stream, 0, *[move(number), move(number + 1)][: number % 2 + 1])
        while isinstance(await outcome(store.append(blow)), VersionConflictError):
            blow = blow._replace(expected_version=len(await store.read(stream)))

    await asyncio.gather(*(fight(each, (log.store, log.other)[each % 2]) for each in range(40)))

    recorded = await log.store.read(stream)
    assert [each.version for each in recorded] == [*range(1, 61)]
    commands = [[*events] for _, events in groupby(recorded, lambda each: each.command_id)]
    assert sorted(map(len, commands)) == [1] * 20 + [2] * 20


async def test_the_bell_is_rung_once_for_each_append(log: Log) -> None:
    stream = new_game()

    first = await log.store.append(command(stream, 0, *STARTED))
    second = await log.store.append(command(stream, 2, move(1)))

    assert log.bell.rung == [first, second]


@pytest.mark.parametrize("expected_version", [0, 1, 3])
async def test_a_conflict_rings_no_bell(log: Log, expected_version: int) -> None:
    stream = new_game()
    await log.store.append(command(stream, 0, *STARTED))
    log.bell.rung.clear()

    with pytest.raises(VersionConflictError):
        await log.store.append(command(stream, expected_version, move(1)))

    assert log.bell.rung == []


async def test_what_the_bell_tells_of_can_be_read_by_others_already(log: Log) -> None:
    stream = new_game()
    looking: list[asyncio.Task[Sequence[Recorded[Event]]]] = []

    def look(_: object) -> None:
        looking.append(tasks.create_task(log.other.read(stream)))

    async with asyncio.TaskGroup() as tasks:
        log.bell.then = look
        appended = await log.store.append(command(stream, 0, *STARTED))

    assert [each.result() for each in looking] == [appended]


async def test_several_streams_are_read_each_past_its_own_version(log: Log) -> None:
    one, two, three, none = (new_game() for _ in range(4))
    for stream in (one, two, three):
        await log.store.append(command(stream, 0, *map(move, range(4))))

    found = await log.store.read_many({three: 0, none: 0, one: 2, two: 4})

    assert {stream: [each.version for each in found[stream]] for stream in found} == {
        one: [3, 4],
        two: [],
        three: [1, 2, 3, 4],
        none: [],
    }
    assert found[three] == await log.store.read(three)


async def test_of_several_streams_a_few_events_each_are_read(log: Log) -> None:
    one, two = (new_game() for _ in range(2))
    for stream in (one, two):
        await log.store.append(command(stream, 0, *map(move, range(4))))

    found = await log.store.read_many({one: 0, two: 3}, most=2)

    assert [each.version for each in found[one]] == [1, 2]
    assert [each.version for each in found[two]] == [4]


async def test_no_streams_are_read_at_once(log: Log) -> None:
    assert await log.store.read_many({}) == {}
    assert await log.store.grown({}) == {}


async def test_streams_that_have_grown_are_told_with_their_versions(log: Log) -> None:
    grown, still, none = (new_game() for _ in range(3))
    for stream in (grown, still):
        await log.store.append(command(stream, 0, *STARTED))

    told = await log.store.grown({grown.name: 1, still.name: 2, none.name: 0})

    assert told == {grown.name: 2}


async def test_a_scan_reads_the_streams_of_its_category_each_in_order(log: Log) -> None:
    games = new_category()
    others = [Category(f"{games.prefix}{more}", games.kinds) for more in ("0", ".", "a")]
    streams = [a_stream_of(games) for _ in range(3)]
    for stream in (*streams, *map(a_stream_of, others)):
        await log.store.append(command(stream, 0, *STARTED, move(1)))

    pages = [page async for page in log.store.scan(games, games.kinds)]

    found = [(each.stream, each.version) for page in pages for each in page]
    names = sorted(stream.name for stream in streams)
    assert found == [(name, version) for name in names for version in (1, 2, 3)]


async def test_a_scan_reads_only_the_kinds_it_is_asked_for(log: Log) -> None:
    games = new_category()
    await log.store.append(command(a_stream_of(games), 0, *STARTED, move(1)))
    await log.store.append(command(a_stream_of(games), 0, move(1)))

    pages = [page async for page in log.store.scan(games, [PlayerJoined])]

    assert [[each.event for each in page] for page in pages] == [[PlayerJoined(BOB)]]


@pytest.mark.parametrize("size", [1, 2, 3, 10])
async def test_pages_of_a_scan_join_without_a_seam(
    log: Log, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "PAGE", size)
    games = new_category()
    for stream in (a_stream_of(games), a_stream_of(games)):
        await log.store.append(command(stream, 0, *map(move, range(5))))

    pages = [page async for page in log.store.scan(games, games.kinds)]

    places = [(each.stream, each.version) for page in pages for each in page]
    assert len(places) == 10
    assert all(one < another for one, another in pairwise(places))


@dataclass(frozen=True)
class DrawOffered:
    """An event of a release to come."""


async def test_an_event_of_a_newer_release_is_not_misread(log: Log) -> None:
    newer = Category("game", [*GAMES.kinds, DrawOffered])
    stream = a_stream_of(newer)
    await log.store.append(Append(stream, 0, [DrawOffered()], ANN, uuid4(), 0))

    with pytest.raises(UnknownEventError, match="DrawOffered, form 1"):
        await log.store.read(Stream(GAMES, stream.name))
