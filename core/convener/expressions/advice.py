"""What is wrong in a clause, told with its cure."""

import re
from collections.abc import Iterable

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from convener.documents import nearest
from convener.documents.names import closest
from convener.expressions.nodes import Typed

EXAMPLE = 'a clause looks like "session.number > 1 && !attendance.excused"'
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_WORDS = {
    "and": "write '&&'",
    "or": "write '||'",
    "not": "write '!'",
    "is": "write '=='",
    "if": "write 'condition ? one : other'",
    "True": "write 'true'",
    "False": "write 'false'",
    "null": "has(…) tells whether a fact is known",
    "None": "has(…) tells whether a fact is known",
}
"""What other languages call things."""
_SIGNS = {
    "===": "write '=='",
    "=~": "write '.contains(…)', '.startsWith(…)' or '.endsWith(…)'",
    "=": "write '=='",
    "<>": "write '!='",
    "&": "write '&&'",
    "|": "write '||'",
    "**": "there are no powers",
    "//": "write '/'; whole numbers are divided towards zero",
}
"""What other languages write, the longest first where one begins another."""


class ClauseError(Exception):
    """Something wrong at one character of a clause."""

    def __init__(self, code: str, text: str, offset: int, hint: str = "", *, name: str = "") -> None:
        super().__init__(text)
        self.code, self.text, self.offset, self.hint = code, text, offset, hint
        self.name = name
        """A name that is no fact; its cure is known where all facts are."""


def unknown_fact(name: str, offset: int) -> ClauseError:
    """Return the error of a *name* that is no fact."""
    return ClauseError("unknown-fact", f"unknown fact '{name}'", offset, name=name)


def cure_of_name(name: str, facts: Iterable[str], methods: Iterable[str]) -> str:
    """Return the cure for *name*, which is none of *facts*."""
    if name in _WORDS:
        return _WORDS[name]
    names = list(facts)
    before, _, last = name.rpartition(".")
    if before in names and last in methods:
        return f"write '{name}()'"
    inner = [each for each in names if each.startswith(f"{name}.")]
    if inner:
        return nearest("", inner)
    return nearest(name, names)


def cure_of_function(name: str, functions: Iterable[str]) -> str:
    """Return the cure for *name*, which is none of *functions*."""
    if name == "matches":
        return "a regular expression can run for ever; use 'contains', 'startsWith' or 'endsWith'"
    names = list(functions)
    close = closest(name, names)
    return f"did you mean '{close}'?" if close else f"allowed: {', '.join(names)}"


def error_of_syntax(source: str, error: UnexpectedInput) -> ClauseError:
    """Return what *error*, raised by the parser, means to a person."""
    offset = error.pos_in_stream if error.pos_in_stream is not None else len(source)
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        bare = _TEXT.sub("", source)
        hint = "a bracket is not closed" if bare.count("(") > bare.count(")") else EXAMPLE
        return ClauseError("bad-clause", "ends too early", len(source), hint)
    rest = source[offset:]
    if isinstance(error, UnexpectedCharacters) and rest[:1] in {"'", '"'}:
        hint = "end it with the quote it begins with; only \\\\ \\' \\\" \\n \\r and \\t may follow a backslash"
        return ClauseError("bad-clause", "a text does not end", offset, hint)
    return ClauseError("bad-clause", f"does not go on with {rest[:12]!r}", offset, _cure_of_syntax(source, offset))


def _cure_of_syntax(source: str, offset: int) -> str:
    rest = source[offset:]
    word = rest.split(maxsplit=1)[0] if rest.split() else ""
    before = source[:offset].split()
    written = (rest, source[offset - 1 :] if offset else "")  # the first half of a sign may be one of ours
    sign = next((cure for sign, cure in _SIGNS.items() if any(each.startswith(sign) for each in written)), "")
    cures = (_WORDS.get(word, ""), sign, _WORDS.get(before[-1], "") if before else "")
    return next((cure for cure in cures if cure), EXAMPLE)


def with_article(kind: str) -> str:
    """Return a type with its article: `an int`, `a list(string)`."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def cure_of_types(left: Typed, right: Typed) -> str:
    """Return how a person probably meant two values that were to be of one type."""
    return _cure(left, right.type) or _cure(right, left.type)


def cure_of_sum(left: Typed, right: Typed) -> str:
    """Return how a person probably meant two values that were to be added or subtracted."""
    moment = left.type == "timestamp" and right.type == "int"
    return _cure(right, "duration") if moment else cure_of_types(left, right)


def _cure(one: Typed, wanted: str) -> str:
    """Return how to write *one* so that it is a *wanted*."""
    if one.kind == "constant":
        text = str(one.value)
        fits = (one.type, wanted) in _CURES and (one.type != "string" or _reads_as(wanted, text))
        return _CURES[one.type, wanted].format(word=one.node.word, value=text[:20], day=text[:10]) if fits else ""
    return f"write double({one.word or '…'})" if (one.type, wanted) == ("int", "float") else ""


def _reads_as(wanted: str, text: str) -> bool:
    """Tell whether a text looks like a *wanted* that should not have been in quotes."""
    pattern = _LOOKS.get(wanted)
    return pattern is not None and bool(re.match(pattern, text))


_LOOKS = {
    "int": r"-?[0-9]+$",
    "float": r"-?[0-9]*\.[0-9]+$",
    "bool": r"(true|false)$",
    "timestamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "duration": r"-?[0-9]+(h|m|s|ms)",
}
_QUOTE, _UNQUOTE = "put it in quotes, '{word}'", "write it without quotes"
_CURES = {
    ("int", "float"): "write {value}.0",
    ("int", "duration"): "write duration('{value}h')",
    ("int", "string"): _QUOTE,
    ("float", "string"): _QUOTE,
    ("bool", "string"): _QUOTE,
    ("string", "int"): _UNQUOTE,
    ("string", "float"): _UNQUOTE,
    ("string", "bool"): _UNQUOTE,
    ("string", "timestamp"): "write timestamp('{day}T00:00:00Z')",
    ("string", "duration"): "write duration('{value}')",
}
"""How to write a constant of the first type so that it is of the second."""
