"""Whose turn it is."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from convener.operations.delivery.lanes import Lanes
from convener.operations.delivery.lines import BATCH, Desk, Line
from convener.testing import MemoryMessenger


def lanes_of(post: Any, **terms: Any) -> Lanes:
    """Return the lanes of *post*, with lines that nobody works on."""
    desk, lines = Desk(now=post.clock.now, halt=threading.Event()), {}

    def line(name: str) -> Line:
        return lines.setdefault(name, Line(post.workspace, name, desk))

    return Lanes(line=line, owner="us", looked=post.clock.now(), **terms)


def taken(post: Any, lanes: Lanes) -> list[str]:
    """Take once and return the clients and connectors of what was taken, each once."""
    with post.workspace.store.begin() as tx:
        claims = lanes.take(tx, post.clock.now())
    lanes.took(len(claims))
    return list(dict.fromkeys(f"{claim.row.dispatch.client} {claim.row.dispatch.connector}" for claim in claims))


def test_every_client_has_its_turn(office: Callable[..., Any]) -> None:
    """One with a thousand waits in line like one with three (N5)."""
    post = office(mail=MemoryMessenger())
    post.post(3 * BATCH)
    post.post(3, client="brightwater", due=post.clock.now() - timedelta(minutes=1))
    post.post(3, client="zeta")
    lanes = lanes_of(post)
    turns = [taken(post, lanes) for _ in range(5)]

    assert ["brightwater mail", "acme mail"] == turns[0]
    assert any("zeta mail" in turn for turn in turns[:3])
    assert turns[-1] == []
    assert (True, False) == (lanes.over, lanes.more)


def test_what_is_named_is_all_that_is_taken(office: Callable[..., Any]) -> None:
    """A job for one client and connector leaves the others alone, and takes no more than it was told to."""
    post = office(mail=MemoryMessenger(), sms=MemoryMessenger())
    post.post(10)
    post.post(10, connector="sms", step="send.reminder.text")
    post.post(10, client="zeta")
    lanes = lanes_of(post, client="acme", connector="sms", left=7)

    assert ["acme sms"] == taken(post, lanes)
    assert (0, True, True) == (lanes.left, lanes.over, lanes.more)
    assert 7 == sum(row.attempts for row in post.rows())


def test_a_limit_is_told_with_when_it_lets_something_go(office: Callable[..., Any]) -> None:
    """Nothing more is taken than tokens are there."""
    post = office({"mail": {"per_minute": 1}}, mail=MemoryMessenger())
    post.post(3)
    lanes = lanes_of(post)
    first = taken(post, lanes)
    lanes.line("mail").bucket = lanes.line("mail").bucket.take(1, post.clock.now())

    assert (["acme mail"], []) == (first, taken(post, lanes))
    assert (True, post.clock.now() + timedelta(minutes=1)) == (lanes.over, lanes.refills)
    assert not lanes.wants(post.clock.now())


def test_what_was_not_committed_is_looked_up_again(office: Callable[..., Any]) -> None:
    """After trouble with the database it begins anew."""
    post = office(mail=MemoryMessenger())
    post.post(1)
    lanes = lanes_of(post)
    with post.workspace.store.begin(rehearsal=True) as tx:
        lanes.take(tx, post.clock.now())
    lanes.forget()

    assert lanes.wants(post.clock.now())
    assert ["acme mail"] == taken(post, lanes)
