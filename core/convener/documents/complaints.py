"""Says what a typed model found wrong, in a person's words, with its place and its cure."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from convener.documents.keys import keys_at
from convener.documents.names import closest, nearest, quoted
from convener.documents.spots import Locator
from convener.errors import Place, Problem

Path = tuple[str | int, ...]
_LONGEST = 300
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
    "date_type": "a date without quotes such as 2027-01-18",
    "date_from_datetime_inexact": "a date without a time such as 2027-01-18",
}
_TYPES = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    list: "a list",
    tuple: "a list",
    dict: "a table",
}


def describe(value: Any) -> str:
    """Return what a person would call the type of *value*."""
    return _TYPES.get(type(value), f"a {type(value).__name__}")


class Complaints:
    """The findings of one check of *data*, a table of *model* that stands *at* a place.

    *also* are keys of the same table that somebody else checks.
    """

    def __init__(self, model: type[BaseModel], data: Mapping[str, Any], at: Locator, also: tuple[str, ...]) -> None:
        self._model = model
        self._data = data
        self._at = at
        self._also = also

    def problems(self, details: list[Any]) -> list[Problem]:
        """Return one problem for each place of pydantic's *details*, sorted by place."""
        grouped: dict[Path, list[Any]] = {}
        for detail in details:
            grouped.setdefault(self._real(detail), []).append(detail)
        told = self._typos(grouped) | {path[:length] for path in grouped for length in range(len(path))}
        found = [self._problem(path, group) for path, group in grouped.items() if path not in told]
        return sorted(found, key=lambda problem: (problem.place, problem.message))

    def _typos(self, grouped: Mapping[Path, list[Any]]) -> set[Path]:
        """Return the missing keys that an unknown key beside them was probably meant to be."""
        meant = {
            (*path[:-1], closest(str(path[-1]), self._allowed(path[:-1])))
            for path, group in grouped.items()
            if group[0]["type"] == "extra_forbidden"
        }
        return {path for path in meant if path in grouped and grouped[path][0]["type"] == "missing"}

    def _real(self, detail: Any) -> Path:
        """Return the path in the data; pydantic adds the branches of a union."""
        value: Any = self._data
        path: list[str | int] = []
        for part in detail["loc"]:
            if _holds(value, part):
                value = value[part]
                path.append(part)
        if detail["type"] == "missing":
            path.append(detail["loc"][-1])
        return tuple(path)

    def _problem(self, path: Path, group: list[Any]) -> Problem:
        detail = next((each for each in group if each["type"] not in _EXPECTED), group[0])
        if detail["type"] == "extra_forbidden":
            hint = nearest(str(path[-1]), self._allowed(path[:-1]))
            return _tell("unknown-key", f"unknown key {quoted(str(path[-1]))}", self._at.place(*path), hint)
        if detail["type"] == "missing":
            place, hint = self._at.place(*path[:-1]), f"add it to this {'table' if path[:-1] else 'file'}"
            return _tell("missing-key", f"the key {quoted(str(path[-1]))} is missing", place, hint)
        if detail["type"] in _EXPECTED:
            wanted = " or ".join(dict.fromkeys(_EXPECTED[each["type"]] for each in group))
            message = f"{_name(path)} is {describe(detail['input'])}, where {wanted} is expected"
            return _tell("wrong-type", message, self._at.value_place(*path), _cure(wanted, detail["input"]))
        return self._wrong_value(path, detail)

    def _wrong_value(self, path: Path, detail: Any) -> Problem:
        context = detail.get("ctx", {})
        place = self._at.value_place(*path) if path else self._at.place()
        if "code" in context:
            if detail["loc"][-1] == "[key]":
                return _tell(context["code"], context["text"], self._at.place(*path), context["hint"])
            return _tell(context["code"], f"{_lead(path)}{context['text']}", place, context["hint"])
        if detail["type"] == "literal_error":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            allowed = [each for each in allowed if each]
            given = str(detail["input"])
            return _tell("unknown-value", f"{_name(path)} cannot be {quoted(given)}", place, nearest(given, allowed))
        if detail["type"] == "too_long":
            most = f"{_name(path)} has more than {context['max_length']} entries"
            return _tell("too-many", most, self._at.place(*path), "move some of them to another file")
        if detail["type"] == "too_short":
            fewest = f"{_name(path)} needs {context['min_length']} or more entries"
            return _tell("bad-value", fewest, place)
        said = str(context.get("error", _plain(detail["msg"])))
        return _tell("bad-value", f"{_lead(path)}{said}", place)

    def _allowed(self, path: Path) -> list[str]:
        also = () if path else self._also
        return [*also, *keys_at(self._model, path)]


def _tell(code: str, message: str, place: Place, hint: str = "") -> Problem:
    return Problem(code=code, message=message[:_LONGEST], place=place, hint=hint[:_LONGEST])


def _cure(wanted: str, value: Any) -> str:
    if isinstance(value, str) and ("number" in wanted or "true" in wanted):
        return "write it without quotes"
    if "text" in wanted and isinstance(value, int | float):
        return "put it in quotes"
    return "put it in [ ]" if wanted == "a list" else ""


def _plain(message: str) -> str:
    """Return pydantic's *message* in our words."""
    return f"{message[:1].lower()}{message[1:]}".removeprefix("input ").replace("tuple", "list")


def _holds(value: Any, part: str | int) -> bool:
    if isinstance(value, Mapping):
        return part in value
    return isinstance(value, list | tuple) and isinstance(part, int) and part < len(value)


def _name(path: Path) -> str:
    """Return what to call the value at *path*: its key, or the item of a list."""
    keys = [str(part) for part in path if isinstance(part, str)]
    name = quoted(keys[-1]) if keys else "this table"
    return f"item {path[-1] + 1} of {name}" if path and isinstance(path[-1], int) else name


def _lead(path: Path) -> str:
    return f"{_name(path)}: " if path else ""
