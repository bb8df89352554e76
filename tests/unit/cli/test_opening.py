"""Opening the workspace at the present or at a moment."""

from datetime import UTC, datetime
from pathlib import Path

from convener.cli.face import Face
from convener.cli.opening import opened, people_of, zone_of
from convener.operations.sync import sync


def test_the_clock_stands_still_at_the_moment(face: Face, workspace: Path) -> None:
    """A moment without an offset is on the wall clock of the scope."""
    face.workspace, face.at = workspace, "2027-07-01T09:00"
    with opened(face, "acme/first") as found:
        now = found.clock.now()

    assert datetime(2027, 7, 1, 8, tzinfo=UTC) == now


def test_a_client_lends_the_zone_of_its_programme(face: Face, workspace: Path) -> None:
    """A pod, a programme and a client have a zone; nothing has none."""
    face.workspace = workspace
    with opened(face) as found:
        zones = [zone_of(found, scope) for scope in ("acme", "acme/first", "acme/first/x/1", "")]

    assert ["Europe/London"] * 3 + [""] == zones


def test_people_by_programme(face: Face, workspace: Path) -> None:
    """Everyone the register knows can be named by address."""
    face.workspace = workspace
    with opened(face) as found:
        sync(found, "acme")
        people = people_of(found, [("acme", "first")])

    assert "ana@acme.example" == people["acme", "first"]["1"].email
