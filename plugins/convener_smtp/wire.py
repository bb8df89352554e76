"""One conversation with a mail server, that always knows whether the message may have arrived.

`smtplib.sendmail` cannot tell a line cut before the content from one cut after it; this speaks the same commands one
by one and can.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from convener import AmbiguousError, RetryError
from convener_smtp.replies import MENDING, Stage, refusal
from convener_smtp.settings import SmtpSettings

GO_AHEAD = 354
TAKEN = frozenset({250, 251, 252})


def deliver(settings: SmtpSettings, workspace: Path, recipient: str, content: bytes, *, utf8: bool) -> int:
    """Hand *content* (CRLF lines) for *recipient* to the server and return the code of its last answer.

    Raises PermanentError or RetryError when the server refused or could not be reached, and AmbiguousError when the
    line ended after the content had begun and before the answer.
    """
    with _signed_in(settings, workspace) as client:
        _envelope(client, settings.sender_email, recipient, utf8=utf8)
        return _content(client, content)


@contextmanager
def _signed_in(settings: SmtpSettings, workspace: Path) -> Generator[smtplib.SMTP]:
    """Connect, protect the line and sign in; whatever fails here has sent nothing."""
    try:
        client = _connect(settings, workspace)
    except smtplib.SMTPResponseException as cause:
        stage = Stage.SIGN_IN if isinstance(cause, smtplib.SMTPAuthenticationError) else Stage.GREETING
        raise refusal(stage, cause.smtp_code, _bytes(cause.smtp_error)) from cause
    except smtplib.SMTPNotSupportedError as cause:
        raise RetryError("the mail server offers no such security or sign-in", retry_after=MENDING) from cause
    except ssl.SSLError as cause:
        raise RetryError(f"no safe line to the mail server: {cause.reason}", retry_after=MENDING) from cause
    except (OSError, smtplib.SMTPException) as cause:
        raise RetryError(f"the mail server cannot be reached: {_why(cause)}") from cause
    try:
        yield client
    finally:
        with suppress(OSError, smtplib.SMTPException):
            client.quit()
        client.close()


def _connect(settings: SmtpSettings, workspace: Path) -> smtplib.SMTP:
    name = socket.gethostname()
    where = (settings.host, settings.port)
    if settings.security == "tls":
        context = _trusting(settings, workspace)
        client: smtplib.SMTP = smtplib.SMTP_SSL(*where, local_hostname=name, timeout=settings.timeout, context=context)
    else:
        client = smtplib.SMTP(*where, local_hostname=name, timeout=settings.timeout)
    try:
        if settings.security == "starttls":
            client.starttls(context=_trusting(settings, workspace))
        if settings.username:
            client.login(settings.username, settings.password)
        client.ehlo_or_helo_if_needed()
    except BaseException:
        client.close()
        raise
    return client


def _trusting(settings: SmtpSettings, workspace: Path) -> ssl.SSLContext:
    """Return whom to trust: the system's authorities, or those of the named file as it stands now."""
    if not settings.certificates:
        return _context("", 0)
    file = workspace / settings.certificates
    return _context(str(file), file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _context(file: str, changed: int) -> ssl.SSLContext:
    """Read certificates once: reading the system's costs more than sending a mail."""
    return ssl.create_default_context(cafile=file or None)


def _envelope(client: smtplib.SMTP, sender: str, recipient: str, *, utf8: bool) -> None:
    """Name sender and recipient; nothing is sent yet, so a lost line means: again, later."""
    if utf8 and not client.has_extn("smtputf8"):
        raise refusal(Stage.RECIPIENT, 553, b"5.6.7 not ASCII")
    try:
        if utf8:
            client.command_encoding = "utf-8"
        code, reply = client.mail(sender, ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else [])
        if code not in TAKEN:
            raise refusal(Stage.SENDER, code, reply)
        code, reply = client.rcpt(recipient)
        if code not in TAKEN:
            raise refusal(Stage.RECIPIENT, code, reply)
        code, reply = client.docmd("DATA")
    except (OSError, smtplib.SMTPException) as cause:
        raise RetryError(f"the line to the mail server was lost before the content: {_why(cause)}") from cause
    if code != GO_AHEAD:
        raise refusal(Stage.CONTENT, code, reply)


def _content(client: smtplib.SMTP, content: bytes) -> int:
    """Send the content; from the first byte on, silence says nothing about what the server did."""
    stuffed = re.sub(rb"(?m)^\.", b"..", content)
    ended = stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
    try:
        client.send(ended + b".\r\n")
        code, reply = client.getreply()
    except (OSError, smtplib.SMTPException) as cause:
        raise AmbiguousError(f"the line to the mail server was lost after the content: {_why(cause)}") from cause
    if code not in TAKEN:
        raise refusal(Stage.CONTENT, code, reply)
    return code


def _why(cause: Exception) -> str:
    """Say why without the text of the server, which may hold an address."""
    if isinstance(cause, TimeoutError) or isinstance(cause.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(cause, smtplib.SMTPServerDisconnected):
        return "the server hung up"
    return getattr(cause, "strerror", None) or type(cause).__name__


def _bytes(reply: bytes | str) -> bytes:
    return reply.encode() if isinstance(reply, str) else reply
