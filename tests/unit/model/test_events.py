"""Events."""

from datetime import UTC, datetime

import pytest

from convener.model import event_of

NOON = datetime(2027, 1, 18, 12, tzinfo=UTC)


def test_an_event_knows_its_scope_and_subject() -> None:
    """Client and programme come from the scope."""
    event = event_of("session.moved", "c/p", "p/a/1", at=NOON, person="1", reason="illness")

    assert ("c", "p", "p/a/1", "1") == (event.client, event.programme, event.subject, event.person)
    assert {"reason": "illness"} == event.data


def test_the_id_tells_events_apart() -> None:
    """Another subject, person or second is another event."""
    ids = {
        event_of("attendance.recorded", "c/p", subject, at=NOON, person=person).id
        for subject in ("p/a/1", "p/a/2")
        for person in ("1", "2")
    }

    assert 4 == len(ids)


def test_an_event_that_does_not_exist_is_a_mistake_of_ours() -> None:
    """Names of events are a closed list, which automations can be checked against."""
    with pytest.raises(ValueError, match=r"session\.exploded"):
        event_of("session.exploded", "c/p", "p/a/1", at=NOON)
