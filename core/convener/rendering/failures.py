"""Say which template failed, on which line, and why, without a traceback and without the values."""

from collections.abc import Generator
from contextlib import contextmanager
from difflib import get_close_matches
from traceback import walk_tb

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from convener.errors import ConvenerError, DataError
from convener.rendering.context import KEYS

_CAUSES = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, DataError)


@contextmanager
def named_failures(name: str) -> Generator[None]:
    """Turn whatever goes wrong inside into a DataError that names the template and its line."""
    try:
        yield
    except _CAUSES as error:
        file, line = _place(error, name)
        raise DataError(f"template {file}:{line}: {_reason(error)}", hint=_hint(error)) from error


def _place(error: BaseException, name: str) -> tuple[str, int]:
    if isinstance(error, TemplateSyntaxError):
        return error.filename or name, error.lineno
    # Jinja2 rewrites the frames of templates to their own file names and lines
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [(file, line) for file, line in frames if file.endswith(".j2") and not file.startswith("/")]
    return inside[-1] if inside else (name, 1)


def _reason(error: BaseException) -> str:
    if isinstance(error, TemplateNotFound):
        return f"includes {error.name!r}, which does not exist"
    if isinstance(error, SecurityError):
        return "does what a template may not do"
    if isinstance(error, TemplateError):
        return (error.message or type(error).__name__).rstrip(".")
    return str(error)


def _hint(error: BaseException) -> str:
    if isinstance(error, ConvenerError):
        return error.hint
    if not isinstance(error, UndefinedError):
        return ""
    wrong = (error.message or "").partition("' is undefined")[0].strip("'")
    close = get_close_matches(wrong, KEYS, n=1)
    return f"did you mean '{close[0]}'?" if close else "allowed: " + ", ".join(sorted(KEYS))
