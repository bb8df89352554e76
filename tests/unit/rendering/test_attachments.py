"""Files that travel with a message."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener.bundled import bundled
from convener.errors import DataError
from convener.rendering import MessageContext, Renderer, attachment

Build = Callable[..., MessageContext]
PATTERN = "toolkits/{session.topic}.md"


def test_a_topic_gets_its_own_toolkit(renderer: Renderer, build: Build) -> None:
    """The manager's toolkit speaks of the session's topic, in the client's words (R17)."""
    found = attachment(renderer, PATTERN, build(), locale="en-GB")

    assert ("manager-toolkit-contracting.html", "text/html") == (found.name, found.media_type)
    assert b"bring to your set?" in found.content
    assert b'<html lang="en-GB"' in found.content


@pytest.mark.parametrize("topic", ["Underwater basketry", "", "../../pyproject"])
def test_any_other_topic_gets_the_general_one(renderer: Renderer, build: Build, topic: str) -> None:
    """No manager goes without, and no topic reaches outside the folder."""
    context = build()
    session = context["session"]
    found = attachment(renderer, PATTERN, {**context, "session": {**(session or {}), "topic": topic}}, locale="en-GB")

    assert "manager-toolkit-ten-minutes-that-make-it-stick.html" == found.name


def test_every_shipped_toolkit_can_be_filled(renderer: Renderer, build: Build) -> None:
    """No shipped toolkit has a placeholder that nobody fills."""
    names = renderer.folders.names("toolkits", ".md")
    found = [attachment(renderer, f"toolkits/{name}.md", build(), locale="en-GB") for name in sorted(names)]

    assert "general" in names
    assert all(b"{" not in file.content.partition(b"<body>")[2] for file in found)


def test_another_kind_of_file_travels_as_it_is(tmp_path: Path, build: Build) -> None:
    """A client may attach a PDF; it is not touched."""
    (tmp_path / "guide.pdf").write_bytes(b"%PDF-1.7")
    found = attachment(Renderer([tmp_path]), "guide.pdf", build(), locale="en-GB")

    assert ("guide.pdf", "application/pdf", b"%PDF-1.7") == (found.name, found.media_type, found.content)


def test_a_value_in_a_toolkit_is_data(tmp_path: Path, build: Build) -> None:
    """A name is no markup in an attachment either."""
    (tmp_path / "t.md").write_text("# T\n\n{recipient.name}", encoding="utf-8")
    renderer = Renderer([tmp_path, bundled("templates")])
    recipient = {"name": "<script>[x](http://evil)", "first_name": "x", "role": "manager"}
    page = attachment(renderer, "t.md", build(recipient=recipient), locale="en-GB").content.decode()

    assert "&lt;script&gt;[x](http://evil)" in page


def test_a_missing_file_is_said_with_its_cure(tmp_path: Path, build: Build) -> None:
    """Neither the file nor a general one: the message names what to write."""
    with pytest.raises(DataError, match="finds no file") as caught:
        attachment(Renderer([tmp_path]), PATTERN, build(), locale="en-GB")

    assert "write templates/toolkits/general.md" == caught.value.hint


def test_a_wrong_placeholder_names_the_file(tmp_path: Path, build: Build) -> None:
    """The file to mend stands in the error."""
    (tmp_path / "t.md").write_text("{session.date}", encoding="utf-8")

    with pytest.raises(DataError, match=r"attachment t\.md: placeholder '\{session\.date\}' is unknown"):
        attachment(Renderer([tmp_path]), "t.md", build(), locale="en-GB")
