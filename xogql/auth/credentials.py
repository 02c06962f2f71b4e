"""Password hashes, kept beside the log: a hash is no event."""

from sqlalchemy import Text, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql.game import PlayerId
from xogql.player import Kind
from xogql.readmodels.players import username_key
from xogql.store.tables import credential, player

_PLAYER = bindparam("player", type_=Text)
_HASH = bindparam("hash", type_=Text)
_KEEP = (
    insert(credential)
    .values(player_id=_PLAYER, password_hash=_HASH)
    .on_conflict_do_update(index_elements=[credential.c.player_id], set_={"password_hash": _HASH})
)
_KEEP_FOR_GUEST = (
    insert(credential)
    .from_select(
        [credential.c.player_id, credential.c.password_hash],
        # Locked: a claim that is being committed comes first.
        select(player.c.player_id, _HASH)
        .where(player.c.player_id == _PLAYER, player.c.kind == Kind.GUEST.value)
        .with_for_update(),
    )
    .on_conflict_do_update(index_elements=[credential.c.player_id], set_={"password_hash": _HASH})
)
_FORGET = delete(credential).where(credential.c.player_id == _PLAYER)
_FIND = (
    select(player.c.player_id, credential.c.password_hash)
    .join(credential, credential.c.player_id == player.c.player_id)
    .where(player.c.username_key == bindparam("key", type_=Text))
)


class Credentials:
    """Keeps one password hash a player."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def keep(self, player_id: PlayerId, password_hash: str) -> None:
        """Keep a hash in place of the one before."""
        async with self._engine.connect() as connection:
            await connection.execute(_KEEP, {"player": player_id, "hash": password_hash})

    async def keep_for_guest(self, player_id: PlayerId, password_hash: str) -> None:
        """Keep a hash for somebody who is about to become a member; of a member keep the own."""
        async with self._engine.connect() as connection:
            await connection.execute(_KEEP_FOR_GUEST, {"player": player_id, "hash": password_hash})

    async def forget(self, player_id: PlayerId) -> None:
        """Forget the hash of a player who did not come to be."""
        async with self._engine.connect() as connection:
            await connection.execute(_FORGET, {"player": player_id})

    async def find(self, username: str) -> tuple[PlayerId, str] | None:
        """Find a player and their hash by username, in any case of letters."""
        async with self._engine.connect() as connection:
            row = (await connection.execute(_FIND, {"key": username_key(username)})).one_or_none()
        return None if row is None else (row.player_id, row.password_hash)
