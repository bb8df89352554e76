"""`convener plugins`."""

import os

from convener.cli.face import Face
from convener.cli.options import command_app, speaking
from convener.cli.tables import show_table
from convener.errors import UsageError
from convener.registry import discover
from convener.settings import load_settings

app = command_app("Show the plugins that are installed.")


@app.command("list")
@speaking()
def list_plugins(face: Face) -> None:
    """List installed plugins, and the connectors of this workspace that use them; imports none."""
    users = connectors_by_plugin(face)
    known = discover()
    if face.json:
        shapes = [
            {
                "name": name,
                "module": plugin.module,
                "distribution": plugin.distribution,
                "connectors": users.get(name, []),
            }
            for name, plugin in known.items()
        ]
        face.data({"plugins": shapes})
        return
    rows = ((name, plugin.distribution, ", ".join(users.get(name, []))) for name, plugin in known.items())
    show_table(face, "Plugins", ("name", "comes with", "used by connectors"), rows)


def connectors_by_plugin(face: Face) -> dict[str, list[str]]:
    """Return the connectors that this workspace configures, by plugin; none outside a workspace."""
    users: dict[str, list[str]] = {}
    try:
        connectors = load_settings(face.folder, os.environ).connectors
    except UsageError:
        return users
    for name, connector in connectors.items():
        users.setdefault(connector.plugin, []).append(name)
    return users
