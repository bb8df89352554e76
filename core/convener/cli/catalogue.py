"""The table of commands: known by name and one line of help, imported only when one runs.

The help repeats the first line of the command's own docstring; a test compares the two.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Entry(NamedTuple):
    """One command as the table knows it."""

    section: str
    """Heading it stands under in `convener --help`."""
    module: str
    """Module below `convener.cli` that holds it as `app`."""
    help: str
    """What it does, in one line."""


START = "Start"
PLAN = "Pods and dates"
PEOPLE = "People"
RUN = "Every day"
HOUSE = "The house"

COMMANDS: Mapping[str, Entry] = {
    "init": Entry(START, "init", "Make a new workspace, empty or from an example."),
    "demo": Entry(START, "demo", "Play a whole programme on a virtual clock, without a network."),
    "check": Entry(START, "check", "Check the rules and the configuration."),
    "test": Entry(START, "test", "Run the tests that stand beside the rules."),
    "schema": Entry(START, "schema", "Print the JSON Schema of rule files, or let editors know it."),
    "doctor": Entry(START, "doctor", "Tell whether everything here can work."),
    "sync": Entry(PEOPLE, "sync", "Bring a client's roster and coaches in."),
    "register": Entry(PEOPLE, "register", "List who is in a programme on a day."),
    "change": Entry(PEOPLE, "change", "Change the register: people, pods, coaches, sessions."),
    "attendance": Entry(PEOPLE, "attendance", "Bring session registers in, and list missing ones."),
    "pods": Entry(PLAN, "pods", "Propose, look at, compare and accept pods."),
    "dates": Entry(PLAN, "dates", "Propose, look at, accept and move session dates."),
    "go": Entry(PLAN, "go", "Set a programme live: from now on messages go out."),
    "plan": Entry(RUN, "plan", "Show what would go out until a day; sends nothing."),
    "preview": Entry(RUN, "preview", "Show a message as one person would get it; sends nothing."),
    "apply": Entry(RUN, "apply", "Write what of a saved plan is due into the ledger."),
    "simulate": Entry(RUN, "simulate", "Rehearse a year in seconds; nothing of it happens."),
    "tick": Entry(RUN, "tick", "Decide what is due and deliver it, once."),
    "daemon": Entry(RUN, "daemon", "Keep ticking, syncing and delivering until stopped."),
    "explain": Entry(RUN, "explain", "Say why something went out or did not, and where a rule or setting comes from."),
    "today": Entry(RUN, "today", "List what needs a human today."),
    "ledger": Entry(RUN, "ledger", "Look at what went out, and settle what is open."),
    "waive": Entry(RUN, "waive", "Waive a flexible rule for somebody, with a reason and an end."),
    "report": Entry(RUN, "report", "Write the sponsor's report."),
    "plugins": Entry(HOUSE, "plugins", "Show the plugins that are installed."),
    "db": Entry(HOUSE, "db", "Look after the database."),
}
"""Every command by name, in the order of the help page."""
