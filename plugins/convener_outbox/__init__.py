"""The outbox connector: mails, invites and texts as files in a folder, for rehearsals and for looking."""

from convener import Connector, hookimpl
from convener_outbox.messenger import OutboxMessenger


@hookimpl
def convener_register_connectors() -> list[type[Connector]]:
    """Offer the outbox connector."""
    return [OutboxMessenger]
