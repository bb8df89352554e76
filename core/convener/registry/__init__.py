"""Plugins: which are installed, which are wanted, and a guarded way to call them."""

from convener.registry.activation import activate
from convener.registry.connectors import Connectors
from convener.registry.discovery import GROUP, Known, discover
from convener.registry.extension import Extended, extend
from convener.registry.options import ConnectorConfigLike, settings_table
from convener.registry.survey import Surveyed, survey

__all__ = [
    "GROUP",
    "ConnectorConfigLike",
    "Connectors",
    "Extended",
    "Known",
    "Surveyed",
    "activate",
    "discover",
    "extend",
    "settings_table",
    "survey",
]
