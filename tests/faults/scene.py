"""One fault's stay on the stage: games are played while it happens, and all is written down."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from itertools import cycle
from random import Random
from time import monotonic

from tests.faults.checker import Breach, Kind, check
from tests.faults.eventlog import rows_of
from tests.faults.history import History
from tests.faults.match import play, play_the_house
from tests.faults.player import Account, Player
from tests.faults.stage import Stage
from tests.faults.waiting import PATIENCE, until

FICKLE = 0.1
"""How often a player gives up a command that was not answered."""

AGAINST_THE_HOUSE = 0.3
"""How many of the games."""

LONGEST = 12.0
"""Seconds after which most faults begin no other round, so that all of them end within minutes."""

RETRIED = frozenset({1006, 1012, 1013})
"""Close codes after which clients come back by themselves."""

Urls = Callable[[], Sequence[str]]


class Scene:
    """What a fault may use. *dice* say when and whom it strikes: a seed's are always the same.

    *start*: how far the log has come. *short*: a few rounds will do.
    """

    def __init__(self, stage: Stage, seed: str, start: int, *, short: bool) -> None:
        self.stage = stage
        self.database = stage.database
        self.short = short
        self.dice = Random(seed)
        self.history = History()
        self.breaches: list[Breach] = []
        self._seed = seed
        self._accounts = cycle(stage.accounts)
        self._start = start
        self.players: list[Player] = []
        self._enough = False
        self._began = monotonic()

    def rounds(self, full: int, short: int = 1, longest: float = LONGEST) -> Iterator[int]:
        """Count how often the fault strikes: less often where that would take too long."""
        for number in range(short if self.short else full):
            if number >= short and monotonic() > self._began + longest:
                return
            yield number

    def lifted(self) -> None:
        """Note that a fault is over, or that it is one that need not be waited for."""
        self.history.lifted.append(monotonic())

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Leave what happens in the block out of the history: it is going to be undone."""
        history = self.history
        sent, reads, followings = len(history.sent), len(history.reads), len(history.followings)
        yield
        del history.sent[sent:], history.reads[reads:], history.followings[followings:]

    @property
    def authorization(self) -> str:
        """Somebody's access token."""
        return self.stage.accounts[0].authorization

    async def recovered(self) -> None:
        """Note that a fault is over, and wait until all who waited have gone on.

        Who waited for an answer has it, and each game that was on has news: what the next round
        makes them wait is not put down to this one.
        """
        self.lifted()
        waiting = [each for each in self.history.sent if each.waits]
        await until(lambda: not any(each.waits for each in waiting))
        games, moment = self.history.going_on(), self.history.lifted[-1]
        await until(lambda: games <= self.history.told_since(moment))

    def hold(self, kept: object, promise: str) -> None:
        """Note a breach, unless a promise was kept."""
        if not kept:
            self.breaches.append(Breach(Kind.WRONG, promise))

    async def progress(self, commands: int) -> None:
        """Let the players have so many more commands acknowledged."""
        wanted = self._done + commands
        await until(lambda: self._done >= wanted)

    async def refused(self, code: str, times: int = 1) -> None:
        """Wait until clients were told a code so many times more."""
        wanted = self.history.told[code] + times
        await until(lambda: self.history.told[code] >= wanted)

    @asynccontextmanager
    async def playing(
        self, *, matches: int = 0, urls: Urls | None = None, kind: type[Player] = Player
    ) -> AsyncGenerator[None]:
        """Have game after game played while the block runs; those begun are played to the end."""
        where = urls or self.urls
        count = matches or (2 if self.short else 4)
        self._enough = False
        async with asyncio.timeout(None) as end, asyncio.TaskGroup() as group:
            for number in range(count):
                group.create_task(self._play_on(number, where, kind))
            try:
                yield
            finally:
                self._enough = True
                end.reschedule(asyncio.get_running_loop().time() + PATIENCE)

    async def looks_on(self) -> None:
        """Have a game read and followed at every server, up to where it is."""
        game = next(str(each.game) for each in reversed(self.history.acknowledged))
        for place in self.stage.places:
            async with asyncio.timeout(PATIENCE):
                onlooker = self.player(place.urls)
                version = (await onlooker.read(game))["version"]
                async with aclosing(onlooker.follow(game)) as events:
                    async for event in events:
                        if event["version"] >= version:
                            break

    def urls(self) -> Sequence[str]:
        """Tell where the servers are."""
        return [each.url for each in self.stage.places]

    def player(
        self,
        urls: Urls | None = None,
        account: Account | None = None,
        *,
        over_http: bool = False,
        kind: type[Player] = Player,
    ) -> Player:
        """Have one more client, with the next account if none is given."""
        name = f"{self._seed} {len(self.players)}"
        made = kind(
            name,
            account or next(self._accounts),
            urls or self.urls,
            self.stage.http,
            self.history,
            Random(name),
            over_http=over_http,
            fickle=FICKLE,
            longest_thought=0.1 if self.short else 0.03,
        )
        self.players.append(made)
        return made

    async def verdict(self) -> Sequence[Breach]:
        """Compare everything with the log, once all have done playing.

        What the last crash left of a rematch is begun by then.
        """
        for each in self.players:
            await each.connection.close()
            self.hold(RETRIED.issuperset(each.closes), f"sockets were closed with {each.closes}")
        await until(self._all_has_begun)
        log = await rows_of(self.database, self._start)
        return [*self.breaches, *check(self.history, log)]

    async def _all_has_begun(self) -> bool:
        return not await self.database.fetch("select from rematch")

    async def _play_on(self, number: int, urls: Urls, kind: type[Player]) -> None:
        dice = Random(f"{self._seed} match {number}")
        over_http = number % 4 == 1 or kind is not Player
        x, o = (self.player(urls, over_http=over_http, kind=kind) for _ in "XO")
        spectator = self.player(urls) if number == 0 else None
        while not self._enough:
            if dice.random() < AGAINST_THE_HOUSE:
                await play_the_house(dice.choice((x, o)), dice, spectator)
            else:
                await play(x, o, dice, spectator)

    @property
    def _done(self) -> int:
        return len(self.history.acknowledged)
