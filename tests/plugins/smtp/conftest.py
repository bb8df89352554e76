"""Real mail servers on free ports."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class Wire:
    """A mail server's memory, and what it answers."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        """Every mail taken, in order."""
        self.recipients: dict[str, str] = {}
        """Answers to RCPT by address, where not 250."""
        self.after_content = "250 2.0.0 taken"
        """Answer to the content; `cut` hangs up instead and `hang` says nothing."""
        self.sender = "250 2.1.0 ok"
        self.pipelining = True
        self.lines: list[asyncio.Transport] = []
        """Every line that said hello."""
        self.released = asyncio.Event()
        self.loop: asyncio.AbstractEventLoop | None = None

    async def handle_EHLO(  # noqa: N802 # the server's own name for it
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet, and offer PIPELINING if told to."""
        session.host_name = hostname
        assert isinstance(server.transport, asyncio.Transport)
        self.lines.append(server.transport)
        return [*responses[:-1], *(["250-PIPELINING"] if self.pipelining else []), responses[-1]]

    async def cut(self) -> None:
        """Hang up on everybody."""
        for line in self.lines:
            line.abort()

    async def handle_MAIL(  # noqa: N802 # the server's own name for it
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Answer MAIL."""
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.sender

    async def handle_RCPT(  # noqa: N802 # as above
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Answer RCPT."""
        answer = self.recipients.get(address, "250 2.1.5 ok")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        if answer == "cut":
            server.transport.abort()
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 # as above
        """Take the mail, then answer, hang up or say nothing."""
        self.mails.append(envelope)
        if self.after_content == "cut":
            server.transport.abort()
        if self.after_content == "hang":
            await self.released.wait()
        return self.after_content


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[Wire, int]]]:
    """Start mail servers; each call returns its memory and its port."""
    running: list[Controller] = []

    def start(**options: Any) -> tuple[Wire, int]:
        wire = Wire()
        port = free_port()
        controller = Controller(wire, hostname="127.0.0.1", port=port, **options)
        controller.start()
        wire.loop = controller.loop
        running.append(controller)
        return wire, port

    yield start
    for controller in running:
        controller.loop.call_soon_threadsafe(controller.handler.released.set)
        controller.stop()


@pytest.fixture
def cut_off() -> Callable[[Wire], None]:
    """Hang up on every line of a server, and wait until that is done."""

    def hang_up(wire: Wire) -> None:
        assert wire.loop is not None
        asyncio.run_coroutine_threadsafe(wire.cut(), wire.loop).result()

    return hang_up


@pytest.fixture
def talk() -> Iterator[Callable[[Callable[[socket.socket], None]], int]]:
    """Start servers that say whatever a function says to each line; each call returns a port."""
    listening: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(speak: Callable[[socket.socket], None]) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def answer() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line, contextlib.suppress(OSError):
                        speak(line)

        threads.append(threading.Thread(target=answer))
        threads[-1].start()
        port: int = server.getsockname()[1]
        return port

    yield start
    for server in listening:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
    for thread in threads:
        thread.join()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """Return a certificate for this machine and a server's context that shows it."""
    authority, shown = trustme.CA(), tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(shown))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return shown, context


@pytest.fixture
def sign_in() -> Callable[..., AuthResult]:
    """Accept one user with one password."""

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"ops", b"s3cret"), handled=False)

    return check
