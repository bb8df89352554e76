"""Questions to a workspace."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.errors import UsageError
from convener.operations import explain
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"
PERSON = "chiara.grant@northern.example"
REMINDED = datetime(2027, 1, 15, 9, tzinfo=UTC)


def test_the_ledger_is_asked(live: Any) -> None:
    """P16: before a tick it goes out, after it it is decided; by address or by id, in whose programme it is."""
    tick(live.workspace, at=live.clock.now())
    first = explain.automation(live.workspace, "welcome", PERSON)
    by_id = explain.automation(live.workspace, "welcome", "00101", scope="northern-health")

    assert ("fire", "ready", SCOPE) == (first.explanation.said, first.explanation.outcomes[0].state, first.scope)
    assert first.explanation == by_id.explanation


def test_a_dispatch_of_the_ledger_and_one_to_come(live: Any) -> None:
    """P16: by its key, whichever it is."""
    tick(live.workspace, at=live.clock.now())
    with live.workspace.store.begin() as tx:
        known = tx.ledger(client="northern-health", programme="primary-care", person=PERSON)[0].dispatch
    ahead = explain.automation(live.workspace, "pre-work", PERSON).explanation.outcomes[0].key

    assert [known.key, ahead] == [explain.dispatch(live.workspace, key).dispatch.key for key in (known.key, ahead)]
    assert [True, False] == [explain.dispatch(live.workspace, key).row is not None for key in (known.key, ahead)]
    with pytest.raises(UsageError, match="there is no dispatch"):
        explain.dispatch(live.workspace, f"{SCOPE}/nothing/of/the/kind")


def test_a_rule_has_its_layers_and_its_subject(live: Any) -> None:
    """R27: what holds, what it stands over, and what it comes to for one pod."""
    pod = min(live.register.pods)
    live.clock.move_to(datetime(2027, 1, 20, 9, tzinfo=UTC))
    answer = explain.rule(live.workspace, "pod-size", subject=f"northern-health/{pod}")
    least = next(key for key in answer.explanation.keys if key.name == "min")

    assert [(7, [5])] == [(least.value, [value for value, _ in least.below])]
    assert [(pod, "not_matched")] == [(each.subject, each.said) for each in answer.explanation.subjects]


def test_an_impact_is_from_a_day_to_today(live: Any) -> None:
    """R27: over the days that have been."""
    live.clock.move_to(datetime(2027, 1, 20, 9, tzinfo=UTC))
    found = explain.impact(live.workspace, "gap", date(2027, 1, 4)).impact

    assert (date(2027, 1, 4), date(2027, 1, 20), 0) == (found.since, found.until, found.subjects)


def test_a_setting_of_the_one_programme_needs_no_scope(live: Any) -> None:
    """P16: nobody types what can only mean one thing."""
    assert "Europe/London" == explain.setting(live.workspace, "client.timezone").value
    assert "" == explain.setting(live.workspace, "redirect_all").value


def test_several_programmes_are_listed(live: Any) -> None:
    """P18: exit 2 with every scope that could be meant."""
    folder = live.workspace.folder / "rulesets"
    text = (folder / "northern-health.toml").read_text(encoding="utf-8")
    (folder / "southern-health.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        explain.rule(live.workspace, "pod-size")

    assert f"name one: --scope {SCOPE}, --scope southern-health/primary-care" == caught.value.hint
    assert SCOPE == explain.automation(live.workspace, "welcome", PERSON).scope


def test_an_automation_that_cannot_be_used_is_invalid(live: Any) -> None:
    """P14: it is left out, and why is the answer."""
    file = live.workspace.folder / "rulesets" / "northern-health.toml"
    bad = 'on = "session.startz"\nfor_each = "participant"\ndo = { send = "welcome", via = ["email"] }\n'
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[automations.broken]\n{bad}", encoding="utf-8")
    made = explain.automation(live.workspace, "broken", PERSON, scope=SCOPE).explanation

    assert ("invalid", "rulesets/northern-health.toml") == (made.said, made.place.file)
    assert "session.startz" in made.sentence


def test_nobody_of_that_name(live: Any) -> None:
    """P18: a stranger is a usage error with a way to look."""
    with pytest.raises(UsageError):
        explain.automation(live.workspace, "welcome", "zoe@northern.example", scope=SCOPE)
    with pytest.raises(UsageError):
        explain.automation(live.workspace, "welcome", "zoe@northern.example")


def test_sponsors_and_pods_are_asked_about_too(live: Any) -> None:
    """P16: whoever an automation is for."""
    live.clock.move_to(datetime(2026, 12, 14, 7, tzinfo=UTC))
    told = explain.automation(live.workspace, "sponsor-report", "PRIYA.NAIR@northern.example", scope=SCOPE)

    assert ("fire", "priya.nair@northern.example") == (told.explanation.said, told.explanation.person)
