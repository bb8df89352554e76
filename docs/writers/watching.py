"""`watching.md`: the figures of the daemon and the words of its log."""

from datetime import UTC, datetime

from convener.clock import VirtualClock
from convener.daemon.logs import EVENTS, FIELDS
from convener.daemon.metrics import Metrics
from convener.daemon.record import Record
from writers.markdown import code, sentence, table

INTRODUCTION = """\
# Watching the daemon

[How to run it](../how-to/run-the-daemon.md) says where to find them.
None of them holds a name, an address or the text of a message.

## Figures

`/metrics`, for Prometheus; those of the process itself (`process_resident_memory_bytes` and the like) come with them.
"""
LOG = """\
## Log

One JSON object a line on stderr.
Whatever is not among these fields is left out, and counted in `dropped`.
"""


def page() -> str:
    """Return the page."""
    clock = VirtualClock(datetime(2027, 1, 1, tzinfo=UTC))
    figures = Metrics(clock, Record(clock), lambda: None).names()
    rows = [(code(name), kind, sentence(text)) for name, kind, text in figures if name.startswith("convener_")]
    events = [(code(event), meaning) for event, meaning in EVENTS.items()]
    fields = [(code(field), meaning) for field, meaning in FIELDS.items()]
    parts = (INTRODUCTION, table(("figure", "type", "meaning"), rows), LOG, "### Events\n",
             table(("event", "meaning"), events), "### Fields\n", table(("field", "meaning"), fields))  # fmt: skip
    return "\n".join(parts)
