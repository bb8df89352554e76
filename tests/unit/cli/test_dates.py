"""`convener dates`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

SESSION = ["pod", "number", "topic", "status", "starts", "ends", "zone"]


def test_a_proposal_has_the_designed_shape(convener: Callable[..., Any], live: Path) -> None:
    """Every session of every pod, on the programme's wall clock with its offset (R10)."""
    data = convener("-w", live, "dates", "show", "acme/first", "--json").data

    assert (4, SESSION) == (len(data["sessions"]), [key for key in data["sessions"][0] if key in SESSION])
    assert data["sessions"][0]["starts"].endswith("+00:00")


def test_a_proposal_for_people(convener: Callable[..., Any], live: Path) -> None:
    """Times are shown with their zone."""
    done = convener("-w", live, "dates", "show", "acme/first")

    assert (0, True) == (done.code, "Jan 2027 10:00 GMT" in done.out)


def test_without_pods_there_are_no_dates(convener: Callable[..., Any], workspace: Path) -> None:
    """The cure names the commands that come first."""
    convener("-w", workspace, "sync", "acme")
    done = convener("-w", workspace, "dates", "propose", "acme/first")

    assert (2, True) == (done.code, "convener pods propose acme/first" in done.err)


def test_a_move_can_be_rehearsed(convener: Callable[..., Any], live: Path) -> None:
    """A dry run changes nothing."""
    words = ("-w", live, "--at", "2026-12-02T09:00", "dates")
    rehearsed = convener(*words, "move", "acme/first/pod-01/1", "--to", "2027-01-14T10:00", "--dry-run", "--json")
    moved = convener(*words, "move", "acme/first/pod-01/1", "--to", "2027-01-14T10:00", "--json")

    assert (0, 0) == (rehearsed.code, moved.code)
    assert ["session.moved"] == [event["name"] for event in moved.data["events"]]


def test_a_move_onto_a_weekend_of_the_year_is_refused(convener: Callable[..., Any], live: Path) -> None:
    """An inflexible rule, here the holidays, refuses with its name and exit 3."""
    done = convener(
        "-w", live, "--at", "2026-12-02T09:00", "dates", "move", "acme/first/pod-01/1", "--to", "2027-01-01T10:00"
    )

    assert (3, True) == (done.code, done.err.startswith("error: "))
