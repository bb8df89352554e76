"""Opening a line, and every way that can fail before anything is sent."""

import socket
import ssl
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import trustme

from convener import Delay, RetryError
from convener_smtp.opening import open_line
from convener_smtp.settings import SmtpSettings

pytestmark = pytest.mark.integration
Certificate = tuple[Path, ssl.SSLContext]


def opened(port: int, *, workspace: Path | None = None, patience: float = 30.0, **options: Any) -> str:
    """Open a line to the server on *port*, close it, and return how the line was protected."""
    settings = SmtpSettings(**({"host": "127.0.0.1", "port": port, "security": "none", "timeout": 5.0} | options))
    client = open_line(settings, workspace or Path(), monotonic() + patience)
    kind = type(client.sock).__name__
    client.close()
    return kind


def test_a_line_in_the_clear(serve: Callable[..., Any]) -> None:
    """On this machine nothing needs protection."""
    assert "socket" == opened(serve()[1])


def test_starttls_protects_the_line(serve: Callable[..., Any], certificate: Certificate) -> None:
    """With the authority named, the certificate is checked for the name of the host."""
    authority, context = certificate
    _, port = serve(tls_context=context, require_starttls=True)

    assert "SSLSocket" == opened(port, security="starttls", certificates=str(authority))


def test_tls_from_the_first_byte(serve: Callable[..., Any], certificate: Certificate) -> None:
    """A server that speaks TLS only is reached; the authority may be a path from the workspace."""
    authority, context = certificate
    _, port = serve(ssl_context=context)

    assert "SSLSocket" == opened(port, security="tls", certificates=authority.name, workspace=authority.parent)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_broken_certificate_waits_for_a_person(
    serve: Callable[..., Any], certificate: Certificate, security: str
) -> None:
    """Nobody vouches for it, so nothing is sent, and no message is given up for it."""
    _, context = certificate
    _, port = serve(**({"tls_context": context} if security == "starttls" else {"ssl_context": context}))

    with pytest.raises(RetryError, match="no safe line to the mail server: CERTIFICATE_VERIFY_FAILED") as caught:
        opened(port, security=security)

    assert Delay.MISCONFIGURED is caught.value.delay


def test_a_certificate_for_another_name_is_refused(serve: Callable[..., Any], tmp_path: Path) -> None:
    """The authority is right and the server is another."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    authority.issue_cert("other.example").configure_cert(context)
    _, port = serve(tls_context=context)

    with pytest.raises(RetryError, match="CERTIFICATE_VERIFY_FAILED"):
        opened(port, security="starttls", certificates=str(tmp_path / "authority.pem"))


def test_a_file_of_certificates_that_is_not_there_waits_for_a_person() -> None:
    """The cause is told, and no server is asked."""
    with pytest.raises(RetryError, match="the file of certificates cannot be read: No such file") as caught:
        opened(25, security="tls", certificates="nowhere.pem")

    assert Delay.MISCONFIGURED is caught.value.delay


def test_a_file_of_certificates_that_holds_none_waits_for_a_person(tmp_path: Path) -> None:
    """It is a file, but not of certificates."""
    (tmp_path / "x.pem").write_text("nothing")

    with pytest.raises(RetryError, match="no safe line") as caught:
        opened(25, security="tls", certificates="x.pem", workspace=tmp_path)

    assert Delay.MISCONFIGURED is caught.value.delay


def test_what_is_said_before_protection_is_forgotten(talk: Callable[..., int], certificate: Certificate) -> None:
    """RFC 3207: an offer that somebody slipped in behind the answer to STARTTLS is not believed."""
    authority, context = certificate

    def speak(line: socket.socket) -> None:
        line.sendall(b"220 x\r\n")
        line.recv(1024)
        line.sendall(b"250-x\r\n250 STARTTLS\r\n")
        line.recv(1024)
        line.sendall(b"220 go\r\n250-x\r\n250 PIPELINING\r\n")
        with context.wrap_socket(line, server_side=True) as safe:
            safe.recv(1024)
            safe.sendall(b"250-x\r\n250 SIZE\r\n")
            safe.recv(1024)

    settings = SmtpSettings(host="127.0.0.1", port=talk(speak), certificates=str(authority), timeout=5.0)
    client = open_line(settings, Path(), monotonic() + 30)
    offered = dict(client.esmtp_features)
    client.close()

    assert ["size"] == list(offered)


@pytest.mark.parametrize(("password", "taken"), [("s3cret", True), ("wrong", False)])
def test_sign_in(
    serve: Callable[..., Any], sign_in: Any, certificate: Certificate, password: str, *, taken: bool
) -> None:
    """The right password opens the line; a wrong one waits for a person and is not repeated."""
    authority, context = certificate
    _, port = serve(authenticator=sign_in, auth_required=True, tls_context=context)
    options = {"username": "ops", "password": password, "security": "starttls", "certificates": str(authority)}

    expected = nullcontext() if taken else pytest.raises(RetryError, match=r"^the mail server refused the sign-in: 535")
    with expected as caught:
        opened(port, **options)

    assert taken or (caught is not None and Delay.MISCONFIGURED is caught.value.delay)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"security": "starttls"}, "offers no such security or sign-in"),
        ({"username": "ops", "password": "x"}, "offers no such security or sign-in"),
    ],
)
def test_a_server_without_what_is_asked_for_gets_nothing(
    serve: Callable[..., Any], options: dict[str, str], words: str
) -> None:
    """Where protection or a sign-in is asked for and not offered, nothing is sent in the clear."""
    _, port = serve()

    with pytest.raises(RetryError, match=words) as caught:
        opened(port, **options)

    assert Delay.MISCONFIGURED is caught.value.delay


def test_a_password_that_cannot_be_sent_waits_for_a_person(
    serve: Callable[..., Any], sign_in: Any, certificate: Certificate
) -> None:
    """The sign-in is ASCII; the password is not repeated."""
    authority, context = certificate
    _, port = serve(authenticator=sign_in, tls_context=context)
    options = {"username": "ops", "password": "päss", "security": "starttls", "certificates": str(authority)}

    with pytest.raises(RetryError, match="holds characters that cannot be sent") as caught:
        opened(port, **options)

    assert "päss" not in str(caught.value)


def test_no_server_is_out_of_reach() -> None:
    """A refused connection has sent nothing, and no message is at fault."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(RetryError, match="the mail server cannot be reached: Connection refused") as caught:
        opened(port)

    assert Delay.UNREACHABLE is caught.value.delay


def test_an_unknown_host_is_out_of_reach() -> None:
    """A name that does not resolve today may tomorrow."""
    with pytest.raises(RetryError, match="cannot be reached"):
        opened(25, host="mail.invalid")


def silent(line: socket.socket) -> None:
    """Say nothing for as long as somebody listens."""
    line.recv(1024)


def dripping(line: socket.socket) -> None:
    """Say one letter at a time, and never end the line."""
    line.settimeout(0.02)
    while True:
        line.sendall(b"2")
        try:
            if not line.recv(1024):
                return
        except TimeoutError:
            continue


def hanging_up(line: socket.socket) -> None:
    """Say nothing at all."""
    line.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("speak", "words"),
    [(silent, "no answer in time"), (dripping, "no answer in time"), (hanging_up, "the server hung up")],
)
def test_a_server_that_does_not_greet(
    talk: Callable[..., int], speak: Callable[[socket.socket], None], words: str
) -> None:
    """Fault 8: silence and drops of an answer end at the same moment, however often a drop comes."""
    with pytest.raises(RetryError, match=f"the mail server cannot be reached: {words}") as caught:
        opened(talk(speak), patience=0.4)

    assert Delay.UNREACHABLE is caught.value.delay


@pytest.mark.parametrize(
    ("greeting", "delay"),
    [
        (b"421 4.3.2 busy\r\n", Delay.BUSY),
        (b"554 5.7.1 go away\r\n", Delay.MISCONFIGURED),
        (b"HTTP/1.1 400 Bad Request\r\n", Delay.BUSY),
        (b"\x16\x03\x01" * 100_000, Delay.UNREACHABLE),
    ],
)
def test_a_greeting_that_is_none(talk: Callable[..., int], greeting: bytes, delay: Delay) -> None:
    """Busy, unwelcome, another protocol, and rubbish without an end: nothing was sent, and it is for later."""

    def speak(line: socket.socket) -> None:
        line.sendall(greeting)
        line.recv(1024)

    with pytest.raises(RetryError) as caught:
        opened(talk(speak))

    assert delay is caught.value.delay
