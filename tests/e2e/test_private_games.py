"""Games that are not for everybody: who may see them, who may sit down, and what others learn."""

import pytest

from tests.e2e.clients import Answer, Player, signed_up
from tests.e2e.documents import LIST_GAMES
from tests.e2e.servers import Server
from tests.e2e.sockets import RefusedError
from xogql.game import GameId
from xogql.store.codec import GAMES
from xogql.store.names import new_name

GAMES_OF = """
query ($id: ID!) { node(id: $id) { ... on Player { games { edges { node { id } } } } } }
"""


async def invited_to(creator: Player, visibility: str) -> tuple[str, str]:
    """Open a game, and give its id and its invite."""
    game_id = await creator.create(visibility=visibility)
    invite: str = (await creator.own(game_id))["invite"]
    return game_id, invite


async def listed(player: Player, of: Player) -> list[str]:
    """Give the games of a player, as another sees them."""
    found = (await player.ask(GAMES_OF, id=of.id))["node"]["games"]["edges"]
    return [edge["node"]["id"] for edge in found]


def without_id(answer: Answer) -> Answer:
    return {name: value for name, value in answer.items() if name != "gameId"}


@pytest.mark.parametrize("visibility", ["LINK", "PRIVATE"])
async def test_an_invite_seats_who_sends_it(ann: Player, bob: Player, visibility: str) -> None:
    game_id, invite = await invited_to(ann, visibility)

    answer = await bob.wish("joinGame", gameId=game_id, invite=invite)

    assert answer["__typename"] == "JoinGameSuccess"
    assert answer["game"]["visibility"] == visibility
    assert (await bob.own(game_id))["viewerMark"] == "O"
    assert (await ann.own(game_id))["viewerMark"] == "X"
    assert (await bob.seated(game_id)).game_id == game_id


async def test_a_public_game_needs_no_invite_and_has_none(ann: Player, bob: Player) -> None:
    game_id, invite = await invited_to(ann, "PUBLIC")

    answer = await bob.wish("joinGame", gameId=game_id, invite="any")

    assert invite is None
    assert answer["__typename"] == "JoinGameSuccess"


@pytest.mark.parametrize("wrong", [None, "", "x", "another"])
async def test_a_game_with_a_link_is_seen_by_its_id_and_joined_by_its_invite_only(
    ann: Player, bob: Player, wrong: str | None
) -> None:
    game_id, _ = await invited_to(ann, "LINK")
    _, another = await invited_to(ann, "LINK")

    answer = await bob.wish(
        "joinGame", gameId=game_id, invite=another if wrong == "another" else wrong
    )

    assert (answer["__typename"], answer["code"]) == ("GameRejection", "INVITE_NEEDED")
    assert answer["game"]["status"] == "WAITING"
    assert (await bob.own(game_id))["invite"] is None


@pytest.mark.parametrize("phase", ["waiting", "playing", "cancelled"])
async def test_a_private_game_is_not_there_for_strangers(
    ann: Player, bob: Player, eve: Player, phase: str
) -> None:
    game_id, invite = await invited_to(ann, "PRIVATE")
    if phase == "cancelled":
        await (await ann.seated(game_id)).wish("cancelGame", gameId=game_id)
    if phase == "playing":
        await bob.wish("joinGame", gameId=game_id, invite=invite)
    nowhere = new_name(GAMES)

    for wish in ("joinGame", "issueIntratoken"):
        of_it, of_none = await eve.wish(wish, gameId=game_id), await eve.wish(wish, gameId=nowhere)
        assert of_it["__typename"] == "GameNotFoundRejection"
        assert without_id(of_it) == without_id(of_none)
    for wrong in ("x", (await invited_to(ann, "PRIVATE"))[1]):
        assert await eve.game(game_id, invite=wrong) is None
        assert (await eve.wish("joinGame", gameId=game_id, invite=wrong))["code"] == (
            "GAME_NOT_FOUND"
        )
    refusals = [await refusal_of_following(eve, each) for each in (game_id, nowhere)]
    assert refusals[0] == refusals[1]


async def refusal_of_following(player: Player, game_id: str) -> list[Answer]:
    async with player.following(game_id, after=0) as news:
        with pytest.raises(RefusedError) as refused:
            await anext(news)
    return refused.value.errors


async def test_who_is_invited_may_look_before_sitting_down(
    ann: Player, bob: Player, eve: Player
) -> None:
    game_id, invite = await invited_to(ann, "PRIVATE")

    async with bob.following(game_id, invite=invite) as news:
        looked = await anext(news)
        assert (await bob.own(game_id, invite=invite))["viewerMark"] is None
        await eve.wish("joinGame", gameId=game_id, invite=invite)
        joined = await anext(news)

    assert looked["game"]["status"] == "WAITING"
    assert joined["player"]["id"] == eve.id
    assert await bob.game(game_id) is None


async def test_only_the_creator_is_told_the_invite_and_only_while_it_waits(
    ann: Player, bob: Player
) -> None:
    game_id, invite = await invited_to(ann, "PRIVATE")

    assert (await bob.own(game_id, invite=invite))["invite"] is None
    assert (await (await ann.seated(game_id)).own(game_id))["invite"] == invite
    await bob.wish("joinGame", gameId=game_id, invite=invite)
    assert (await ann.own(game_id))["invite"] is None
    assert (await bob.own(game_id))["invite"] is None


async def test_every_process_takes_the_invites_of_the_others(
    ann: Player, bob: Player, here: Server, there: Server
) -> None:
    game_id, invite = await invited_to(ann.on(here), "PRIVATE")

    assert (await ann.on(there).own(game_id))["invite"] == invite
    answer = await bob.on(there).wish("joinGame", gameId=game_id, invite=invite)

    assert answer["__typename"] == "JoinGameSuccess"


async def test_a_join_is_repeated_without_its_invite(ann: Player, bob: Player) -> None:
    game_id, invite = await invited_to(ann, "PRIVATE")
    known = "7f1c0a3e-6b1e-4a53-9c1f-0d7f6b1e2a34"
    first = await bob.wish("joinGame", gameId=game_id, invite=invite, commandId=known)

    assert await bob.wish("joinGame", gameId=game_id, commandId=known) == first


async def test_a_strangers_command_id_finds_nothing_out(
    ann: Player, bob: Player, eve: Player
) -> None:
    game_id, invite = await invited_to(ann, "PRIVATE")
    known = "7f1c0a3e-6b1e-4a53-9c1f-0d7f6b1e2a35"
    await bob.wish("joinGame", gameId=game_id, invite=invite, commandId=known)

    answer = await eve.wish("joinGame", gameId=game_id, commandId=known)

    assert (answer["__typename"], answer["code"]) == ("GameNotFoundRejection", "GAME_NOT_FOUND")


async def test_lists_hold_what_is_public_and_ones_own_list_holds_all(here: Server) -> None:
    zoe, sam = await signed_up(here, "zoe"), await signed_up(here, "sam")
    made = {each: await zoe.create(visibility=each) for each in ("PUBLIC", "LINK", "PRIVATE")}

    edges = (await sam.ask(LIST_GAMES))["games"]["edges"]

    assert {edge["node"]["id"] for edge in edges} & set(made.values()) == {made["PUBLIC"]}
    assert await listed(sam, of=zoe) == [made["PUBLIC"]]
    assert await listed(zoe, of=zoe) == [*made.values()][::-1]


@pytest.mark.parametrize("status", ["WAITING", "PLAYING"])
async def test_the_lobby_holds_what_is_public(here: Server, status: str) -> None:
    zoe, sam = await signed_up(here, "zoe"), await signed_up(here, "sam")
    hidden = [await invited_to(zoe, each) for each in ("LINK", "PRIVATE")]
    shown = await zoe.create()
    if status == "PLAYING":
        for game_id, invite in [*hidden, (shown, "")]:
            await sam.wish("joinGame", gameId=game_id, invite=invite)

    async with sam.in_the_lobby(status=status) as news:
        listed = [each["id"] for each in (await anext(news))["listed"]]

    assert listed[0] == shown
    assert not {game_id for game_id, _ in hidden} & set(listed)


REMATCH = """
query ($id: ID!, $invite: String) {
  game(id: $id, invite: $invite) { rematch { id visibility rematchOf { id } } }
}
"""


async def test_a_rematch_is_as_visible_as_the_game_before_it(
    ann: Player, bob: Player, eve: Player
) -> None:
    game_id, invite = await invited_to(ann, "PRIVATE")
    await bob.wish("joinGame", gameId=game_id, invite=invite)
    x, o = await ann.seated(game_id), await bob.seated(game_id)
    await x.resign()
    await x.offer("REMATCH")
    await o.accept("REMATCH")

    seen = [(await each.ask(REMATCH, id=game_id))["game"]["rematch"] for each in (ann, bob)]
    invited = (await eve.ask(REMATCH, id=game_id, invite=invite))["game"]["rematch"]

    assert seen[0] == seen[1] == invited
    assert (invited["visibility"], invited["rematchOf"]["id"]) == ("PRIVATE", game_id)
    assert await eve.game(invited["id"]) is None
    assert await eve.game(invited["id"], invite=invite) is None
    assert (await ann.game(invited["id"]))["status"] == "PLAYING"


async def test_an_invite_is_no_id(ann: Player, eve: Player) -> None:
    game_id, invite = await invited_to(ann, "PRIVATE")

    assert await eve.game(invite) is None
    assert await eve.game(GameId(f"game-{invite}"), invite=invite) is None
    assert (await eve.game(game_id, invite=invite))["id"] == game_id
