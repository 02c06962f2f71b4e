"""Names of streams: made once, or made again from the same command; told from any other text."""

from uuid import uuid4

import pytest

from xogql.store.codec import GAMES, PLAYERS
from xogql.store.names import is_name, name_after, name_made_by, new_name

_ID = "0193a5b0-7c1e-7d3a-9f00-1234567890ab"


def test_a_new_name_is_nobody_elses_and_says_its_category() -> None:
    names = [new_name(GAMES) for _ in range(1000)]

    assert len(set(names)) == 1000
    assert all(is_name(GAMES, name) and not is_name(PLAYERS, name) for name in names)


def test_newer_names_come_later_so_that_new_streams_stand_together() -> None:
    names = [new_name(GAMES) for _ in range(1000)]

    assert names == sorted(names)


def test_a_command_always_leads_to_one_name() -> None:
    command_id = uuid4()

    assert name_made_by(GAMES, "ann", command_id) == name_made_by(GAMES, "ann", command_id)
    assert is_name(GAMES, name_made_by(GAMES, "ann", command_id))


def test_one_stream_follows_on_another() -> None:
    first, other = new_name(GAMES), new_name(GAMES)

    second = name_after(GAMES, first)

    assert is_name(GAMES, second)
    assert second == name_after(GAMES, first)
    assert len({first, second, name_after(GAMES, second), name_after(GAMES, other)}) == 4


def test_other_commands_lead_to_other_names() -> None:
    one, another = uuid4(), uuid4()

    made = {name_made_by(GAMES, actor, each) for actor in ("ann", "bob") for each in (one, another)}

    assert len(made) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "game",
        "game-",
        "game-1",
        _ID,
        f"player-{_ID}",
        f"games-{_ID}",
        f"Game-{_ID}",
        f"game--{_ID}",
        f"game-{_ID} ",
        f"game-{_ID}\n",
        f"game-{_ID}\0",
        f"game-{_ID.upper()}",
        f"game-{{{_ID}}}",
        f"game-urn:uuid:{_ID}",
        f"game-{_ID.replace('-', '')}",
        f"game-{_ID.replace('0', chr(0x660))}",
    ],
)
def test_only_one_spelling_of_an_id_is_a_name(text: str) -> None:
    assert is_name(GAMES, f"game-{_ID}")
    assert not is_name(GAMES, text)
