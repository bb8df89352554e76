"""Convener: the logistics of small-group coaching, run from rule files. This is the face for plugin authors."""

from convener.durable import write_whole
from convener.errors import (
    AmbiguousError,
    ConnectorError,
    ConvenerError,
    DataError,
    Delay,
    PermanentError,
    RetryError,
)
from convener.hookspecs import hookimpl
from convener.mime import build_message
from convener.model import Attachment, InviteMethod, Parcel, Register, Session, Span
from convener.model.facts import Fact
from convener.ports import (
    Connector,
    FactScene,
    Lookup,
    Messenger,
    PluginFact,
    Polls,
    Publication,
    ReportSink,
    Resting,
    RosterSource,
    RuleKind,
    Settlement,
    Table,
    TableRow,
)

__all__ = [
    "AmbiguousError",
    "Attachment",
    "Connector",
    "ConnectorError",
    "ConvenerError",
    "DataError",
    "Delay",
    "Fact",
    "FactScene",
    "InviteMethod",
    "Lookup",
    "Messenger",
    "Parcel",
    "PermanentError",
    "PluginFact",
    "Polls",
    "Publication",
    "Register",
    "ReportSink",
    "Resting",
    "RetryError",
    "RosterSource",
    "RuleKind",
    "Session",
    "Settlement",
    "Span",
    "Table",
    "TableRow",
    "build_message",
    "hookimpl",
    "write_whole",
]
