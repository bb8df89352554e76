"""The console connector: messages on the terminal."""

from convener import Connector, hookimpl
from convener_console.messenger import ConsoleMessenger


@hookimpl
def convener_register_connectors() -> list[type[Connector]]:
    """Offer the console connector."""
    return [ConsoleMessenger]
