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
    users, worded = users_of_plugins(face)
    known = discover()
    if face.json:
        shapes = [
            {
                "name": name,
                "module": plugin.module,
                "distribution": plugin.distribution,
                "connectors": users.get(name, []),
                "rules": name in worded,
            }
            for name, plugin in known.items()
        ]
        face.data({"plugins": shapes})
        return
    rows = (
        (name, plugin.distribution, ", ".join(users.get(name, [])), "yes" if name in worded else "")
        for name, plugin in known.items()
    )
    show_table(face, "Plugins", ("name", "comes with", "used by connectors", "used by rules"), rows)


def users_of_plugins(face: Face) -> tuple[dict[str, list[str]], frozenset[str]]:
    """Return the connectors of this workspace by plugin, and the plugins its rules may use; none outside one."""
    users: dict[str, list[str]] = {}
    try:
        settings = load_settings(face.folder, os.environ)
    except UsageError:
        return users, frozenset()
    for name, connector in settings.connectors.items():
        users.setdefault(connector.plugin, []).append(name)
    return users, frozenset(settings.plugins)
