"""Rehearsing a stretch of a programme."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from convener.errors import InvalidError, RefusedError, UsageError
from convener.operations import pods
from convener.operations.simulate import Wish, simulate
from convener.operations.sync import sync
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"
START = datetime(2026, 12, 7, 9, tzinfo=UTC)
WINTER = Wish(since=START, until=datetime(2027, 2, 5, tzinfo=UTC))


def state(folder: Path) -> dict[str, str]:
    """Return every file of a workspace with what is in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_afterwards_nothing_has_changed(live) -> None:
    """N4: every byte of the database and every file is as it was; the register has the same revision."""
    register, before = live.register, state(live.workspace.folder)
    with live.workspace.store.begin() as tx:
        revision = tx.revision(SCOPE)
    found = simulate(live.workspace, SCOPE, replace(WINTER, drop_outs=Fraction(1, 10)))
    with live.workspace.store.begin() as tx:
        after = tx.revision(SCOPE)

    assert 500 < sum(1 for _ in found.dispatches)
    assert before == state(live.workspace.folder)
    assert (revision, register) == (after, live.register)


def test_one_seed_has_one_story(live) -> None:
    """The same seed gives the same year, another seed another, and drop-outs leave in it."""
    wish = replace(WINTER, drop_outs=Fraction(5, 100), secondments=Fraction(5, 100))
    one, again, other = (simulate(live.workspace, SCOPE, replace(wish, seed=seed)) for seed in (1, 1, 2))
    leaving = [line for day in one.days for line in day.happenings if "withdraws" in line]

    assert one == again
    assert one.days != other.days
    assert 2 == len(leaving)


def test_people_hear_from_it_how_far_it_has_come(live) -> None:
    """Long work shows progress: instants, never going back."""
    heard: list[datetime] = []
    simulate(live.workspace, SCOPE, replace(WINTER, until=datetime(2027, 1, 20, tzinfo=UTC)), heard.append)

    assert 5 < len(heard)
    assert sorted(heard) == heard


def test_it_goes_on_where_the_ledger_stands(live) -> None:
    """What has gone out already does not go out again, and is not part of the rehearsal."""
    tick(live.workspace, at=START)
    register = live.register
    found = simulate(live.workspace, SCOPE, replace(WINTER, since=START + timedelta(hours=1)))

    assert register.cursor is not None
    assert {"invites"} == {d.automation for d in found.days[0].dispatches if d.verb == "invite"}
    assert 40 * 9 + 45 == sum(dispatch.automation == "invites" for dispatch in found.dispatches)


def test_a_simulation_does_not_begin_before_what_is_decided_or_after_its_end(live) -> None:
    """Both are refused with the way out."""
    tick(live.workspace, at=START)
    with pytest.raises(UsageError, match="has been decided until 2026-12-07T09:00"):
        simulate(live.workspace, SCOPE, replace(WINTER, since=START - timedelta(days=1)))
    with pytest.raises(UsageError, match="ends after it begins"):
        simulate(live.workspace, SCOPE, replace(WINTER, until=START))


def test_a_simulation_does_not_run_for_centuries(live) -> None:
    """A slip in the year is told at once, not after hours."""
    with pytest.raises(UsageError, match="takes in 3,660 days at most"):
        simulate(live.workspace, SCOPE, replace(WINTER, until=START + timedelta(days=255_000)))


def test_the_rest_of_a_day_that_has_been_decided_in_part_is_rehearsed(live) -> None:
    """`--from 2026-12-07` means that day from where it stands, not from its first minute."""
    tick(live.workspace, at=START)
    morning, until = START - timedelta(hours=9), START + timedelta(days=8)
    whole = simulate(live.workspace, SCOPE, replace(WINTER, since=morning, until=until))
    rest = simulate(live.workspace, SCOPE, replace(WINTER, since=START, until=until))

    assert {dispatch.key for dispatch in rest.dispatches} == {dispatch.key for dispatch in whole.dispatches}


def test_a_draft_is_taken_as_if_it_went_live_at_the_beginning(draft) -> None:
    """R30: what `go` would refuse is refused, else the year begins."""
    sync(draft.workspace, "northern-health")
    with pytest.raises(UsageError, match="has no pods yet"):
        simulate(draft.workspace, SCOPE, WINTER)
    pods.propose(draft.workspace, SCOPE)
    pods.accept(draft.workspace, SCOPE)
    found = simulate(draft.workspace, SCOPE, replace(WINTER, until=START + timedelta(days=1)))

    assert ["the programme goes live"] == list(found.days[0].happenings)
    assert 40 == found.by_automation()["welcome"]


def test_a_draft_that_may_not_go_live_is_refused_by_the_rule(draft) -> None:
    """R27: the inflexible requirement is named, as `go` would."""
    rules = draft.workspace.folder / "rulesets" / "northern-health.toml"
    rule = (
        "\n[programmes.primary-care.rules.complete]\nkind = 'require'\nflexibility = 'inflexible'\n"
        "each = 'participant'\nrequire = 'participant.zone == \"Europe/Paris\"'\nwhy = 'Test.'\n"
    )
    rules.write_text(rules.read_text(encoding="utf-8") + rule, encoding="utf-8")
    sync(draft.workspace, "northern-health")
    pods.propose(draft.workspace, SCOPE)
    pods.accept(draft.workspace, SCOPE)
    with pytest.raises(RefusedError) as caught:
        simulate(draft.workspace, SCOPE, WINTER)

    assert ("complete",) == caught.value.rules


def test_an_events_file_says_what_happens(live, tmp_path: Path, write: Callable[..., Path]) -> None:
    """Changes, registers from a file and the rest of a register; nobody makes up what it brings."""
    who = live.register.people[min(row.person for row in live.register.enrolments)].email
    held = live.register.sessions["primary-care/tyneside/1"]
    recorded, read = held.ends + timedelta(days=1), held.ends + timedelta(days=2)
    ahead = live.register.sessions_of("primary-care/cumbria")[-1]
    file = write(
        f'at = 2027-01-11T09:00:00\nwithdraw = "{who}"',
        f'at = {recorded:%Y-%m-%dT%H:%M:%S}\nattendance = {{ session = "tyneside/1", others = "missed" }}',
        f'at = {read:%Y-%m-%dT%H:%M:%S}\nregister = "rows.csv"',
    )
    members = live.register.members(ahead.pod, START.date())
    rows = [f"{live.register.people[member].email},{ahead.number},attended" for member in members]
    (tmp_path / "rows.csv").write_text("\n".join(["email,session,status", *rows, ""]), encoding="utf-8")
    until = read + timedelta(days=1)
    found = simulate(live.workspace, SCOPE, replace(WINTER, seed=None, events=file, until=until))
    happenings = [line for day in found.days for line in day.happenings]
    refused = [line for day in found.days for line in day.refused]

    assert [f"{who} withdraws from 11 Jan 2027", "register of tyneside/1: 8 missed"] == happenings
    assert len(members) == len(refused)
    assert "is not over yet" in refused[-1]
    assert f"rows.csv:{1 + len(members)}:1" in refused[-1]


def test_an_events_file_with_anything_wrong_is_refused_before_it_begins(live, write: Callable[..., Path]) -> None:
    """Every problem has its place."""
    file = write('at = 2027-01-11T09:00:00\nwithdraw = "nobody@x.example"', "at = 2026-01-11T09:00:00\ngo = true")
    with pytest.raises(InvalidError) as caught:
        simulate(live.workspace, SCOPE, replace(WINTER, events=file))

    assert [(5, "unknown-person"), (8, "out-of-range")] == [(p.place.line, p.code) for p in caught.value.problems]
