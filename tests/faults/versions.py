"""Two releases at once: the newer one writes a form of an event that the older does not know."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tests.faults.scene import Scene
from tests.faults.stage import Stage

NEWER = """
from xogql.store.codec import GAMES

GAMES._upcasters = {"MoveMade": (dict,)}
"""
"""Read by a server before all else: moves have a second form, and the first is brought up to it."""


@asynccontextmanager
async def two_releases(stage: Stage) -> AsyncGenerator[Stage]:
    """Have an older server, and a newer one."""
    (stage.folder / "sitecustomize.py").write_text(NEWER)
    newer = stage.place("newer", {"PYTHONPATH": str(stage.folder)})
    async with stage.served_by(stage.places[0], newer) as own:
        yield own


async def rolling_deploy(scene: Scene) -> None:
    """Play on both for a while; then the older one is gone."""
    older, _ = scene.stage.places
    async with scene.playing():
        await scene.progress(10 if scene.short else 300)
        await scene.refused("UNAVAILABLE")
        await older.stop()
        scene.lifted()
        await scene.progress(10 if scene.short else 30)
    forms = await scene.database.fetch("select distinct schema_version from event")
    scene.hold({each[0] for each in forms} == {1, 2}, "both releases have written")
