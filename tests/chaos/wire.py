"""The other sides: a mail server, a sheet and a text-message service on real sockets, and the journal of what they got.

The journal is the wire: what stands in it has left us, whatever our own ledger says. A mood decides how each message
is answered.
"""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from enum import StrEnum
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE = 30.0
"""Seconds to wait for what comes within milliseconds on an idle machine."""
DEPTH = 512
"""Connections that may wait to be taken in."""


class Mood(StrEnum):
    """How the other side behaves towards one message."""

    TAKE = "take"
    BUSY = "busy"
    """Not now: 451, 429."""
    REFUSE = "refuse"
    """Never: 550, 400."""
    CUT = "cut"
    """Take it and hang up before the answer."""
    HANG = "hang"
    """Take it and never answer."""


Humour = Callable[[str, int], Mood]
"""Return the mood towards a message id, and how often it was tried before."""


def kind(_message_id: str, _before: int) -> Mood:
    """Take everything."""
    return Mood.TAKE


@dataclass(slots=True)
class Journal:
    """What arrived, in order. Threads may share it."""

    humour: Humour = kind
    taken: list[str] = field(default_factory=list)
    """Message ids in the order they were taken, repeats included."""
    tried: Counter[str] = field(default_factory=Counter)
    """How often each was offered."""
    lines: int = 0
    """How many connections are open."""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def meet(self, message_id: str) -> Mood:
        """Decide about one message, and write it down when it is taken."""
        with self._changed:
            mood = self.humour(message_id, self.tried[message_id])
            self.tried[message_id] += 1
            if mood in {Mood.TAKE, Mood.CUT, Mood.HANG}:
                self.taken.append(message_id)
            self._changed.notify_all()
        return mood

    def has(self, message_id: str) -> bool:
        """Tell whether a message was taken."""
        with self._changed:
            return message_id in self.taken

    def opened(self, lines: int) -> None:
        """Count a connection that was opened (1) or closed (-1)."""
        with self._changed:
            self.lines += lines
            self._changed.notify_all()

    def wait_for(self, distinct: int, *, patience: float = PATIENCE) -> bool:
        """Wait until so many different messages were taken."""
        with self._changed:
            return self._changed.wait_for(lambda: len(set(self.taken)) >= distinct, patience)

    def settle(self) -> None:
        """Wait until nobody speaks to us any more, so that what a killed process had sent is all here."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.lines == 0, PATIENCE):
                raise TimeoutError(f"{self.lines} connections stay open")

    @property
    def counts(self) -> Counter[str]:
        """How often each message was taken."""
        with self._changed:
            return Counter(self.taken)


class MailRoom:
    """Answers a mail conversation by the journal's humour."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one mail, or not."""
        content = envelope.original_content or b""
        match self.journal.meet(str(message_from_bytes(content)["Message-ID"])):
            case Mood.BUSY:
                return "451 4.3.0 not now"
            case Mood.REFUSE:
                return "550 5.7.1 no"
            case Mood.CUT:
                if isinstance(server.transport, asyncio.WriteTransport):
                    server.transport.abort()
            case Mood.HANG:
                await asyncio.sleep(PATIENCE)
            case Mood.TAKE:
                pass
        return "250 2.0.0 taken"


class CountedSmtp(SMTP):
    """A mail server that knows how many lines are open."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count a line."""
        super().connection_made(transport)
        self.event_handler.journal.opened(1)

    def connection_lost(self, error: Exception | None) -> None:
        """Count it no more."""
        super().connection_lost(error)
        self.event_handler.journal.opened(-1)


class MailServer(Controller):
    """aiosmtpd on a free port."""

    def factory(self) -> SMTP:
        """Make one conversation."""
        return CountedSmtp(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        """Knock, as aiosmtpd wants it, at the port that is known only now."""
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd gives it no types


@contextmanager
def mail_server(journal: Journal) -> Generator[int]:
    """Run a mail server and give its port."""
    server = MailServer(MailRoom(journal), hostname="127.0.0.1", port=0)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


class WebRoom(BaseHTTPRequestHandler):
    """A sheet that can be read back, and texts that cannot: `POST /sheet`, `GET /sheet/ID`, `POST /sms`."""

    protocol_version = "HTTP/1.1"
    server: "WebServer"  # pyright: ignore[reportIncompatibleVariableOverride] - the library says so of any server

    def do_POST(self) -> None:
        """Take one message: a line `ID`. A request whose sender died in the middle of it is none."""
        length = int(self.headers["Content-Length"])
        content = self.rfile.read(length)
        if len(content) < length:
            self.close_connection = True
            return
        mood = self.server.journal.meet(content.decode())
        if mood is Mood.HANG:
            threading.Event().wait(PATIENCE)
        if mood in {Mood.CUT, Mood.HANG}:
            self.close_connection = True
            return
        answers = {Mood.TAKE: HTTPStatus.CREATED, Mood.BUSY: HTTPStatus.TOO_MANY_REQUESTS}
        self._answer(answers.get(mood, HTTPStatus.BAD_REQUEST), b"")

    def do_GET(self) -> None:
        """Say whether the sheet holds a row."""
        held = self.server.journal.has(self.path.removeprefix("/sheet/"))
        self._answer(HTTPStatus.OK, json.dumps(held).encode())

    def setup(self) -> None:
        """Count a line."""
        super().setup()
        self.server.journal.opened(1)

    def finish(self) -> None:
        """Count it no more."""
        super().finish()
        self.server.journal.opened(-1)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def _answer(self, status: HTTPStatus, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class WebServer(ThreadingHTTPServer):
    """The sheet and the text-message service on a free port."""

    request_queue_size = DEPTH
    daemon_threads = True

    def __init__(self, journal: Journal) -> None:
        super().__init__(("127.0.0.1", 0), WebRoom)
        self.journal = journal

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: who was killed while it spoke hangs up."""


@contextmanager
def web_server(journal: Journal) -> Generator[int]:
    """Run the sheet and the text-message service and give their port."""
    server = WebServer(journal)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
