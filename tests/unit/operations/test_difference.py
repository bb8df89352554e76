"""How two outlooks differ."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from convener.model import Dispatch, Flag, InviteMethod, InviteTerms, Plan, Verb
from convener.operations.difference import GROUPS, differ

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)
ONE = Dispatch(
    client="c",
    programme="p",
    automation="remind",
    step="send.reminder.email",
    subject="p/a/1",
    slot="2027-01-19T12:00",
    recipient="1",
    channel="email",
    connector="mail",
    due=NOON,
    reason="soon",
    verb=Verb.SEND,
    what="reminder",
)
FLAG = Flag(
    id="c/p/quorum/p/a/1",
    severity="high",
    client="c",
    programme="p",
    subject="p/a/1",
    since=NOON,
    text="5 of 8 can come",
    settle="convener today",
)


def plan(*dispatches: Dispatch, **more: Any) -> Plan:
    """Return an outlook with *dispatches*."""
    return Plan(since=NOON, until=NOON, next_due=None, dispatches=dispatches, **more)


def invite(method: InviteMethod, sequence: int) -> Dispatch:
    """Return an invite."""
    terms = InviteTerms(uid="u", sequence=sequence, method=method, starts=NOON, ends=NOON)
    return replace(ONE, verb=Verb.INVITE, invite=terms, slot=f"seq-{sequence}")


@pytest.mark.parametrize(
    ("before", "after", "group"),
    [
        (ONE, None, "mails not sent"),
        (None, ONE, "mails newly sent"),
        (replace(ONE, verb=Verb.REPORT), None, "mails not sent"),
        (replace(ONE, verb=Verb.POLL), None, "questions not asked"),
        (None, replace(ONE, verb=Verb.POLL), "questions newly asked"),
        (None, invite(InviteMethod.CANCEL, 1), "invites cancelled"),
        (None, invite(InviteMethod.REQUEST, 1), "invites updated"),
        (None, invite(InviteMethod.REQUEST, 0), "invites new"),
        (invite(InviteMethod.REQUEST, 0), None, "invites not sent"),
        (ONE, replace(ONE, due=NOON + timedelta(hours=1)), "going out otherwise"),
        (ONE, replace(ONE, people=("2",)), "going out otherwise"),
    ],
)
def test_every_difference_has_one_group(before, after, group) -> None:
    """What a person asks first: what is no longer sent, what is new, what happens to diaries (N3)."""
    found = differ(plan(*[before] * bool(before)), plan(*[after] * bool(after)))

    assert {group: [after or before]} == found.groups
    assert group in GROUPS


def test_what_is_held_in_only_one_of_them_differs() -> None:
    """The same message that waits for a person goes out otherwise (N7)."""
    found = differ(plan(ONE), plan(ONE, held={ONE.key: "sane-volume"}))

    assert (ONE,) == found.altered


def test_flags_are_raised_settled_and_reworded() -> None:
    """By their cause; the same cause may say something else."""
    other = replace(FLAG, id="other")
    worse = replace(FLAG, text="4 of 8 can come", since=NOON + timedelta(days=1))
    raised = differ(plan(flags=(FLAG,)), plan(flags=(FLAG, other)))
    settled = differ(plan(flags=(FLAG, other)), plan(flags=(worse,)))

    assert ((other,), (), ()) == (raised.raised, raised.settled, raised.reworded)
    assert ((), (other,), (worse,)) == (settled.raised, settled.settled, settled.reworded)


def test_the_same_outlook_does_not_differ() -> None:
    """Nothing to show."""
    found = differ(plan(ONE, flags=(FLAG,)), plan(ONE, flags=(FLAG,)))

    assert ({}, (), ()) == (found.groups, found.raised, found.settled)
