"""What a message may speak of."""

from dataclasses import replace

import pytest

from convener.operations.messages import Scene, Sender, message_context
from convener.operations.plan import plan
from convener.operations.tick import opened
from convener.rendering import KEYS

SCOPE = "northern-health/primary-care"
SENDER = Sender(name="Convener", email="convener@northern.example")


@pytest.fixture
def scenes(live):
    """Return one scene for each automation that falls due before every set has met."""
    until = max(session.starts for session in live.register.sessions.values() if session.number == 1)
    found, register = plan(live.workspace, SCOPE, until)
    register = replace(register, polls=opened(found))
    ruleset = live.workspace.rules.ruleset(SCOPE)
    return {d.automation: Scene(ruleset, register, d) for d in found.dispatches}


def test_every_key_is_always_there(scenes) -> None:
    """A template may name any key of the catalogue in any message (R13)."""
    for scene in scenes.values():
        assert set(message_context(scene, SENDER)) == KEYS


def test_a_reminder_speaks_of_the_session_and_its_set(scenes) -> None:
    """A reminder knows topic, time, pod, coach and the client's words (R13)."""
    scene = scenes["remind"]
    context = message_context(scene, SENDER)
    session = scene.register.sessions[scene.dispatch.session]

    assert "participant" == context["recipient"]["role"]
    assert (session.number, session.topic, session.starts, 9) == tuple(
        context["session"][key] for key in ("number", "topic", "starts", "count")
    )
    assert 8 == len(context["pod"]["members"])
    assert ("set", "set adviser") == (context["word"]["pod"], context["word"]["coach"])


def test_a_coach_gets_the_members_of_the_pod(scenes) -> None:
    """The run pack lists who is on the register (R13)."""
    context = message_context(scenes["run-pack"], SENDER)

    assert ("coach", 8) == (context["recipient"]["role"], len(context["people"]))


def test_a_manager_hears_of_their_own_people_only(scenes) -> None:
    """A briefing names the manager's own participants (R17, R20)."""
    scene = scenes["manager-briefing"]
    context = message_context(scene, SENDER)
    own = {scene.register.people[id_].name for id_ in scene.dispatch.people}

    assert "manager" == context["recipient"]["role"]
    assert own == {person["name"] for person in context["people"]}


def test_upcoming_sessions_come_after_the_one_spoken_of(scenes) -> None:
    """The next session is the first confirmed one after this one."""
    scene = scenes["remind"]
    context = message_context(scene, SENDER)
    session = scene.register.sessions[scene.dispatch.session]
    following = scene.register.sessions_of(session.pod)[session.number]

    assert (following.number, following.starts) == tuple(context["next_session"][key] for key in ("number", "starts"))
    assert following.starts > session.starts
