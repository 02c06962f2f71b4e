"""GraphiQL in a real browser: what a person does and sees there."""

import os

from tests.browser.conftest import Opening
from tests.browser.windows import Window

X_WINS = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))


async def step(window: Window, tab: str, *shown: str) -> None:
    await window.go_to(tab)
    await window.run(*shown)


async def test_a_first_game_is_played_by_going_through_the_tabs(open_window: Opening) -> None:
    ann, bob = await open_window(), await open_window()
    await ann.run("accessToken", "player-")
    await bob.run("accessToken", "player-")
    await step(ann, "CreateGame", "WAITING")
    await step(bob, "WaitingGames", "gameId")
    await step(bob, "JoinGame", '"turn": "X"')
    await step(ann, "IssueIntratoken", "intratoken")
    await step(bob, "IssueIntratoken", "intratoken")
    onlooker = await bob.duplicate()
    await step(onlooker, "GameEvents", "GameSnapshot", "PLAYING")

    await ann.go_to("MakeMove")
    await bob.go_to("MakeMove")
    for turn, (row, column) in enumerate(X_WINS):
        mover = (ann, bob)[turn % 2]
        moved = {"input": {"gameId": "<gameId>", "row": row, "column": column}}
        await mover.write("Variables", moved)
        await mover.run("FINISHED" if turn == 4 else f'"turn": "{"OX"[turn % 2]}"')
        if turn < 4:
            await onlooker.sees("MoveMade", f'"version": {turn + 3}', f'"column": {column}')
    await onlooker.sees("GameEnded", "FINISHED", '"winner": "X"')

    if folder := os.environ.get("SHOTS"):
        for name, each in (("ann", ann), ("bob", bob), ("onlooker", onlooker)):
            await each.page.screenshot(path=f"{folder}/{name}.png")
    for each in (ann, bob, onlooker):
        assert each.complaints == []
        assert [url for url in each.asked if not url.startswith(f"{each.url}/")] == []
    [introduction] = onlooker.introductions
    assert introduction["Authorization"].startswith("Intra ey")


async def test_the_headers_tab_is_what_is_sent(open_window: Opening) -> None:
    ann = await open_window()
    await ann.go_to("CreateGame")
    await ann.write("Headers", {"authorization": "Bearer of bad tokens"})
    await ann.run("TOKEN_INVALID")
    await ann.go_to("GameEvents")
    await ann.write("Headers", {"authorization": "Intra muros"})
    await ann.run("4403 TOKEN_INVALID")
    assert ann.introductions == [{"authorization": "Intra muros"}]
