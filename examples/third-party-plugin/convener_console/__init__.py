"""The console plugin: messages on the terminal, and what rule files may say once it is named in `plugins`."""

from convener import Connector, PluginFact, RuleKind, hookimpl
from convener_console.facts import ZONES
from convener_console.kinds import ROOM
from convener_console.messenger import ConsoleMessenger


@hookimpl
def convener_register_connectors() -> list[type[Connector]]:
    """Offer the console connector."""
    return [ConsoleMessenger]


@hookimpl
def convener_facts() -> list[PluginFact]:
    """Offer the fact `pod.zones`."""
    return [ZONES]


@hookimpl
def convener_rule_kinds() -> list[RuleKind]:
    """Offer the kind `room-capacity`."""
    return [ROOM]
