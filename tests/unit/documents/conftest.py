"""Builds documents for the tests of this room."""

from collections.abc import Callable
from pathlib import Path

import pytest

from convener.documents import Document, read_document


@pytest.fixture
def document(tmp_path: Path) -> Callable[[str | bytes], Document]:
    """Write a file and read it as `x.toml`."""

    def build(content: str | bytes) -> Document:
        path = tmp_path / "x.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_document(path, name="x.toml")

    return build
