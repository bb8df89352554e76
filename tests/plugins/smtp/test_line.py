"""One message on a line, and every way it can end."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from convener import AmbiguousError, ConnectorError, Delay, PermanentError, RetryError
from convener_smtp.line import Letter, Line, StaleError
from convener_smtp.opening import open_line
from convener_smtp.settings import SmtpSettings

pytestmark = pytest.mark.integration

MAIL = b"Subject: x\r\n\r\nHello\r\n"
Open = Callable[..., Line]


def letter(content: bytes = MAIL, *, recipient: str = "ana@northern.example", utf8: bool = False) -> Letter:
    """Return a mail to one person."""
    return Letter(sender="ops@convener.example", recipient=recipient, content=content, utf8=utf8)


def put(line: Line, patience: float = 30.0, **changes: Any) -> int:
    """Put a mail on *line*."""
    return line.deliver(letter(**changes), monotonic() + patience)


@pytest.fixture
def on() -> Iterator[Open]:
    """Open lines, which are closed with the test."""
    opened: list[Line] = []

    def start(port: int, **options: Any) -> Line:
        settings = SmtpSettings(**({"host": "127.0.0.1", "port": port, "security": "none", "timeout": 5.0} | options))
        opened.append(Line(open_line(settings, Path(), monotonic() + 30)))
        return opened[-1]

    yield start
    for line in opened:
        line.part()


@pytest.fixture(params=[True, False], ids=["pipelining", "step by step"])
def server(request: pytest.FixtureRequest, serve: Callable[..., Any]) -> tuple[Any, int]:
    """Start a server that offers PIPELINING, and one that does not."""
    wire, port = serve()
    wire.pipelining = request.param
    return wire, port


def test_one_line_takes_many_messages(server: tuple[Any, int], on: Open) -> None:
    """The server's code comes back, each content is there, and nobody said hello again."""
    wire, port = server
    line = on(port)
    contents = [MAIL + b"%d\r\n" % number for number in range(5)]

    assert [250] * 5 == [put(line, content=content) for content in contents]
    assert contents == [mail.content for mail in wire.mails]
    assert (1, 5) == (len(wire.lines), line.used)


def test_a_full_stop_is_a_full_stop(server: tuple[Any, int], on: Open) -> None:
    """RFC 5321 §4.5.2: a line that begins with one, or is one, neither ends the mail nor loses it."""
    wire, port = server
    content = b".first\r\n\r\n.\r\n..\r\nend"
    line = on(port)
    put(line, content=content)
    put(line)

    assert [content + b"\r\n", MAIL] == [mail.content for mail in wire.mails]


@pytest.mark.parametrize(
    ("answer", "kind", "known"),
    [
        ("550 5.1.1 <ana@northern.example> unknown", PermanentError, {"dead": True}),
        ("550 5.7.1 not you", PermanentError, {"dead": False}),
        ("451 4.7.1 greylisted", RetryError, {"delay": Delay.GREYLISTED}),
        ("452 4.2.2 full", RetryError, {"delay": Delay.FULL}),
        ("421 4.3.2 closing", RetryError, {"delay": Delay.BUSY}),
        ("cut", RetryError, {"delay": Delay.BUSY}),
    ],
)
def test_a_refused_recipient(
    server: tuple[Any, int], on: Open, answer: str, kind: type[ConnectorError], known: dict[str, object]
) -> None:
    """Fault 7: 5xx is final; 4xx and a lost line before the content are for later; nobody's address is repeated."""
    wire, port = server
    wire.recipients["ana@northern.example"] = answer

    with pytest.raises(ConnectorError) as caught:
        put(on(port))

    assert kind is type(caught.value)
    assert known == {name: getattr(caught.value, name) for name in known}
    assert "ana@" not in str(caught.value)
    assert [] == wire.mails


def test_after_a_refusal_the_line_serves_the_next(server: tuple[Any, int], on: Open) -> None:
    """Fault 7: one dead address costs a reset, and neither a new line nor the next person's mail."""
    wire, port = server
    wire.recipients["ben@northern.example"] = "550 5.1.1 unknown"
    line = on(port)
    with pytest.raises(PermanentError):
        put(line, recipient="ben@northern.example")

    assert 250 == put(line)
    assert [["ana@northern.example"]] == [mail.rcpt_tos for mail in wire.mails]
    assert 1 == len(wire.lines)


def test_a_refused_sender_waits_for_a_person(server: tuple[Any, int], on: Open) -> None:
    """A sender the server does not like is our set-up: no dispatch is lost by it."""
    wire, port = server
    wire.sender = "553 5.1.8 sender rejected"

    with pytest.raises(RetryError, match=r"refused the sender: 553 5\.1\.8") as caught:
        put(on(port))

    assert Delay.MISCONFIGURED is caught.value.delay


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("554 5.6.0 content refused", PermanentError),
        ("452 4.3.1 full", RetryError),
        ("cut", AmbiguousError),
        ("hang", AmbiguousError),
    ],
)
def test_after_the_content(server: tuple[Any, int], on: Open, answer: str, kind: type[ConnectorError]) -> None:
    """Fault 8: a clear answer is believed; a cut or silent line after the content is ambiguous, for it did arrive."""
    wire, port = server
    wire.after_content = answer
    line = on(port, timeout=0.5)

    with pytest.raises(ConnectorError) as caught:
        put(line)

    assert kind is type(caught.value)
    assert 1 == len(wire.mails)
    assert line.open == (kind is not AmbiguousError)


def test_a_kept_line_that_was_cut_is_stale(server: tuple[Any, int], on: Open, cut_off: Callable[[Any], None]) -> None:
    """Fault 8: the server hung up between two messages, so nothing of the second was heard of."""
    wire, port = server
    line = on(port)
    put(line)
    cut_off(wire)

    with pytest.raises(StaleError):
        put(line)

    assert not line.open


def test_a_new_line_is_never_stale(server: tuple[Any, int], on: Open, cut_off: Callable[[Any], None]) -> None:
    """A server that hangs up on everybody at once is in trouble, and a message must not knock for ever."""
    wire, port = server
    line = on(port)
    cut_off(wire)

    with pytest.raises(RetryError, match="the line to the mail server was lost before the content"):
        put(line)


def test_smtputf8_is_needed_for_some_addresses(serve: Callable[..., Any], on: Open) -> None:
    """A server that does not know it refuses such an address for good, and is not asked."""
    wire, port = serve(enable_SMTPUTF8=False)

    with pytest.raises(PermanentError, match=r"553 5\.6\.7"):
        put(on(port), utf8=True)

    assert [] == wire.mails


def scripted(*answers: bytes, heard: list[bytes] | None = None) -> Callable[[socket.socket], None]:
    """Return what greets, offers PIPELINING, and then gives one of *answers* for each thing it hears."""

    def speak(line: socket.socket) -> None:
        line.sendall(b"220 x\r\n")
        line.recv(4096)
        line.sendall(b"250-x\r\n250 PIPELINING\r\n")
        for answer in answers:
            said = line.recv(4096)
            if heard is not None:
                heard.append(said)
            line.sendall(answer)
        line.recv(4096)

    return speak


def test_sender_recipient_and_content_leave_together(talk: Callable[..., int], on: Open) -> None:
    """RFC 2920: two waits for a message instead of four."""
    heard: list[bytes] = []
    port = talk(scripted(b"250 a\r\n250 b\r\n354 go\r\n", b"250 taken\r\n", heard=heard))
    put(on(port))

    assert [
        b"MAIL FROM:<ops@convener.example>\r\nRCPT TO:<ana@northern.example>\r\nDATA\r\n",
        MAIL + b".\r\n",
    ] == heard


def test_content_for_nobody_is_not_sent(talk: Callable[..., int], on: Open) -> None:
    """RFC 2920 §3.1: a server may ask for content though it refused the only recipient; the line is given up."""
    heard: list[bytes] = []
    line = on(talk(scripted(b"250 a\r\n550 5.1.1 no\r\n354 go\r\n", heard=heard)))

    with pytest.raises(PermanentError):
        put(line)

    assert not line.open
    assert 1 == len(heard)


@pytest.mark.parametrize("answer", [b"nonsense\r\n", b"\xff\xfe\r\n", b"150 perhaps\r\n", b"354 more\r\n"])
def test_an_answer_that_is_none_after_the_content_is_ambiguous(
    talk: Callable[..., int], on: Open, answer: bytes
) -> None:
    """Fault 8: neither yes nor no."""
    line = on(talk(scripted(b"250 a\r\n250 b\r\n354 go\r\n", answer)))

    with pytest.raises(AmbiguousError, match="answered the content with what is no answer"):
        put(line)

    assert not line.open


@pytest.mark.parametrize(
    "answers", [b"nonsense\r\n", b"250 a\r\n250 b\r\n250 not 354\r\n", b"354 a\r\n250 b\r\n354 go\r\n"]
)
def test_an_answer_that_is_none_before_the_content_is_for_later(
    talk: Callable[..., int], on: Open, answers: bytes
) -> None:
    """Nothing was sent: the content goes nowhere unless all three said yes."""
    with pytest.raises(RetryError) as caught:
        put(on(talk(scripted(answers))))

    assert Delay.BUSY is caught.value.delay


def test_a_kept_line_that_says_goodbye_is_stale(talk: Callable[..., int], on: Open) -> None:
    """A server that has waited long enough says 421 before it hangs up: that is not about the next message."""
    line = on(talk(scripted(b"250 a\r\n250 b\r\n354 go\r\n", b"250 taken\r\n", b"421 4.4.2 timeout\r\n")))
    put(line)

    with pytest.raises(StaleError):
        put(line)


def test_an_answer_that_drips_ends_in_time(talk: Callable[..., int], on: Open) -> None:
    """Fault 8: drops of an answer, each in good time, do not keep a message on the wire for ever."""

    def speak(line: socket.socket) -> None:
        scripted(b"250 a\r\n250 b\r\n354 go\r\n")(line)
        line.settimeout(0.02)
        while True:
            line.sendall(b"2")
            try:
                if not line.recv(1024):
                    return
            except TimeoutError:
                continue

    with pytest.raises(AmbiguousError, match="lost after the content: no answer in time"):
        put(on(talk(speak)), patience=0.4)


def test_a_server_that_stops_reading_ends_in_time(talk: Callable[..., int], on: Open) -> None:
    """Fault 8: a mail larger than the line holds is half sent, and nobody knows."""

    def speak(line: socket.socket) -> None:
        line.sendall(b"220 x\r\n")
        line.recv(4096)
        line.sendall(b"250-x\r\n250 PIPELINING\r\n")
        line.recv(4096)
        line.sendall(b"250 a\r\n250 b\r\n354 go\r\n")
        while len(line.recv(64, socket.MSG_PEEK)) and line.fileno() > 0 and not over:
            continue

    over: list[bool] = []
    mail = on(talk(speak))
    with pytest.raises(AmbiguousError, match="no answer in time"):
        put(mail, patience=0.5, content=b"x" * 900 + b"\r\n" + (b"y" * 900 + b"\r\n") * 20_000)
    over.append(True)
