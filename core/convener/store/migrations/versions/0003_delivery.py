"""What delivery asks by index, addresses that are dead, and programmes that kill who decides them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
GONE = (
    "ix_ledger_state_due",
    "ix_ledger_client_programme_recipient",
    "ix_ledger_recipient_due",
    "ix_ledger_client_programme_due",
)
PARTIAL = (
    ("ix_ledger_waiting", ["client", "connector", "not_before", "not_after"], "not_before IS NOT NULL"),
    ("ix_ledger_leased", ["leased_until"], "leased_until IS NOT NULL"),
    ("ix_ledger_stuck", ["state", "client", "programme"], "state = 'held' OR state = 'in_doubt' OR state = 'failed'"),
)


def upgrade() -> None:
    """Add tables, column and indexes; what waits says from now on in `not_before` until when, what is due included."""
    op.create_table(
        "suppressions",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_suppressions")),
    )
    op.add_column("programmes", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    for name in GONE:
        op.drop_index(op.f(name), "ledger")
    op.execute("UPDATE ledger SET not_before = NULL WHERE state NOT IN ('ready', 'retry')")
    op.execute("UPDATE ledger SET not_before = due WHERE state IN ('ready', 'retry') AND not_before IS NULL")
    op.create_index(op.f("ix_ledger_recipient_client_due"), "ledger", ["recipient", "client", "due"], unique=False)
    for name, columns, where in PARTIAL:
        told = sa.text(where)
        op.create_index(name, "ledger", columns, unique=False, sqlite_where=told, postgresql_where=told)


def downgrade() -> None:
    """Refuse: a backup is the way back."""
    raise NotImplementedError("restore the backup made before the upgrade")
