"""The tools that make TypeScript of our schema do, and what they make plays against our server."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.servers import running
from tests.node import NODE, PATIENCE, PROGRAMS, installed

FOLDER = Path(__file__).parent
SCHEMA = FOLDER.parent.parent / "schema.graphql"

X_WINS = [["X", "X", "X"], ["O", "O", None], [None, None, None]]


def project(name: str, tmp_path: Path, config: pytest.Config) -> Path:
    """Give a copy of a TypeScript project that can be built in."""
    modules = installed(FOLDER / name, config.cache) / "node_modules"
    copy = shutil.copytree(FOLDER / name, tmp_path / name)
    (copy / "node_modules").symlink_to(modules)
    shutil.copy(SCHEMA, copy)
    return copy


def run(folder: Path, *command: str | Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def bin_of(folder: Path, name: str) -> Path:
    return folder / "node_modules" / ".bin" / name


def played(folder: Path, url: str) -> Any:
    return json.loads(run(folder, PROGRAMS / "bun", "src/play.ts", url))


async def test_relay_compiles_the_schema_and_plays(
    tmp_path: Path, pytestconfig: pytest.Config, database_url: str
) -> None:
    folder = project("relay", tmp_path, pytestconfig)
    (folder / "src" / "__generated__").mkdir()

    said = run(folder, NODE, bin_of(folder, "relay-compiler"))
    run(folder, NODE, bin_of(folder, "tsc"))
    async with running(database_url, tmp_path / "server") as server:
        report = played(folder, server.url)

    assert "WARN" not in said
    assert report["versions"] == list(range(1, 9))
    assert report["held"] == report["fetched"]
    assert (report["held"]["winner"], report["held"]["board"]["rows"]) == ("X", X_WINS)


async def test_the_client_preset_types_documents_and_its_manifest_is_trusted(
    tmp_path: Path, pytestconfig: pytest.Config, database_url: str
) -> None:
    folder = project("codegen", tmp_path, pytestconfig)

    run(folder, NODE, bin_of(folder, "graphql-codegen"))
    run(folder, NODE, bin_of(folder, "tsc"))
    manifest = str(folder / "src" / "gql" / "persisted-documents.json")
    trusting = {"trusted_documents": manifest, "trusted_only": "true"}
    async with running(database_url, tmp_path / "server", **trusting) as server:
        report = played(folder, server.url)

    rules = {"rows": 4, "columns": 5, "line": 4}
    assert report == {"status": "WAITING", "rules": rules, "mark": "O"}
