"""When a programme must be looked at again: the next instant at which anything can come due."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from convener.decide.moments.timing import shifted
from convener.decide.occurrences import upcoming
from convener.decide.setting import Setting
from convener.decide.watch.waivers import waiver_turns
from convener.model import Dispatch
from convener.rulesets.kinds import RegisterDeadline

MOMENT = timedelta(seconds=1)


def next_wake(setting: Setting, dispatches: Iterable[Dispatch]) -> datetime | None:
    """Return the first instant after the window at which something falls due, *dispatches* that wait included."""
    index, now = setting.index, setting.window.now
    found = [dispatch.due for dispatch in dispatches if dispatch.due > now]
    found += [instant for automation in setting.prepared.automations for instant in upcoming(setting, automation)]
    for poll in index.polls.after(now):
        found += [instant for instant in (poll.opened, poll.closes) if instant > now and poll.answered is None]
    deadlines = _deadlines(setting)
    found += deadlines[bisect_right(deadlines, now) :][:1]
    found += index.turns_within(now, datetime.max.replace(tzinfo=now.tzinfo))[:1]
    found += [instant for instant in waiver_turns(setting.prepared.ruleset) if instant > now]
    return min(found, default=None)


def _deadlines(setting: Setting) -> list[datetime]:
    """Return the register deadlines in order, a moment after each so that the flag is due."""
    table, ruleset = setting.index.timetable, setting.prepared.ruleset
    if table.deadlines is None:
        table.deadlines = sorted(
            shifted(session.ends, terms.within, 1, session.zone or ruleset.zone, setting.prepared.holidays) + MOMENT
            for _, terms in ruleset.rules_of(RegisterDeadline)
            for session in setting.index.register.sessions.values()
            if session.ends is not None
        )
    return table.deadlines
