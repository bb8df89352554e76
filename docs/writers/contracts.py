"""`hooks.md`: the hooks and ports of plugins, to the letter."""

import importlib
import inspect
import re

from convener import hookspecs, model, ports
from convener import testing as kit
from writers.markdown import code, fenced, summary, table

INTRODUCTION = """\
# Hooks and ports

A plugin imports `convener` and nothing deeper, and registers through the hooks below; it implements those it needs.
How to write one: [a connector](../how-to/write-a-connector.md), \
[a fact or a kind of rule](../how-to/write-a-fact-or-a-kind.md).

## Hooks
"""

OTHERS = {
    "hookimpl": "Marks the function that implements a hook",
    "CALENDAR": "A calendar object for samples",
    "FIRST_DAY": "Since when everybody of a sample register is there",
}
"""What is neither a class nor a function."""

WORDS = re.compile(r"  # type[:].*")
"""What the type checker is told, and nobody else needs."""


def page() -> str:
    """Return the page."""
    face = importlib.import_module("convener")
    specs = [f for _, f in inspect.getmembers(hookspecs, inspect.isfunction) if hasattr(f, "convener_spec")]
    parts = [INTRODUCTION, *(source(spec) for spec in specs), "## Ports\n"]
    parts += [source(port) for port in (ports.Connector, *_ports())]
    parts += ["## Values\n"]
    parts += [source(v) for v in (ports.Settlement, ports.Table, ports.TableRow, ports.Publication)]
    parts += [source(model.Parcel), source(model.Attachment)]
    parts += ["## The rule language\n"]
    parts += [source(v) for v in (ports.PluginFact, ports.FactScene, ports.RuleKind)]
    parts += ["## The public face\n\n`from convener import …`\n", _listed(face)]
    parts += ["## The test kit\n\n`from convener.testing import …`\n", _listed(kit)]
    return "\n".join(parts)


def source(thing: object) -> str:
    """Return the source of *thing* as a block, words to the type checker aside."""
    return fenced(WORDS.sub("", inspect.getsource(thing)), "py")  # type: ignore[arg-type] # functions and classes alike


def _ports() -> list[type[object]]:
    return [ports.RosterSource, ports.Polls, ports.Messenger, ports.ReportSink, ports.Lookup, ports.Resting]


def _listed(module: object) -> str:
    names: list[str] = module.__all__  # type: ignore[attr-defined] # both modules have one
    return table(("name", "what it is"), [(code(name), _told(name, getattr(module, name))) for name in names])


def _told(name: str, thing: object) -> str:
    return summary(thing) if inspect.isclass(thing) or inspect.isfunction(thing) else OTHERS[name]
