"""Say which template failed, on which line, and why, without a traceback and without the values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from traceback import walk_tb

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from convener.errors import ConvenerError, DataError, Place
from convener.rendering.context import KEYS

_CAUSES = (
    TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, DataError, RecursionError
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cause:
    """What a failure is called in `check`."""

    code: str
    kinds: tuple[type[Exception], ...]


_CALLED = (
    _Cause("template-syntax", (TemplateSyntaxError,)),
    _Cause("template-include", (TemplateNotFound,)),
    _Cause("template-name", (UndefinedError, DataError)),
    _Cause("template-value", (Exception,)),
)
"""The first that fits counts."""


class BrokenTemplateError(DataError):
    """A template could not be rendered."""

    def __init__(self, reason: str, *, place: Place, code: str, hint: str = "") -> None:
        super().__init__(f"template {place.file}:{place.line}: {reason}", hint=hint)
        self.reason = reason
        self.place = place
        """File and line, the file below `templates/`."""
        self.code = code
        """Code of the problem that this is in `check`."""


@contextmanager
def named_failures(name: str) -> Generator[None]:
    """Turn whatever goes wrong inside into a BrokenTemplateError with the template and its line."""
    try:
        yield
    except _CAUSES as error:
        code = next(cause.code for cause in _CALLED if isinstance(error, cause.kinds))
        raise BrokenTemplateError(_reason(error), place=_place(error, name), code=code, hint=_hint(error)) from error


def _place(error: BaseException, name: str) -> Place:
    if isinstance(error, TemplateSyntaxError):
        return Place(error.filename or name, error.lineno)
    # Jinja2 rewrites the frames of templates to their own file names and lines
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [(file, line) for file, line in frames if file.endswith(".j2") and not file.startswith("/")]
    return Place(*inside[-1]) if inside else Place(name)


def _reason(error: BaseException) -> str:
    if isinstance(error, TemplateNotFound):
        return f"includes {error.name!r}, which does not exist"
    if isinstance(error, RecursionError):
        return "calls itself without end"
    if isinstance(error, SecurityError):
        return "does what a template may not do"
    if isinstance(error, TemplateError):
        return (error.message or type(error).__name__).partition("; ")[0].rstrip(".")
    return str(error)


def _hint(error: BaseException) -> str:
    if isinstance(error, ConvenerError):
        return error.hint
    if not isinstance(error, UndefinedError):
        return ""
    text, _, cure = (error.message or "").partition("; ")
    if text.endswith("' is undefined"):
        return nearest_key(text.partition("' is undefined")[0].strip("'"))
    return "test it with 'if' first: not everybody has one" if text.startswith("'None' ") else cure


def nearest_key(name: str) -> str:
    """Return the cure for a *name* that no message knows."""
    close = get_close_matches(name, KEYS, n=1)
    return f"did you mean '{close[0]}'?" if close else "allowed: " + ", ".join(sorted(KEYS))
