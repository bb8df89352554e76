"""From the tables of a configuration to connectors that can be called."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from convener.errors import ConvenerError, InvalidError, PluginError, Problem
from convener.ports import Connector
from convener.registry.connectors import Connectors, Origin
from convener.registry.discovery import Known, discover
from convener.registry.loading import HOME, load_connector, missing_library
from convener.registry.options import ConnectorConfigLike, read_options

NOTHING: Mapping[str, object] = MappingProxyType({})


def activate(
    configs: Mapping[str, ConnectorConfigLike],
    workspace: Path,
    *,
    defaults: Mapping[str, object] = NOTHING,
) -> Connectors:
    """Return the connectors that *configs* describe, importing only the plugins they name.

    *defaults* fill options that a table leaves out and its plugin has, such as `sender_email`. A plugin that is
    unknown, broken or without its library is listed in `Connectors.broken`; wrong options of any connector raise one
    InvalidError with all of them. Every connector is made here, so that what is wrong with it is known at once; those
    that are isolated are made again in each of their processes.
    """
    known = discover()
    live: dict[str, Connector] = {}
    broken: dict[str, str] = {}
    origins: dict[str, Origin] = {}
    problems: list[Problem] = []
    for name, config in configs.items():
        try:
            live[name], origins[name] = _connect(config, known, workspace, defaults)
        except InvalidError as error:
            problems.extend(error.problems)
        except PluginError as error:
            broken[name] = f"{error}; {error.hint}" if error.hint else str(error)
    if problems:
        raise InvalidError(tuple(sorted(problems, key=lambda problem: (problem.place, problem.message))))
    return Connectors(live, broken, origins)


def _connect(
    config: ConnectorConfigLike,
    known: Mapping[str, Known],
    workspace: Path,
    defaults: Mapping[str, object],
) -> tuple[Connector, Origin]:
    kind = load_connector(config.plugin, known)
    make = partial(kind, read_options(kind.settings, config, defaults), workspace)
    try:
        return make(), Origin(make=make, config=config, isolated=_isolated(config, known[config.plugin]))
    except ImportError as cause:
        raise missing_library(known[config.plugin], cause) from cause
    except ConvenerError as cause:
        raise PluginError(str(cause), hint=cause.hint) from cause
    except (Exception, SystemExit) as cause:
        raise PluginError(
            f"plugin {config.plugin!r} cannot make connector {config.name!r}: {type(cause).__name__}",
            hint="report it to the plugin's author",
        ) from cause


def _isolated(config: ConnectorConfigLike, plugin: Known) -> bool:
    """Tell whether it works in a process of its own: as the table says, or when we did not write it."""
    return plugin.distribution != HOME if config.isolated is None else config.isolated
