"""GraphiQL in a real browser: what a person does and sees there."""

from playwright.async_api import expect

from tests.browser.conftest import Opening
from tests.browser.windows import Window

X_WINS = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))


def assert_quiet(*windows: Window) -> None:
    """Nothing was refused or went wrong, and nobody was asked but the server."""
    for each in windows:
        assert each.complaints == []
        assert each.strangers == []


async def step(window: Window, tab: str, *shown: str) -> None:
    await window.go_to(tab)
    await window.run(*shown)


async def move(window: Window, row: int, column: int, *shown: str) -> None:
    await window.write("Variables", {"input": {"gameId": "<gameId>", "row": row, "column": column}})
    await window.run(*shown)


async def test_a_first_game_is_played_by_going_through_the_tabs(open_window: Opening) -> None:
    ann, bob = await open_window(), await open_window()
    await step(ann, "SignUp", "accessToken", "player-")
    await step(bob, "SignUp", "accessToken", "player-")
    await step(ann, "CreateGame", "gameId", "WAITING")
    await step(bob, "WaitingGames", "gameId")
    await step(bob, "JoinGame", '"turn": "X"')
    await step(ann, "IssueIntratoken", "intratoken")
    await step(bob, "IssueIntratoken", "intratoken")

    onlooker = await bob.duplicate()
    await step(onlooker, "GameEvents", "GameSnapshot", '"version": 2', "PLAYING")
    await ann.go_to("MakeMove")
    await bob.go_to("MakeMove")
    for turn, cell in enumerate(X_WINS[:-1]):
        await move((ann, bob)[turn % 2], *cell, f'"turn": "{"OX"[turn % 2]}"')
        await onlooker.sees("MoveMade", f'"version": {turn + 3}', f'"column": {cell[1]}')
    await move(ann, *X_WINS[-1], "FINISHED", '"winner": "X"')
    await onlooker.sees("GameEnded", '"version": 8', '"winner": "X"')

    [introduction] = onlooker.introductions
    assert introduction["Authorization"].startswith("Intra ey")
    assert_quiet(ann, bob, onlooker)


async def test_the_headers_tab_is_what_is_sent(open_window: Opening) -> None:
    ann = await open_window()

    await ann.go_to("CreateGame")
    await ann.write("Headers", {"authorization": "Bearer of bad tokens"})
    await ann.run("TOKEN_INVALID")
    await ann.go_to("GameEvents")
    await ann.write("Headers", {"authorization": "Intra muros"})
    await ann.run("4403 TOKEN_INVALID")

    assert ann.introductions == [{"authorization": "Intra muros"}]
    assert ann.strangers == []


async def test_a_reload_keeps_what_one_has_and_another_window_has_nothing_of_it(
    open_window: Opening,
) -> None:
    ann = await open_window()
    await step(ann, "SignUp", "accessToken")

    await ann.load()
    await step(ann, "CreateGame", "WAITING")
    assert_quiet(ann)

    stranger = await open_window()
    await step(stranger, "CreateGame", "TOKEN_INVALID")


async def test_what_else_there_is_works_under_the_policy(open_window: Opening) -> None:
    ann = await open_window()

    await ann.press("Show Documentation Explorer")
    await expect(ann.pane("Documentation Explorer")).to_contain_text("Mutation")
    await ann.write("Variables", {"input": {"username": "ann"}})
    await ann.press("Prettify query")
    await expect(ann.pane("Variables").locator(".view-line:visible")).to_have_count(6)
    await ann.press("Open settings dialog")
    await ann.press("Dark")
    await ann.page.keyboard.press("Escape")
    await expect(ann.page.locator("body")).to_contain_class("graphiql-dark")
    await ann.pane("Operation Editor").get_by_text("accessToken", exact=True).click()
    await ann.page.keyboard.press("Control+Space")
    await expect(ann.page.get_by_role("listbox", name="Suggest")).to_contain_text("accessToken")

    assert_quiet(ann)
