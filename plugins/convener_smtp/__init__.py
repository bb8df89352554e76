"""The smtp connector: mails and calendar invites through a mail server."""

from convener import Connector, hookimpl
from convener_smtp.messenger import SmtpMessenger


@hookimpl
def convener_register_connectors() -> list[type[Connector]]:
    """Offer the smtp connector."""
    return [SmtpMessenger]
