"""What was ever written can be read, for ever; what cannot be read is not guessed at."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import unhurried
from xogql import game, player
from xogql.game import (
    Cell,
    CreateGame,
    Ending,
    GameCancelled,
    GameCreated,
    GameEnded,
    GameId,
    MakeMove,
    Mark,
    MoveMade,
    MovesTakenBack,
    OfferDeclined,
    OfferKind,
    OfferMade,
    OfferWithdrawn,
    Opening,
    PlayerId,
    PlayerJoined,
    PositionSetUp,
    RematchAgreed,
    Rules,
    Visibility,
)
from xogql.player import (
    AccountClaimed,
    Employed,
    GuestCame,
    GuestLeft,
    IntratokenIssued,
    LoggedIn,
    LoggedOut,
    LoggedOutEverywhere,
    SessionRenewed,
    SignedUp,
    UsernameChanged,
)
from xogql.store.codec import GAMES, PLAYERS, Category, Event, UnknownEventError, fingerprint

GOLDEN: Mapping[str, Mapping[str, Any]] = json.loads(
    Path(__file__).with_name("golden.json").read_text()
)
"""A row of every form of every event that was ever released: rows are added, never changed."""

_SESSION = UUID("6b1f7f4e-0d6c-4f4a-9a50-2f3c1d2e4a5b")
_TOKEN = UUID("c0ffee00-1d2e-4f3a-8b4c-5d6e7f8091a2")
_TOP = tuple(Cell(0, column) for column in range(3))
_LEFT = tuple(Cell(row, 0) for row in range(3))
MEANINGS: Mapping[str, Event] = {
    "a game was opened": GameCreated(PlayerId("player-0193a5b0"), Rules(6, 7, 4), Mark.O),
    "a rematch was opened": GameCreated(
        PlayerId("player-0193a5b0"), Rules(), Mark.O, rematch_of=GameId("game-0193a5b2")
    ),
    "a private game was opened": GameCreated(
        PlayerId("player-0193a5b0"), Rules(), Mark.X, visibility=Visibility.PRIVATE
    ),
    "a game was set up as another had been": PositionSetUp(
        Opening(GameId("game-0193a5b2"), 4, (Cell(1, 1), Cell(0, 2)))
    ),
    "somebody joined": PlayerJoined(PlayerId("player-0193a5b1")),
    "a move was made": MoveMade(Mark.X, Cell(1, 2)),
    "a game was won by two lines": GameEnded(Ending.LINE, Mark.X, (_TOP, _LEFT)),
    "a game was given up": GameEnded(Ending.RESIGNATION, Mark.O, ()),
    "a game was drawn": GameEnded(Ending.BOARD_FULL, None, ()),
    "a game was taken back": GameCancelled(),
    "a game was drawn by agreement": GameEnded(Ending.AGREEMENT, None, ()),
    "a game was aborted": GameEnded(Ending.ABORTED, None, ()),
    "a draw was offered": OfferMade(OfferKind.DRAW, Mark.X),
    "an offer of a rematch was withdrawn": OfferWithdrawn(OfferKind.REMATCH, Mark.O),
    "a takeback was declined": OfferDeclined(OfferKind.TAKEBACK, Mark.X),
    "two moves were taken back": MovesTakenBack(2),
    "a rematch was agreed on": RematchAgreed(GameId("game-0193a5b3")),
    "somebody signed up": SignedUp("Ann-1"),
    "a guest came": GuestCame("Quiet Otter 26"),
    "the house has a player": Employed("The house, easy"),
    "a guest became a member": AccountClaimed("otter"),
    "a member took another name": UsernameChanged("Otter_26"),
    "a guest left": GuestLeft(),
    "a session was renewed": SessionRenewed(_SESSION, 1762300900, 1762905700),
    "a session began": LoggedIn(_SESSION, 1762300800, 1762905600),
    "a session was ended": LoggedOut(_SESSION),
    "all sessions were ended": LoggedOutEverywhere(),
    "an intratoken was issued": IntratokenIssued(
        GameId("game-0193a5b2"), _TOKEN, _SESSION, 1762304400
    ),
}
CATEGORIES: Mapping[str, Category[Any]] = {each.prefix: each for each in (GAMES, PLAYERS)}


@pytest.mark.parametrize("label", GOLDEN)
def test_a_golden_row_means_what_it_meant(label: str) -> None:
    row = GOLDEN[label]
    category = CATEGORIES[row["category"]]

    event = category.decode(row["type"], row["schema_version"], json.dumps(row["data"]))

    assert event == MEANINGS[label]


@pytest.mark.parametrize("label", GOLDEN)
def test_an_event_is_written_as_its_newest_golden_row(label: str) -> None:
    row = GOLDEN[label]
    category = CATEGORIES[row["category"]]
    if row["schema_version"] == category.schema_version(row["type"]):
        name, schema_version, data = category.encode(MEANINGS[label])

        assert (name, schema_version) == (row["type"], row["schema_version"])
        assert json.loads(data) == row["data"]


@pytest.mark.parametrize("category", CATEGORIES.values(), ids=CATEGORIES)
def test_every_form_of_every_event_has_a_golden_row(category: Category[Any]) -> None:
    forms = {
        (category.prefix, kind.__name__, form)
        for kind in category.kinds
        for form in range(1, category.schema_version(kind.__name__) + 1)
    }

    golden = {(row["category"], row["type"], row["schema_version"]) for row in GOLDEN.values()}
    assert forms <= golden


def test_the_categories_hold_every_event_of_their_unions() -> None:
    assert set(GAMES.kinds) == set(get_args(game.Event))
    assert set(PLAYERS.kinds) == set(get_args(player.Event))


@unhurried
@given(st.one_of([st.from_type(kind) for kind in (*GAMES.kinds, *PLAYERS.kinds)]))
def test_whatever_is_written_is_read_again(event: Event) -> None:
    category: Category[Any] = GAMES if type(event) in GAMES.kinds else PLAYERS

    name, schema_version, data = category.encode(event)

    assert category.decode(name, schema_version, data) == event
    reordered = json.dumps(json.loads(data), sort_keys=True)
    assert category.decode(name, schema_version, reordered) == event


@dataclass(frozen=True)
class Painted:
    """Twice changed: it had a "color" by name, then "rgb", now that and a number of coats."""

    rgb: tuple[int, int, int]
    coats: int


@dataclass(frozen=True)
class Washed:
    """Never changed."""


_Wall: TypeAlias = Painted | Washed
WALLS: Category[_Wall] = Category(
    "wall",
    get_args(_Wall),
    {
        "Painted": [
            lambda data: {"rgb": {"red": (255, 0, 0), "white": (255, 255, 255)}[data["color"]]},
            lambda data: {**data, "coats": 1},
        ]
    },
)


@pytest.mark.parametrize(
    ("schema_version", "data"),
    [
        (1, '{"color": "red"}'),
        (2, '{"rgb": [255, 0, 0]}'),
        (3, '{"rgb": [255, 0, 0], "coats": 1}'),
    ],
)
def test_an_old_form_is_brought_up_to_date(schema_version: int, data: str) -> None:
    assert WALLS.decode("Painted", schema_version, data) == Painted((255, 0, 0), 1)


def test_events_are_written_in_their_newest_form() -> None:
    assert WALLS.encode(Painted((1, 2, 3), 4)) == ("Painted", 3, '{"rgb":[1,2,3],"coats":4}')
    assert WALLS.encode(Washed()) == ("Washed", 1, "{}")


@pytest.mark.parametrize(
    ("name", "schema_version"),
    [("Demolished", 1), ("painted", 1), ("Painted", 4), ("Painted", 0), ("Washed", 2)],
)
def test_an_unknown_type_or_form_is_not_guessed_at(name: str, schema_version: int) -> None:
    with pytest.raises(UnknownEventError, match=f"{name}, form {schema_version}"):
        WALLS.decode(name, schema_version, "{}")


COMMANDS = st.one_of(
    [st.from_type(kind) for kind in (*get_args(game.Command), *get_args(player.Command))]
)
_MOVE = 'MakeMove(PlayerId("ann"), Cell(1, 2))'


@unhurried
@given(COMMANDS, COMMANDS)
def test_fingerprints_tell_commands_apart(one: object, another: object) -> None:
    assert (fingerprint(one) == fingerprint(another)) == (one == another)


@unhurried
@given(COMMANDS)
def test_a_fingerprint_fits_the_column(command: object) -> None:
    assert -(2**63) <= fingerprint(command) < 2**63


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_a_fingerprint_is_the_same_in_every_process(seed: str) -> None:
    asked = (
        f"from xogql.game import *\nfrom xogql.store.codec import *\nprint(fingerprint({_MOVE}))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", asked],
        env={"PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        text=True,
    )

    assert int(answer.stdout) == fingerprint(MakeMove(PlayerId("ann"), Cell(1, 2)))


@dataclass(frozen=True)
class Sign:
    """A wish with a value of every sort that commands have."""

    mark: Mark | None
    rules: Rules
    session: UUID
    at: int
    text: str


def test_a_fingerprint_is_the_same_in_every_release() -> None:
    assert fingerprint(MakeMove(PlayerId("ann"), Cell(1, 2))) == -6668928520571691791
    assert fingerprint(Sign(Mark.X, Rules(), _SESSION, 7, "ö\n'")) == -3417883662265909597
    assert fingerprint(Sign(None, Rules(), _SESSION, 7, "ö\n'")) == 3345800726701529677


def test_a_command_of_an_earlier_release_is_known_again() -> None:
    opened = CreateGame(PlayerId("ann"), Rules(), None, chance=Mark.O)

    assert fingerprint(opened) == -3259009281373711967


@dataclass(frozen=True)
class Paint:
    """A wish whose time is not the wish."""

    color: str
    at: int = field(compare=False)


def test_what_does_not_compare_leaves_no_mark_on_a_fingerprint() -> None:
    assert fingerprint(Paint("red", at=1)) == fingerprint(Paint("red", at=2))
    assert fingerprint(Paint("red", at=1)) != fingerprint(Paint("blue", at=1))


def test_only_dataclasses_have_fingerprints() -> None:
    with pytest.raises(TypeError):
        fingerprint("MakeMove")
