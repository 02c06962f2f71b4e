"""What hypothesis plays: sensible games, and requests without sense."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st

from tests.game.spec import ANN, BOB, EVE
from xogql.game import (
    AbortGame,
    AcceptOffer,
    CancelGame,
    Cell,
    Command,
    CommandRejectedError,
    CreateGame,
    DeclineOffer,
    Event,
    GameCreated,
    GameId,
    JoinGame,
    MakeMove,
    MakeOffer,
    Mark,
    OfferKind,
    Opening,
    PlayerJoined,
    Playing,
    Resign,
    Rules,
    State,
    Visibility,
    WithdrawOffer,
    decide,
    fold,
    initial_state,
)

unhurried = settings(deadline=None)
"""The machine may be busy: a slow example is no failure."""

sparing = settings(unhurried, max_examples=25)
"""Each example is much work."""


def log_of(requests: Iterable[Command]) -> tuple[Event, ...]:
    """What happens when one request follows the other and refusals are shrugged off."""
    log: list[Event] = []
    state: State = initial_state()
    for request in requests:
        with suppress(CommandRejectedError):
            events = decide(request, state)
            state = fold(events, state)
            log.extend(events)
    return tuple(log)


def play(rules: Rules, cells: Iterable[Cell]) -> tuple[Event, ...]:
    """What happens when Ann (X) and Bob fill the cells in turn until the game is over."""
    log: list[Event] = [GameCreated(ANN, rules, Mark.X), PlayerJoined(BOB)]
    game = fold(log)
    for cell in cells:
        if not isinstance(game, Playing):
            break
        events = decide(MakeMove(game.seats[game.turn], cell), game)
        game = fold(events, game)
        log.extend(events)
    return tuple(log)


def cells_of(rules: Rules) -> list[Cell]:
    return [Cell(row, column) for row in range(rules.rows) for column in range(rules.columns)]


def rules(longest_side: int = 7) -> st.SearchStrategy[Rules]:
    """Rules a game may be played by."""
    side = st.integers(3, longest_side)
    sides = st.tuples(side, side)
    return sides.flatmap(lambda size: st.builds(Rules, *map(st.just, size), _lines(size)))


def _lines(size: tuple[int, int]) -> st.SearchStrategy[int]:
    # Short lines, or most games end in a draw.
    return st.integers(3, max(size)) | st.integers(3, min(4, *size))


def orders(rules: Rules) -> st.SearchStrategy[Sequence[Cell]]:
    """Orders in which all cells of the board may be filled."""
    return st.permutations(cells_of(rules))


games = rules().flatmap(lambda agreed: st.tuples(st.just(agreed), orders(agreed)))
"""Rules, and the cells of their board in the order in which they are filled."""

players = st.sampled_from([ANN, BOB, EVE])
marks = st.sampled_from(Mark)
numbers = st.integers(-1, 4) | st.integers()
cells = st.builds(Cell, numbers, numbers)
wishes = rules() | st.builds(Rules, numbers, numbers, numbers)
moves = st.builds(MakeMove, players, cells) | st.builds(
    MakeMove, st.sampled_from([ANN, BOB]), st.builds(Cell, st.integers(0, 3), st.integers(0, 3))
)
ids = st.none() | st.sampled_from([GameId("game-1"), GameId("game-2")])
openings = st.builds(
    Opening, st.just(GameId("game-0")), st.integers(1, 9), st.lists(cells, max_size=4).map(tuple)
)
creations = st.builds(
    CreateGame,
    players,
    wishes,
    st.none() | marks,
    marks,
    st.none() | players,
    ids,
    st.sampled_from(Visibility),
    st.none() | openings,
)
seated = st.sampled_from([ANN, BOB])
kinds = st.sampled_from(OfferKind)
offers: st.SearchStrategy[Command] = st.one_of(
    st.builds(MakeOffer, seated, kinds, st.just(GameId("game-3"))),
    st.builds(AcceptOffer, seated, kinds, st.just(GameId("game-3"))),
    st.builds(WithdrawOffer, players, kinds),
    st.builds(DeclineOffer, players, kinds),
)
commands: st.SearchStrategy[Command] = st.one_of(
    moves,
    offers,
    st.builds(AbortGame, players),
    creations,
    st.builds(JoinGame, players, st.booleans()),
    st.builds(Resign, players),
    st.builds(CancelGame, players),
)
_OPENING = Opening(GameId("game-0"), 3, (Cell(1, 1),))
beginnings: st.SearchStrategy[list[Command]] = st.sampled_from(
    [
        [],
        [CreateGame(ANN, Rules(), Mark.X, Mark.X)],
        [CreateGame(ANN, Rules(), Mark.X, Mark.X), JoinGame(BOB)],
        [CreateGame(ANN, Rules(3, 3, 3), Mark.O, Mark.X, opponent=BOB)],
        [CreateGame(BOB, Rules(4, 3, 3), Mark.O, Mark.X), JoinGame(ANN)],
        [CreateGame(ANN, Rules(), Mark.X, Mark.X, visibility=Visibility.LINK)],
        [CreateGame(ANN, Rules(), Mark.X, Mark.X, visibility=Visibility.PRIVATE)],
        [
            CreateGame(ANN, Rules(), Mark.X, Mark.X, visibility=Visibility.PRIVATE),
            JoinGame(BOB, invited=True),
        ],
        [
            CreateGame(ANN, Rules(), Mark.X, Mark.X, opening=_OPENING),
            JoinGame(BOB),
        ],
        [CreateGame(ANN, Rules(), Mark.O, Mark.X, opponent=BOB, opening=_OPENING)],
    ]
)
requests = st.builds(list.__add__, beginnings, st.lists(moves | offers | commands, max_size=40))
"""Whatever anybody may ask, one after the other."""
