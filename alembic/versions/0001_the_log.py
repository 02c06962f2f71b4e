"""The log, what it needs beside it, and the first read models."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UPGRADE = """
create table event (
  stream_id      text collate "C" not null,
  version        integer not null constraint event_version_check check (version >= 1),
  type           text not null,
  schema_version smallint not null,
  data           jsonb not null,
  actor          text collate "C" not null,
  command_id     uuid not null,
  ordinal        smallint not null,
  fingerprint    bigint not null,
  recorded_at    timestamptz not null default now(),
  position       bigint not null generated always as identity,
  constraint event_pkey primary key (stream_id, version),
  constraint event_stream_id_command_id_ordinal_key unique (stream_id, command_id, ordinal)
) with (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000);

comment on table event is 'The log: appended to, never changed.';

comment on column event.stream_id is 'game-<uuid> or player-<uuid>';

comment on column event.version is 'place in the stream, from 1';

comment on column event.type is 'what happened, in the past tense';

comment on column event.schema_version is 'form of the data';

comment on column event.actor is 'the player who gave the command';

comment on column event.command_id is 'made by the client, or for it';

comment on column event.ordinal is 'place among its command''s events';

comment on column event.fingerprint is 'tells one payload from another';

create function event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the event table is append-only: % is forbidden', tg_op
    using errcode = 'restrict_violation';
end $$;

create trigger event_is_append_only
  before update or delete or truncate on event
  for each statement execute function event_is_append_only();

create table credential (
  player_id     text collate "C" not null constraint credential_pkey primary key,
  password_hash text not null
);

comment on table credential is 'Password hashes: the one truth that is no event.';

create table throttle (
  key text not null constraint throttle_pkey primary key,
  tat timestamptz not null
);

comment on table throttle is 'How fast somebody may guess: losing it loses nothing.';

comment on column throttle.key is 'a digest: no name or address stands here';

comment on column throttle.tat is 'theoretical arrival time';

create table player (
  player_id    text collate "C" not null constraint player_pkey primary key,
  username     text not null,
  username_key text collate "C" not null constraint player_username_key_key unique
);

comment on table player is 'Read model: who has which username.';

comment on column player.username_key is 'the username in lower case';

create table game (
  game_id    text collate "C" not null constraint game_pkey primary key,
  status     text not null,
  created_at timestamptz not null
);

comment on table game is 'Read model: games by status, newest first.';

create index game_status_created_at_game_id_idx on game (status, created_at, game_id);

create index game_created_at_game_id_idx on game (created_at, game_id);

create table seat (
  player_id  text collate "C" not null,
  game_id    text collate "C" not null,
  status     text not null,
  created_at timestamptz not null,
  constraint seat_pkey primary key (player_id, game_id)
);

comment on table seat is 'Read model: a player''s games.';

comment on column seat.created_at is 'the game''s';

create index seat_player_id_created_at_game_id_idx on seat (player_id, created_at, game_id);

create index seat_game_id_idx on seat (game_id);
"""

DOWNGRADE = """
drop table seat;

drop table game;

drop table player;

drop table throttle;

drop table credential;

drop table event;

drop function event_is_append_only();
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)


def run(script: str) -> None:
    """Statement by statement, as asyncpg prepares each: a blank line stands between two."""
    for statement in script.strip().split("\n\n"):
        op.execute(statement)
