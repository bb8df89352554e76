"""What a tick asks by index: who is due, whose rules changed, and who has been written to lately."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the stamps, people's addresses without letter case, the indexes, and a name for this database alone."""
    op.create_table(
        "rule_stamps",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("client", name=op.f("pk_rule_stamps")),
    )
    op.add_column("people", sa.Column("address", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE people SET address = lower(email)")
    op.create_index(op.f("ix_people_address"), "people", ["address"], unique=False)
    op.create_index(op.f("ix_programmes_state_next_due"), "programmes", ["state", "next_due"], unique=False)
    op.create_index(op.f("ix_ledger_recipient_due"), "ledger", ["recipient", "due"], unique=False)
    op.create_index(op.f("ix_ledger_client_programme_due"), "ledger", ["client", "programme", "due"], unique=False)
    op.create_index(
        op.f("ix_ledger_client_programme_automation_due"),
        "ledger",
        ["client", "programme", "automation", "due"],
        unique=False,
    )
    fact = sa.table("store_facts", sa.column("name", sa.Text()), sa.column("value", sa.Text()))
    op.bulk_insert(fact, [{"name": "instance", "value": uuid4().hex}])


def downgrade() -> None:
    """Refuse: a backup is the way back."""
    raise NotImplementedError("restore the backup made before the upgrade")
