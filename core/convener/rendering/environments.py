"""The Jinja2 environments: sandboxed, strict, with the filters of the house.

Templates belong to the installation; what they print belongs to people. So every value is finalized on its way
into the text: a message's body is Markdown and gets it escaped, everything else gets it on one clean line. A
value that is no text or number (None, a list, a bare time) is an error, so that nobody ever reads "None" or a time
without its zone.
"""

from collections.abc import Callable, Mapping, MutableMapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import partial
from typing import Any, Final

from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from convener.rendering import moments, wording
from convener.rendering.context import FigureView
from convener.rendering.folders import FolderLoader
from convener.rendering.placeholders import fill
from convener.rendering.texts import clean, escape_markdown


class _Heard(Context):
    """Tells its environment of every name that a template speaks of and nobody gave."""

    def resolve_or_missing(self, key: str) -> Any:
        """Return the value called *key*, or what stands for none."""
        value = super().resolve_or_missing(key)
        if value is missing and isinstance(self.environment, MessageEnvironment):
            self.environment.unknown.add((self.name or "", key))
        return value


class HouseEnvironment(ImmutableSandboxedEnvironment):
    """Keeps every template it has read, and gives all the same globals, as they are.

    Jinja2 would read the globals through a chain at every rendering, and look at every include how long a template was
    not used and whether its file is still the same.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, trim_blocks=True, lstrip_blocks=True, cache_size=-1, auto_reload=False)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template, with those of its own in *d* if it has any."""
        return super().make_globals(d) if d else self.globals


class MessageEnvironment(HouseEnvironment):
    """Reads a mapping's keys, never its methods: `poll.items` is a key or an error."""

    context_class = _Heard

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.unknown: set[tuple[str, str]] = set()
        """Template and name of whatever was asked for and is not there, rendered or not."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the key of a mapping, the attribute of anything else, or undefined."""
        if not isinstance(obj, Mapping):
            return super().getattr(obj, attribute)
        return obj[attribute] if attribute in obj else self.undefined(_stranger(attribute, obj), obj, attribute)


def _stranger(key: str, view: Mapping[str, object]) -> str:
    """Say that *view* has no *key*, and its cure after a semicolon."""
    close = get_close_matches(key, view, n=1)
    return f"there is no '{key}' here; " + (f"did you mean '{close[0]}'?" if close else f"allowed: {', '.join(view)}")


def plain_environment(loader: FolderLoader) -> MessageEnvironment:
    """Return the environment of subjects, text messages and calendar texts."""
    return _messages(loader, _plain)


def markdown_environment(loader: FolderLoader) -> MessageEnvironment:
    """Return the environment of message bodies: values are escaped for Markdown."""
    return _messages(loader, lambda value: escape_markdown(_plain(value)))


def page_environment(loader: FolderLoader) -> HouseEnvironment:
    """Return the environment of whole pages: HTML, values are escaped for HTML."""
    environment = HouseEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        finalize=_page,
        autoescape=True,
    )
    environment.filters.update(FILTERS)
    return environment


def _messages(loader: FolderLoader, finalize: Callable[[Any], str]) -> MessageEnvironment:
    environment = MessageEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=False,  # the body is Markdown: `finalize` escapes its values, and raw HTML is off
        keep_trailing_newline=True,  # the blank line at the end of an included part separates blocks
    )
    environment.filters.update(FILTERS)
    return environment


def _page(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    kind = "nothing" if value is None else f"a {type(value).__name__}"
    raise TypeError(f"a template can print text and numbers, not {kind}; test it with 'if', or use a filter")


def _spoken(context: Context) -> tuple[str, str]:
    return str(context["zone"]), str(context["locale"])


@pass_context
def _when(context: Context, starts: datetime, ends: datetime | None = None) -> str:
    return moments.when(starts, ends, *_spoken(context))


@pass_context
def _hours(context: Context, starts: datetime, ends: datetime | None = None) -> str:
    return moments.hours(starts, ends, *_spoken(context))


@pass_context
def _zone(context: Context, starts: datetime, ends: datetime | None = None) -> str:
    return moments.zone_label(starts, ends, *_spoken(context))


@pass_context
def _listing(context: Context, items: list[str]) -> str:
    return wording.listing([clean(item) for item in items], _spoken(context)[1])


@pass_context
def _figure(context: Context, figure: FigureView) -> str:
    return wording.figure_text(figure, _spoken(context)[1])


@pass_context
def _fill(context: Context, text: str, **views: object) -> str:
    return fill(text, {**context.get_all(), **views})


def _pod(context: Context, name: str, *, write: Callable[[str, str], str]) -> str:
    return write(name, str(context["word"]["pod"]))


def _moment(context: Context, value: datetime | date, *, write: Callable[..., str]) -> str:
    return write(value, *_spoken(context))


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "when": _when,
    "hours": _hours,
    "zone": _zone,
    "day": pass_context(partial(_moment, write=moments.day)),
    "short_day": pass_context(partial(_moment, write=moments.short_day)),
    "clock": pass_context(partial(_moment, write=moments.clock)),
    "listing": _listing,
    "figure": _figure,
    "fill": _fill,
    "plural": wording.plural,
    "capital": wording.capital,
    "pod_name": pass_context(partial(_pod, write=wording.pod_name)),
    "pod_label": pass_context(partial(_pod, write=wording.pod_label)),
}
"""What templates may call on a value, besides Jinja2's own filters."""
