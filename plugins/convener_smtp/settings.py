"""What `[connectors.NAME]` with `plugin = "smtp"` may say."""

from dataclasses import dataclass, field
from typing import Literal

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts a password may travel to without TLS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """Which mail server, how to reach it, and whom the mails come from."""

    host: str = field(default="localhost", metadata={"help": "name of the mail server"})
    port: int = field(default=587, metadata={"help": "587 for starttls, 465 for tls, 25 for none"})
    security: Literal["none", "starttls", "tls"] = field(
        default="starttls",
        metadata={"help": "`starttls`, `tls` or `none`; certificates are always checked"},
    )
    certificates: str = field(
        default="",
        metadata={"help": "file of authorities to trust, from the workspace; the system's when empty"},
    )
    username: str = field(default="", metadata={"help": "user to sign in as; nobody when empty"})
    password: str = field(
        default="",
        repr=False,
        metadata={"help": 'password of that user, as `{ env = "NAME" }` or `{ file = "path" }`'},
    )
    timeout: float = field(default=30.0, metadata={"help": "seconds to wait for each answer of the server"})
    sender_name: str = field(default="Convener", metadata={"help": "name in From; the workspace's when absent"})
    sender_email: str = field(
        default="convener@localhost",
        metadata={"help": "address in From; the workspace's when absent"},
    )

    def __post_init__(self) -> None:
        if not 0 < self.port < 65536:  # noqa: PLR2004 # the range of ports
            raise ValueError("port must be between 1 and 65535")
        if self.timeout <= 0:
            raise ValueError("timeout must be more than 0 seconds")
        if self.username and self.security == "none" and self.host not in HERE:
            raise ValueError('a password does not travel unprotected; set security = "starttls" or "tls"')
