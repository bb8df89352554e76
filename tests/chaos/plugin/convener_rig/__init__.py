"""Two connectors of the proof rig, made known as a stranger's plugin is: a sheet that can be read back, and texts.

They speak HTTP to `tests/chaos/wire.py` and never repeat anything by themselves.
"""

from convener import Connector, hookimpl
from convener_rig.web import RigSheet, RigTexts


@hookimpl
def convener_register_connectors() -> list[type[Connector]]:
    """Offer both; each is known by an entry point of its own."""
    return [RigSheet, RigTexts]
