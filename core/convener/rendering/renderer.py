"""Turn a template and a context into what a person receives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, Literal

from jinja2 import TemplateSyntaxError
from markupsafe import Markup

from convener.errors import DataError, Place, Problem
from convener.rendering.environments import (
    MessageEnvironment,
    markdown_environment,
    page_environment,
    plain_environment,
)
from convener.rendering.failures import named_failures
from convener.rendering.folders import BODY, SUBJECT, Folder, FolderLoader, TemplateFolders
from convener.rendering.markup import to_parts
from convener.rendering.texts import subject_line, text_message

Channel = Literal["email", "text", "calendar"]
"""Where the words appear: a mail, a text message, an entry in a diary."""

_ENDINGS: Final[Mapping[Channel, str]] = {"email": ".md.j2", "text": ".text.j2", "calendar": ".calendar.j2"}
_LAYOUT: Final = "messages/_layout.html.j2"
_DOCUMENT: Final = "messages/_document.html.j2"
_POLL: Final = "poll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A message in the forms its channel needs."""

    subject: str
    """One line; empty for a text message."""
    text: str = field(repr=False)
    """Plain prose."""
    html: str = field(default="", repr=False)
    """A whole page with its styles inside; empty for anything but mail."""


class Renderer:
    """Renders messages and pages from folders of templates.

    *folders* are shaped like `templates/` and searched in order, so that a workspace replaces a shipped template
    by a file of the same name.
    """

    def __init__(self, folders: Sequence[Folder]) -> None:
        self.folders = TemplateFolders(folders)
        loader = FolderLoader(self.folders)
        self._plain = plain_environment(loader)
        self._markdown = markdown_environment(loader)
        self._pages = page_environment(loader)
        self._met: set[tuple[str, Channel]] = set()
        """Messages that have been rendered; Jinja2 keeps their templates, so there is no need to look again."""

    def names(self, channel: Channel = "email") -> frozenset[str]:
        """Return names of the messages that have a template for *channel*."""
        return self.folders.names("messages", _ENDINGS[channel])

    def message(
        self, name: str, context: Mapping[str, object], *, zone: str, locale: str, channel: Channel = "email"
    ) -> Rendered:
        """Render message *name* for one recipient, whose wall clock is *zone* and whose manner is *locale*.

        *context* has the keys of `MessageContext`. A poll without a template of its own uses `poll`. Raises
        DataError naming template and line when the template is missing or fails; nothing is half rendered.
        """
        path = self._path(name, context, channel)
        values = {**context, "zone": zone, "locale": locale}
        with named_failures(path):
            subject, body = self._halves(path, values, channel)
            if channel == "text":
                return Rendered(subject="", text=text_message(body))
            if channel == "calendar":
                return Rendered(subject=subject, text=body.strip())
            page, text = to_parts(body)
            html = self._pages.get_template(_LAYOUT).render({**values, "subject": subject, "body": page})
        return Rendered(subject=subject, text=text, html=html)

    def rehearse(
        self, name: str, context: Mapping[str, object], *, zone: str, locale: str, channel: Channel = "email"
    ) -> None:
        """Fill message *name* as `message` does and throw it away; raises what `message` raises for its template."""
        path = self._path(name, context, channel)
        with named_failures(path):
            self._halves(path, {**context, "zone": zone, "locale": locale}, channel)

    def page(self, name: str, context: Mapping[str, object], *, zone: str, locale: str) -> str:
        """Render the report page *name*; values are escaped for HTML unless they are markup already."""
        path = f"reports/{name}.html.j2"
        if self.folders.find(path) is None:
            raise _missing(path, self.folders.names("reports", ".html.j2"))
        with named_failures(path):
            return self._pages.get_template(path).render({**context, "zone": zone, "locale": locale})

    def document(self, title: str, body: Markup, context: Mapping[str, object], *, locale: str) -> str:
        """Return *body* as a page of its own in the layout of attachments."""
        with named_failures(_DOCUMENT):
            values = {**context, "title": title, "body": body, "locale": locale}
            return self._pages.get_template(_DOCUMENT).render(values)

    def problems(self) -> tuple[Problem, ...]:
        """Return every message that cannot even be read as a template, with its place; `check` prints them."""
        found: list[Problem] = []
        for channel in _ENDINGS:
            for name in sorted(self.names(channel)):
                found.extend(self._syntax(name, channel))
        return tuple(found)

    def unknown_names(self) -> frozenset[tuple[str, str]]:
        """Return template and name of all that was spoken of, rendered or not, and is not there."""
        return frozenset(self._plain.unknown | self._markdown.unknown)

    def forget_unknown_names(self) -> None:
        """Listen anew for names that are not there."""
        self._plain.unknown.clear()
        self._markdown.unknown.clear()

    def _path(self, name: str, context: Mapping[str, object], channel: Channel) -> str:
        return f"messages/{self._known(name, context, channel)}{_ENDINGS[channel]}"

    def _halves(self, path: str, values: Mapping[str, object], channel: Channel) -> tuple[str, str]:
        """Return the subject line and the body of the message at *path*, filled."""
        if channel == "text":
            return "", self._plain.get_template(path).render(values)
        subject = subject_line(self._plain.get_template(path + SUBJECT).render(values))
        return subject, self._environment(path + BODY, channel).get_template(path + BODY).render(values)

    def _environment(self, half: str, channel: Channel) -> MessageEnvironment:
        return self._markdown if channel == "email" and half.endswith(BODY) else self._plain

    def _syntax(self, name: str, channel: Channel) -> Iterator[Problem]:
        try:
            for half in _halves(name, channel):
                self._environment(half, channel).get_template(half)
        except TemplateSyntaxError as error:
            place = Place(f"templates/{error.filename or name}", error.lineno)
            yield Problem(code="template-syntax", message=(error.message or "").rstrip("."), place=place)

    def _known(self, name: str, context: Mapping[str, object], channel: Channel) -> str:
        if (name, channel) in self._met:
            return name
        if not name.startswith("_") and self.folders.find(f"messages/{name}{_ENDINGS[channel]}"):
            self._met.add((name, channel))
            return name
        names = self.names(channel)
        poll = context.get("poll")
        if _POLL in names and isinstance(poll, Mapping) and poll.get("id") == name:
            return _POLL
        raise _missing(f"messages/{name}{_ENDINGS[channel]}", names)


def _halves(name: str, channel: Channel) -> tuple[str, ...]:
    path = f"messages/{name}{_ENDINGS[channel]}"
    return (path,) if channel == "text" else (path + SUBJECT, path + BODY)


def _missing(path: str, names: frozenset[str]) -> DataError:
    wanted = path.rpartition("/")[2].partition(".")[0]
    close = get_close_matches(wanted, names, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"write templates/{path}"
    return DataError(f"template {path} does not exist", hint=hint)
