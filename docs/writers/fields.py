"""The keys of a table of a file, told from the model that checks it."""

import types
from datetime import date, datetime, time
from fractions import Fraction
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from convener.documents.docstrings import attribute_docs
from convener.model import DateRange, Span
from writers.markdown import code, table

WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "date",
    datetime: 'moment, `"Fri 2027-01-15 09:00"`',
    time: 'time of day, `"09:00"`',
    Span: 'length of time, `"10 days"`',
    Fraction: 'share, `"75%"`',
    DateRange: 'days, `"2027-08-02..2027-08-27"`',
    Any: "anything",
    dict[str, Any]: "table",
    types.NoneType: "",
}
"""What people call the types that values become."""


def field_table(model: type[BaseModel]) -> str:
    """Return the table of the keys of *model*: key, type, default, and a meaning where one is written."""
    told = attribute_docs(model)
    rows = [
        [code(info.alias or name), kind(info.annotation), default(info), told.get(name, "")]
        for name, info in model.model_fields.items()
    ]
    return table(("key", "value", "default", "meaning"), rows)


def kind(annotation: Any) -> str:
    """Return what to write for a value of *annotation*."""
    if annotation in WORDS:
        return WORDS[annotation]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return kind(inner[0])
    if origin is Literal:
        return " or ".join(code(str(value) if isinstance(value, int) else f'"{value}"') for value in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(word for word in map(kind, inner) if word))
    if origin is tuple:
        return several(inner)
    return f"table of {kind(inner[1])}" if origin is dict else "table"


def several(inner: tuple[Any, ...]) -> str:
    """Return what to write for a list."""
    if inner[-1] is Ellipsis:
        return f"list of {kind(inner[0])}"
    return f"list of {len(inner)}: {kind(inner[0])}"


def default(info: FieldInfo) -> str:
    """Return the default as a person would write it."""
    if info.is_required():
        return "required"
    value = info.default
    if value is PydanticUndefined or value in (None, "", ()):
        return ""
    if isinstance(value, BaseModel):
        return ""
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, tuple):
        return code("[" + ", ".join(f'"{_written(each)}"' for each in value) + "]")
    return code(str(value) if isinstance(value, int | float) else f'"{value}"')


def _written(value: object) -> str:
    return value.isoformat("minutes") if isinstance(value, time) else str(value)
