"""Render a message for typical people and tell what its template gets wrong, each fault once."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from convener.bundled import bundled
from convener.errors import DataError, Place, Problem
from convener.rendering.context import KEYS
from convener.rendering.failures import BrokenTemplateError, nearest_key
from convener.rendering.folders import BODY, SUBJECT
from convener.rendering.renderer import Channel, Renderer
from convener.rendering.typical import LOCALE, ZONE, Shape, typical

_SPOKEN = re.compile(r"{[{%].*?[%}]}", re.DOTALL)
"""What is not prose in a template."""


@dataclass(slots=True)
class Rehearsals:
    """What came of every message so far; a message of one shape is rendered once, whoever sends it."""

    renderer: Renderer
    _known: dict[tuple[str, Channel, Shape], tuple[Problem, ...]] = field(default_factory=dict)
    _pages: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    _names: dict[Channel, frozenset[str]] = field(default_factory=dict)

    def names(self, channel: Channel) -> frozenset[str]:
        """Return names of the messages that have a template for *channel*, as they were when first asked for."""
        if channel not in self._names:
            self._names[channel] = self.renderer.names(channel)
        return self._names[channel]

    def problems(self, name: str, channel: Channel, shape: Shape) -> tuple[Problem, ...]:
        """Return what is wrong with message *name* when it goes to people of *shape*; templates/FILE:line each.

        A message that has no template has no problem here: whoever names it is told.
        """
        key = (name, channel, shape)
        if key not in self._known:
            self.renderer.forget_unknown_names()
            found = list(self._rendered(name, channel, shape))
            asked = sorted(self.renderer.unknown_names())
            self._known[key] = tuple(_once([*found, *self._undefined(asked)]))
        return self._known[key]

    def page_problems(self, name: str, context: Callable[[], Mapping[str, object]]) -> tuple[Problem, ...]:
        """Return what is wrong with the report page *name*, filled with *context*, which is asked for at most once.

        The page that ships is not filled: it is the same for everybody, and tested.
        """
        if name not in self._pages:
            self._pages[name] = tuple(self._filled(name, context))
        return self._pages[name]

    def _filled(self, name: str, context: Callable[[], Mapping[str, object]]) -> Iterator[Problem]:
        path = f"reports/{name}.html.j2"
        if self.renderer.folders.find(path) == bundled("templates") / path:
            return
        try:
            self.renderer.page(name, context(), zone=ZONE, locale=LOCALE)
        except BrokenTemplateError as failure:
            yield _problem(failure, "a report of nobody yet")

    def _rendered(self, name: str, channel: Channel, shape: Shape) -> Iterator[Problem]:
        """Render the message for everybody; the first one gets it whole, with its page."""
        for number, (label, context) in enumerate(typical(shape)):
            if context["poll"] is not None and not shape.chase:
                context["poll"]["id"] = name
            render: Callable[..., object] = self.renderer.rehearse if number else self.renderer.message
            try:
                render(name, context, zone=ZONE, locale=LOCALE, channel=channel)
            except BrokenTemplateError as failure:
                yield _problem(failure, label)
            except DataError:
                return

    def _undefined(self, asked: Iterable[tuple[str, str]]) -> Iterator[Problem]:
        """Yield the names nobody knows, also where no typical person came by."""
        for template, name in asked:
            file = template.removesuffix(SUBJECT).removesuffix(BODY)
            line = _line_of(self._source(file), name)
            if name not in KEYS and line:
                place = Place(f"templates/{file}", line)
                text = f"'{name}' is undefined"
                yield Problem(code="template-name", message=text, place=place, hint=nearest_key(name))

    def _source(self, file: str) -> str:
        found = self.renderer.folders.find(file)
        return found.read_text(encoding="utf-8") if found else ""


def _problem(failure: BrokenTemplateError, label: str) -> Problem:
    """Return the problem of a message; a slip of the pen fails for everybody, what is missing for some only."""
    depends = failure.code == "template-value" or failure.reason.startswith("'None' has")
    return Problem(
        code=failure.code,
        message=f"{failure.reason} (for {label})" if depends else failure.reason,
        place=Place(f"templates/{failure.place.file}", failure.place.line),
        hint=failure.hint,
    )


def _line_of(source: str, name: str) -> int:
    """Return the line on which *source* first speaks of *name*; 0 when it asks whether there is one."""
    word = re.compile(rf"(?<![\w.'\"]){re.escape(name)}\b(?P<asks>\s+is\s+(not\s+)?defined)?")
    for spoken in _SPOKEN.finditer(source):
        found = word.search(spoken[0])
        if found:
            return 0 if found["asks"] else source.count("\n", 0, spoken.start() + found.start()) + 1
    return 0


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first problem of each place and code."""
    seen: set[tuple[Place, str]] = set()
    for problem in problems:
        if (problem.place, problem.code) not in seen:
            seen.add((problem.place, problem.code))
            yield problem
