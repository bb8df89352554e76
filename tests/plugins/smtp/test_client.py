"""The client: answers read as they come, within a limit on all of them together."""

import smtplib
import socket
from collections.abc import Callable, Iterator
from time import monotonic

import pytest

from convener_smtp.client import LONGEST_REPLY, NO_ANSWER, Client

pytestmark = pytest.mark.integration
Connect = Callable[[Callable[[socket.socket], None]], Client]


@pytest.fixture
def connect(talk: Callable[..., int]) -> Iterator[Connect]:
    """Connect to servers that say what a function says after their greeting."""
    clients: list[Client] = []

    def start(speak: Callable[[socket.socket], None]) -> Client:
        def greet(line: socket.socket) -> None:
            line.sendall(b"220 x\r\n")
            speak(line)

        clients.append(Client(5.0, monotonic() + 30))
        assert (220, b"x") == clients[-1].connect("127.0.0.1", talk(greet))
        return clients[-1]

    yield start
    for client in clients:
        client.close()


def saying(*pieces: bytes) -> Callable[[socket.socket], None]:
    """Return what sends *pieces* and waits until nobody listens."""

    def speak(line: socket.socket) -> None:
        for piece in pieces:
            line.sendall(piece)
        line.recv(1024)

    return speak


@pytest.mark.parametrize("pieces", [(b"250-a\r\n250 b\r\n354 c\r\n",), (b"25", b"0-a\r\n25", b"0 b\n3", b"54 c\r\n")])
def test_answers_are_read_however_they_are_cut(connect: Connect, pieces: tuple[bytes, ...]) -> None:
    """Two answers in one piece, and one in several."""
    client = connect(saying(*pieces))

    assert [(250, b"a\nb"), (354, b"c")] == [client.getreply(), client.getreply()]


@pytest.mark.parametrize("answer", [b"hello\r\n", b"\r\n", b"25\r\n", b"2a0 x\r\n", "²²² x\r\n".encode()])
def test_what_is_no_answer_ends_the_line(connect: Connect, answer: bytes) -> None:
    """Whatever comes next on such a line could belong to anything."""
    client = connect(saying(answer))

    assert (NO_ANSWER, b"") == client.getreply()
    assert client.sock is None


def test_an_answer_without_end_is_none(connect: Connect) -> None:
    """Many lines and one line alike."""
    lines = connect(saying(b"250-" + b"x" * 900 + b"\r\n", *[b"250-" + b"x" * 900 + b"\r\n"] * (LONGEST_REPLY // 900)))
    line = connect(saying(b"x" * 4 * LONGEST_REPLY))

    assert NO_ANSWER == lines.getreply()[0]
    with pytest.raises(smtplib.SMTPServerDisconnected):
        line.getreply()


def test_the_limit_is_on_all_waits_together(connect: Connect) -> None:
    """A moment that has passed is no time at all, for hearing and for speaking."""
    client = connect(saying())
    client.limit(monotonic() - 1)

    with pytest.raises(TimeoutError):
        client.getreply()
    with pytest.raises(TimeoutError):
        client.say(b"x")


def test_a_closed_line_says_so(connect: Connect) -> None:
    """Nothing is read of what came before."""
    client = connect(saying(b"250 a\r\n250 b\r\n"))
    client.getreply()
    client.close()

    with pytest.raises(smtplib.SMTPServerDisconnected):
        client.getreply()
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client.say(b"x")
