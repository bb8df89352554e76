"""`smtplib`'s client with a limit on whole conversations: a server that drips a byte at a time ends no single wait."""

import smtplib
import socket
import ssl
import time

LONGEST_REPLY = 64 * 1024
"""Bytes of one answer; more is no mail server."""
NO_ANSWER = -1
"""Code of an answer that is none."""


class Client(smtplib.SMTP):
    """A client that waits for an answer no longer than *wait* seconds, and for all of them until a given moment."""

    def __init__(self, wait: float, until: float, *, protection: ssl.SSLContext | None = None) -> None:
        """Connect to nobody yet; with *protection* the line is protected from its first byte."""
        self._wait = wait
        self._until = until
        self._protection = protection
        self._read = bytearray()
        super().__init__(local_hostname=socket.gethostname(), timeout=wait)

    def limit(self, until: float) -> None:
        """Have everything from here on end by the monotonic moment *until*."""
        self._until = until

    def protect(self, context: ssl.SSLContext) -> None:
        """Protect the line from here on, and believe nothing that was said before (RFC 3207 §4.2)."""
        self.starttls(context=context)
        self._read.clear()

    def say(self, content: bytes) -> None:
        """Send *content*; raises OSError when the line is lost or does not take it in time."""
        self._line().sendall(content)

    def getreply(self) -> tuple[int, bytes]:
        """Return the code and words of the next answer; several may be on their way.

        Raises SMTPServerDisconnected at the end of the line and TimeoutError when nothing comes in time.
        """
        words: list[bytes] = []
        while True:
            line = self._read_line()
            code, more = line[:3], line[3:4] == b"-"
            words.append(line[4:].strip(b" \t\r\n"))
            if not code.isdigit() or sum(map(len, words)) > LONGEST_REPLY:
                self.close()
                return NO_ANSWER, b""
            if not more:
                return int(code), b"\n".join(words)

    def close(self) -> None:
        """Hang up, and forget what was read."""
        self._read.clear()
        super().close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """Connect, without holding small packets back, and protect the line where that comes first."""
        self._host = host  # whom a certificate must be for; the library forgets it when it connects late
        line = socket.create_connection((host, port), min(timeout, self._left()))
        try:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return self._protection.wrap_socket(line, server_hostname=host) if self._protection else line
        except BaseException:
            line.close()
            raise

    def _read_line(self) -> bytes:
        read = self._read
        while (end := read.find(b"\n")) < 0:
            received = self._line().recv(65536)
            if not received or len(read) > LONGEST_REPLY:
                self.close()
                raise smtplib.SMTPServerDisconnected("the server hung up")
            read += received
        line_read = bytes(read[: end + 1])
        del read[: end + 1]
        return line_read

    def _line(self) -> socket.socket:
        """Return the line, set to wait no longer than it may; setting it anew each time would cost a pause each."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("there is no line")
        left = self._left()
        if self.sock.gettimeout() != left:
            self.sock.settimeout(left)
        return self.sock

    def _left(self) -> float:
        """Return the seconds that the next wait may take."""
        left = min(self._wait, self._until - time.monotonic())
        if left <= 0:
            raise TimeoutError
        return left
