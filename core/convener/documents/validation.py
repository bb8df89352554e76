"""Checks a table against a typed model and says what is wrong in a person's words, with its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from convener.documents.document import Document
from convener.documents.names import closest, nearest, quoted
from convener.errors import Place, Problem

MOST = 200
"""Most problems worth telling of one table."""
_LONGEST = 300

ModelT = TypeVar("ModelT", bound=BaseModel)


class Locator(Protocol):
    """Knows where the keys and values of one table stand."""

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path* stands."""
        ...

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path* begins."""
        ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A table, or a value, inside a document."""

    document: Document
    path: tuple[str | int, ...] = ()

    @property
    def value(self) -> Any:
        """What is written here; raises LookupError when nothing is."""
        value: Any = self.document.data
        for part in self.path:
            value = value[part]
        return value

    def __truediv__(self, key: str | int) -> "Spot":
        return Spot(self.document, (*self.path, key))

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path*, seen from here, stands."""
        return self.document.place(*self.path, *path)

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path*, seen from here, begins."""
        return self.document.value_place(*self.path, *path)


@dataclass(frozen=True, slots=True)
class Within:
    """The table at *prefix* of another."""

    at: Locator
    prefix: tuple[str | int, ...]

    def place(self, *path: str | int) -> Place:
        """Return where the key at *path*, seen from here, stands."""
        return self.at.place(*self.prefix, *path)

    def value_place(self, *path: str | int) -> Place:
        """Return where the value at *path*, seen from here, begins."""
        return self.at.value_place(*self.prefix, *path)


def validate(
    model: type[ModelT], data: Mapping[str, Any], at: Locator, *, also: Iterable[str] = ()
) -> tuple[ModelT | None, tuple[Problem, ...]]:
    """Return *data* as a *model*, or None and every problem found.

    Types are strict: text is never taken for a number. *also* are keys of the same table that somebody else checks;
    they are not in *data* but are offered as the nearest name.
    """
    try:
        return model.model_validate(frozen(data), strict=True), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, tuple(_Complaints(model, data, at, tuple(also)).problems(details[: 5 * MOST]))[:MOST]


def frozen(value: Any) -> Any:
    """Return *value* with every list as a tuple, so that a typed model may take it strictly."""
    if isinstance(value, Mapping):
        return {key: frozen(item) for key, item in value.items()}
    return tuple(frozen(item) for item in value) if isinstance(value, list | tuple) else value


def describe(value: Any) -> str:
    """Return what a person would call the type of *value*."""
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "text", list: "a list"}
    names |= {tuple: "a list", dict: "a table"}
    return names.get(type(value), f"a {type(value).__name__}")


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys a table of *model* may have, as they are written."""
    return [info.alias or name for name, info in model.model_fields.items() if name != "root"]


_EXPECTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "date_type": "a date without quotes, for example 2027-01-18",
    "date_from_datetime_inexact": "a date without a time, for example 2027-01-18",
}


class _Complaints:
    def __init__(self, model: type[BaseModel], data: Mapping[str, Any], at: Locator, also: tuple[str, ...]) -> None:
        self.model = model
        self.data = data
        self.at = at
        self.also = also

    def problems(self, details: list[Any]) -> list[Problem]:
        grouped: dict[tuple[str | int, ...], list[Any]] = {}
        for detail in details:
            grouped.setdefault(self.real(detail), []).append(detail)
        typos = self.typos(grouped)
        found = [self.problem(path, group) for path, group in grouped.items() if path not in typos]
        return sorted(found, key=lambda problem: problem.place)

    def typos(self, grouped: Mapping[tuple[str | int, ...], list[Any]]) -> set[tuple[str | int, ...]]:
        """Return the missing keys that an unknown key beside them was probably meant to be."""
        meant = [
            (*path[:-1], closest(str(path[-1]), self.allowed(path[:-1])))
            for path, group in grouped.items()
            if group[0]["type"] == "extra_forbidden"
        ]
        return {path for path in meant if path in grouped and grouped[path][0]["type"] == "missing"}

    def real(self, detail: Any) -> tuple[str | int, ...]:
        """Return the path in the data; pydantic adds the branches of a union."""
        value: Any = self.data
        path: list[str | int] = []
        for part in detail["loc"]:
            if _holds(value, part):
                value = value[part]
            elif detail["type"] == "missing" and part == detail["loc"][-1]:
                value = None
            else:
                continue
            path.append(part)
        return tuple(path)

    def problem(self, path: tuple[str | int, ...], group: list[Any]) -> Problem:
        detail = next((each for each in group if each["type"] not in _EXPECTED), group[0])
        match detail["type"]:
            case "extra_forbidden":
                return self.unknown(path)
            case "missing":
                return self.missing(path)
            case kind if kind in _EXPECTED:
                return self.wrong_type(path, group)
            case _:
                return self.wrong_value(path, detail)

    def unknown(self, path: tuple[str | int, ...]) -> Problem:
        name = str(path[-1])
        hint = nearest(name, self.allowed(path[:-1]))
        return self.tell("unknown-key", f"unknown key {quoted(name)}", self.at.place(*path), hint)

    def missing(self, path: tuple[str | int, ...]) -> Problem:
        place = self.at.place(*path[:-1])
        return self.tell("missing-key", f"the key {quoted(str(path[-1]))} is missing", place, "add it to this table")

    def wrong_type(self, path: tuple[str | int, ...], group: list[Any]) -> Problem:
        wanted = " or ".join(dict.fromkeys(_EXPECTED[each["type"]] for each in group if each["type"] in _EXPECTED))
        message = f"{_name(path)} is {describe(group[0]['input'])}, where {wanted} is expected"
        return self.tell("wrong-type", message, self.at.value_place(*path))

    def wrong_value(self, path: tuple[str | int, ...], detail: Any) -> Problem:
        context = detail.get("ctx", {})
        place = self.at.value_place(*path) if path else self.at.place()
        if detail["type"] == "literal_error":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            given = str(detail["input"])
            return self.tell(
                "unknown-value", f"{_name(path)} cannot be {quoted(given)}", place, nearest(given, allowed)
            )
        if "error" in context:
            return self.tell("bad-value", f"{_lead(path)}{context['error']}", place)
        if "code" in context:
            at = self.at.place(*path) if detail["loc"][-1] == "[key]" else place
            return self.tell(context["code"], f"{_lead(path)}{context['text']}", at, context["hint"])
        said = f"{detail['msg'][:1].lower()}{detail['msg'][1:]}".removeprefix("input ").replace("tuple", "list")
        return self.tell("bad-value", f"{_lead(path)}{said}", place)

    def allowed(self, path: tuple[str | int, ...]) -> list[str]:
        """Return the keys that the table at *path* may have."""
        models = [self.model]
        for part in path:
            if not isinstance(part, int):
                models = [inner for each in models for inner in _models_within(each, part)]
        also = [] if path else self.also
        return list(dict.fromkeys([*also, *(key for each in models for key in keys_of(each))]))

    def tell(self, code: str, message: str, place: Place, hint: str = "") -> Problem:
        return Problem(code=code, message=message[:_LONGEST], place=place, hint=hint[:_LONGEST])


def _holds(value: Any, part: str | int) -> bool:
    if isinstance(value, Mapping):
        return part in value
    return isinstance(value, list | tuple) and isinstance(part, int) and part < len(value)


def _models_within(model: type[BaseModel], key: str) -> list[type[BaseModel]]:
    """Return the models that the value of *key* may be a table of."""
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    return _models_in(fields[key].annotation) if key in fields else _models_in(model.model_fields.get("root"))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inner = getattr(annotation, "__args__", ()) or (
        (annotation.annotation,) if hasattr(annotation, "annotation") else ()
    )
    return [model for each in inner for model in _models_in(each)]


def _name(path: tuple[str | int, ...]) -> str:
    """Return what to call the value at *path*: its key, or the item of a list."""
    keys = [str(part) for part in path if isinstance(part, str)]
    name = quoted(keys[-1]) if keys else "this table"
    return f"item {path[-1] + 1} of {name}" if path and isinstance(path[-1], int) else name


def _lead(path: tuple[str | int, ...]) -> str:
    return f"{_name(path)}: " if path else ""
