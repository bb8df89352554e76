"""TOML files written by people: read within limits, with the place of every key, and checked against typed models."""

from convener.documents.complaints import describe
from convener.documents.document import Document, read_document
from convener.documents.fields import ID_HINT, EmailText, Frozen, IdText, SpanText, as_text, is_id, refuse, written
from convener.documents.keys import keys_of
from convener.documents.names import closest, nearest, quoted
from convener.documents.spots import Locator, Spot, Within
from convener.documents.validation import MOST, frozen, validate

__all__ = [
    "ID_HINT", "MOST", "Document", "EmailText", "Frozen", "IdText", "Locator", "SpanText", "Spot", "Within", "as_text",
    "closest", "describe", "frozen", "is_id", "keys_of", "nearest", "quoted", "read_document",
    "refuse", "validate", "written",
]  # fmt: skip
