"""Checks a table against a typed model."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from convener.documents.complaints import Complaints
from convener.documents.spots import Locator
from convener.errors import Problem

MOST = 200
"""Most problems worth telling of one table."""

ModelT = TypeVar("ModelT", bound=BaseModel)


def validate(
    model: type[ModelT], data: Mapping[str, Any], at: Locator, *, also: Iterable[str] = ()
) -> tuple[ModelT | None, tuple[Problem, ...]]:
    """Return *data* as a *model*, or None and every problem found, sorted by place.

    Types are strict: text is never taken for a number. *also* are keys of the same table that somebody else checks;
    they are not in *data* but are offered as the nearest name.
    """
    try:
        return model.model_validate(frozen(data), strict=True), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, tuple(Complaints(model, data, at, tuple(also)).problems(list(details[: 5 * MOST])))[:MOST]


def frozen(value: Any) -> Any:
    """Return *value* with every list as a tuple, so that a typed model may take it strictly."""
    if isinstance(value, Mapping):
        return {key: frozen(item) for key, item in value.items()}
    return tuple(frozen(item) for item in value) if isinstance(value, list | tuple) else value
