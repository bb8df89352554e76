"""When a programme must be looked at again: the next instant at which anything can come due."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from convener.decide.findings.oversight import deadlines
from convener.decide.occurrences import upcoming
from convener.decide.setting import Setting
from convener.decide.watch.waivers import waiver_turns
from convener.model import Dispatch

MOMENT = timedelta(seconds=1)
"""A register is late once its deadline has gone by."""


def next_wake(setting: Setting, dispatches: Iterable[Dispatch]) -> datetime | None:
    """Return the first instant after the window at which something falls due, *dispatches* that wait included."""
    index, now = setting.index, setting.window.now
    found = [dispatch.due for dispatch in dispatches if dispatch.due > now]
    found += [instant for automation in setting.prepared.automations for instant in upcoming(setting, automation)]
    for poll in index.polls.after(now):
        found += [instant for instant in (poll.opened, poll.closes) if instant > now and poll.answered is None]
    registers = deadlines(setting.prepared, index)
    found += [deadline + MOMENT for deadline in registers[bisect_right(registers, now - MOMENT) :][:1]]
    found += index.turns_within(now, datetime.max.replace(tzinfo=now.tzinfo))[:1]
    found += [instant for instant in waiver_turns(setting.prepared.ruleset) if instant > now]
    return min(found, default=None)
