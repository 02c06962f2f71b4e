"""The endpoint passes every audit that npm graphql-http has of GraphQL over HTTP."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.e2e.servers import Server
from tests.node import NODE, PATIENCE, installed

FOLDER = Path(__file__).parent / "audit"
AUDITS = 61


def test_all_audits_pass(server: Server, pytestconfig: pytest.Config) -> None:
    folder = installed(FOLDER, pytestconfig.cache)

    done = subprocess.run(
        [NODE, "audit.mjs", f"{server.url}/graphql"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )

    audits = json.loads(done.stdout)
    assert [each for each in audits if each["status"] != "ok"] == []
    assert len(audits) == AUDITS
