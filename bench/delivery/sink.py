"""A mail server that does nothing: it takes every message, notes its Message-ID and the moment, and forgets the rest.

It runs in a process of its own, on the core of what serves.
Beside SMTP it understands `XCOUNT` (how many so far), `XCLEAR` and `XJOURNAL FILE` (write the notes to a file).
"""

import asyncio
import re
import smtplib
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from cores import SERVERS, background, pause, refuse_dead

from convener.clock import SystemClock

MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
END = b"\r\n.\r\n"
PAUSE = 0.02
"""Seconds between two looks."""


class Notes:
    """What came in, in its order."""

    def __init__(self, *, pipelining: bool) -> None:
        self.greeting = b"250-sink\r\n250-8BITMIME\r\n" + (b"250-PIPELINING\r\n" if pipelining else b"") + b"250 OK\r\n"
        self.clock = SystemClock()
        self.taken: list[tuple[float, bytes]] = []

    def write(self, file: Path) -> None:
        """Write a line `SECONDS MESSAGE-ID` for each message."""
        file.write_text("".join(f"{at:.6f} {name.decode()}\n" for at, name in self.taken), encoding="ascii")


class Conversation(asyncio.Protocol):
    """One line of the sink: every command is answered at once, all that came together in one piece."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.buffer = bytearray()
        self.in_content = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport = transport
        self._say(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Take what came and answer all of it that is whole."""
        self.buffer += data
        answers: list[bytes] = []
        while (answer := self._content() if self.in_content else self._command()) is not None:
            answers.append(answer)
        if answers:
            self._say(b"".join(answers))

    def _say(self, words: bytes) -> None:
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.write(words)

    def _content(self) -> bytes | None:
        end = self.buffer.find(END)
        if end < 0:
            return None
        found = MESSAGE_ID.search(self.buffer, 0, end)
        self.notes.taken.append((self.notes.clock.now().timestamp(), found[1] if found else b"-"))
        del self.buffer[: end + len(END)]
        self.in_content = False
        return b"250 taken\r\n"

    def _command(self) -> bytes | None:
        end = self.buffer.find(b"\r\n")
        if end < 0:
            return None
        verb, _, rest = bytes(self.buffer[:end]).partition(b" ")
        del self.buffer[: end + 2]
        return self._answer(verb.upper(), rest.decode())

    def _answer(self, verb: bytes, rest: str) -> bytes:
        match verb:
            case b"EHLO" | b"HELO":
                return self.notes.greeting
            case b"DATA":
                self.in_content = True
                return b"354 go on\r\n"
            case b"QUIT":
                return b"221 bye\r\n"
            case b"XCOUNT":
                return b"250 %d\r\n" % len(self.notes.taken)
            case b"XCLEAR":
                self.notes.taken.clear()
            case b"XJOURNAL":
                self.notes.write(Path(rest))
            case _:
                pass
        return b"250 OK\r\n"


class Sink:
    """The sink, seen from the bench."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self._folder = folder
        self._line = smtplib.SMTP("127.0.0.1", port, local_hostname="bench")

    def count(self) -> int:
        """Return how many messages it has taken since it was cleared."""
        return int(self._line.docmd("XCOUNT")[1])

    def clear(self) -> None:
        """Let it forget what it took."""
        self._line.docmd("XCLEAR")

    def journal(self) -> list[tuple[float, str]]:
        """Return moment (seconds since 1970) and Message-ID of every message, in the order taken."""
        file = self._folder / "journal"
        self._line.docmd(f"XJOURNAL {file}")
        lines = (line.split() for line in file.read_text(encoding="ascii").splitlines())
        return [(float(at), name) for at, name in lines]

    def wait(self, count: int, seconds: float, worker: subprocess.Popen[bytes]) -> None:
        """Wait until *worker* has sent *count* messages, at most so long."""
        until = time.monotonic() + seconds
        while self.count() < count and time.monotonic() < until:
            refuse_dead(worker)
            pause(PAUSE)


@contextmanager
def running_sink(folder: Path, *, pipelining: bool = True) -> Generator[Sink]:
    """Start a sink on a free port and stop it afterwards; its notes go through *folder*."""
    file = folder / "port"
    file.unlink(missing_ok=True)
    words = [sys.executable, __file__, str(file), "pipelining" if pipelining else "plain"]
    with background(words, cores=SERVERS):
        while not file.exists():
            pause(PAUSE)
        yield Sink(int(file.read_text(encoding="ascii")), folder)


async def serve(file: Path, *, pipelining: bool) -> None:
    """Serve until killed; the port is written to *file*."""
    notes = Notes(pipelining=pipelining)
    server = await asyncio.get_running_loop().create_server(lambda: Conversation(notes), "127.0.0.1", 0, backlog=256)
    unfinished = file.with_suffix(".new")
    unfinished.write_text(str(server.sockets[0].getsockname()[1]), encoding="ascii")
    unfinished.rename(file)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), pipelining=sys.argv[2] == "pipelining"))
