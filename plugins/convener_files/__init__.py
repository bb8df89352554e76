"""The files connector: rosters, coaches, registers and answers from CSV and XLSX files."""

from convener import Connector, hookimpl
from convener_files.source import FilesConnector


@hookimpl
def convener_register_connectors() -> list[type[Connector]]:
    """Offer the files connector."""
    return [FilesConnector]
