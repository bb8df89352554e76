"""What becomes of late occurrences."""

from datetime import UTC, datetime, timedelta

import pytest

from convener.decide.moments.lateness import Fate, Late, LatePolicy, deadline_of, fate_of, parse_late
from convener.decide.moments.triggers import TriggerError

NOW = datetime(2027, 1, 20, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=3)


def fate(text: str, hours_late: float, ends: datetime | None = None, *, is_event: bool = False) -> Fate:
    """Decide over something due some hours before now."""
    late, due = parse_late(text), NOW - timedelta(hours=hours_late)
    return fate_of(late, (SINCE, NOW), due, deadline_of(late, due, ends, is_event=is_event))


def test_each_policy_is_read() -> None:
    """`late` is a sentence of three shapes, or nothing."""
    assert Late(LatePolicy.UNTIL, "session.starts") == parse_late("send until session.starts")
    assert [Late(), Late(LatePolicy.SKIP), Late(LatePolicy.ASK)] == [parse_late(text) for text in ("", "skip", "ask")]


@pytest.mark.parametrize(("text", "hint"), [("maybe", "send until"), ("send until session.start", "session.starts")])
def test_what_cannot_be_read_names_the_cure(text: str, hint: str) -> None:
    """P18: a slip is an error, not the default."""
    with pytest.raises(TriggerError) as caught:
        parse_late(text)

    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "hours", "expected"),
    [
        ("", 23, Fate.SEND),
        ("", 25, Fate.MISSED),
        ("skip", 0.5, Fate.SEND),
        ("skip", 2, Fate.MISSED),
        ("ask", 2, Fate.ASK),
    ],
)
def test_a_downtime_ends_the_use_of_some(text: str, hours: float, expected: Fate) -> None:
    """P7: what is no longer of use is recorded as missed, or asked about."""
    assert expected is fate(text, hours)


def test_events_are_never_too_late() -> None:
    """What happened is followed up whenever we come round to it."""
    assert Fate.SEND is fate("", 70, is_event=True)


def test_send_until_lasts_to_its_field_and_then_is_told_once() -> None:
    """P7: a reminder is of use until the session begins; before the window it has been told already."""
    assert Fate.SEND is fate("send until session.starts", 60, NOW + timedelta(hours=1))
    assert Fate.MISSED is fate("send until session.starts", 60, NOW - timedelta(hours=1))
    assert Fate.GONE is fate("send until session.starts", 100, NOW - timedelta(hours=1))
