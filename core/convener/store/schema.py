"""The tables as declared. What a database really has comes from the migrations; a test proves both equal.

Every key begins with client and programme, except people and coaches, whom the programmes of a client share.
Dated rows hold on `since <= day < until`; `nth` tells apart rows of one subject that begin on the same day.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from convener.store.columns import instant, interval, json, key, refers, scope, text, texts

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    },
)


facts = Table("store_facts", metadata, key("name"), text("value"))

programmes = Table(
    "programmes",
    metadata,
    *scope(),
    text("state"),
    instant("cursor", nullable=True),
    instant("next_due", nullable=True),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Index(None, "state", "next_due"),
)

rule_stamps = Table("rule_stamps", metadata, key("client"), text("stamp"))

people = Table(
    "people",
    metadata,
    key("client"),
    key("id"),
    *texts("name email mobile zone holidays"),
    json("attributes"),
    Column("address", Text, nullable=False, server_default="", index=True),
)

programme_people = Table(
    "programme_people",
    metadata,
    *scope(),
    key("id"),
    refers("", "programmes", ""),
    ForeignKeyConstraint(("client", "id"), ("people.client", "people.id")),
    Index(None, "client", "id"),
)

coaches = Table(
    "coaches",
    metadata,
    key("client"),
    key("id"),
    Column("max_pods", Integer),
    json("accredited"),
    Column("years", Integer, nullable=False),
    json("away"),
)

programme_coaches = Table(
    "programme_coaches",
    metadata,
    *scope(),
    key("id"),
    refers("", "programmes", ""),
    ForeignKeyConstraint(("client", "id"), ("coaches.client", "coaches.id")),
    Index(None, "client", "id"),
)

enrolments = Table(
    "enrolments",
    metadata,
    *interval("person"),
    text("status"),
    text("reason"),
    text("origin"),
    refers("person", "programme_people", "id"),
)

pods = Table(
    "pods",
    metadata,
    *scope(),
    key("id"),
    text("name"),
    Column("frozen", Boolean, nullable=False),
    refers("", "programmes", ""),
)

memberships = Table(
    "memberships",
    metadata,
    *interval("person"),
    text("pod"),
    refers("person", "programme_people", "id"),
    refers("pod", "pods", "id"),
)

managements = Table(
    "managements",
    metadata,
    *interval("person"),
    text("manager"),
    refers("person", "programme_people", "id"),
    refers("manager", "programme_people", "id"),
)

coachings = Table(
    "coachings",
    metadata,
    *interval("pod"),
    text("coach"),
    refers("pod", "pods", "id"),
    refers("coach", "programme_people", "id"),
    Index(None, "coach"),
)

sessions = Table(
    "sessions",
    metadata,
    *scope(),
    key("id"),
    text("pod"),
    Column("number", Integer, nullable=False),
    text("topic"),
    text("status"),
    instant("starts", nullable=True),
    instant("ends", nullable=True),
    text("zone"),
    refers("pod", "pods", "id"),
)

attendance = Table(
    "attendance",
    metadata,
    *scope(),
    key("session"),
    key("person"),
    text("status"),
    Column("engagement", Integer),
    text("source"),
    refers("session", "sessions", "id"),
    refers("person", "programme_people", "id"),
)

attendance_notes = Table(
    "attendance_notes",
    metadata,
    *scope(),
    key("session"),
    key("person"),
    text("note"),
    refers("session person", "attendance", "session person", cascade=True),
)

polls = Table(
    "polls",
    metadata,
    *scope(),
    key("poll"),
    key("subject"),
    key("person"),
    instant("opened"),
    instant("closes"),
    instant("answered", nullable=True),
    refers("person", "programme_people", "id"),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    *texts("client programme id name subject person"),
    instant("at"),
    json("data"),
    text("salt"),
    UniqueConstraint("client", "programme", "id"),
)

event_links = Table(
    "event_links",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("link", String(64), nullable=False),
)

event_head = Table(
    "event_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("link", String(64), nullable=False),
)

_IS_INVITE = sql("invite_sequence IS NOT NULL")
_WAITS = sql("not_before IS NOT NULL")
_IS_LEASED = sql("leased_until IS NOT NULL")
STUCK = sql("state = 'held' OR state = 'in_doubt' OR state = 'failed'")
"""Rows a person must look at; a question has to say it in these words, or in some of them, to be answered by index."""
IS_HELD = sql("state = 'held'")

ledger = Table(
    "ledger",
    metadata,
    key("key"),
    *texts("client programme automation step subject slot recipient channel connector"),
    instant("due"),
    instant("not_after", nullable=True),
    *texts("reason verb what"),
    json("people"),
    *texts("session poll"),
    json("attach"),
    Column("invite_uid", Text),
    Column("invite_sequence", Integer),
    Column("invite_method", Text),
    instant("invite_starts", nullable=True),
    instant("invite_ends", nullable=True),
    instant("added"),
    text("state"),
    Column("attempts", Integer, nullable=False),
    text("message_id"),
    instant("settled", nullable=True),
    instant("not_before", nullable=True),
    text("error"),
    text("owner"),
    instant("leased_until", nullable=True),
    Index(None, "client", "programme", "automation", "due"),
    Index(None, "recipient", "client", "due"),
    Index("ix_ledger_invites", "client", "programme", sqlite_where=_IS_INVITE, postgresql_where=_IS_INVITE),
    Index(
        "ix_ledger_waiting",
        *("client", "connector", "not_before", "not_after"),
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    ),
    Index("ix_ledger_leased", "leased_until", sqlite_where=_IS_LEASED, postgresql_where=_IS_LEASED),
    Index("ix_ledger_stuck", "state", "client", "programme", sqlite_where=STUCK, postgresql_where=STUCK),
)

parcels = Table(
    "parcels",
    metadata,
    key("key"),
    json("content"),
    instant("added"),
    ForeignKeyConstraint(("key",), ("ledger.key",), ondelete="CASCADE"),
)

suppressions = Table(
    "suppressions",
    metadata,
    key("address"),
    Column("refusals", Integer, nullable=False),
    instant("since"),
    text("reason"),
)

proposals = Table("proposals", metadata, *scope(), key("kind"), json("payload"), instant("at"))

flags = Table(
    "flags",
    metadata,
    *scope(),
    key("id"),
    text("severity"),
    text("subject"),
    instant("since"),
    text("text"),
    text("settle"),
)

REVISION = "0003"
"""The newest migration; a database that says so needs none, and Alembic is not even loaded."""

APPLICATION_ID = 0x434E5652
"""`CNVR`, written into the header of every SQLite file of ours."""
