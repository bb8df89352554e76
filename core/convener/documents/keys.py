"""Which keys a table may have, as its typed model says."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys a table of *model* may have, as they are written."""
    return [info.alias or name for name, info in model.model_fields.items() if name != "root"]


def keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Return the keys of the table at *path* inside a table of *model*; nothing when any key is good there."""
    annotations: list[Any] = [model]
    for part in path:
        annotations = [inner for each in annotations for inner in _inside(each, part)]
    models = [each for annotation in annotations for each in _branches(annotation) if _is_model(each)]
    return list(dict.fromkeys(key for each in models for key in keys_of(each)))


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    """Yield the types that the value at *part* of a value of *annotation* may have."""
    for branch in _branches(annotation):
        if _is_model(branch):
            yield from (info.annotation for name, info in branch.model_fields.items() if (info.alias or name) == part)
        elif isinstance(part, str) and _is_mapping(branch):
            yield from get_args(branch)[1:]
        elif isinstance(part, int) and get_origin(branch) is tuple:
            yield from (each for each in get_args(branch) if each is not Ellipsis)


def _branches(annotation: Any) -> Iterator[Any]:
    """Yield the branches of a union, what an annotation wraps, and what a root model stands for."""
    if _is_model(annotation) and "root" in annotation.model_fields:
        yield from _branches(annotation.model_fields["root"].annotation)
    elif isinstance(annotation, type) or get_origin(annotation) is tuple or _is_mapping(annotation):
        yield annotation
    elif hasattr(annotation, "__metadata__"):
        yield from _branches(annotation.__origin__)
    else:
        for each in get_args(annotation):
            yield from _branches(each)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and not get_origin(annotation) and issubclass(annotation, BaseModel)


def _is_mapping(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, Mapping)
