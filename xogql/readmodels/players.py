"""Who has which username."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ARRAY, FromClause, Table, Text, any_, bindparam, collate, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import UpdateBase

from xogql.game import PlayerId
from xogql.player import Event, SignedUp
from xogql.store.codec import PLAYERS
from xogql.store.questions import ask
from xogql.store.tables import player

_USERNAMES = select(player.c.player_id, player.c.username).where(
    player.c.player_id == any_(bindparam("player_ids", type_=ARRAY(Text)))
)
_BY_KEY = select(player.c.player_id).where(player.c.username_key == bindparam("key", type_=Text))


def username_key(username: str) -> str:
    """Give what two usernames that differ in case alone have in common."""
    return username.lower()


class PlayersProjection:
    """Keeps the table `player`; its unique key refuses a username that is taken. See Projection."""

    category = PLAYERS
    tables: Sequence[Table] = (player,)

    def kinds(self) -> Sequence[type[Event]]:
        """See Projection."""
        return (SignedUp,)

    def statements(self, won: FromClause) -> Sequence[UpdateBase]:
        """See Projection."""
        username = won.c.data["username"].astext
        key = func.lower(collate(username, "C"))  # as username_key has it: usernames are ASCII
        values = select(won.c.stream_id, username, key).where(won.c.type == SignedUp.__name__)
        columns = [player.c.player_id, player.c.username, player.c.username_key]
        return (insert(player).from_select(columns, values),)


class Players:
    """Finds players by username, and usernames of players."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def usernames(self, player_ids: Collection[PlayerId]) -> Mapping[PlayerId, str]:
        """Give the usernames of those players that exist.

        Raises:
            UnavailableError: if they cannot be read.
        """
        rows = await ask(self._engine, _USERNAMES, {"player_ids": list(player_ids)})
        return {row.player_id: row.username for row in rows}

    async def named(self, username: str) -> PlayerId | None:
        """Find the player with that username, in any case of letters.

        Raises:
            UnavailableError: if it cannot be read.
        """
        rows = await ask(self._engine, _BY_KEY, {"key": username_key(username)})
        return rows[0].player_id if rows else None
