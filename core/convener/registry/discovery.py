"""Which plugins are installed, from entry-point metadata alone: knowing one does not import it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

GROUP = "convener.plugins"
"""Entry-point group of built-ins and strangers alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A plugin that is installed, loaded or not."""

    name: str
    module: str
    distribution: str
    """Distribution that brought it; empty when its metadata do not say."""
    version: str = ""
    """Of that distribution."""
    rivals: tuple[str, ...] = ()
    """Modules that claim the same name, this one included, sorted; empty when there is only this one."""


def discover() -> Mapping[str, Known]:
    """Return every installed plugin by name, sorted; nothing is imported."""
    claims: dict[str, dict[str, EntryPoint]] = {}
    for point in entry_points(group=GROUP):
        claims.setdefault(point.name, {}).setdefault(point.module, point)
    return MappingProxyType({name: _known(name, claims[name]) for name in sorted(claims)})


def _known(name: str, claims: Mapping[str, EntryPoint]) -> Known:
    modules = tuple(sorted(claims))
    point = claims[modules[0]]
    return Known(
        name=name,
        module=point.module,
        distribution=point.dist.name if point.dist else "",
        version=point.dist.version if point.dist else "",
        rivals=modules if len(modules) > 1 else (),
    )
