"""Errors in templates name their place."""

from pathlib import Path

import pytest

from convener.errors import DataError
from convener.rendering.renderer import Renderer


def _fail(folder: Path, text: str, **files: str) -> DataError:
    (folder / "messages").mkdir()
    for name, content in {"a": text, **files}.items():
        (folder / "messages" / f"{name}.md.j2").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Renderer([folder]).message("a", {"session": {"topic": "x"}, "coach": None}, zone="UTC", locale="en-GB")
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ("Subject: s\n\n{{ sesion.topic }}", "a.md.j2:3: 'sesion' is undefined", "did you mean 'session'?"),
        ("Subject: {{ zzz }}\n", "a.md.j2:1: 'zzz' is undefined", "allowed: "),
        ("Subject: s\n{{ session.topc }}", "a.md.j2:2: there is no 'topc' here", "did you mean 'topic'?"),
        ("Subject: s\n{{ session.zzz }}", "a.md.j2:2: there is no 'zzz' here", "allowed: topic"),
        ("Subject: s\n{{ coach.name }}", "a.md.j2:2: 'None' has no attribute 'name'", "test it with 'if' first"),
        ("Subject: s\n\n\n{% if %}", "a.md.j2:4: Expected an expression, got 'end of statement block'", ""),
        ("Subject: s\n{{ 1 / 0 }}", "a.md.j2:2: division by zero", ""),
        ("Subject: s\n{{ session.topic | when }}", "a.md.j2:2: 'str' object has no attribute 'tzinfo'", ""),
        ("Subject: s\n\n{% include 'nowhere' %}", "a.md.j2:3: includes 'nowhere', which does not exist", ""),
        ("Subject: s\n{{ '{nope.x}' | fill }}", "a.md.j2:2: placeholder '{nope.x}' is unknown", ""),
    ],
)
def test_an_error_names_template_line_and_cause(tmp_path: Path, text: str, expected: str, hint: str) -> None:
    """What is wrong can be found without a traceback (fault 23)."""
    error = _fail(tmp_path, text)

    assert f"template messages/{expected}" == str(error)
    assert hint in error.hint


def test_an_error_inside_a_part_names_the_part(tmp_path: Path) -> None:
    """The line to mend is in the included file, not in the message."""
    error = _fail(tmp_path, "Subject: s\n{% include 'messages/_p.md.j2' %}", _p="one\n{{ nope }}")

    assert "template messages/_p.md.j2:2: 'nope' is undefined" == str(error)
