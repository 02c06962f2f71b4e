"""Rematches that are agreed on and have not begun."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table rematch (
          game_id    text collate "C" not null constraint rematch_pkey primary key,
          rematch_of text collate "C" not null
        )
    """)
    op.execute("""
        comment on table rematch is
          'Read model: rematches that are agreed on and have not begun: few, for moments.'
    """)
    op.execute("comment on column rematch.game_id is 'the game that was agreed on'")
    op.execute("comment on column rematch.rematch_of is 'the game that it follows on'")


def downgrade() -> None:
    op.execute("drop table rematch")
