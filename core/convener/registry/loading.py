"""Bring one named plugin in, or say what is wrong with it and how to mend it."""

import importlib
import inspect
from collections.abc import Mapping
from types import ModuleType

from convener.errors import PluginError
from convener.ports import Connector, Lookup, Messenger, ReportSink, Settlement
from convener.registry.discovery import Known
from convener.registry.facade import Hooks

HOME = "convener"
"""Distribution of the built-in plugins, whose libraries are its extras."""
SHOWN = ("plugin", "settings", "settlement", "deadline")
"""Class attributes that every connector shows."""


def load_connector(name: str, known: Mapping[str, Known]) -> type[Connector]:
    """Import plugin *name* and return its connector class; raise PluginError naming plugin, cause and cure."""
    kinds = load_hooks(name, known).connectors()
    own = [kind for kind in kinds if getattr(kind, "plugin", None) == name]
    if len(own) != 1:
        found = ", ".join(sorted(str(getattr(kind, "plugin", kind)) for kind in kinds)) or "none"
        raise PluginError(
            f"plugin {name!r} must register one connector of that name; it registers: {found}",
            hint="the connector class's `plugin` must equal the entry point's name",
        )
    return _checked(name, own[0])


def load_hooks(name: str, known: Mapping[str, Known]) -> Hooks:
    """Import plugin *name* and return its hooks; raise PluginError naming plugin, cause and cure."""
    plugin = known.get(name)
    if plugin is None:
        installed = ", ".join(known) or "none"
        raise PluginError(f"no plugin {name!r}; installed: {installed}", hint="install it or correct the name")
    if plugin.rivals:
        raise PluginError(
            f"plugin name {name!r} is claimed by {' and '.join(plugin.rivals)}",
            hint="uninstall one of them",
        )
    return Hooks(name, _import(plugin))


def missing_library(plugin: Known, cause: ImportError) -> PluginError:
    """Return the error for a plugin whose library is not installed."""
    wanted = (cause.name or "a library").partition(".")[0]
    if plugin.distribution == HOME:
        cure = f"pip install 'convener[{plugin.name}]'"
    else:
        cure = f"pip install --upgrade '{plugin.distribution or plugin.module}'"
    return PluginError(f"plugin {plugin.name!r} needs {wanted}: {cure}")


def _import(plugin: Known) -> ModuleType:
    try:
        return importlib.import_module(plugin.module)
    except ImportError as cause:
        raise missing_library(plugin, cause) from cause
    except (Exception, SystemExit) as cause:
        raise PluginError(
            f"plugin {plugin.name!r} cannot be imported: {type(cause).__name__}: {cause}",
            hint="report it to the plugin's author or take its name out of config.toml",
        ) from cause


def _checked(name: str, kind: type[Connector]) -> type[Connector]:
    """Refuse a class that lacks what the core reads from it, or promises what it cannot keep."""
    absent = [attribute for attribute in SHOWN if not hasattr(kind, attribute)]
    if absent or not inspect.isclass(kind):
        raise PluginError(
            f"plugin {name!r}: its connector lacks {', '.join(absent) or 'a class'}",
            hint="run the contract suite of convener.testing",
        )
    flaw = _flaw(kind, kind.settlement, kind.deadline)
    if flaw:
        raise PluginError(f"plugin {name!r}: its {flaw}", hint="run the contract suite of convener.testing")
    return kind


def _flaw(kind: type[Connector], settlement: object, deadline: object) -> str:
    if settlement not in set(Settlement):
        return f"settlement {settlement!r} is none of {', '.join(Settlement)}"
    if settlement == Settlement.LOOKUP and issubclass(kind, (Messenger, ReportSink)) and not issubclass(kind, Lookup):
        return "settlement is 'lookup', but it has no method `arrived`"
    if not isinstance(deadline, int | float) or not 0 < deadline < float("inf"):
        return f"deadline {deadline!r} is no number of seconds"
    return ""
