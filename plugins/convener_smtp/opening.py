"""Open a line to the mail server: connect, protect, sign in. Whatever fails here has sent nothing."""

import smtplib
import ssl
from functools import lru_cache
from pathlib import Path

from convener import ConnectorError, Delay, RetryError
from convener_smtp.client import Client
from convener_smtp.replies import Stage, refusal
from convener_smtp.settings import SmtpSettings

READY = 220
"""Code of a server that greets."""


def open_line(settings: SmtpSettings, workspace: Path, until: float) -> Client:
    """Return a line that a message can be put on, open by the monotonic moment *until*; raises RetryError."""
    client: Client | None = None
    try:
        trusted = None if settings.security == "none" else _trusting(settings, workspace)
        client = Client(settings.timeout, until, protection=trusted if settings.security == "tls" else None)
        _sign_in(client, settings, trusted)
    except BaseException as cause:
        if client is not None:
            client.close()
        if isinstance(cause, (OSError, ValueError)):
            raise _closed(cause) from cause
        raise
    return client


def why(cause: Exception) -> str:
    """Say why without the text of the server, which may hold an address."""
    if isinstance(cause, TimeoutError) or isinstance(cause.__context__, TimeoutError):
        return "no answer in time"
    if isinstance(cause, smtplib.SMTPServerDisconnected):
        return "the server hung up"
    return getattr(cause, "strerror", None) or type(cause).__name__


def _sign_in(client: Client, settings: SmtpSettings, trusted: ssl.SSLContext | None) -> None:
    code, reply = client.connect(settings.host, settings.port)
    if code != READY:
        raise smtplib.SMTPConnectError(code, reply)
    if trusted is not None and settings.security == "starttls":
        client.protect(trusted)
    client.ehlo_or_helo_if_needed()
    if settings.username:
        client.login(settings.username, settings.password)


def _closed(cause: OSError | ValueError) -> ConnectorError:
    """Return what it means for the dispatch that no line could be opened (every error of smtplib is an OSError)."""
    if isinstance(cause, smtplib.SMTPResponseException):
        stage = Stage.SIGN_IN if isinstance(cause, smtplib.SMTPAuthenticationError) else Stage.GREETING
        reply = cause.smtp_error
        return refusal(stage, cause.smtp_code, reply.encode() if isinstance(reply, str) else reply)
    flaw = _flaw(cause)
    if flaw:
        return RetryError(flaw, delay=Delay.MISCONFIGURED)
    return RetryError(f"the mail server cannot be reached: {why(cause)}", delay=Delay.UNREACHABLE)


def _flaw(cause: OSError | ValueError) -> str:
    """Say what a person has to mend; nothing when the server is only out of reach."""
    if isinstance(cause, ssl.SSLError):
        return f"no safe line to the mail server: {cause.reason}"
    if isinstance(cause, ValueError):
        return "the mail server's name, the user or the password holds characters that cannot be sent"
    if isinstance(cause, _CertificatesError):
        return f"the file of certificates cannot be read: {cause.strerror}"
    if isinstance(cause, smtplib.SMTPException) and not isinstance(cause, smtplib.SMTPServerDisconnected):
        return "the mail server offers no such security or sign-in"
    return ""


class _CertificatesError(OSError):
    """The file that names the trusted authorities cannot be read."""


def _trusting(settings: SmtpSettings, workspace: Path) -> ssl.SSLContext:
    """Return whom to trust: the system's authorities, or those of the named file as it stands now."""
    if not settings.certificates:
        return _context("", 0)
    file = workspace / settings.certificates
    try:
        return _context(str(file), file.stat().st_mtime_ns)
    except ssl.SSLError:
        raise
    except OSError as cause:
        raise _CertificatesError(cause.errno, cause.strerror) from cause


@lru_cache(maxsize=4)
def _context(file: str, changed: int) -> ssl.SSLContext:
    """Read certificates once: reading the system's costs more than sending a mail."""
    return ssl.create_default_context(cafile=file or None)
