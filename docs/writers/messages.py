"""`messages.md`: the templates there are, and what they may speak of."""

import inspect
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from convener.bundled import bundled
from convener.documents.docstrings import attribute_docs
from convener.rendering import ALLOWED, Channel, MessageContext, Renderer, moments, wording
from convener.rendering import context as views
from convener.rendering.environments import FILTERS
from writers.markdown import code, sentence, summary, table

INTRODUCTION = """\
# Messages

A message is a Jinja2 template in `templates/messages/`; one in the workspace stands \
in for the shipped one of the same name.
How to write one: [write a message](../how-to/write-a-message.md).

## Templates
"""
CONTEXT = """\
## What a template may speak of

Every key is always there; what does not apply is `None` or an empty list.
Besides them there are `zone` and `locale`.
A name that does not exist is an error.
"""
SOURCES = {
    "when": moments.when,
    "hours": moments.hours,
    "zone": moments.zone_label,
    "day": moments.day,
    "short_day": moments.short_day,
    "clock": moments.clock,
    "listing": wording.listing,
    "figure": wording.figure_text,
    "plural": wording.plural,
    "capital": wording.capital,
    "pod_name": wording.pod_name,
    "pod_label": wording.pod_label,
}
"""The function behind each filter that says itself what it does."""
FILL = "Return the text with its placeholders filled in: `{participant.first_name}`"


def page() -> str:
    """Return the page."""
    shipped = Renderer([bundled("templates")])
    names = {channel: shipped.names(channel) for channel in get_args(Channel)}
    every = sorted(frozenset().union(*names.values()))
    rows = [[code(name), *("yes" if name in names[c] else "" for c in names)] for name in every]
    parts = [INTRODUCTION, table(("name", *names), rows), CONTEXT]
    parts.append(table(("key", "value", "meaning"), _keys()))
    parts += [f"### {view.__name__.removesuffix('View')}\n\n{_view(view)}" for view in _views()]
    filters = [(code(name), _meaning(name)) for name in FILTERS]
    parts += ["## Filters\n\nBesides those of Jinja2.\n", table(("filter", "what it does"), filters)]
    parts += ["## Placeholders\n\nIn the questions of polls and in toolkits, which are no templates.\n"]
    parts.append("\n".join(f"- `{{{name}}}`" for name in sorted(ALLOWED)) + "\n")
    return "\n".join(parts)


def _meaning(name: str) -> str:
    text = summary(SOURCES[name]) if name in SOURCES else FILL
    return sentence(text.removeprefix("Return "))


def _keys() -> Iterator[tuple[str, str, str]]:
    docs = attribute_docs(MessageContext)
    for name, hint in get_type_hints(MessageContext).items():
        yield code(name), _type(hint), docs.get(name, "")


def _views() -> list[type[Any]]:
    found = [v for _, v in inspect.getmembers(views) if is_typeddict(v) and v is not MessageContext]
    return sorted(found, key=lambda view: view.__name__)


def _view(view: type[Any]) -> str:
    docs = attribute_docs(view)
    rows = ((code(name), _type(hint), docs.get(name, "")) for name, hint in get_type_hints(view).items())
    return f"{summary(view)}.\n\n{table(('key', 'value', 'meaning'), rows)}"


def _type(hint: Any) -> str:
    """Return what to call a value of *hint*."""
    if is_typeddict(hint):
        return str(hint.__name__).removesuffix("View")
    if get_origin(hint) is list:
        return f"list of {_type(get_args(hint)[0])}"
    words = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false", "NoneType": "None"}
    if inspect.isclass(hint) and not get_args(hint):
        return words.get(hint.__name__, hint.__name__)
    inner = get_args(hint)
    if all(isinstance(each, str) for each in inner):
        return " or ".join(map(code, inner))
    if get_origin(hint) is tuple:
        return "several"
    return " or ".join(_type(each) for each in inner)
