"""A player's own games as another process plays them, though its hints are lost."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from tests.live.processes import Process, process
from tests.readmodels.world import World
from xogql import game
from xogql.game import CancelGame, Cell, JoinGame, MakeMove, Resign, Visibility
from xogql.live.together import Together, insisting
from xogql.live.under_way import MOST, Turnover, UnderWay
from xogql.readmodels.games import Games
from xogql.store.codec import GAMES
from xogql.store.states import States


def own_games(here: Process, engine: AsyncEngine) -> UnderWay:
    """What a server makes of its parts."""
    states = States(here.store, GAMES, game.initial_state, game.evolve)
    seats = Together(insisting("seats", partial(Games(engine).under_way, first=MOST)))
    present = Together(insisting("games", states.load_many))
    return UnderWay(here.bell.wakeups, states, seats, present)


@dataclass
class Shown:
    """What a client shows."""

    turnovers: AsyncGenerator[Turnover]
    versions: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    async def until(self, versions: Mapping[str, int]) -> None:
        while self.versions != versions:
            turnover = await anext(self.turnovers)
            self.versions |= {name: known.version for name, known in turnover.games.items()}
            self.gone.update(turnover.gone)
            for each in turnover.gone:
                del self.versions[each]


async def test_the_backstop_brings_what_no_hint_told_of(
    database_url: str, engine: AsyncEngine
) -> None:
    """The world rings for nobody: all that comes was asked for."""
    world = World(engine)
    ann, bob = await world.newcomer(), await world.newcomer()
    over, played, cancelled = [await world.created(ann) for _ in range(3)]
    for each in (over, played):
        await world.tell(each, JoinGame(bob))
    async with process(database_url, backstop=0.05) as here, asyncio.timeout(20):
        async with aclosing(own_games(here, engine).follow(ann)) as turnovers:
            shown = Shown(turnovers)
            await shown.until({over: 2, played: 2, cancelled: 1})
            await world.tell(played, MakeMove(ann, Cell(0, 0)))
            await world.tell(over, Resign(bob))
            await world.tell(cancelled, CancelGame(ann))
            new = await world.created(bob, ann, Visibility.PRIVATE)
            await shown.until({played: 3, new: 2})

        assert shown.gone == {over, cancelled}
        assert here.is_idle()
