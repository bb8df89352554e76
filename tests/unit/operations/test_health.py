"""How the daemon is."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from convener.clock import VirtualClock
from convener.errors import Place, Problem, Severity
from convener.operations.health import FILE, Health, HealthKeeper, health_flags, read_health, troubles_of
from convener.operations.rules import Reloaded

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
SOUND = Reloaded()


def a_problem(file: str, line: int, **changes: str) -> Problem:
    """Return a problem whose words name somebody."""
    place = Place(f"rulesets/{file}.toml", line, 3)
    return Problem(code="wrong-value", message="'ana@acme.example' is no number", place=place, **changes)


REFUSED = Reloaded(
    refused={"acme": (a_problem("acme", 4), a_problem("pack", 9))},
    isolated={"north": {"welcome": (a_problem("north", 7), a_problem("north", 8))}},
)


def keeper(folder: Path) -> tuple[HealthKeeper, VirtualClock]:
    """Return what writes the health of a daemon, and its clock."""
    clock = VirtualClock(NOON)
    return HealthKeeper(folder, clock), clock


def test_a_sound_daemon_says_so(tmp_path: Path) -> None:
    """The file is there as soon as something was told."""
    keeper(tmp_path)[0].tell(SOUND, {})

    assert Health(status="ok", since=NOON) == read_health(tmp_path)


def test_what_is_refused_degrades_it(tmp_path: Path) -> None:
    """Each problem has its client, automation and place (P14)."""
    keeper(tmp_path)[0].tell(REFUSED, {"sync acme": 2}, ["plugin 'console' failed"])
    said = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))

    assert ("degraded", {"sync acme": 2}, ["plugin 'console' failed"]) == (
        said["status"],
        said["jobs"],
        said["plugins"],
    )
    assert [("acme", "", 4), ("acme", "", 9), ("north", "welcome", 7), ("north", "welcome", 8)] == [
        (each["client"], each["automation"], each["line"]) for each in said["problems"]
    ]
    assert tuple(troubles_of(REFUSED)) == (read_health(tmp_path) or Health(status="ok", since=NOON)).troubles


def test_it_never_repeats_what_stands_in_a_file(tmp_path: Path) -> None:
    """A message may quote an address; the file is read by people who need no addresses."""
    keeper(tmp_path)[0].tell(REFUSED, {})

    assert "ana@acme.example" not in (tmp_path / FILE).read_text(encoding="utf-8")


def test_it_is_written_only_when_something_changed(tmp_path: Path) -> None:
    """The same said again touches no file, and tells so."""
    kept, clock = keeper(tmp_path)
    first = kept.tell(REFUSED, {})
    (tmp_path / FILE).unlink()
    clock.move_to(NOON + timedelta(hours=1))

    assert first
    assert kept.tell(REFUSED, {}) is None
    assert not (tmp_path / FILE).exists()


def test_since_is_when_the_status_began(tmp_path: Path) -> None:
    """One problem more does not make a degraded daemon young again; being well does."""
    kept, clock = keeper(tmp_path)
    kept.tell(REFUSED, {})
    clock.move_to(NOON + timedelta(hours=1))
    kept.tell(REFUSED, {"sync acme": 1})
    still = read_health(tmp_path)
    kept.tell(SOUND, {})

    assert still is not None
    assert (NOON, Health(status="ok", since=NOON + timedelta(hours=1))) == (still.since, read_health(tmp_path))


def test_a_clean_end_leaves_nothing_to_settle(tmp_path: Path) -> None:
    """A stopped daemon has no problems; whoever starts the next one will hear of them."""
    kept, _ = keeper(tmp_path)
    kept.tell(REFUSED, {})
    kept.stop()

    assert Health(status="stopped", since=NOON) == read_health(tmp_path)


def test_warnings_degrade_nothing() -> None:
    """What does not refuse a file does not trouble the daemon."""
    warning = Problem(code="idle", message="x", place=Place("a"), severity=Severity.WARNING)

    assert [] == list(troubles_of(Reloaded(refused={"acme": (warning,)}, problems=(warning,))))


def test_a_client_and_an_automation_have_one_flag_each() -> None:
    """However many problems they have, a human hears once, with the command that shows them (R25)."""
    health = Health(status="degraded", since=NOON, troubles=tuple(troubles_of(REFUSED)))
    flags = list(health_flags(health))

    assert ["health/acme", "health/north/welcome"] == [flag.id for flag in flags]
    assert ["convener check acme", "convener check north"] == [flag.settle for flag in flags]
    assert {("high", NOON)} == {(flag.severity, flag.since) for flag in flags}
    assert flags[1].text == "automation welcome is left out: wrong-value at rulesets/north.toml:7:3"


def test_what_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    """A file from elsewhere, or none at all, is no health."""
    before = read_health(tmp_path)
    (tmp_path / "var").mkdir()
    for text in ("", "[]", '{"status": "ok"}', '{"status": "ok", "since": "soon"}'):
        (tmp_path / FILE).write_text(text, encoding="utf-8")

        assert read_health(tmp_path) is before is None


def test_each_job_that_fails_has_a_flag() -> None:
    """With the command that does the same by hand and says why (R25)."""
    health = Health(status="degraded", since=NOON, jobs={"tick acme/first": 3, "sync acme": 1, "housekeeping": 2})
    flags = list(health_flags(health))

    assert ["convener tick acme/first", "convener sync acme", "convener doctor"] == [flag.settle for flag in flags]
    assert "the daemon's job failed 3 times in a row" == flags[0].text


def test_each_connector_that_is_left_alone_has_a_flag(tmp_path: Path) -> None:
    """A mail server that is down is found in the morning's list, and not in its silence (R25)."""
    keeper(tmp_path)[0].tell(SOUND, {}, breakers=["sms", "mail"])
    said = read_health(tmp_path)

    assert said is not None
    assert ("degraded", ["mail", "sms"]) == (said.status, [flag.subject for flag in health_flags(said)])


def test_an_older_file_has_no_such_connectors(tmp_path: Path) -> None:
    """What the version before wrote is still read."""
    keeper(tmp_path)[0].tell(SOUND, {})
    shape = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    del shape["breakers"]
    (tmp_path / FILE).write_text(json.dumps(shape), encoding="utf-8")

    assert Health(status="ok", since=NOON) == read_health(tmp_path)
