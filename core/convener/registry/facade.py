"""What the core may ask of a plugin's hooks; pluggy ends here.

Every plugin gets a manager of its own: one that raises cannot keep another from being heard.
"""

from types import ModuleType
from typing import Any

import pluggy

from convener import hookspecs
from convener.errors import PluginError
from convener.ports import Connector, PluginFact, RuleKind


class Hooks:
    """The hooks of one plugin module, checked against the specifications."""

    def __init__(self, plugin: str, module: ModuleType) -> None:
        """Register *module*; raise PluginError for a hook that does not exist or takes unknown arguments."""
        self._plugin = plugin
        self._manager = pluggy.PluginManager("convener")
        self._manager.add_hookspecs(hookspecs)
        try:
            self._manager.register(module, plugin)
            self._manager.check_pending()
        except pluggy.PluginValidationError as cause:
            raise PluginError(
                f"plugin {plugin!r} implements a hook wrongly: {_first_line(cause)}",
                hint="compare its hooks with convener.hookspecs",
            ) from cause

    def connectors(self) -> tuple[type[Connector], ...]:
        """Return the connector classes it registers; raise PluginError when the hook itself fails."""
        return self._answers("convener_register_connectors", "remove the connectors that name it")

    def facts(self) -> tuple[PluginFact, ...]:
        """Return the facts it adds; raise PluginError when the hook itself fails."""
        return self._answers("convener_facts", "take it out of plugins in config.toml")

    def kinds(self) -> tuple[RuleKind, ...]:
        """Return the kinds of rule it adds; raise PluginError when the hook itself fails."""
        return self._answers("convener_rule_kinds", "take it out of plugins in config.toml")

    def _answers(self, hook: str, cure: str) -> tuple[Any, ...]:
        try:
            return tuple(each for answer in getattr(self._manager.hook, hook)() for each in answer)
        except (Exception, SystemExit) as cause:
            raise PluginError(
                f"plugin {self._plugin!r} failed in {hook}: {type(cause).__name__}: {cause}",
                hint=f"report it to the plugin's author or {cure}",
            ) from cause


def _first_line(cause: Exception) -> str:
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    return "; ".join(lines) if lines else type(cause).__name__
