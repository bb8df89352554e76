"""Plugins: which are installed, which are wanted, and a guarded way to call them."""

from convener.registry.activation import activate
from convener.registry.connectors import Connectors
from convener.registry.discovery import GROUP, Known, discover
from convener.registry.options import ConnectorConfigLike, settings_table

__all__ = ["GROUP", "ConnectorConfigLike", "Connectors", "Known", "activate", "discover", "settings_table"]
