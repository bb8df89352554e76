"""`convener simulate`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

SPAN = ("--from", "2026-12-01T09:00", "--to", "2027-03-31")


def test_json_has_the_designed_shape(convener: Callable[..., Any], live: Path) -> None:
    """Every message, flag and event of the stretch by day, and the totals (N4)."""
    data = convener("-w", live, "simulate", "acme/first", *SPAN, "--json").data
    days = data["days"]

    assert ["scope", "from", "to", "seed", "days", "totals", "standing"] == list(data)
    assert "2027-03-31T00:00:00+01:00" == data["to"]
    assert {"welcome", "remind", "manager-toolkit"} <= {row["automation"] for row in data["totals"]["by_automation"]}
    assert "ana@acme.example" in {dispatch["recipient"] for day in days for dispatch in day["dispatches"]}
    assert data["totals"]["dispatches"] == sum(len(day["dispatches"]) for day in days)
    assert "session.held" in {event["name"] for day in days for event in day["events"]}


def test_the_calendar_the_digest_and_the_totals_are_printed(convener: Callable[..., Any], live: Path) -> None:
    """For a person: months, days and who gets most; data on stdout."""
    outcome = convener("-w", live, "simulate", "acme/first", *SPAN)

    assert 0 == outcome.code
    assert all(words in outcome.out for words in ("Dec 2026", "Day by day", "Who gets most", "In all"))
    assert "nothing here has happened" in outcome.out


def test_nothing_is_written(convener: Callable[..., Any], live: Path) -> None:
    """The ledger stays empty, the outbox too."""
    convener("-w", live, "simulate", "acme/first", *SPAN, "--drop-outs", "20%")

    assert [] == convener("-w", live, "ledger", "list", "--json").data["dispatches"]
    assert not (live / "var" / "outbox").exists()


def test_a_picture_is_written_where_asked(convener: Callable[..., Any], live: Path, tmp_path: Path) -> None:
    """An SVG or a page by the ending; another is refused before the work begins."""
    for name, begins in (("year.svg", "<svg"), ("year.html", "<!doctype html>")):
        outcome = convener("-w", live, "simulate", "acme/first", *SPAN, "--picture", tmp_path / name)

        assert f"written: {tmp_path / name}" in outcome.err
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert 2 == convener("-w", live, "simulate", "acme/first", *SPAN, "--picture", tmp_path / "year.png").code


def test_an_events_file_is_played_and_a_refusal_is_exit_4(
    convener: Callable[..., Any], live: Path, tmp_path: Path
) -> None:
    """What the file says happens; what cannot is told with its place."""
    file = tmp_path / "events.toml"
    file.write_text(
        'schema = 1\n[[events]]\nat = 2027-01-04T09:00:00\nwithdraw = "ana@acme.example"\n'
        '[[events]]\nat = 2027-01-05T09:00:00\nwithdraw = "ana@acme.example"\n',
        encoding="utf-8",
    )
    outcome = convener("-w", live, "simulate", "acme/first", *SPAN, "--events", file, "--only-events", "--json")
    happenings = [line for day in outcome.data["days"] for line in day["happenings"]]
    refused = [line for day in outcome.data["days"] for line in day["refused"]]

    assert (4, None) == (outcome.code, outcome.data["seed"])
    assert ["ana@acme.example withdraws from 4 Jan 2027"] == happenings
    assert "is not enrolled in acme/first" in refused[0]
    assert f"{file}:5:3" in refused[0]


def test_an_events_file_with_a_mistake_is_shown_with_a_caret(
    convener: Callable[..., Any], live: Path, tmp_path: Path
) -> None:
    """As every file that people write: place, excerpt and the nearest name; exit 3."""
    file = tmp_path / "events.toml"
    text = 'schema = 1\n[[events]]\nat = 2027-01-04T09:00:00\nwithdraw = "anna@acme.example"\n'
    file.write_text(text, encoding="utf-8")
    outcome = convener("-w", live, "simulate", "acme/first", *SPAN, "--events", file)

    assert 3 == outcome.code
    assert "did you mean 'ana@acme.example'?" in outcome.err
    assert "^" in outcome.err


def test_a_share_is_a_share(convener: Callable[..., Any], live: Path) -> None:
    """Anything else is refused with an example."""
    outcome = convener("-w", live, "simulate", "acme/first", *SPAN, "--drop-outs", "five")

    assert (2, True) == (outcome.code, "5%" in outcome.err)
