"""One conversation with a mail server, and every way it can end."""

import socket
import ssl
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from convener import AmbiguousError, ConnectorError, PermanentError, RetryError
from convener_smtp.settings import SmtpSettings
from convener_smtp.wire import deliver

pytestmark = pytest.mark.integration

MAIL = b"Subject: x\r\n\r\nHello\r\n"


def attempt(port: int, *, utf8: bool = False, **options: Any) -> int:
    """Deliver one mail to the server on *port*."""
    settings = SmtpSettings(**({"host": "127.0.0.1", "port": port, "security": "none", "timeout": 2.0} | options))
    return deliver(settings, Path(), "ana@northern.example", MAIL, utf8=utf8)


def test_a_mail_is_taken(serve: Callable[..., Any]) -> None:
    """The server's code comes back, the content is there."""
    wire, port = serve()

    assert 250 == attempt(port)
    assert MAIL == wire.mails[0].content


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 <ana@northern.example> unknown", PermanentError),
        ("451 4.7.1 greylisted", RetryError),
        ("421 4.3.2 closing", RetryError),
        ("cut", RetryError),
    ],
)
def test_a_refused_recipient(serve: Callable[..., Any], answer: str, kind: type[ConnectorError]) -> None:
    """5xx is final; 4xx and a lost line before the content are for later; nobody's address is repeated."""
    wire, port = serve()
    wire.recipients["ana@northern.example"] = answer

    with pytest.raises(ConnectorError) as caught:
        attempt(port)

    assert kind is type(caught.value)
    assert "ana@" not in str(caught.value)
    assert [] == wire.mails


def test_a_refused_sender_waits_for_a_person(serve: Callable[..., Any]) -> None:
    """A sender the server does not like is our set-up: no dispatch is lost by it."""
    wire, port = serve()
    wire.sender = "553 5.1.8 sender rejected"

    with pytest.raises(RetryError, match=r"refused the sender: 553 5\.1\.8"):
        attempt(port)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("554 5.6.0 content refused", PermanentError),
        ("452 4.3.1 full", RetryError),
        ("cut", AmbiguousError),
        ("hang", AmbiguousError),
    ],
)
def test_after_the_content(serve: Callable[..., Any], answer: str, kind: type[ConnectorError]) -> None:
    """A clear answer is believed; a cut or silent line after the content is ambiguous, for it did arrive."""
    wire, port = serve()
    wire.after_content = answer

    with pytest.raises(ConnectorError) as caught:
        attempt(port, timeout=0.5)

    assert kind is type(caught.value)
    assert 1 == len(wire.mails)


def test_no_server_is_for_later() -> None:
    """A refused connection has sent nothing."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(RetryError, match="the mail server cannot be reached: Connection refused"):
        attempt(port)


def test_a_silent_server_is_for_later() -> None:
    """A server that never greets is given up after the timeout."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()

        with pytest.raises(RetryError, match="cannot be reached: no answer in time"):
            attempt(silent.getsockname()[1], timeout=0.3)


def test_an_unknown_host_is_for_later() -> None:
    """A name that does not resolve may be mended."""
    with pytest.raises(RetryError, match="cannot be reached"):
        attempt(25, host="mail.invalid")


def test_starttls_protects_the_line(serve: Callable[..., Any], certificate: tuple[Path, ssl.SSLContext]) -> None:
    """With the authority named, the certificate is checked and the mail arrives."""
    authority, context = certificate
    wire, port = serve(tls_context=context, require_starttls=True)

    assert 250 == attempt(port, security="starttls", certificates=str(authority))
    assert 1 == len(wire.mails)


def test_an_unknown_authority_is_refused(serve: Callable[..., Any], certificate: tuple[Path, ssl.SSLContext]) -> None:
    """A certificate that nobody vouches for stops the mail, not the queue."""
    _, context = certificate
    wire, port = serve(tls_context=context)

    with pytest.raises(RetryError, match="no safe line to the mail server: CERTIFICATE_VERIFY_FAILED"):
        attempt(port, security="starttls")

    assert [] == wire.mails


def test_a_server_without_starttls_gets_nothing(serve: Callable[..., Any]) -> None:
    """Where protection is asked for and not offered, nothing is sent in the clear."""
    wire, port = serve()

    with pytest.raises(RetryError, match="offers no such security"):
        attempt(port, security="starttls")

    assert [] == wire.mails


def test_tls_from_the_first_byte(serve: Callable[..., Any], certificate: tuple[Path, ssl.SSLContext]) -> None:
    """A server that speaks TLS only is reached; the authority may be a path from the workspace."""
    authority, context = certificate
    wire, port = serve(ssl_context=context)
    settings = SmtpSettings(host="127.0.0.1", port=port, security="tls", certificates=authority.name)

    assert 250 == deliver(settings, authority.parent, "ana@northern.example", MAIL, utf8=False)
    assert 1 == len(wire.mails)


@pytest.mark.parametrize(("password", "taken"), [("s3cret", 1), ("wrong", 0)])
def test_sign_in(
    serve: Callable[..., Any],
    sign_in: Any,
    certificate: tuple[Path, ssl.SSLContext],
    password: str,
    taken: int,
) -> None:
    """The right password lets the mail through; a wrong one waits for a person and is not repeated."""
    authority, context = certificate
    wire, port = serve(authenticator=sign_in, auth_required=True, tls_context=context)
    options = {"username": "ops", "password": password, "security": "starttls", "certificates": str(authority)}

    expected = nullcontext() if taken else pytest.raises(RetryError, match=r"^the mail server refused the sign-in: 535")
    with expected:
        attempt(port, **options)

    assert taken == len(wire.mails)


def test_smtputf8_is_needed_for_some_addresses(serve: Callable[..., Any]) -> None:
    """A server that does not know it refuses such an address for good, and is not asked."""
    wire, port = serve(enable_SMTPUTF8=False)

    with pytest.raises(PermanentError, match=r"553 5\.6\.7"):
        attempt(port, utf8=True)

    assert [] == wire.mails
