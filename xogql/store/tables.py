"""The tables: the log, which is the truth, and what is kept beside it."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    literal_column,
)
from sqlalchemy.dialects.postgresql import JSONB, TEXT

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "pk": "%(table_name)s_pkey",
    }
)

_Name = TEXT(collation="C")  # names are compared byte by byte: no locale can reorder an index

# A table of few pages, once analyzed, is planned to be read whole, and connections keep that plan
# while it grows. Without statistics Postgres takes it for larger and uses the keys.
_WITHOUT_STATISTICS = {
    "autovacuum_analyze_threshold": 1000,
    "autovacuum_vacuum_threshold": 1000,
}

event = Table(
    "event",
    metadata,
    Column("stream_id", _Name, primary_key=True, comment="game-<uuid> or player-<uuid>"),
    Column("version", Integer, primary_key=True, comment="place in the stream, from 1"),
    Column("type", Text, nullable=False, comment="what happened, in the past tense"),
    Column("schema_version", SmallInteger, nullable=False, comment="form of the data"),
    Column("data", JSONB, nullable=False),
    Column("actor", _Name, nullable=False, comment="the player who gave the command"),
    Column("command_id", Uuid, nullable=False, comment="made by the client, or for it"),
    Column("ordinal", SmallInteger, nullable=False, comment="place among its command's events"),
    Column("fingerprint", BigInteger, nullable=False, comment="tells one payload from another"),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("position", BigInteger, Identity(always=True), nullable=False),
    UniqueConstraint("stream_id", "command_id", "ordinal"),
    CheckConstraint("version >= 1", name="version"),
    postgresql_with=_WITHOUT_STATISTICS,
    comment="The log: appended to, never changed.",
)

credential = Table(
    "credential",
    metadata,
    Column("player_id", _Name, primary_key=True),
    Column("password_hash", Text, nullable=False),
    comment="Password hashes: the one truth that is no event.",
)

throttle = Table(
    "throttle",
    metadata,
    Column("key", Text, primary_key=True, comment="a digest: no name or address stands here"),
    Column("tat", DateTime(timezone=True), nullable=False, comment="theoretical arrival time"),
    comment="How fast somebody may guess: losing it loses nothing.",
)

player = Table(
    "player",
    metadata,
    Column("player_id", _Name, primary_key=True),
    Column("username", Text, nullable=False),
    Column("username_key", _Name, nullable=False, comment="the username in lower case"),
    Column("kind", Text, nullable=False, server_default="MEMBER", comment="MEMBER, GUEST, HOUSE"),
    Column("idle_since", DateTime(timezone=True), comment="of a guest: when they were last heard"),
    # A name goes from one to another: made again, rows are not in the order of what happened.
    UniqueConstraint("username_key", deferrable=True),
    postgresql_with=_WITHOUT_STATISTICS,
    comment="Read model: who has which username.",
)
Index(
    None,
    player.c.idle_since,
    player.c.player_id,
    postgresql_where=player.c.idle_since.is_not(None),
)

game = Table(
    "game",
    metadata,
    Column("game_id", _Name, primary_key=True),
    Column("status", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("visibility", Text, nullable=False, server_default="PUBLIC", comment="who may see it"),
    postgresql_with=_WITHOUT_STATISTICS,
    comment="Read model: games by status, newest first.",
)
# Others are in no list but their players': they cost these indexes and their readers nothing.
_LISTED = game.c.visibility == literal_column("'PUBLIC'")
Index(None, game.c.status, game.c.created_at, game.c.game_id, postgresql_where=_LISTED)
Index(None, game.c.created_at, game.c.game_id, postgresql_where=_LISTED)

rematch = Table(
    "rematch",
    metadata,
    Column("game_id", _Name, primary_key=True, comment="the game that was agreed on"),
    Column("rematch_of", _Name, nullable=False, comment="the game that it follows on"),
    comment="Read model: rematches that are agreed on and have not begun: few, for moments.",
)

seat = Table(
    "seat",
    metadata,
    Column("player_id", _Name, primary_key=True),
    Column("game_id", _Name, primary_key=True),
    Column("status", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, comment="the game's"),
    Column("visibility", Text, nullable=False, server_default="PUBLIC", comment="the game's"),
    postgresql_with=_WITHOUT_STATISTICS,
    comment="Read model: a player's games.",
)
Index(None, seat.c.player_id, seat.c.created_at, seat.c.game_id)
Index(None, seat.c.player_id, seat.c.status, seat.c.created_at, seat.c.game_id)
Index(
    "seat_shown_idx",
    seat.c.player_id,
    seat.c.created_at,
    seat.c.game_id,
    postgresql_where=seat.c.visibility == literal_column("'PUBLIC'"),
)
Index(None, seat.c.game_id)

presence_process = Table(
    "presence_process",
    metadata,
    Column("process", Uuid, primary_key=True),
    Column(
        "lapses_at",
        DateTime(timezone=True),
        nullable=False,
        comment="what it tells is good until then",
    ),
    prefixes=["UNLOGGED"],
    comment="Which server processes live: losing it loses nothing.",
)

presence = Table(
    "presence",
    metadata,
    Column("game_id", _Name, primary_key=True),
    Column("player_id", _Name, primary_key=True, comment="empty: those who watch, together"),
    Column("process", Uuid, primary_key=True),
    Column("whereabout", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("watchers", Integer, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    prefixes=["UNLOGGED"],
    comment="Where players are, as each process tells: losing it loses nothing.",
)
Index(None, presence.c.changed_at)
