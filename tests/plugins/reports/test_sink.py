"""The reports connector."""

from datetime import date
from pathlib import Path

import pytest

from convener import PermanentError, Publication, RetryError
from convener.testing import ReportSinkContract
from convener_reports.settings import ReportsSettings
from convener_reports.sink import ReportsSink


class TestReports(ReportSinkContract):
    """Report files keep the promises of a sink."""

    def kind(self) -> type[ReportsSink]:
        """Return the class under contract."""
        return ReportsSink

    def make(self, workspace: Path) -> ReportsSink:
        """Return a sink in the workspace."""
        return ReportsSink(ReportsSettings(), workspace)

    def published(self, place: str) -> bytes:
        """Read the file."""
        return Path(place).read_bytes()


def publication(client: str = "northern-health", **files: bytes) -> Publication:
    """Return a report of one programme."""
    return Publication(client=client, programme="primary-care", name="client", as_of=date(2027, 3, 1), files=files)


def test_each_format_is_a_file_of_its_own(tmp_path: Path) -> None:
    """R19: the formats of the settings are written, others are not; the first one is the place."""
    sink = ReportsSink(ReportsSettings(folder="out", formats=("csv", "json")), tmp_path)

    place = sink.publish(publication(html=b"page", csv=b"a,b", json=b"{}"))

    folder = tmp_path / "out" / "northern-health" / "primary-care"
    assert str(folder / "client-2027-03-01.csv") == place
    assert {"client-2027-03-01.csv": b"a,b", "client-2027-03-01.json": b"{}"} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_a_format_the_report_lacks_is_refused_whole(tmp_path: Path) -> None:
    """Nothing is half published."""
    with pytest.raises(PermanentError, match="the report 'client' has no csv"):
        ReportsSink(ReportsSettings(formats=("html", "csv")), tmp_path).publish(publication(html=b"page"))

    assert [] == list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize("client", ["..", "../x", "a/b", "", ".hidden", "a\0b"])
def test_no_name_leads_out_of_the_folder(client: str, tmp_path: Path) -> None:
    """Names of clients are names of folders, not ways."""
    with pytest.raises(PermanentError, match="cannot be part of a file name"):
        ReportsSink(ReportsSettings(), tmp_path).publish(publication(client, html=b"page"))


def test_a_folder_that_cannot_be_written_is_for_later(tmp_path: Path) -> None:
    """A full disk or a file in the way may be mended."""
    (tmp_path / "var").write_text("in the way")

    with pytest.raises(RetryError, match="cannot write the report"):
        ReportsSink(ReportsSettings(), tmp_path).publish(publication(html=b"page"))
