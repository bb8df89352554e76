"""TOML files written by people: read within limits, with the place of every key, and checked against typed models."""

from convener.documents.document import Document, read_document
from convener.documents.names import closest, nearest
from convener.documents.validation import Locator, Spot, Within, describe, frozen, keys_of, quoted, validate

__all__ = [
    "Document", "Locator", "Spot", "Within", "closest", "describe", "frozen", "keys_of", "nearest", "quoted",
    "read_document", "validate",
]  # fmt: skip
