"""Importing this imports the whole server: ahead of time, while the database starts.

The collector of garbage rests meanwhile: it would look through all that is imported again and
again, a quarter of the time, and find nothing.
"""

import gc
from contextlib import suppress
from importlib import import_module

WANTED_LATE = ("uvicorn.lifespan.on", "uvicorn.loops.uvloop")
"""What uvicorn imports when it starts to serve."""

gc.disable()
try:
    for each in ("xogql.worker", "xogql.serving", "xogql.cli"):
        import_module(each)
    with suppress(ImportError):  # there is no uvloop for Windows
        for each in WANTED_LATE:
            import_module(each)
finally:
    gc.freeze()  # or the first search after this would look through it all, once
    gc.enable()
