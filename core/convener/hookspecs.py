"""Every hook there is. Plugins only register; the core makes every call itself."""

from collections.abc import Iterable

import pluggy

from convener.ports import Connector, PluginFact, RuleKind

hookspec = pluggy.HookspecMarker("convener")
hookimpl = pluggy.HookimplMarker("convener")


@hookspec
def convener_register_connectors() -> Iterable[type[Connector]]:  # type: ignore[empty-body]  # a specification has none
    """Return the connector classes of this plugin."""


@hookspec
def convener_facts() -> Iterable[PluginFact]:  # type: ignore[empty-body]  # a specification has none
    """Return the facts that this plugin adds to the catalogue of clauses."""


@hookspec
def convener_rule_kinds() -> Iterable[RuleKind]:  # type: ignore[empty-body]  # a specification has none
    """Return the kinds of rule that this plugin adds."""
