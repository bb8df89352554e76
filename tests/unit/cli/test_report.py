"""`convener report`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.cli.report import chosen
from convener.errors import UsageError

SHAPE = ["client", "programme", "as_of", "figures", "tables", "comments"]


def test_json_has_the_designed_shape(convener: Callable[..., Any], live: Path) -> None:
    """Figures with numerator and denominator (R19); nothing is published."""
    done = convener("-w", live, "report", "acme/first", "--as-of", "2027-02-20", "--json")

    assert [] == [key for key in SHAPE if key not in done.data]
    assert {"id", "label", "numerator", "denominator", "value"} <= set(done.data["figures"][0])
    assert not (live / "var" / "reports").exists()


def test_into_a_folder(convener: Callable[..., Any], live: Path, tmp_path: Path) -> None:
    """With -o each format is a file there."""
    done = convener("-w", live, "report", "acme/first", "--format", "html,json", "-o", tmp_path / "out")
    written = sorted(path.name for path in (tmp_path / "out").iterdir())

    assert (0, ["acme-first.html", "acme-first.json"]) == (done.code, written)
    assert "first" == json.loads((tmp_path / "out" / "acme-first.json").read_text(encoding="utf-8"))["programme"]


def test_to_the_connectors_of_the_stack(convener: Callable[..., Any], live: Path) -> None:
    """Without -o it is published, and the places are said."""
    done = convener("-w", live, "report", "acme/first")

    assert (0, True) == (done.code, "written: " in done.err)
    assert [".html"] == [path.suffix for path in (live / "var" / "reports").rglob("*") if path.is_file()]


def test_a_rehearsal_publishes_nothing(convener: Callable[..., Any], live: Path) -> None:
    """A dry run shows the figures only."""
    convener("-w", live, "report", "acme/first", "--dry-run")

    assert not (live / "var" / "reports").exists()


@pytest.mark.parametrize("text", ["pdf", "", "html,docx"])
def test_a_format_there_is_not(text: str) -> None:
    """The hint names those there are."""
    with pytest.raises(UsageError, match="there is no format"):
        chosen(text)
