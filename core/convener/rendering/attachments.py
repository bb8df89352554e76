"""Files that travel with a message: `toolkits/{session.topic}.md`, or the general one when the topic has none.

A toolkit is a Markdown file that clients write: placeholders only (see `placeholders`), no template language. It
leaves as one self-contained HTML page, because that opens on every phone.
"""

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from mimetypes import guess_type
from typing import Final

from convener.errors import DataError
from convener.model import Attachment
from convener.rendering.markup import title_of, to_html
from convener.rendering.placeholders import fill
from convener.rendering.renderer import Renderer
from convener.rendering.texts import clean, escape_markdown, slug

FALLBACK: Final = "general"
"""Stem of the file that serves when a topic has none of its own."""


def attachment(renderer: Renderer, pattern: str, context: Mapping[str, object], *, locale: str) -> Attachment:
    """Return the file that *pattern* names for *context*, ready to travel.

    Placeholders become parts of a file name (`Working across practices` → `working-across-practices`), so that no
    value can leave the folder. Raises DataError when neither the file nor its `general` neighbour exists, or when
    a placeholder is unknown.
    """
    name, found = attached_file(renderer, pattern, context)
    if name.endswith(".md"):
        return _page(renderer, found, context, locale)
    return Attachment(name=found.name, content=found.read_bytes(), media_type=guess_type(name)[0] or _UNKNOWN)


def attached_file(renderer: Renderer, pattern: str, context: Mapping[str, object]) -> tuple[str, Traversable]:
    """Return the path below `templates/` of the file that *pattern* names for *context*, and the file.

    Raises DataError when neither it nor its `general` neighbour exists, or when a placeholder is unknown.
    """
    name = _name(pattern, context)
    found = renderer.folders.find(name)
    if found is None:
        folder, _, file = name.rpartition("/")
        name = f"{folder}/{FALLBACK}.{file.rpartition('.')[2]}".lstrip("/")
        found = renderer.folders.find(name)
    if found is None:
        raise DataError(f"attachment {pattern!r} finds no file", hint=f"write templates/{name}")
    return name, found


_UNKNOWN: Final = "application/octet-stream"


def _name(pattern: str, context: Mapping[str, object]) -> str:
    return fill(pattern, context, each=lambda value: slug(value) or FALLBACK)


def _page(renderer: Renderer, file: Traversable, context: Mapping[str, object], locale: str) -> Attachment:
    source = file.read_text(encoding="utf-8")
    try:
        markdown = fill(source, context, each=lambda value: escape_markdown(clean(value)))
    except DataError as error:
        raise DataError(f"attachment {file.name}: {error}", hint=error.hint) from error
    title = title_of(markdown)
    html = renderer.document(title, to_html(markdown), context, locale=locale)
    return Attachment(name=f"{slug(title) or slug(file.name)}.html", content=html.encode(), media_type="text/html")
