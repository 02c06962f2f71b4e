"""The checker finds what is planted, and nothing in a history that is as it should be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from tests.faults.checker import Kind, check
from tests.faults.eventlog import Row
from tests.faults.history import Following, History, Read, Received, Sent
from tests.faults.replay import replayed
from xogql.game import (
    Cell,
    Ending,
    Event,
    GameCreated,
    GameEnded,
    GameId,
    Mark,
    MoveMade,
    MovesTakenBack,
    OfferDeclined,
    OfferKind,
    OfferMade,
    PlayerId,
    PlayerJoined,
    RematchAgreed,
    Rules,
)
from xogql.game.bots import Level
from xogql.play.duty import command_id
from xogql.play.house import HOUSE
from xogql.play.rematches import rematch_of
from xogql.store.codec import GAMES

ANN, BOB = PlayerId("player-ann"), PlayerId("player-bob")
GAME = "game-1"


def events(opponent: PlayerId) -> Sequence[tuple[PlayerId, Event]]:
    return (
        (ANN, GameCreated(ANN, Rules(), Mark.X)),
        (opponent, PlayerJoined(opponent)),
        (ANN, MoveMade(Mark.X, Cell(0, 0))),
        (opponent, MoveMade(Mark.O, Cell(1, 1))),
        (ANN, MoveMade(Mark.X, Cell(0, 1))),
    )


class Story:
    """A game of five events that went well, as its players, a follower and the log tell it."""

    def __init__(self, opponent: PlayerId = BOB) -> None:
        self.log = [
            Row(GAME, number, type(event).__name__, GAMES.encode(event)[2], actor, _id(number), 0)
            for number, (actor, event) in enumerate(events(opponent), start=1)
        ]
        self.views = {version: view for (_, version), view in replayed(self.log)[0].items()}
        self.sent = [
            Sent("any", row.actor, row.command_id, GAME, at, at + 0.5, self.views[row.version])
            for at, row in enumerate(self.log, start=1)
        ]
        self.reads = [Read("ann", GAME, at + 0.7, self.views[at]) for at in range(1, 6)]
        self.received = [
            Received(row.version, row.what, self.views[row.version], row.version + 0.6)
            for row in self.log
        ]
        self.cursor: int | None = 0
        self.completed = True
        self.told = dict[str, int]()

    def row(self, place: int, **changed: object) -> None:
        self.log[place] = replace(self.log[place], **changed)  # type: ignore[arg-type]

    def breaches(self) -> list[Kind]:
        following = Following("eve", GAME, self.cursor, self.received, completed=self.completed)
        history = History(self.sent, self.reads, [following])
        history.told.update(self.told)
        return [each.kind for each in check(history, self.log)]


def _id(number: int) -> UUID:
    return UUID(int=number)


Plant = Callable[[Story], object]


def _unanswered(story: Story) -> None:
    """Nobody was told of the last event, and nobody asked."""
    story.sent[4].ended = story.sent[4].shown = None
    story.reads.pop()


def _unanswered_and_gone(story: Story) -> None:
    _unanswered(story)
    story.log.pop()
    story.received.pop()


def _refused(story: Story) -> None:
    story.sent.append(Sent("any", BOB, _id(9), GAME, 3, 4, story.views[3], "NOT_YOUR_TURN"))


def _snapshot(story: Story) -> None:
    story.cursor = None
    story.received[:3] = [replace(story.received[2], what=("GameSnapshot", *[None] * 6))]


def _resumed(story: Story) -> None:
    story.cursor = 3
    del story.received[:3]


def _left(story: Story) -> None:
    story.completed = False
    del story.received[3:]


GOOD: dict[str, Plant] = {
    "all is well": lambda story: story,
    "an unanswered command that is in the log": _unanswered,
    "an unanswered command that is not": _unanswered_and_gone,
    "a refused command": _refused,
    "a snapshot first": _snapshot,
    "a follower from a cursor": _resumed,
    "a follower who left": _left,
    "an error that may be": lambda story: story.told.update(UNAVAILABLE=3),
}


@pytest.mark.parametrize("plant", GOOD.values(), ids=GOOD.keys())
def test_a_history_as_it_should_be_has_no_breach(plant: Plant) -> None:
    story = Story()
    plant(story)
    assert story.breaches() == []


def _lost(story: Story) -> None:
    """The last event was acknowledged, and is not in the log."""
    story.log.pop()
    story.received.pop()
    story.reads.pop()


def _stale_read(story: Story) -> None:
    story.reads[3] = replace(story.reads[3], reader="eve", shown=story.views[2])


def _back_in_time(story: Story) -> None:
    """Bob reads what is new enough for all that was acknowledged, but older than what he saw."""
    story.sent[4].ended = 9.0
    story.reads.append(Read("ann", GAME, 5.9, story.views[4]))


def _appended_twice(story: Story) -> None:
    """The last move is in the log twice, by one command."""
    story.log.append(replace(story.log[4], version=6))
    story.completed = False


def _acknowledged_twice(story: Story) -> None:
    again = replace(story.sent[4], command_id=_id(9))
    story.sent.append(again)
    story.completed = False


def _unknown_version(story: Story) -> None:
    story.row(4, version=6)
    story.completed = False


def _wrong_version(story: Story) -> None:
    story.sent[2].shown = story.views[4]


def _phantom(story: Story) -> None:
    """A command was refused and appended."""
    story.sent[4].refused, story.sent[4].shown = "CELL_TAKEN", story.views[4]
    story.reads.pop()


def _unasked(story: Story) -> None:
    story.sent.pop()


def _illegal(story: Story) -> None:
    """The last move went to a cell that was taken."""
    taken = MoveMade(Mark.X, Cell(1, 1))
    story.row(4, data=GAMES.encode(taken)[2])


def _by_another(story: Story) -> None:
    story.row(4, actor=BOB)


def _torn(story: Story) -> None:
    """One command's two events have another's between them."""
    story.row(2, command_id=_id(5), ordinal=0)
    story.row(4, ordinal=1)
    del story.sent[2]


def _shown_otherwise(story: Story) -> None:
    story.reads[4] = replace(story.reads[4], shown=replace(story.views[5], rows=("X.O",)))


def _told_otherwise(story: Story) -> None:
    story.received[4] = replace(story.received[4], what=("MoveMade", "X", 2, 2, None, None, None))


def _out_of_order(story: Story) -> None:
    story.received[2], story.received[3] = story.received[3], story.received[2]


def _skipped(story: Story) -> None:
    del story.received[2]


def _again(story: Story) -> None:
    story.received.insert(3, story.received[2])


def _never_told(story: Story) -> None:
    story.received.pop()


def _resumed_too_early(story: Story) -> None:
    story.cursor = 2


def _resumed_too_late(story: Story) -> None:
    story.cursor = 2
    del story.received[:3]


BAD: dict[str, tuple[Plant, Kind]] = {
    "acknowledged, not in the log": (_lost, Kind.LOST),
    "a read that misses an acknowledged event": (_stale_read, Kind.LOST),
    "a reader who sees a game go back": (_back_in_time, Kind.REORDERED),
    "appended twice": (_appended_twice, Kind.DOUBLED),
    "acknowledged at a place that another has": (_acknowledged_twice, Kind.DOUBLED),
    "a hole in the log": (_unknown_version, Kind.GAP),
    "acknowledged at another version": (_wrong_version, Kind.WRONG),
    "refused, and in the log": (_phantom, Kind.WRONG),
    "in the log, and sent by nobody": (_unasked, Kind.WRONG),
    "a move that the rules forbid": (_illegal, Kind.WRONG),
    "a move of the other player": (_by_another, Kind.WRONG),
    "a command whose events are torn apart": (_torn, Kind.WRONG),
    "a wrong board": (_shown_otherwise, Kind.WRONG),
    "a wrong event": (_told_otherwise, Kind.WRONG),
    "two events in the wrong order": (_out_of_order, Kind.REORDERED),
    "an event that was skipped": (_skipped, Kind.GAP),
    "an event that was received twice": (_again, Kind.DOUBLED),
    "an end that was never told": (_never_told, Kind.LOST),
    "a resumption before the cursor": (_resumed_too_early, Kind.DOUBLED),
    "a resumption past the cursor": (_resumed_too_late, Kind.GAP),
    "a bug that was told": (lambda story: story.told.update(INTERNAL=1), Kind.WRONG),
}


@pytest.mark.parametrize(("plant", "kind"), BAD.values(), ids=BAD.keys())
def test_what_is_planted_is_found(plant: Plant, kind: Kind) -> None:
    story = Story()
    plant(story)
    assert kind in story.breaches()


@pytest.mark.parametrize(("version", "breaches"), [(3, []), (4, [Kind.WRONG]), (2, [Kind.WRONG])])
def test_the_house_moves_once_at_a_version(version: int, breaches: Sequence[Kind]) -> None:
    story = Story(HOUSE[Level.EASY])
    moved = story.sent.pop(3)
    story.row(3, command_id=command_id(GameId(GAME), version))

    assert moved.actor == HOUSE[Level.EASY]
    assert story.breaches() == breaches


def _rows(name: GameId, *told: tuple[PlayerId, UUID, int, Event]) -> list[Row]:
    return [
        Row(name, version, type(event).__name__, GAMES.encode(event)[2], actor, known, ordinal)
        for version, (actor, known, ordinal, event) in enumerate(told, start=1)
    ]


FIRST = GameId("game-00000000-0000-7000-8000-000000000001")
SECOND = rematch_of(FIRST)
BEGUN_BY = UUID(SECOND.removeprefix("game-"))
AGREED = _rows(
    FIRST,
    (ANN, _id(1), 0, GameCreated(ANN, Rules(), Mark.X)),
    (BOB, _id(2), 0, PlayerJoined(BOB)),
    (ANN, _id(3), 0, OfferMade(OfferKind.DRAW, Mark.X)),
    (BOB, _id(4), 0, OfferDeclined(OfferKind.DRAW, Mark.X)),
    (ANN, _id(5), 0, MoveMade(Mark.X, Cell(0, 0))),
    (ANN, _id(6), 0, OfferMade(OfferKind.TAKEBACK, Mark.X)),
    (BOB, _id(7), 0, MovesTakenBack(1)),
    (BOB, _id(8), 0, OfferMade(OfferKind.DRAW, Mark.O)),
    (ANN, _id(9), 0, GameEnded(Ending.AGREEMENT, None, ())),
    (BOB, _id(10), 0, OfferMade(OfferKind.REMATCH, Mark.O)),
    (ANN, _id(11), 0, RematchAgreed(SECOND)),
)
BEGUN = _rows(
    SECOND,
    (ANN, BEGUN_BY, 0, GameCreated(ANN, Rules(), Mark.O, FIRST)),
    (ANN, BEGUN_BY, 1, PlayerJoined(BOB)),
)


def breaches_of(log: Sequence[Row], *, end: int, stays: bool) -> list[Kind]:
    """Judge a follower of the first game, who was told that version *end* was its last."""
    views, illegal = replayed(log)
    assert illegal == []
    sent = [
        Sent("any", row.actor, row.command_id, FIRST, 1, 2, views[FIRST, row.version])
        for row in log
        if row.game == FIRST
    ]
    received = [
        Received(row.version, row.what, views[FIRST, row.version], 3.0)
        for row in log
        if row.game == FIRST and row.version <= end
    ]
    following = Following("eve", FIRST, 0, received, completed=True, stays=stays)
    return [each.kind for each in check(History(sent, [], [following]), log)]


@pytest.mark.parametrize(("end", "stays"), [(9, False), (11, True)])
def test_a_rematch_as_it_should_be_has_no_breach(end: int, *, stays: bool) -> None:
    assert breaches_of([*AGREED, *BEGUN], end=end, stays=stays) == []


@pytest.mark.parametrize(
    ("log", "end", "stays", "kind"),
    [
        pytest.param(AGREED, 11, True, Kind.LOST, id="agreed on and not begun"),
        pytest.param([*AGREED[:-1], *BEGUN], 10, True, Kind.WRONG, id="begun and not agreed on"),
        pytest.param([*AGREED, *BEGUN], 10, True, Kind.LOST, id="never told of the rematch"),
        pytest.param([*AGREED, *BEGUN], 10, False, Kind.WRONG, id="told of what is past the end"),
        pytest.param(
            [*AGREED, *(replace(each, command_id=_id(99)) for each in BEGUN)],
            11,
            True,
            Kind.WRONG,
            id="begun by a command of somebody's own",
        ),
    ],
)
def test_what_is_wrong_with_a_rematch_is_found(
    log: Sequence[Row], end: int, kind: Kind, *, stays: bool
) -> None:
    assert kind in breaches_of(log, end=end, stays=stays)
