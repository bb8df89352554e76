"""What a template may print and reach."""

from pathlib import Path

import pytest

from convener.errors import DataError
from convener.rendering.renderer import Renderer


def _render(folder: Path, body: str, **values: object) -> str:
    for name, text in {"a.md.j2": f"Subject: s\n{body}", "_layout.html.j2": "{{ body }}"}.items():
        (folder / "messages").mkdir(exist_ok=True)
        (folder / "messages" / name).write_text(text, encoding="utf-8")
    return Renderer([folder]).message("a", values, zone="Europe/London", locale="en-GB").html.strip()


def test_values_are_escaped_and_words_of_the_template_are_not(tmp_path: Path) -> None:
    """Only what comes from outside is taken letter by letter."""
    assert "<p><strong>*x*</strong></p>" == _render(tmp_path, "**{{ name }}**", name="*x*")


@pytest.mark.parametrize("value", [None, True, [1], {"a": 1}])
def test_only_text_and_numbers_can_be_printed(tmp_path: Path, value: object) -> None:
    """Nobody ever reads `None`, `True` or a Python list."""
    with pytest.raises(DataError, match="can print text and numbers"):
        _render(tmp_path, "{{ x }}", x=value)


def test_a_mapping_shows_keys_not_methods(tmp_path: Path) -> None:
    """A key may be called like a method of dict."""
    assert "<p>3</p>" == _render(tmp_path, "{{ x.items }}", x={"items": 3})
    with pytest.raises(DataError, match="there is no 'keys' here"):
        _render(tmp_path, "{{ x.keys }}", x={})


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ x.append(1) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ range(10000000) | list }}",
    ],
)
def test_the_sandbox_holds(tmp_path: Path, body: str) -> None:
    """A template reaches no internals, changes nothing and cannot ask for ten million numbers (fault 24)."""
    with pytest.raises(DataError, match=r"template messages/a\.md\.j2:2"):
        _render(tmp_path, body, x=[])
