"""The page of proposed dates."""

from pathlib import Path

from convener.operations import dates

SCOPE = "northern-health/primary-care"


def test_the_page_is_written_whole(live, tmp_path: Path) -> None:
    """With the map of availability and the dates of every pod on it, and notices on the answers."""
    page = tmp_path / "dates.html"
    proposal, _ = dates.show(live.workspace, SCOPE)
    dates.write_picture(live.workspace, page, SCOPE, proposal, ["an odd answer"])
    text = page.read_text("utf-8")

    assert "<h1>Primary care pilot: dates</h1>" in text
    assert 5 == text.count('<article class="pod"')
    assert 'class="map"' in text
    assert "an odd answer" in text
