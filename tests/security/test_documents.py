"""A short document costs little before it is known what it asks for."""

import pytest

from tests.e2e.clients import Player
from tests.e2e.documents import GAME
from tests.e2e.sockets import RefusedError

TWINS = {
    "fields": "{ " + "me { id } " * 200 + "}",
    "fields of fields": "{ me { " + "games { edges { node { id } } } " * 100 + "} }",
    "fragments": "{ " + "me { ...A } " * 150 + "} fragment A on Player { id username }",
}


@pytest.mark.parametrize("name", TWINS)
async def test_who_says_the_same_again_and_again_is_not_listened_to(ann: Player, name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        await ann.ask(TWINS[name])

    assert refused.value.codes == ["GRAPHQL_VALIDATION_FAILED"]


async def test_a_part_that_many_fragments_have_may_be_said_in_each(ann: Player) -> None:
    answer = await ann.ask(f'{{ {f"""game(id: "nothing") {{ {GAME} }} """ * 10} }}')

    assert answer == {"game": None}
