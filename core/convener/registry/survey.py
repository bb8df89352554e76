"""What the configured connectors could do, without making one: for checking names, not for working."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from convener.errors import InvalidError, PluginError, Problem
from convener.ports import Messenger, Polls, ReportSink, RosterSource
from convener.registry.discovery import discover
from convener.registry.loading import load_connector
from convener.registry.options import ConnectorConfigLike, read_options

WORK: Mapping[str, type[Any]] = MappingProxyType(
    {"messages": Messenger, "roster": RosterSource, "polls": Polls, "reports": ReportSink}
)
"""Work by name, and the port of those who are fit for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """The connectors of a configuration, by name."""

    work: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What each is fit for: `messages`, `roster`, `polls`, `reports`; a broken one for nothing."""
    broken: Mapping[str, str] = field(default_factory=dict)
    """What is wrong and how to mend it."""
    problems: tuple[Problem, ...] = ()
    """The same with places, and every wrong option."""


def survey(configs: Mapping[str, ConnectorConfigLike], defaults: Mapping[str, object]) -> Surveyed:
    """Return what the connectors of *configs* are fit for; imports the plugins they name and makes no connector.

    *defaults* fill options as they do for `activate`.
    """
    known = discover()
    work: dict[str, frozenset[str]] = {}
    broken: dict[str, str] = {}
    problems: list[Problem] = []
    for name, config in configs.items():
        work[name] = frozenset()
        try:
            kind = load_connector(config.plugin, known)
            work[name] = frozenset(word for word, port in WORK.items() if issubclass(kind, port))
            read_options(kind.settings, config, defaults)
        except InvalidError as error:
            problems.extend(error.problems)
        except PluginError as error:
            broken[name] = f"{error}; {error.hint}" if error.hint else str(error)
            message = f"connector {name!r} cannot be used: {error}"
            problems.append(Problem(code="broken-connector", message=message, place=config.place, hint=error.hint))
    return Surveyed(work=work, broken=broken, problems=tuple(problems))
