"""Where players are, as the server processes tell each other."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UPGRADE = """
create unlogged table presence_process (
  process   uuid not null constraint presence_process_pkey primary key,
  lapses_at timestamptz not null
);

comment on table presence_process is 'Which server processes live: losing it loses nothing.';

comment on column presence_process.lapses_at is 'what it tells is good until then';

create unlogged table presence (
  game_id    text collate "C" not null,
  player_id  text collate "C" not null,
  process    uuid not null,
  whereabout text not null,
  since      timestamptz not null,
  watchers   integer not null,
  changed_at timestamptz not null,
  constraint presence_pkey primary key (game_id, player_id, process)
);

comment on table presence is 'Where players are, as each process tells: losing it loses nothing.';

comment on column presence.player_id is 'empty: those who watch, together';

create index presence_changed_at_idx on presence (changed_at);
"""

DOWNGRADE = """
drop table presence;

drop table presence_process;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)


def run(script: str) -> None:
    """Statement by statement, as asyncpg prepares each: a blank line stands between two."""
    for statement in script.strip().split("\n\n"):
        op.execute(statement)
