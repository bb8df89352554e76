"""`convener init`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_an_example_becomes_a_workspace(convener: Callable[..., Any], tmp_path: Path) -> None:
    """The example's rules and data come along, and check is content with them."""
    made = convener("init", tmp_path / "w", "--example", "northern-health")
    checked = convener("-w", tmp_path / "w", "check")

    assert (0, 0) == (made.code, checked.code)
    assert "next: cd" in made.err


def test_an_empty_one_checks_too(convener: Callable[..., Any], tmp_path: Path) -> None:
    """Without an example there is a starter client, ready to be filled in."""
    made = convener("init", tmp_path / "w", "--json")
    checked = convener("-w", tmp_path / "w", "check")

    assert 0 == checked.code
    assert "rulesets/my-client.toml" in made.data["files"]


def test_a_folder_in_use_is_left_alone(convener: Callable[..., Any], tmp_path: Path) -> None:
    """Nothing is written into a folder that holds something."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = convener("init", tmp_path)

    assert 2 == done.code
    assert ["mine.txt"] == [path.name for path in tmp_path.iterdir()]
