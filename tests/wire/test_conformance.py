"""Our server and the reference do the same on the wire, but for the differences we can explain."""

from collections.abc import Mapping

import pytest
from structlog.testing import capture_logs

from tests.e2e.servers import Server
from tests.node import installed
from tests.wire import reference_server
from tests.wire.check import Check
from tests.wire.checks import CHECKS, observe
from tests.wire.connections import Connector, Outcome
from tests.wire.dialects import REFERENCE
from tests.wire.differences import DIFFERENCES, RACES
from tests.wire.in_process import in_process
from tests.wire.preparation import prepared, signed_in
from tests.wire.twin import made_a_twin


def unexpected(outcomes: Mapping[Check, Outcome]) -> dict[str, Outcome]:
    return {check.name: outcome for check, outcome in outcomes.items() if outcome != check.expected}


async def test_our_server_does_what_is_written_down(server: Server) -> None:
    connector = await signed_in(server.socket_url)
    outcomes = await observe(connector, await prepared(connector))

    assert unexpected(outcomes) == {}
    assert len(outcomes) > 130


@pytest.mark.parametrize("direct", [True, False], ids=["direct", "by ASGI"])
async def test_our_sockets_do_it_whatever_the_schema(
    monkeypatch: pytest.MonkeyPatch, database_url: str, *, direct: bool
) -> None:
    made_a_twin(monkeypatch)

    with capture_logs():  # what is to fail says so at length
        async with in_process(database_url, direct=direct) as served:
            outcomes = await observe(Connector(served.socket_url), REFERENCE)

    assert unexpected(outcomes) == {}
    assert len(outcomes) == len(CHECKS)


async def test_the_reference_does_it_but_for_the_differences_we_explain(
    pytestconfig: pytest.Config,
) -> None:
    folder = installed(reference_server.FOLDER, pytestconfig.cache)

    async with reference_server.running(folder) as url:
        outcomes = await observe(Connector(url), REFERENCE)

    explained = {name: each.reference for name, each in DIFFERENCES.items()}
    found = unexpected(outcomes)
    assert {**explained, **found}.keys() == explained.keys()
    assert without_races(found) == without_races(explained)
    assert len(outcomes) == len(CHECKS)


def without_races(outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    return {name: each for name, each in outcomes.items() if name not in RACES}


def test_every_check_has_a_name_of_its_own() -> None:
    names = [each.name for each in CHECKS]

    assert sorted(set(names)) == sorted(names)
    assert len(names) >= 50
