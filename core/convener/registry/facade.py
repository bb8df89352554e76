"""What the core may ask of a plugin's hooks; pluggy ends here.

Every plugin gets a manager of its own: one that raises cannot keep another from being heard.
"""

from types import ModuleType

import pluggy

from convener import hookspecs
from convener.errors import PluginError
from convener.ports import Connector


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
        try:
            answers = self._manager.hook.convener_register_connectors()
            return tuple(kind for answer in answers for kind in answer)
        except (Exception, SystemExit) as cause:
            raise PluginError(
                f"plugin {self._plugin!r} failed in convener_register_connectors: {type(cause).__name__}: {cause}",
                hint="report it to the plugin's author or remove the connectors that name it",
            ) from cause


def _first_line(cause: Exception) -> str:
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    return "; ".join(lines) if lines else type(cause).__name__
