"""`convener doctor`."""

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import typer

from convener.cli.face import Face
from convener.cli.options import command_app, speaking
from convener.cli.tables import show_table
from convener.daemon.locks import runs
from convener.errors import ConvenerError, Exit, HeldError, Severity
from convener.expressions import CATALOGUE
from convener.operations.check import check
from convener.operations.health import read_health
from convener.operations.mounts import network_file_system
from convener.operations.rules import RuleBook
from convener.operations.standing import ADOPTION
from convener.registry import activate, discover, extend
from convener.rulesets.kinds import KINDS
from convener.settings import Settings, load_settings
from convener.store import Store

app = command_app()
LIBRARIES = ("sqlalchemy", "ortools", "psycopg")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    text: str


@app.command()
@speaking()
def doctor(face: Face) -> None:
    """Tell whether everything here can work.

    Versions, configuration, rules, database, connectors and plugins; exit 1 when something is broken.
    """
    findings = [*versions(), *workspace(face)]
    if face.json:
        face.data({"checks": [{"name": f.name, "ok": f.ok, "text": f.text} for f in findings]})
    else:
        rows = (("ok" if f.ok else "broken", f.name, f.text) for f in findings)
        show_table(face, "Convener", ("", "what", "found"), rows)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(Exit.ERROR)


def versions() -> Iterator[Finding]:
    """Yield what runs here; a library that is an extra may be missing."""
    yield Finding("convener", ok=True, text=version("convener"))
    yield Finding("python", ok=True, text=f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    for library in LIBRARIES:
        try:
            yield Finding(library, ok=True, text=version(library))
        except PackageNotFoundError:
            yield Finding(library, ok=True, text="not installed")


def workspace(face: Face) -> Iterator[Finding]:
    """Yield what is found in the workspace, each part looked at by itself."""
    try:
        settings = load_settings(face.folder, os.environ)
    except ConvenerError as error:
        yield Finding("configuration", ok=False, text=str(error))
        return
    yield Finding("configuration", ok=True, text=str(settings.file))
    if settings.redirect_all:
        text = f"REDIRECTED: everything goes to {settings.redirect_all}, nothing to the people it is meant for"
        yield Finding("redirect_all", ok=True, text=text)
    yield tried("rules", lambda: rules(face, settings))
    yield tried("database", lambda: database(face, settings))
    yield from file_system(network_file_system(face.folder))
    yield from daemon(face)
    connectors = activate(settings.connectors, face.folder, defaults=settings.sender)
    for name in connectors.names():
        wrong = connectors.broken.get(name, "")
        yield Finding(f"connector {name}", ok=not wrong, text=wrong or f"plugin {connectors.plugin(name)}")
    extended = extend(settings.plugins, facts=CATALOGUE, kinds=KINDS)
    for name in settings.plugins:
        wrong = extended.broken.get(name, "")
        yield Finding(f"rules of plugin {name}", ok=not wrong, text=wrong or "its facts and kinds may be used")
    for name, plugin in discover().items():
        rivals = f"claimed by {' and '.join(plugin.rivals)}" if plugin.rivals else ""
        yield Finding(f"plugin {name}", ok=not rivals, text=rivals or plugin.distribution)


def tried(name: str, look: Callable[[], str]) -> Finding:
    """Return what *look* found, or what was wrong with it."""
    try:
        return Finding(name, ok=True, text=look())
    except ConvenerError as error:
        return Finding(name, ok=False, text=f"{error}{'; ' if error.hint else ''}{error.hint}")


def rules(face: Face, settings: Settings) -> str:
    """Return how the rules stand; raise ConvenerError when they have errors."""
    book = RuleBook.of(face.folder, settings)
    errors = [problem for problem in check(book) if problem.severity is Severity.ERROR]
    if errors:
        raise ConvenerError(f"{len(errors)} errors", hint="see: convener check")
    return f"clients: {', '.join(book.clients()) or 'none'}"


def daemon(face: Face) -> Iterator[Finding]:
    """Yield what the daemon says of itself, and whether it is there to say it; nothing where none ever ran."""
    health = read_health(face.folder)
    if health is None:
        return
    since = f"since {health.since:%Y-%m-%d %H:%M} UTC"
    if health.status != "stopped" and not runs(face.folder):
        text = f"gone without a word; it was {health.status} {since}"
        yield Finding("daemon", ok=False, text=f"{text}; start it again: convener daemon")
        return
    places = [f"{each.client or 'workspace'} at {each.place} ({each.code})" for each in health.troubles]
    jobs = [f"job {job} failed {count} times in a row" for job, count in health.jobs.items()]
    alone = [f"connector {name} is left alone for a while" for name in health.breakers]
    told = "; ".join((f"{health.status} {since}", *places, *jobs, *health.plugins, *alone))
    yield Finding("daemon", ok=health.status != "degraded", text=told)


def file_system(far: str) -> Iterator[Finding]:
    """Yield a warning when the workspace lies *far*, on a network file system of that type; nothing otherwise."""
    if far:
        text = f"WARNING: {far}, a network file system: SQLite may lose or damage what it keeps there"
        yield Finding("file system", ok=True, text=f"{text}; move the workspace to a disk of this machine")


def database(face: Face, settings: Settings) -> str:
    """Return what the database is; raise StoreError when it cannot be used, HeldError when it is held."""
    with closing(Store.open(settings.database, workspace=face.folder)) as store:
        hold = store.standing().hold
        if hold:
            raise HeldError(f"{store.label}, {store.version()}: nothing goes out of it: {hold}", hint=ADOPTION)
        return f"{store.label}, {store.version()}"
