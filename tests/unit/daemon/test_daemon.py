"""The daemon: what it does whatever happens, from beginning to end."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from structlog.testing import capture_logs

from convener.daemon.daemon import Daemon
from convener.errors import BusyError
from convener.model import DispatchState
from convener.operations.delivery import ALONE
from convener.operations.rules import RuleBook
from convener.operations.tick import tick
from convener.operations.workspace import Workspace
from convener.store import Store

pytestmark = pytest.mark.integration
SCOPE = "northern-health/primary-care"
RULES = "rulesets/northern-health.toml"
BROKEN = ("schema = 1", "schema = 1\nsurprise = true")
PEOPLE = 40
Edit = Callable[[str, str, str], None]
Mails = Callable[[], int]


class TornRules(RuleBook):
    """Rule files of clients that cannot be listed."""

    def clients(self) -> tuple[str, ...]:
        """Fail in a way that nobody foresaw."""
        raise RuntimeError("torn")


@pytest.fixture
def later(works: Any, workspace: Workspace) -> Callable[[], None]:
    """Move on to a day on which more is due."""
    starts = workspace.rules.ruleset(SCOPE).starts
    return lambda: works.clock.move_to(datetime.combine(starts - timedelta(weeks=2), time(12), UTC))


@pytest.fixture
def said() -> Iterator[list[Mapping[str, Any]]]:
    """Keep what is logged."""
    with capture_logs() as lines:
        yield lines


def of(said: list[Mapping[str, Any]], event: str, *fields: str) -> list[tuple[Any, ...]]:
    """Return *fields* of each line that tells of *event*."""
    return [tuple(line[field] for field in fields) for line in said if line["event"] == event]


def test_what_was_planned_before_the_end_still_goes_out(
    works: Any, workspace: Workspace, later: Callable[[], None]
) -> None:
    """Between the signal and the end, the ledger is drained (P1)."""

    def plan(_: Daemon) -> None:
        later()
        tick(workspace)

    works.through(plan)
    with workspace.store.begin() as tx:
        briefings = {row.state for row in tx.ledger() if row.dispatch.what == "manager-briefing"}

    assert {DispatchState.SENT} == briefings


def test_what_a_dead_daemon_had_on_the_wire_is_sent_at_once(
    works: Any, workspace: Workspace, edit: Edit, mails: Mails, later: Callable[[], None]
) -> None:
    """Who holds the lock need not wait for the leases of the dead; with other settings it is its own heir not (N5)."""

    def claim(_: Daemon) -> None:
        tick(workspace)
        with workspace.store.begin() as tx:
            tx.claim(works.clock.now(), lease=timedelta(minutes=1), limit=3, owner=f"{ALONE}gone")

    def claim_and_change_settings(daemon: Daemon) -> None:
        later()
        claim(daemon)
        edit("config.toml", 'folder = "var/outbox"', 'folder = "var/elsewhere"')
        daemon.hurry()

    alone = replace(workspace.settings, engine="embedded")
    claim(Daemon(workspace))
    works.through(settings=alone)
    welcomed = mails()
    works.through(claim_and_change_settings, settings=alone).workspace.connectors.close()
    with workspace.store.begin() as tx:
        claimed = len(tx.ledger(states=[DispatchState.SENDING]))

    assert (PEOPLE, 3) == (welcomed, claimed)


def test_a_roster_that_cannot_be_read_stops_nothing_else(works: Any, folder: Path, mails: Mails) -> None:
    """One client's sync fails; its people are welcomed all the same (P14)."""
    (folder / "data" / "northern-health.csv").unlink()
    daemon = works.through()

    assert ({"sync northern-health": 1}, PEOPLE) == (daemon.record.in_row, mails())


def test_a_job_that_breaks_in_an_unforeseen_way_stops_nothing_else(
    works: Any, workspace: Workspace, mails: Mails
) -> None:
    """Whatever is raised, the other jobs run (P14)."""
    tick(workspace)
    daemon = works.through(rules=TornRules.of(workspace.folder, workspace.settings))

    assert (True, PEOPLE) == ({"sync", "tick"} <= daemon.record.in_row.keys(), mails())


def test_the_last_good_set_decides(
    works: Any, workspace: Workspace, edit: Edit, mails: Mails, said: list[Mapping[str, Any]]
) -> None:
    """Everybody is welcomed by rules whose file has been broken since they were read (P14)."""
    workspace.rules.reload()
    edit(RULES, *BROKEN)
    works.through()

    assert (PEOPLE, [("northern-health", "unknown-key")]) == (mails(), of(said, "rules.refused", "client", "code"))


def test_the_last_good_set_survives_a_restart(
    works: Any, workspace: Workspace, edit: Edit, mails: Mails, later: Callable[[], None]
) -> None:
    """A copy of the files as they were when they were right is kept below `var/` (P14)."""
    works.through()
    welcomed = mails()
    edit(RULES, *BROKEN)
    later()
    daemon = works.through(rules=RuleBook.of(workspace.folder, workspace.settings))

    assert (PEOPLE, {}) == (welcomed, daemon.record.in_row)
    assert mails() > PEOPLE


def test_a_client_without_a_set_is_not_decided(works: Any, edit: Edit, mails: Mails) -> None:
    """Broken from the start it sends nothing, loses nothing, and catches up when it is mended (P7, P14)."""
    edit(RULES, *BROKEN)
    works.through()
    before = mails()
    edit(RULES, *reversed(BROKEN))
    second = works.through()

    assert ({}, 0, PEOPLE) == (second.record.in_row, before, mails())


def test_a_live_client_whose_file_is_gone_is_told(works: Any, folder: Path, mails: Mails) -> None:
    """Nothing is known of it but its programme: that is no reason to call it well (P14)."""
    hidden = (folder / RULES).rename(folder / "away")
    before = works.through().record.in_row
    hidden.rename(folder / RULES)
    after = works.through().record.in_row

    assert ({f"tick {SCOPE}": 1}, {}, PEOPLE) == (before, after, mails())


def test_a_health_that_cannot_be_written_stops_nothing(works: Any, folder: Path, mails: Mails) -> None:
    """Where the file should be is a folder: everybody is welcomed all the same (P14)."""
    (folder / "var" / "health.json").mkdir(parents=True)
    daemon = works.through()

    assert (True, PEOPLE) == ("health" in daemon.record.in_row, mails())


def test_a_hurried_daemon_looks_at_the_rules_and_goes_on(works: Any, edit: Edit, said: list[Mapping[str, Any]]) -> None:
    """A nudge is not an end (P14)."""
    works.through(lambda daemon: (edit(RULES, *BROKEN), daemon.hurry()))

    assert [("northern-health",)] == of(said, "rules.refused", "client")
    assert 1 == len(of(said, "daemon.stopped"))


def test_other_settings_are_taken_without_an_end(
    works: Any, folder: Path, edit: Edit, later: Callable[[], None], said: list[Mapping[str, Any]]
) -> None:
    """What goes out from then on goes where `config.toml` says by then (P14)."""

    def elsewhere(daemon: Daemon) -> None:
        edit("config.toml", 'folder = "var/outbox"', 'folder = "var/elsewhere"')
        later()
        daemon.hurry()

    daemon = works.through(elsewhere)
    daemon.workspace.connectors.close()

    assert (1, 1) == (len(of(said, "config.reloaded")), len(of(said, "daemon.stopped")))
    assert list((folder / "var" / "elsewhere").rglob("*.eml"))


def test_wrong_settings_are_told_and_not_taken(
    works: Any, edit: Edit, mails: Mails, said: list[Mapping[str, Any]]
) -> None:
    """With their place; the daemon goes on by those it has (P14, P15)."""
    daemon = works.through(
        lambda daemon: (edit("config.toml", "[daemon]", "[daemon]\nsurprise = true"), daemon.hurry())
    )

    assert [("config.toml", "unknown-key")] == of(said, "config.refused", "file", "code")
    assert ({"config": 1}, PEOPLE) == (daemon.record.in_row, mails())


def test_another_database_is_not_taken_while_it_runs(works: Any, edit: Edit) -> None:
    """That is another daemon's work: stop and start."""
    daemon = works.through(
        lambda daemon: (edit("config.toml", 'database = "', 'database = "sqlite:///var/other.db" # "'), daemon.hurry()),
        Daemon.hurry,
    )

    assert {"config": 2} == daemon.record.in_row


def test_a_clock_that_is_set_is_told_and_doubles_nothing(
    works: Any, mails: Mails, said: list[Mapping[str, Any]]
) -> None:
    """A day back and forward again, each told once (fault 12)."""
    clock = works.clock
    daemon = works.through(
        lambda _: setattr(clock, "set_by", timedelta(days=-1)), lambda _: setattr(clock, "set_by", timedelta(0))
    )

    assert [(-86400,), (86400,)] == of(said, "clock.jumped", "seconds")
    assert (PEOPLE, {}) == (mails(), daemon.record.in_row)


def test_what_is_held_goes_out_once_a_person_says_so(
    works: Any, workspace: Workspace, mails: Mails, said: list[Mapping[str, Any]]
) -> None:
    """A copy may be a clone of one that works elsewhere (fault 15)."""
    with workspace.store.begin() as tx:
        tx.put_fact("hold", "a test says so")
    first = works.through().record
    before = mails()
    workspace.store.adopt()
    works.through()

    assert (True, {}, 0, PEOPLE) == (first.held, first.in_row, before, mails())
    assert 1 == len(of(said, "daemon.held"))


def test_a_database_that_another_daemon_took_is_left_to_it(
    works: Any, workspace: Workspace, postgresql_url: str
) -> None:
    """The server forgot us, and the other one came first (fault 14)."""
    with ExitStack() as stack:
        shared = stack.enter_context(closing(Store.open(postgresql_url, workspace=workspace.folder)))
        other = stack.enter_context(closing(Store.open(postgresql_url, workspace=workspace.folder)))

        def lose(_: Daemon) -> None:
            with psycopg.connect(postgresql_url, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory'"
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            assert stack.enter_context(other.sole()).is_ours()

        with pytest.raises(BusyError, match="another daemon took this database"):
            works.through(lose, store=shared, settings=replace(workspace.settings, engine="embedded"))


def test_a_second_word_to_end_halts(works: Any, workspace: Workspace) -> None:
    """Whoever asks twice does not want to wait for what is due."""
    halted: list[bool] = []

    def twice(daemon: Daemon) -> None:
        assert daemon.crew
        for _ in range(2):
            daemon.stop()
            halted.append(daemon.crew.engine.halted.is_set())

    works.through(twice, settings=replace(workspace.settings, engine="embedded"))

    assert [False, True] == halted
