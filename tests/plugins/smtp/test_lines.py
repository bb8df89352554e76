"""The lines of a connector, shared by its senders."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from convener import ConnectorError, RetryError
from convener_smtp.line import Letter, Line
from convener_smtp.lines import MOST_LETTERS, Lines
from convener_smtp.opening import open_line
from convener_smtp.settings import SmtpSettings

pytestmark = pytest.mark.integration


def put(lines: Lines, number: int = 0) -> int:
    """Send one mail."""
    letter = Letter(sender="a@x.example", recipient="b@x.example", content=b"Subject: %d\r\n\r\n" % number)
    return lines.deliver(letter, monotonic() + 30)


@pytest.fixture
def to() -> Iterator[Callable[[int], Lines]]:
    """Make lines to a server, which rest with the test."""
    made: list[Lines] = []

    def start(port: int) -> Lines:
        settings = SmtpSettings(host="127.0.0.1", port=port, security="none", timeout=5.0)
        made.append(Lines(lambda until: Line(open_line(settings, Path(), until))))
        return made[-1]

    yield start
    for lines in made:
        lines.rest()


def test_a_line_is_kept_for_the_next_message(serve: Callable[..., Any], to: Callable[[int], Lines]) -> None:
    """One hello for many mails."""
    wire, port = serve()
    lines = to(port)
    for number in range(10):
        put(lines, number)

    assert (1, 10) == (len(wire.lines), len(wire.mails))


def test_senders_have_a_line_each(serve: Callable[..., Any], to: Callable[[int], Lines]) -> None:
    """Many threads, no more lines than threads, every mail whole."""
    wire, port = serve()
    lines = to(port)
    with ThreadPoolExecutor(max_workers=4) as senders:
        assert [250] * 40 == list(senders.map(lambda number: put(lines, number), range(40)))

    assert len(wire.lines) <= 4
    assert {b"Subject: %d\r\n\r\n" % number for number in range(40)} == {mail.content for mail in wire.mails}


def test_a_line_is_exchanged_in_time(serve: Callable[..., Any], to: Callable[[int], Lines]) -> None:
    """A server that counts hears a goodbye before it is tired."""
    wire, port = serve()
    lines = to(port)
    for number in range(MOST_LETTERS + 1):
        put(lines, number)

    assert (2, MOST_LETTERS + 1) == (len(wire.lines), len(wire.mails))


def test_a_stale_line_is_opened_again(
    serve: Callable[..., Any], to: Callable[[int], Lines], cut_off: Callable[[Any], None]
) -> None:
    """Fault 8: a server that hung up between two runs costs a hello, and no message."""
    wire, port = serve()
    lines = to(port)
    put(lines)
    cut_off(wire)

    assert 250 == put(lines)
    assert (2, 2) == (len(wire.lines), len(wire.mails))


def test_several_stale_lines_are_given_up(
    serve: Callable[..., Any], to: Callable[[int], Lines], cut_off: Callable[[Any], None]
) -> None:
    """Fault 6, 8: all of them were cut when the server was started again; each is tried once, then a new one is."""
    wire, port = serve()
    lines = to(port)
    with ThreadPoolExecutor(max_workers=4) as senders:
        list(senders.map(lambda number: put(lines, number), range(40)))
    before = len(wire.lines)
    cut_off(wire)

    assert 250 == put(lines)
    assert before + 1 == len(wire.lines)


def test_after_a_rest_a_new_line_is_opened(serve: Callable[..., Any], to: Callable[[int], Lines]) -> None:
    """Nothing stays open between two runs; resting twice is resting once."""
    wire, port = serve()
    lines = to(port)
    put(lines)
    lines.rest()
    lines.rest()
    put(lines)

    assert 2 == len(wire.lines)


@pytest.mark.parametrize("answer", ["cut", "hang", "451 4.3.0 trouble"])
def test_a_message_that_fails_leaves_the_next_one_a_good_line(
    serve: Callable[..., Any], to: Callable[[int], Lines], answer: str
) -> None:
    """Fault 8: what is left on a broken line is never read as the answer to another message."""
    wire, port = serve()
    lines = to(port)
    wire.after_content = answer
    letter = Letter(sender="a@x.example", recipient="b@x.example", content=b"Subject: x\r\n\r\n")
    with pytest.raises(ConnectorError):
        lines.deliver(letter, monotonic() + 0.5)
    wire.after_content = "250 2.0.0 taken"

    assert 250 == put(lines)


def test_a_server_that_is_gone_is_for_later(to: Callable[[int], Lines]) -> None:
    """What cannot be opened is told, and nothing is kept."""
    with pytest.raises(RetryError, match="cannot be reached"):
        put(to(1))
