"""The reports connector: finished reports as files in a folder."""

from convener import Connector, hookimpl
from convener_reports.sink import ReportsSink


@hookimpl
def convener_register_connectors() -> list[type[Connector]]:
    """Offer the reports connector."""
    return [ReportsSink]
