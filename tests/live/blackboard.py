"""What processes tell each other of presence, in memory, by a virtual clock."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from xogql.game import GameId, PlayerId
from xogql.store.event_store import UnavailableError
from xogql.store.whereabouts import OVERLAP, Claim, Seen, Sight, Whereabout

_DEAD = timedelta(minutes=1)


class Blackboard:
    """The rows of all processes. *is_away*: as if the database were."""

    def __init__(self) -> None:
        self.is_away = False
        self.asked: Counter[str] = Counter()
        self.processes: dict[UUID, datetime] = {}
        self.rows: dict[tuple[GameId, PlayerId, UUID], tuple[datetime, Seen]] = {}

    def now(self) -> datetime:
        self._check()
        seconds = asyncio.get_running_loop().time()
        return datetime(2026, 11, 26, tzinfo=UTC) + timedelta(seconds=seconds)

    def _check(self) -> None:
        if self.is_away:
            raise UnavailableError

    def crash(self) -> None:
        """Lose all of what is not logged."""
        self.processes.clear()
        self.rows.clear()


class Chalk:
    """See Whereabouts: one process's hand at the blackboard. *is_dead*: it can do nothing more."""

    def __init__(self, board: Blackboard) -> None:
        self.board = board
        self.is_dead = False

    def _now(self, asked: str) -> datetime:
        if self.is_dead:
            raise UnavailableError
        self.board.asked[asked] += 1
        return self.board.now()

    async def beat(self, process: UUID, lapse: timedelta) -> bool:
        now, was_unknown = self._now("beat"), process not in self.board.processes
        self.board.processes[process] = now + lapse
        return was_unknown

    async def tell(self, process: UUID, claims: Sequence[Claim]) -> None:
        now = self._now("tell")
        for each in claims:
            seen = Seen(
                process,
                each.game_id,
                each.player_id,
                each.whereabout,
                now - timedelta(seconds=each.ago),
                each.watchers,
            )
            self.board.rows[each.game_id, each.player_id, process] = now, replace(seen)

    async def read(self, since: datetime | None, games: Collection[GameId]) -> Sight:
        now = self._now("read")
        return Sight(
            now,
            frozenset(each for each, lapses_at in self.board.processes.items() if lapses_at > now),
            frozenset(self.board.processes),
            [
                seen
                for changed_at, seen in self.board.rows.values()
                if seen.game_id in games or (since is not None and changed_at > since - OVERLAP)
            ],
        )

    async def tidy(self, process: UUID) -> None:
        now, board = self._now("tidy"), self.board
        board.processes = {
            each: lapses_at
            for each, lapses_at in board.processes.items()
            if lapses_at >= now - _DEAD
        }
        board.rows = {
            key: (changed_at, seen)
            for key, (changed_at, seen) in board.rows.items()
            if key[2] in board.processes
            if key[2] != process
            or seen.whereabout is not Whereabout.GONE
            or changed_at >= now - _DEAD
        }

    async def forget(self, process: UUID) -> None:
        self._now("forget")
        self.board.processes.pop(process, None)
        self.board.rows = {key: row for key, row in self.board.rows.items() if key[2] != process}
