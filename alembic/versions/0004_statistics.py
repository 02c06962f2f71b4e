"""Small lists are taken for larger than they are, so that no plan that is kept reads them whole."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("player", "game", "seat")


def upgrade() -> None:
    for table in TABLES:
        op.execute(
            f"alter table {table} set "
            "(autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000)"
        )


def downgrade() -> None:
    for table in TABLES:
        op.execute(
            f"alter table {table} reset (autovacuum_analyze_threshold, autovacuum_vacuum_threshold)"
        )
