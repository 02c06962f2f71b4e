"""`myGames` tells what a model says, whatever players do and on whatever process."""

from contextlib import AsyncExitStack

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.e2e.clients import as_guest
from tests.e2e.own_games import OwnGames, Screen, Step, steps
from tests.e2e.servers import Server


# What fails waits long: it is not made shorter.
@settings(max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
@given(st.lists(steps, min_size=10, max_size=30))
async def test_my_games_are_what_the_model_says(
    here: Server, there: Server, done: list[Step]
) -> None:
    own = OwnGames([await as_guest(each) for each in (here, there, here)])
    async with AsyncExitStack() as stack:
        screens = [
            (each, Screen(await stack.enter_async_context(each.following_own())))
            for each in own.players
        ]
        for step in done:
            await own.carry_out(step)
            for player, screen in screens if step.looks else ():
                await screen.catch_up(own.under_way(player))
        for player, screen in screens:
            await screen.catch_up(own.under_way(player))

    for player, server in zip(own.players, (there, here, there), strict=True):
        async with player.on(server).following_own() as news:
            first = await anext(news)
        assert {each["id"]: each["version"] for each in first["games"]} == own.under_way(player)
        assert [each["id"] for each in first["games"]] == [*own.under_way(player)]
