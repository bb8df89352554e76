"""The connectors of a configuration, ready to be called."""

from collections.abc import Mapping
from types import MappingProxyType

from convener.errors import PluginError
from convener.ports import Connector, Messenger, Polls, ReportSink, RosterSource, Settlement
from convener.registry.guard import GuardedMessenger, GuardedPolls, GuardedRoster, GuardedSink


class Connectors:
    """Connectors by name, each behind its guard; a broken one is listed and the rest run."""

    def __init__(self, live: Mapping[str, Connector], broken: Mapping[str, str]) -> None:
        self._live = dict(live)
        self.broken: Mapping[str, str] = MappingProxyType(dict(broken))
        """What is wrong and how to mend it, by name of the connector."""

    def names(self) -> tuple[str, ...]:
        """Return the names of all configured connectors, broken ones included, sorted."""
        return tuple(sorted({*self._live, *self.broken}))

    def messenger(self, name: str) -> Messenger:
        """Return connector *name* as a messenger; raise PluginError when it is none or broken."""
        connector = self._connector(name)
        if not isinstance(connector, Messenger):
            raise _unfit(name, connector, "send messages")
        return GuardedMessenger(name, connector)

    def roster(self, name: str) -> RosterSource:
        """Return connector *name* as a source of people; raise PluginError when it is none or broken."""
        connector = self._connector(name)
        if not isinstance(connector, RosterSource):
            raise _unfit(name, connector, "read people")
        return GuardedRoster(name, connector)

    def polls(self, name: str) -> Polls:
        """Return connector *name* as a source of answers; raise PluginError when it is none or broken."""
        connector = self._connector(name)
        if not isinstance(connector, Polls):
            raise _unfit(name, connector, "bring answers")
        return GuardedPolls(name, connector)

    def sink(self, name: str) -> ReportSink:
        """Return connector *name* as a report sink; raise PluginError when it is none or broken."""
        connector = self._connector(name)
        if not isinstance(connector, ReportSink):
            raise _unfit(name, connector, "take reports")
        return GuardedSink(name, connector)

    def plugin(self, name: str) -> str:
        """Return the name of the plugin behind connector *name*."""
        return self._connector(name).plugin

    def settlement(self, name: str) -> Settlement:
        """Return how a dispatch that was on the wire when the process died is settled."""
        return self._connector(name).settlement

    def deadline(self, name: str) -> float:
        """Return the seconds one call may take."""
        return self._connector(name).deadline

    def _connector(self, name: str) -> Connector:
        if name in self._live:
            return self._live[name]
        if name in self.broken:
            raise PluginError(f"connector {name!r} cannot be used: {self.broken[name]}")
        configured = ", ".join(self.names()) or "none"
        raise PluginError(
            f"no connector {name!r}; configured: {configured}",
            hint=f"add [connectors.{name}] to config.toml",
        )


def _unfit(name: str, connector: Connector, work: str) -> PluginError:
    return PluginError(
        f"connector {name!r} (plugin {connector.plugin!r}) cannot {work}",
        hint="name another connector in [stack]",
    )
