"""Typical people."""

from itertools import product

import pytest

from convener.rendering.context import KEYS, MessageContext
from convener.rendering.typical import Shape, spoken_of, typical

SHAPES = [
    Shape(role=role, session=session, poll=poll, chase=chase)
    for role, session, poll, chase in product(
        ("participant", "manager", "coach", "sponsor"), (True, False), (None, "questions", "register"), (True, False)
    )
    if poll or not chase
]


def contexts(shape: Shape) -> list[MessageContext]:
    """Return the contexts of *shape*."""
    return [context for _, context in typical(shape)]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_context_has_every_key(shape: Shape) -> None:
    """What does not apply is None and never missing."""
    assert [set(KEYS)] * len(contexts(shape)) == [set(context) for context in contexts(shape)]
    assert {shape.role} == {context["recipient"]["role"] for context in contexts(shape)}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_message_is_about_is_always_there(shape: Shape) -> None:
    """A session with its time and its pod, and the poll."""
    for context in contexts(shape):
        assert shape.session is (context["session"] is not None)
        assert (shape.poll is not None) is (context["poll"] is not None)
        assert not shape.session or context["pod"] is not None


def test_people_come_with_and_without_what_may_be_missing() -> None:
    """With and without manager, coach, topic, next session and sponsor; first and last session; anonymous or not."""
    found = contexts(Shape(role="participant", session=True, poll="questions"))
    sessions = [context["session"] for context in found if context["session"]]

    for key in ("manager", "coach", "next_session", "sponsor"):
        assert {True, False} == {context[key] is None for context in found}
    assert {True, False} == {session["topic"] == "" for session in sessions}
    assert {1, 9} <= {session["number"] for session in sessions}
    assert {True, False} == {context["poll"]["anonymous"] for context in found if context["poll"]}


def test_names_are_long_and_of_all_scripts() -> None:
    """What a real register holds."""
    names = [context["recipient"]["name"] for context in contexts(Shape(role="manager", session=True))]

    assert max(map(len, names)) > 80
    assert any(not name.isascii() for name in names)


def test_a_manager_has_one_participant_or_several() -> None:
    """With several, no single one is spoken of."""
    found = contexts(Shape(role="manager", session=True))

    assert {True, False} == {context["participant"] is None for context in found}
    assert all((len(context["people"]) == 1) is (context["participant"] is not None) for context in found)


def test_a_coach_may_find_nobody_on_the_register() -> None:
    """And is always known in a message of their own session."""
    found = contexts(Shape(role="coach", session=True))

    assert {True, False} == {context["people"] == [] for context in found}
    assert all(context["coach"] for context in found)


def test_a_sponsor_sits_in_no_pod() -> None:
    """Nor has a session, a coach or a participant."""
    for context in contexts(Shape(role="sponsor", report=True)):
        assert [None] * 4 == [context["pod"], context["coach"], context["participant"], context["session"]]
        assert context["report"] is not None


def test_what_can_be_spoken_of_follows_the_shape() -> None:
    """Only an update has an earlier time, only a message of a session has a session."""
    update = spoken_of(Shape(role="participant", session=True, moved=True))

    assert {"moved_from", "session", "participant", "programme"} <= update
    assert {"moved_from", "session", "poll", "report"}.isdisjoint(spoken_of(Shape(role="participant")))


def test_each_is_told_apart_in_words() -> None:
    """A person reads for whom a template fails."""
    labels = [label for label, _ in typical(Shape(role="coach", session=True))]

    assert len(labels) == len(set(labels))
    assert labels[0] == "a coach at the first session, everything known"
