"""Every hook there is. Plugins only register; the core makes every call itself."""

from collections.abc import Iterable

import pluggy

from convener.ports import Connector

hookspec = pluggy.HookspecMarker("convener")
hookimpl = pluggy.HookimplMarker("convener")


@hookspec
def convener_register_connectors() -> Iterable[type[Connector]]:  # type: ignore[empty-body]  # a specification has none
    """Return the connector classes of this plugin."""
