"""Options of the reports connector."""

import pytest

from convener_reports.settings import ReportsSettings


def test_a_page_is_the_default() -> None:
    """Without options there is one page in the workspace."""
    assert ("var/reports", ("html",)) == (ReportsSettings().folder, ReportsSettings().formats)


def test_at_least_one_format_is_needed() -> None:
    """A sink that writes nothing is a mistake."""
    with pytest.raises(ValueError, match="at least one format"):
        ReportsSettings(formats=())
