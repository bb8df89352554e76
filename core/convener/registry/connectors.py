"""The connectors of a configuration, ready to be called."""

import contextlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from convener.errors import Place, PluginError
from convener.ports import Connector, Lookup, Messenger, Polls, ReportSink, Resting, RosterSource, Settlement
from convener.registry.guard import GuardedLookup, GuardedMessenger, GuardedPolls, GuardedRoster, GuardedSink
from convener.registry.isolation import STARTING, Isolated, Recipe
from convener.registry.options import ConnectorConfigLike
from convener.settings import ConnectorConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a connector comes from: what makes another one like it."""

    make: Callable[[], Connector] = field(repr=False)
    """Makes it; can be pickled, so that a child process can too."""
    config: ConnectorConfigLike
    """Its table."""
    isolated: bool = False
    """Whether it works in processes of its own from the start."""


NOWHERE: Mapping[str, Origin] = MappingProxyType({})


class Connectors:
    """Connectors by name, each behind its guard; a broken one is listed and the rest run."""

    def __init__(
        self, live: Mapping[str, Connector], broken: Mapping[str, str], origins: Mapping[str, Origin] = NOWHERE
    ) -> None:
        self._live = dict(live)
        self._origins = dict(origins)
        self._isolated: dict[str, Isolated] = {}
        self.broken: Mapping[str, str] = MappingProxyType(dict(broken))
        """What is wrong and how to mend it, by name of the connector."""
        for name, origin in self._origins.items():
            if origin.isolated:
                self.isolate(name)

    def names(self) -> tuple[str, ...]:
        """Return the names of all configured connectors, broken ones included, sorted."""
        return tuple(sorted({*self._live, *self.broken}))

    def messenger(self, name: str) -> Messenger:
        """Return connector *name* as a messenger; raise PluginError when it is none or broken."""
        connector = self._connector(name)
        if not isinstance(connector, Messenger):
            raise _unfit(name, connector, "send messages")
        return GuardedMessenger(name, self._isolated.get(name, connector))

    def lookup(self, name: str) -> Lookup | None:
        """Return connector *name* as one that reads back what arrived, None when that is not how it settles."""
        connector = self._connector(name)
        if connector.settlement is not Settlement.LOOKUP or not isinstance(connector, Lookup):
            return None
        return GuardedLookup(name, self._isolated.get(name, connector))

    def roster(self, name: str) -> RosterSource:
        """Return connector *name* as a source of people; raise PluginError when it is none or broken."""
        connector = self._connector(name)
        if not isinstance(connector, RosterSource):
            raise _unfit(name, connector, "read people")
        return GuardedRoster(name, self._isolated.get(name, connector))

    def polls(self, name: str) -> Polls:
        """Return connector *name* as a source of answers; raise PluginError when it is none or broken."""
        connector = self._connector(name)
        if not isinstance(connector, Polls):
            raise _unfit(name, connector, "bring answers")
        return GuardedPolls(name, self._isolated.get(name, connector))

    def sink(self, name: str) -> ReportSink:
        """Return connector *name* as a report sink; raise PluginError when it is none or broken."""
        connector = self._connector(name)
        if not isinstance(connector, ReportSink):
            raise _unfit(name, connector, "take reports")
        return GuardedSink(name, self._isolated.get(name, connector))

    def plugin(self, name: str) -> str:
        """Return the name of the plugin behind connector *name*."""
        return self._connector(name).plugin

    def settlement(self, name: str) -> Settlement:
        """Return how a dispatch that was on the wire when the process died is settled."""
        return self._connector(name).settlement

    def deadline(self, name: str) -> float:
        """Return the seconds one call may take, the start of the process that makes it included."""
        return self._connector(name).deadline + (STARTING if name in self._isolated else 0.0)

    def config(self, name: str) -> ConnectorConfigLike:
        """Return the table of connector *name*, or what is usual when it was made without one."""
        connector = self._connector(name)
        if name in self._origins:
            return self._origins[name].config
        return ConnectorConfig(name=name, plugin=connector.plugin, place=Place(""))

    def isolate(self, name: str) -> bool:
        """Have every further call of *name* made in a process of its own, for good; tell whether that can be.

        It cannot for a connector that was not made from a table, nor where a process cannot hand its pipe on. A call
        that runs already stays where it is.
        """
        origin = self._origins.get(name)
        if origin is None or os.name != "posix":
            return False
        recipe = Recipe(name=name, make=origin.make, deadline=self._live[name].deadline)
        self._isolated.setdefault(name, Isolated(recipe))
        return True

    def isolated(self, name: str) -> bool:
        """Tell whether calls of *name* are made in a process of its own."""
        return name in self._isolated

    def rest(self) -> None:
        """Have every connector let go of the lines and files it holds open; the next call opens them again."""
        for name, connector in self._live.items():
            if name not in self._isolated and isinstance(connector, Resting):
                with contextlib.suppress(Exception):  # what cannot rest is found out by its next call
                    connector.rest()
        for isolated in tuple(self._isolated.values()):
            isolated.rest()

    def close(self) -> None:
        """Let go of everything and end every child process, also amid a call."""
        self.rest()
        for isolated in tuple(self._isolated.values()):
            isolated.close()

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
