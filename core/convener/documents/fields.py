"""Field types for tables that people write: text as they write it, a value as the core uses it."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from convener.documents.names import quoted
from convener.model import Span, Unit

ID_HINT = "letters, digits, dots, dashes and underscores, at most 64"
"""The cure for an id that cannot be one."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ADDRESS = re.compile(r"[^\s@<>(),;:\"\[\]]{1,64}@[^\s@<>(),;:\"\[\]]{1,190}")


class Frozen(BaseModel):
    """A table of a file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def refuse(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return the error by which a field type tells its own *code* and *hint*."""
    return PydanticCustomError("custom-error", "{text}", {"code": code, "text": message, "hint": hint})


def as_text(value: object) -> str:
    """Return *value*; raise ValueError unless it is text."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} must be written as text, in quotes")  # noqa: TRY004 - pydantic reports ValueError
    return value


def is_id(name: str) -> bool:
    """Tell whether *name* may be an id: letters, digits, dots, dashes and underscores, 64 at most."""
    return bool(_ID.fullmatch(name))


def _id(value: str) -> str:
    if not is_id(value):
        raise refuse("bad-id", f"{quoted(value)} cannot be an id", ID_HINT)
    return value


def _span(value: object) -> Span:
    return value if isinstance(value, Span) else Span.parse(as_text(value))


def _email(value: str) -> str:
    if not _ADDRESS.fullmatch(value) or value.endswith(".") or ".." in value:
        raise refuse("bad-address", f"{quoted(value)} is not an e-mail address", "for example 'name@client.example'")
    return value


def written(pattern: str, *examples: str) -> WithJsonSchema:
    """Return what a schema says of text of a field type: its *pattern*, and *examples* of it."""
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", "examples": list(examples)})


SpanText = Annotated[
    Span, BeforeValidator(_span), written(rf"\s*\d{{1,4}} ({'|'.join(Unit)})s?\s*", "2 working days", "3 hours")
]
"""`"2 working days"`."""
EmailText = Annotated[str, AfterValidator(_email), written(_ADDRESS.pattern, "name@client.example")]
"""`"name@client.example"`."""
IdText = Annotated[str, AfterValidator(_id), written(_ID.pattern, "primary-care")]
"""`"primary-care"`."""
