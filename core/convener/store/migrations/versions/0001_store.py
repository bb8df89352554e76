"""The first schema: register, events, ledger, parcels, proposals and flags."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
APPEND_ONLY = ("events", "event_links")


def upgrade() -> None:
    """Create every table, the guards of the append-only ones, and the marks that say whose database this is."""
    create_tables()
    if op.get_bind().dialect.name == "postgresql":
        guard_postgresql()
    else:
        guard_sqlite()
    op.execute("INSERT INTO store_facts (name, value) VALUES ('application', 'convener')")
    op.execute(f"INSERT INTO event_head (id, seq, link) VALUES (1, 0, '{'0' * 64}')")


def guard_sqlite() -> None:
    """Refuse to change or delete a row; needs `recursive_triggers` to stop INSERT OR REPLACE as well."""
    op.execute(f"PRAGMA application_id = {0x434E5652}")
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def guard_postgresql() -> None:
    """Refuse to change, delete or truncate."""
    op.execute(
        "CREATE FUNCTION convener_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION convener_append_only()"
        )


def downgrade() -> None:
    """Refuse: a backup is the way back."""
    raise NotImplementedError("restore the backup made before the upgrade")


def create_tables() -> None:
    """Create the tables of this version, spelled out so that later changes to the schema cannot alter it."""
    op.create_table(
        "coaches",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("max_pods", sa.Integer(), nullable=True),
        sa.Column("accredited", sa.JSON(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("away", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("client", "id", name=op.f("pk_coaches")),
    )
    op.create_table(
        "event_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_head")),
    )
    op.create_table(
        "event_links",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event_links")),
    )
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_events")),
        sa.UniqueConstraint("client", "programme", "id", name=op.f("uq_events_client_programme_id")),
    )
    op.create_table(
        "flags",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("settle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("client", "programme", "id", name=op.f("pk_flags")),
    )
    op.create_table(
        "ledger",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("automation", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("connector", sa.Text(), nullable=False),
        sa.Column("due", INSTANT, nullable=False),
        sa.Column("not_after", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("attach", sa.JSON(), nullable=False),
        sa.Column("invite_uid", sa.Text(), nullable=True),
        sa.Column("invite_sequence", sa.Integer(), nullable=True),
        sa.Column("invite_method", sa.Text(), nullable=True),
        sa.Column("invite_starts", INSTANT, nullable=True),
        sa.Column("invite_ends", INSTANT, nullable=True),
        sa.Column("added", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("settled", INSTANT, nullable=True),
        sa.Column("not_before", INSTANT, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ledger")),
    )
    op.create_index(
        op.f("ix_ledger_client_programme_recipient"), "ledger", ["client", "programme", "recipient"], unique=False
    )
    op.create_index(
        "ix_ledger_invites",
        "ledger",
        ["client", "programme"],
        unique=False,
        sqlite_where=sa.text("invite_sequence IS NOT NULL"),
        postgresql_where=sa.text("invite_sequence IS NOT NULL"),
    )
    op.create_index(op.f("ix_ledger_state_due"), "ledger", ["state", "due"], unique=False)
    op.create_table(
        "people",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("client", "id", name=op.f("pk_people")),
    )
    op.create_table(
        "programmes",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cursor", INSTANT, nullable=True),
        sa.Column("next_due", INSTANT, nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("client", "programme", name=op.f("pk_programmes")),
    )
    op.create_table(
        "proposals",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("client", "programme", "kind", name=op.f("pk_proposals")),
    )
    op.create_table(
        "store_facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_store_facts")),
    )
    op.create_table(
        "parcels",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("added", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["key"], ["ledger.key"], name=op.f("fk_parcels_key"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_parcels")),
    )
    op.create_table(
        "pods",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "programme"],
            ["programmes.client", "programmes.programme"],
            name=op.f("fk_pods_client_programme"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "id", name=op.f("pk_pods")),
    )
    op.create_table(
        "programme_coaches",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "id"], ["coaches.client", "coaches.id"], name=op.f("fk_programme_coaches_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["client", "programme"],
            ["programmes.client", "programmes.programme"],
            name=op.f("fk_programme_coaches_client_programme"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "id", name=op.f("pk_programme_coaches")),
    )
    op.create_index(op.f("ix_programme_coaches_client_id"), "programme_coaches", ["client", "id"], unique=False)
    op.create_table(
        "programme_people",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "id"], ["people.client", "people.id"], name=op.f("fk_programme_people_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["client", "programme"],
            ["programmes.client", "programmes.programme"],
            name=op.f("fk_programme_people_client_programme"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "id", name=op.f("pk_programme_people")),
    )
    op.create_index(op.f("ix_programme_people_client_id"), "programme_people", ["client", "id"], unique=False)
    op.create_table(
        "coachings",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("pod", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("coach", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "programme", "coach"],
            ["programme_people.client", "programme_people.programme", "programme_people.id"],
            name=op.f("fk_coachings_client_programme_coach"),
        ),
        sa.ForeignKeyConstraint(
            ["client", "programme", "pod"],
            ["pods.client", "pods.programme", "pods.id"],
            name=op.f("fk_coachings_client_programme_pod"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "pod", "since", "nth", name=op.f("pk_coachings")),
    )
    op.create_index(op.f("ix_coachings_coach"), "coachings", ["coach"], unique=False)
    op.create_table(
        "enrolments",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "programme", "person"],
            ["programme_people.client", "programme_people.programme", "programme_people.id"],
            name=op.f("fk_enrolments_client_programme_person"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "person", "since", "nth", name=op.f("pk_enrolments")),
    )
    op.create_table(
        "managements",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("manager", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "programme", "manager"],
            ["programme_people.client", "programme_people.programme", "programme_people.id"],
            name=op.f("fk_managements_client_programme_manager"),
        ),
        sa.ForeignKeyConstraint(
            ["client", "programme", "person"],
            ["programme_people.client", "programme_people.programme", "programme_people.id"],
            name=op.f("fk_managements_client_programme_person"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "person", "since", "nth", name=op.f("pk_managements")),
    )
    op.create_table(
        "memberships",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("pod", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "programme", "person"],
            ["programme_people.client", "programme_people.programme", "programme_people.id"],
            name=op.f("fk_memberships_client_programme_person"),
        ),
        sa.ForeignKeyConstraint(
            ["client", "programme", "pod"],
            ["pods.client", "pods.programme", "pods.id"],
            name=op.f("fk_memberships_client_programme_pod"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "person", "since", "nth", name=op.f("pk_memberships")),
    )
    op.create_table(
        "polls",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("opened", INSTANT, nullable=False),
        sa.Column("closes", INSTANT, nullable=False),
        sa.Column("answered", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["client", "programme", "person"],
            ["programme_people.client", "programme_people.programme", "programme_people.id"],
            name=op.f("fk_polls_client_programme_person"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "poll", "subject", "person", name=op.f("pk_polls")),
    )
    op.create_table(
        "sessions",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("pod", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("starts", INSTANT, nullable=True),
        sa.Column("ends", INSTANT, nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "programme", "pod"],
            ["pods.client", "pods.programme", "pods.id"],
            name=op.f("fk_sessions_client_programme_pod"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "id", name=op.f("pk_sessions")),
    )
    op.create_table(
        "attendance",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("engagement", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "programme", "person"],
            ["programme_people.client", "programme_people.programme", "programme_people.id"],
            name=op.f("fk_attendance_client_programme_person"),
        ),
        sa.ForeignKeyConstraint(
            ["client", "programme", "session"],
            ["sessions.client", "sessions.programme", "sessions.id"],
            name=op.f("fk_attendance_client_programme_session"),
        ),
        sa.PrimaryKeyConstraint("client", "programme", "session", "person", name=op.f("pk_attendance")),
    )
    op.create_table(
        "attendance_notes",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client", "programme", "session", "person"],
            ["attendance.client", "attendance.programme", "attendance.session", "attendance.person"],
            name=op.f("fk_attendance_notes_client_programme_session_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("client", "programme", "session", "person", name=op.f("pk_attendance_notes")),
    )
