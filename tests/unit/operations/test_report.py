"""The client's report through the workspace."""

import json
from datetime import timedelta

from convener.operations import attendance, report

SCOPE = "northern-health/primary-care"


def test_the_report_counts_what_the_register_says(live) -> None:
    """Present over counted sessions equals a recount of the register (R19)."""
    ends = [session.ends for session in live.register.sessions.values() if session.number <= 3]
    live.clock.move_to(max(ends) + timedelta(hours=3))
    attendance.import_file(live.workspace, SCOPE, live.workspace.folder / "data" / "northern-health-attendance.csv")
    found = report.report(live.workspace, SCOPE)
    rows = live.register.attendance.values()
    figure = next(figure for figure in found.figures if figure.id == "attendance")

    assert (sum(row.status in {"attended", "partly"} for row in rows), len(rows)) == (
        figure.numerator,
        figure.denominator,
    )


def test_the_sinks_get_every_format(live) -> None:
    """Publishing hands the report to each sink of the stack (R19)."""
    found = report.report(live.workspace, SCOPE)
    places = report.publish(live.workspace, SCOPE, found)

    assert 2 == len(places)


def test_a_report_is_written_whole(live, tmp_path) -> None:
    """Files appear under their final name only, and JSON parses."""
    found = report.report(live.workspace, SCOPE)
    content = report.files(live.workspace, SCOPE, found, ("html", "json"))
    written = report.write(tmp_path / "out", SCOPE, content)

    assert ["northern-health-primary-care.html", "northern-health-primary-care.json"] == [p.name for p in written]
    assert "primary-care" == json.loads(written[1].read_text(encoding="utf-8"))["programme"].rpartition("/")[2]
    assert 2 == len(list((tmp_path / "out").iterdir()))
