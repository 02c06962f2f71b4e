"""Who may see a game: lists hold what is public, and a player's games are found by status."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UPGRADE = """
alter table game add column visibility text not null default 'PUBLIC';

comment on column game.visibility is 'who may see it';

alter table seat add column visibility text not null default 'PUBLIC';

comment on column seat.visibility is 'the game''s';

drop index game_status_created_at_game_id_idx;

create index game_status_created_at_game_id_idx on game (status, created_at, game_id)
  where visibility = 'PUBLIC';

drop index game_created_at_game_id_idx;

create index game_created_at_game_id_idx on game (created_at, game_id)
  where visibility = 'PUBLIC';

create index seat_player_id_status_created_at_game_id_idx
  on seat (player_id, status, created_at, game_id);

create index seat_shown_idx on seat (player_id, created_at, game_id)
  where visibility = 'PUBLIC';
"""

# The release before lists whatever has a row: what was hidden stays hidden from it.
DOWNGRADE = """
delete from seat where visibility <> 'PUBLIC';

delete from game where visibility <> 'PUBLIC';

drop index seat_shown_idx;

drop index seat_player_id_status_created_at_game_id_idx;

drop index game_created_at_game_id_idx;

drop index game_status_created_at_game_id_idx;

alter table seat drop column visibility;

alter table game drop column visibility;

create index game_status_created_at_game_id_idx on game (status, created_at, game_id);

create index game_created_at_game_id_idx on game (created_at, game_id);
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)


def run(script: str) -> None:
    """Statement by statement, as asyncpg prepares each: a blank line stands between two."""
    for statement in script.strip().split("\n\n"):
        op.execute(statement)
