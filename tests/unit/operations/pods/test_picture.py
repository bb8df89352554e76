"""The page of proposed pods."""

from pathlib import Path

import pytest

from convener.errors import UsageError
from convener.operations import pods

SCOPE = "northern-health/primary-care"


def test_the_page_is_written_whole(proposed, tmp_path: Path) -> None:
    """In the client's own words, with every pod on it."""
    page = tmp_path / "pods.html"
    pods.write_picture(proposed.workspace, page, SCOPE, pods.show(proposed.workspace, SCOPE))
    text = page.read_text("utf-8")

    assert "<h1>Primary care pilot: sets</h1>" in text
    assert 5 == text.count('<article class="pod"')


def test_another_ending_is_refused(proposed, tmp_path: Path) -> None:
    """A page is HTML."""
    with pytest.raises(UsageError, match="no page"):
        pods.write_picture(proposed.workspace, tmp_path / "pods.pdf", SCOPE, pods.show(proposed.workspace, SCOPE))
