"""One line to the mail server, that always knows whether the message on it may have arrived.

`smtplib.sendmail` cannot tell a line cut before the content from one cut after it; this speaks the same commands by
itself and can. Where the server offers PIPELINING (RFC 2920) sender, recipient and DATA leave together.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from types import MappingProxyType

from convener import AmbiguousError, Delay, PermanentError, RetryError
from convener_smtp.client import Client
from convener_smtp.opening import why
from convener_smtp.replies import Stage, refusal

GO_AHEAD = 354
TAKEN = frozenset({250, 251, 252})
CLOSING = 421
"""The server hangs up after this, whatever it was asked."""
WANTED = MappingProxyType({Stage.SENDER: TAKEN, Stage.RECIPIENT: TAKEN, Stage.CONTENT: frozenset({GO_AHEAD})})
"""What the three commands before the content are about, and the answers to go on with."""
FINAL = 400
"""Codes from here on are a clear no."""
PARTING = 2.0
"""Seconds to wait for a goodbye."""


class StaleError(Exception):
    """A line that was kept turned out to be gone before anything of this message was heard of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A finished mail and its envelope."""

    sender: str = field(repr=False)
    recipient: str = field(repr=False)
    content: bytes = field(repr=False)
    """With CRLF lines."""
    utf8: bool = False
    """Whether an address needs SMTPUTF8 (RFC 6531)."""


class Line:
    """A line that is signed in, for one message after another."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.used = 0
        """Messages that were put on it, taken or not."""

    @property
    def open(self) -> bool:
        """Whether another message can be put on it."""
        return self._client.sock is not None

    def deliver(self, letter: Letter, until: float) -> int:
        """Hand *letter* over by the monotonic moment *until* and return the code of the server's last answer.

        Raises PermanentError or RetryError when the server refused, StaleError when a kept line was gone, and
        AmbiguousError when the line ended after the content had begun and before the answer.
        """
        self._client.limit(until)
        self.used += 1
        try:
            self._address(letter)
            return self._hand_over(letter.content)
        except (PermanentError, RetryError):
            self._reset()
            raise
        except BaseException:
            self._client.close()
            raise

    def part(self) -> None:
        """Say goodbye and hang up."""
        self._client.limit(monotonic() + PARTING)
        with suppress(OSError):
            self._client.quit()
        self._client.close()

    def _address(self, letter: Letter) -> None:
        """Name sender and recipient; nothing is sent yet, so a lost line means: again, later."""
        if letter.utf8 and not self._client.has_extn("smtputf8"):
            raise refusal(Stage.RECIPIENT, 553, b"5.6.7 not ASCII")
        commands = self._commands(letter)
        together = self._client.has_extn("pipelining")
        refused = None
        for group in [commands] if together else [[each] for each in commands]:
            for (stage, _), (code, reply) in zip(group, self._ask(group), strict=False):
                if code == GO_AHEAD and refused is not None:
                    self._client.close()  # it wants content for nobody
                if code not in WANTED[stage]:
                    refused = refused or self._refusal(stage, code, reply)
            if refused is not None:
                raise refused

    def _commands(self, letter: Letter) -> list[tuple[Stage, bytes]]:
        options = f" SIZE={len(letter.content)}" if self._client.has_extn("size") else ""
        options += " SMTPUTF8 BODY=8BITMIME" if letter.utf8 else ""
        said = (f"MAIL FROM:<{letter.sender}>{options}", f"RCPT TO:<{letter.recipient}>", "DATA")
        return [(stage, f"{command}\r\n".encode()) for stage, command in zip(WANTED, said, strict=True)]

    def _ask(self, group: list[tuple[Stage, bytes]]) -> list[tuple[int, bytes]]:
        """Say a group of commands at once and return the answers to each, up to one that is the last."""
        answers: list[tuple[int, bytes]] = []
        try:
            self._client.say(b"".join(command for _, command in group))
            while len(answers) < len(group) and (not answers or answers[-1][0] != CLOSING):
                answers.append(self._client.getreply())
        except OSError as cause:
            self._client.close()
            if self.used > 1 and group[0][0] is Stage.SENDER and not answers:
                raise StaleError from cause
            text = f"the line to the mail server was lost before the content: {why(cause)}"
            raise RetryError(text, delay=Delay.BUSY) from cause
        return answers

    def _refusal(self, stage: Stage, code: int, reply: bytes) -> Exception:
        """Return what to raise; a kept line that closes before it hears of a sender is only stale."""
        if code == CLOSING:
            self._client.close()
            if self.used > 1 and stage is Stage.SENDER:
                return StaleError()
        return refusal(stage, code, reply)

    def _hand_over(self, content: bytes) -> int:
        """Send the content; from the first byte on, silence says nothing about what the server did."""
        try:
            self._client.say(_stuffed(content))
            code, reply = self._client.getreply()
        except OSError as cause:
            raise AmbiguousError(f"the line to the mail server was lost after the content: {why(cause)}") from cause
        if code in TAKEN:
            return code
        if code < FINAL:
            raise AmbiguousError("the mail server answered the content with what is no answer")
        raise self._refusal(Stage.CONTENT, code, reply)

    def _reset(self) -> None:
        """Make the line fit for the next message after a refusal, or hang up."""
        if not self.open:
            return
        with suppress(OSError):
            if self._client.rset()[0] in TAKEN:
                return
        self._client.close()


def _stuffed(content: bytes) -> bytes:
    """Return *content* with its end, and another full stop before each that begins a line (RFC 5321 §4.5.2)."""
    stuffed = content.replace(b"\n.", b"\n..")
    first, last = b"." if content.startswith(b".") else b"", b"" if content.endswith(b"\r\n") else b"\r\n"
    return b"".join((first, stuffed, last, b".\r\n"))
