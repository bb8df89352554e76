"""Convener: the logistics of small-group coaching, run from rule files. This is the face for plugin authors."""

from convener.durable import write_whole
from convener.errors import (
    AmbiguousError,
    ConnectorError,
    ConvenerError,
    DataError,
    PermanentError,
    RetryError,
)
from convener.hookspecs import hookimpl
from convener.mime import build_message
from convener.model import Attachment, InviteMethod, Parcel
from convener.ports import (
    Connector,
    Messenger,
    Polls,
    Publication,
    ReportSink,
    RosterSource,
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
    "InviteMethod",
    "Messenger",
    "Parcel",
    "PermanentError",
    "Polls",
    "Publication",
    "ReportSink",
    "RetryError",
    "RosterSource",
    "Settlement",
    "Table",
    "TableRow",
    "build_message",
    "hookimpl",
    "write_whole",
]
