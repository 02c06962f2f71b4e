from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.live.processes import ANN, Moves, moves, new_stream, versions
from xogql.game import Event
from xogql.live.tails import KEPT, Tail, Tails
from xogql.store.event_store import Recorded

STREAM = new_stream()


def recorded(numbers: Iterable[int], stream: str = STREAM.name) -> Moves:
    (event,) = moves(1)
    return [
        Recorded(stream, version, event, ANN, UUID(int=0), datetime.now(UTC)) for version in numbers
    ]


def tail(*runs: Iterable[int]) -> Tail[Event]:
    kept: Tail[Event] = Tail()
    for run in runs:
        kept.keep(recorded(run))
    return kept


@pytest.mark.parametrize(
    ("runs", "kept"),
    [
        pytest.param([[1], [2, 3]], [1, 2, 3], id="what follows is added"),
        pytest.param([[1, 2], [2, 3]], [1, 2, 3], id="an overlap is merged"),
        pytest.param([[1, 2], [1, 2]], [1, 2], id="a repetition changes nothing"),
        pytest.param([[1, 2], [4]], [4], id="after a hole it starts anew"),
        pytest.param([[4], [3, 4]], [3, 4], id="a read closes the hole"),
        pytest.param([[4], [2, 3]], [4], id="what is older is not kept"),
        pytest.param([[4, 5], [3, 4]], [4, 5], id="a late read takes nothing away"),
        pytest.param([[7, 8]], [7, 8], id="it begins anywhere"),
    ],
)
def test_a_tail_is_the_newest_run_without_a_hole(runs: list[list[int]], kept: list[int]) -> None:
    assert versions(tail(*runs).past(kept[0] - 1)) == kept


def test_only_what_follows_the_cursor_is_taken() -> None:
    kept = tail([5, 6])
    assert versions(kept.past(4)) == [5, 6]
    assert versions(kept.past(5)) == [6]
    assert versions(kept.past(6)) == []
    assert versions(kept.past(1000)) == []
    assert versions(kept.past(3)) == []
    assert versions(tail().past(0)) == []


def test_a_tail_is_bounded() -> None:
    kept = tail(*([version] for version in range(1, 10_001)))
    assert versions(kept.past(10_000 - KEPT)) == list(range(10_001 - KEPT, 10_001))
    assert versions(kept.past(9_999 - KEPT)) == []


def test_a_read_begun_before_the_question_proves_nothing() -> None:
    kept = tail()
    kept.end(3, version=7)
    assert kept.has_ended(7, since=2)
    assert kept.has_ended(8, since=2)
    assert not kept.has_ended(6, since=2)
    assert not kept.has_ended(7, since=3)


def test_a_tail_lives_as_long_as_its_followers() -> None:
    tails = Tails()
    tails.keep(recorded([1]))
    with tails.of(STREAM) as mine, tails.of(STREAM) as yours:
        assert mine is yours
        assert versions(mine.past(0)) == []
        tails.keep([*recorded([2, 3]), *recorded([1], new_stream().name)])
        assert versions(mine.past(1)) == [2, 3]
    assert tails._tails == {}
