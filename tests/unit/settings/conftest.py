"""Builds configurations for the tests of this room."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[[str], Path]:
    """Write a `config.toml` and give its folder."""

    def build(text: str) -> Path:
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return build
