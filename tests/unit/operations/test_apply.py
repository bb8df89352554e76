"""Writing a plan that somebody has looked at, exactly it or nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from convener.errors import DataError
from convener.model import DispatchState, Withdraw
from convener.operations.apply import SavedPlan, apply, read, save
from convener.operations.change import change
from convener.operations.ledger import rows
from convener.operations.plan import look
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"
MARCH = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def saved(calm, tmp_path) -> SavedPlan:
    """Return the plan of forty welcomes and all that follows, as a file has kept it."""
    path = tmp_path / "plan.json"
    save(look(calm.workspace, SCOPE, MARCH), path)
    return read(path)


def refusal(world, saved: SavedPlan) -> str:
    """Return why *saved* is not applied; nothing has been written."""
    before = {row.dispatch.key for row in rows(world.workspace)}
    with pytest.raises(DataError) as caught:
        apply(world.workspace, saved)
    assert before == {row.dispatch.key for row in rows(world.workspace)}
    assert caught.value.hint
    return str(caught.value)


def test_what_is_due_is_written_exactly(calm, saved) -> None:
    """The due part of the file, ready to be sent, and what remains is counted (R30, P19)."""
    report = apply(calm.workspace, saved)
    due = {key for key, instant in saved.due.items() if instant <= calm.clock.now()}

    assert due == {row.dispatch.key for row in rows(calm.workspace, states=[DispatchState.READY])}
    assert (40, len(saved.due) - 40) == (len(report.written.planned), report.ahead)
    assert () == tick(calm.workspace).planned


def test_a_rehearsal_writes_nothing(calm, saved) -> None:
    """`--dry-run` says the same and leaves ledger and cursor alone."""
    before = calm.register

    assert 40 == len(apply(calm.workspace, saved, dry_run=True).written.planned)
    assert ([], before) == (rows(calm.workspace), calm.register)


def test_a_changed_register_is_refused_and_what_differs_is_listed(calm, saved) -> None:
    """One person less, one welcome less: plan again (P19)."""
    change(calm.workspace, SCOPE, Withdraw(person="chiara.grant@northern.example", on=calm.clock.now().date()))
    said = refusal(calm, saved)

    assert "the register has changed" in said
    assert "no longer due: northern-health/primary-care/welcome" in said


def test_changed_rules_are_refused(calm, saved) -> None:
    """Any byte of the client's rules counts, whether or not it matters to what is due."""
    file = calm.workspace.folder / "rulesets" / "northern-health.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# a note\n", encoding="utf-8")

    assert "the rules have changed" in refusal(calm, saved)


def test_what_became_due_and_what_came_too_late_is_listed(calm, saved) -> None:
    """A week later the welcomes still go, and the report of Monday has been missed."""
    calm.clock.move_to(calm.clock.now() + timedelta(days=9))

    assert "too late now: northern-health/primary-care/sponsor-report" in refusal(calm, saved)


def test_what_a_tick_wrote_is_not_written_again(calm, saved) -> None:
    """A plan that has been carried out already is stale (P2); a long list ends with a count."""
    tick(calm.workspace)
    said = refusal(calm, saved)

    assert "in the ledger already" in said
    assert "and 20 more" in said


def test_a_plan_made_in_another_workspace_is_refused(calm, saved) -> None:
    """A copy of the rules with another database is another workspace."""
    assert "another workspace" in refusal(calm, replace(saved, instance="0" * 32))


def test_a_moment_that_has_been_decided_is_refused(calm, saved) -> None:
    """Nobody goes back behind a tick."""
    tick(calm.workspace, at=calm.clock.now() + timedelta(days=1))

    assert "was decided up to" in refusal(calm, saved)


def test_a_draft_sends_nothing(draft, tmp_path) -> None:
    """Its plan is a rehearsal (R30)."""
    save(look(draft.workspace, SCOPE, MARCH), tmp_path / "plan.json")

    assert "is draft: nothing goes out" in refusal(draft, read(tmp_path / "plan.json"))


def test_a_held_dispatch_is_written_as_held(calm, saved) -> None:
    """What the guard judges otherwise than the plan says is a difference (N7)."""
    key = min(saved.due, key=lambda each: saved.due[each])

    assert f"no longer held: {key}" in refusal(calm, replace(saved, held={key: "sane-volume"}))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "another"}', '"convener plan"', "\x00"])
def test_what_is_no_plan_is_refused(tmp_path, text) -> None:
    """A damaged file, or another one, is named with its cure."""
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(path)

    assert "is not a plan" in str(caught.value)
    assert "convener plan" in caught.value.hint


def test_a_plan_that_was_altered_is_refused(calm, saved, tmp_path) -> None:
    """A line taken out by hand is noticed: exactly the plan that was shown, or none."""
    path = tmp_path / "plan.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["dispatches"].pop()
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DataError, match="is not as it was written"):
        read(path)


def test_a_plan_of_another_version_is_refused(calm, saved, tmp_path) -> None:
    """The format may change; then a new plan is made."""
    path = tmp_path / "plan.json"
    content = json.loads(path.read_text(encoding="utf-8")) | {"version": 99}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DataError, match="another version"):
        read(path)
