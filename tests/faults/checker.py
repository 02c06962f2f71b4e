"""Compares three histories: the clients', the followers', and the event table."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter
from uuid import UUID

from tests.faults.eventlog import Row
from tests.faults.history import Following, History, Read, Sent, View
from tests.faults.replay import replayed
from xogql.game import GameCreated, GameId, RematchAgreed
from xogql.play.duty import command_id
from xogql.play.house import LEVELS
from xogql.play.rematches import rematch_of


class Kind(StrEnum):
    """What was broken."""

    LOST = "lost"
    DOUBLED = "doubled"
    GAP = "gap"
    REORDERED = "reordered"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Breach:
    """One promise that was not kept."""

    kind: Kind
    what: str


Commands = Mapping[UUID, Sequence[Row]]
Views = Mapping[tuple[str, int], View]

INEXCUSABLE = "INTERNAL"
SNAPSHOT = "GameSnapshot"
ENDS = {"GameEnded", "GameCancelled"}


def check(history: History, log: Sequence[Row]) -> list[Breach]:
    """Find every breach there is; the *log* is sorted by game and version."""
    commands = _by_command(log)
    views, illegal = replayed(log)
    return [
        *(Breach(Kind.WRONG, each) for each in illegal),
        *_dense(log),
        *_whole(commands),
        *_sent(history.sent, commands),
        *_unasked(history.sent, commands),
        *_rematches(log),
        *_shown(history, views),
        *_fresh(history),
        *_monotone(history.reads),
        *_followers(history.followings, log),
        *_told(history.told),
    ]


def _by_command(log: Sequence[Row]) -> Commands:
    commands: defaultdict[UUID, list[Row]] = defaultdict(list)
    for row in log:
        commands[row.command_id].append(row)
    return commands


def _dense(log: Sequence[Row]) -> Iterator[Breach]:
    """Versions count from 1, without a hole."""
    expected: Counter[str] = Counter()
    for row in log:
        expected[row.game] += 1
        if row.version > expected[row.game]:
            yield Breach(Kind.GAP, f"in the log before {row}")
        elif row.version < expected[row.game]:
            yield Breach(Kind.DOUBLED, f"in the log: {row}")
        expected[row.game] = row.version


def _whole(commands: Commands) -> Iterator[Breach]:
    """A command's events stand together, each once."""
    for rows in commands.values():
        if len({each.ordinal for each in rows}) < len(rows):
            yield Breach(Kind.DOUBLED, f"one command appended {rows}")
        elif any(
            (one.game, one.version + 1, one.ordinal + 1)
            != (other.game, other.version, other.ordinal)
            for one, other in pairwise(rows)
        ):
            yield Breach(Kind.WRONG, f"a command was torn: {rows}")


def _sent(sent: Sequence[Sent], commands: Commands) -> Iterator[Breach]:
    """What was acknowledged is in the log, where it was said to be; what was refused is not."""
    for each in sent:
        rows = commands.get(each.command_id, ())
        if each.refused and rows:
            yield Breach(Kind.WRONG, f"refused, but appended: {each}")
        elif each.acknowledged and not rows:
            yield Breach(Kind.LOST, f"acknowledged: {each}")
        elif each.acknowledged and each.shown and each.shown.version != rows[-1].version:
            yield Breach(Kind.WRONG, f"acknowledged at another version than {rows[-1]}: {each}")
    places = Counter(
        (each.game, each.shown.version, each.command_id)[:2]
        for each in {each.command_id: each for each in sent}.values()
        if each.acknowledged and each.shown
    )
    for place, times in places.items():
        if times > 1:
            yield Breach(Kind.DOUBLED, f"{times} commands were acknowledged at {place}")


def _unasked(sent: Sequence[Sent], commands: Commands) -> Iterator[Breach]:
    """Nothing is there that nobody sent, but for what the house does, once at a version.

    And for rematches, which nobody sends: they follow from what was agreed.
    """
    asked = {each.command_id for each in sent}
    for known, rows in commands.items():
        if known not in asked and not _is_the_houses(rows) and not _is_a_rematch(rows):
            yield Breach(Kind.WRONG, f"nobody sent it: {rows}")


def _is_the_houses(rows: Sequence[Row]) -> bool:
    first = rows[0]
    due = command_id(GameId(first.game), first.version - 1)
    return first.actor in LEVELS and first.command_id == due


def _is_a_rematch(rows: Sequence[Row]) -> bool:
    first = rows[0]
    of = getattr(first.event, "rematch_of", None)
    return of is not None and f"game-{first.command_id}" == first.game == rematch_of(of)


def _rematches(log: Sequence[Row]) -> Iterator[Breach]:
    """Of what was agreed there is one game, and of no other: both are linked."""
    events = [(each.game, each.event) for each in log]
    agreed = {(one, str(event.game)) for one, event in events if isinstance(event, RematchAgreed)}
    begun = {
        (str(event.rematch_of), other)
        for other, event in events
        if isinstance(event, GameCreated) and event.rematch_of is not None
    }
    for pair in agreed - begun:
        yield Breach(Kind.LOST, f"agreed on and not begun: {pair}")
    for pair in begun - agreed:
        yield Breach(Kind.WRONG, f"begun and not agreed on: {pair}")


def _shown(history: History, views: Views) -> Iterator[Breach]:
    """Whatever a client was shown is what the log comes to at that version."""
    shown = [
        *((each.game, each.shown) for each in history.sent if each.game and each.shown),
        *((each.game, each.shown) for each in history.reads),
        *((each.game, one.shown) for each in history.followings for one in each.received),
    ]
    for game, view in shown:
        if views.get((game, view.version)) != view:
            yield Breach(Kind.WRONG, f"{game} was shown as {view}")


def _fresh(history: History) -> Iterator[Breach]:
    """A read holds all that was acknowledged before it began."""
    acknowledged: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for each in history.sent:
        if each.acknowledged and each.game and each.shown and each.ended:
            acknowledged[each.game].append((each.ended, each.shown.version))
    for read in history.reads:
        before = [version for ended, version in acknowledged[read.game] if ended < read.began]
        if max(before, default=0) > read.shown.version:
            yield Breach(Kind.LOST, f"a read misses version {max(before)}: {read}")


def _monotone(reads: Sequence[Read]) -> Iterator[Breach]:
    """No client sees a game go back."""
    by_reader: defaultdict[tuple[str, str], list[Read]] = defaultdict(list)
    for read in reads:
        by_reader[read.reader, read.game].append(read)
    for own in by_reader.values():
        for one, other in pairwise(sorted(own, key=attrgetter("began"))):
            if other.shown.version < one.shown.version:
                yield Breach(Kind.REORDERED, f"read after {one}: {other}")


def _followers(followings: Sequence[Following], log: Sequence[Row]) -> Iterator[Breach]:
    games: defaultdict[str, list[Row]] = defaultdict(list)
    for row in log:
        games[row.game].append(row)
    for each in followings:
        yield from _followed(each, games[each.game])
        yield from _ordered(each, games[each.game])


def _followed(following: Following, rows: Sequence[Row]) -> Iterator[Breach]:
    """A follower receives every event past its cursor, each once, to the end."""
    who, seen = following.follower, Counter(each.version for each in following.received)
    newest = max(seen, default=following.cursor or 0)
    for version in range(_first(following), newest + 1):
        if seen[version] == 0:
            yield Breach(Kind.GAP, f"{who} misses {version} of {following.game}")
        elif seen[version] > 1:
            yield Breach(Kind.DOUBLED, f"{who} received {version} of {following.game} again")
    if following.completed and newest < _end(following, rows):
        yield Breach(Kind.LOST, f"{who} was never told what follows {newest}")
    for each in following.received:
        if each.version > _end(following, rows) and each.what[0] != SNAPSHOT:
            yield Breach(Kind.WRONG, f"{who} was told {each} of {following.game}, past its end")


def _end(following: Following, rows: Sequence[Row]) -> int:
    """Tell the last version that a follower is to receive: the game's end, if it does not stay."""
    ends = [each.version for each in rows if each.kind in ENDS]
    return len(rows) if following.stays or not ends else ends[0]


def _ordered(following: Following, rows: Sequence[Row]) -> Iterator[Breach]:
    """What a follower receives is what happened, in its order, and nothing it has already."""
    for one, other in pairwise(following.received):
        if other.version < one.version:
            yield Breach(Kind.REORDERED, f"{following.follower} received after {one}: {other}")
    by_version = {each.version: each.what for each in rows}
    first = _first(following)
    for each in following.received:
        if each.version < first:
            yield Breach(Kind.DOUBLED, f"{following.follower} had {each}")
        elif by_version.get(each.version) != each.what and each.what[0] != SNAPSHOT:
            yield Breach(Kind.WRONG, f"{following.follower} received {each}")


def _first(following: Following) -> int:
    """Tell which version a follower has to receive first."""
    if following.cursor is not None:
        return following.cursor + 1
    return following.received[0].version if following.received else 1


def _told(told: Counter[str]) -> Iterator[Breach]:
    if told[INEXCUSABLE]:
        yield Breach(Kind.WRONG, f"{INEXCUSABLE} was told {told[INEXCUSABLE]} times")
