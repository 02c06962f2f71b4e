"""Players of three kinds, guests who go, and usernames that change hands."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UPGRADE = """
alter table player
  add column kind text not null default 'MEMBER',
  add column idle_since timestamptz,
  drop constraint player_username_key_key,
  add constraint player_username_key_key unique (username_key) deferrable;

comment on column player.kind is 'MEMBER, GUEST, HOUSE';

comment on column player.idle_since is 'of a guest: when they were last heard';

create index player_idle_since_player_id_idx on player (idle_since, player_id)
  where idle_since is not null;
"""

DOWNGRADE = """
drop index player_idle_since_player_id_idx;

alter table player
  drop column kind,
  drop column idle_since,
  drop constraint player_username_key_key,
  add constraint player_username_key_key unique (username_key);
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)


def run(script: str) -> None:
    """Statement by statement, as asyncpg prepares each: a blank line stands between two."""
    for statement in script.strip().split("\n\n"):
        op.execute(statement)
