"""`convener daemon`."""

from importlib import import_module

from convener.cli.face import Face
from convener.cli.options import command_app, speaking
from convener.daemon.signals import Signals
from convener.errors import UsageError

app = command_app()


@app.command()
@speaking()
def daemon(face: Face) -> None:
    """Keep ticking, syncing and delivering until stopped.

    SIGTERM and Ctrl-C let it finish what it is doing and send what is due, for a minute at most; a second one ends it
    at once. SIGHUP makes it look at `config.toml` and the rule files. Exit 75 when another one works on the same
    workspace or database.
    """
    if face.at:
        raise UsageError("the daemon lives in the present", hint="try: convener tick --at ISO")
    signals = Signals()  # before the rest is loaded, which takes a while: none is lost, and none kills
    import_module("convener.daemon.process").serve(face.folder, signals)
