"""What an attacker is given: players, seats, and games that wait, are played and are over."""

from tests.e2e.clients import Match, begun, signed_up
from tests.e2e.servers import Server
from tests.fuzz.attacks import Goal

ROW = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))
"""X wins with the fifth move."""


async def prepared(server: Server) -> Goal:
    ann, bob = await signed_up(server, "ann"), await signed_up(server, "bob")
    waiting, on, over = await ann.create(), await begun(ann, bob), await played(server)
    seated = await ann.seated(waiting)
    players = (ann, bob, seated, on.x, on.o, over.x)
    return Goal(
        server.url,
        ids=(waiting, on.id, over.id, ann.id, bob.id),
        authorizations=tuple(each.authorization or "" for each in players),
    )


async def played(server: Server) -> Match:
    """Play a game to its end, and see that a follower was told of each event."""
    match = await begun(await signed_up(server, "ann"), await signed_up(server, "bob"))
    async with match.x.following(match.id, after=0) as news:
        answers = await match.play(*ROW)
        kinds = [event["__typename"] async for event in news]
    assert answers[-1]["game"]["winner"] == "X"
    assert kinds == ["GameCreated", "PlayerJoined", *["MoveMade"] * len(ROW), "GameEnded"]
    return match
