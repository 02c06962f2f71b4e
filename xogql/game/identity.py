"""Who plays, and which game: names made by the caller, opaque to the rules."""

from typing import NewType

PlayerId = NewType("PlayerId", str)
GameId = NewType("GameId", str)
