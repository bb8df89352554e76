"""When an automation falls due: each moment of the register it names, by each clock and calendar it is lived by.

What an occurrence is, and for whom, follows from when it falls due and never from when somebody looks, so that one
tick a day comes to what one a minute does. Only what is done with it now, sent or recorded as missed, may differ.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from convener.decide.moments.lateness import Fate, deadline_of, fate_of
from convener.decide.moments.moment import Due, Moment
from convener.decide.moments.timing import Life
from convener.decide.moments.triggers import Rhythm
from convener.decide.prepared import PreparedAutomation
from convener.decide.reckoning import MARGIN, anchor_of, event_dues, field_dues
from convener.decide.rhythms import next_due_beat, rhythm_dues
from convener.decide.setting import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One firing of an automation, before anyone asked for whom."""

    moment: Moment
    due: datetime
    slot: str
    life: Life
    """The clock and calendar it was reckoned by; it is for the people who live by them."""
    deadline: datetime | None
    fate: Fate
    called: datetime | None = None
    """When it came to concern whoever came later than it fell due; None for those of the moment itself."""

    @property
    def as_of(self) -> datetime:
        """The instant whose people it is for."""
        return self.called or self.due


def occurrences(setting: Setting, automation: PreparedAutomation) -> Iterator[Occurrence]:
    """Yield what of *automation* is due in the window, and what `late` still lets through from before."""
    window = setting.window
    earliest = window.since - MARGIN if automation.is_event else window.since
    for life in setting.lives_of(automation):
        found = dues(setting, automation, life)
        first = 0 if automation.lasts else bisect_right(found, earliest, key=_instant)
        for due in found[first : bisect_right(found, window.now, key=_instant)]:
            yield from _of_due(setting, automation, due, life)


def dues(setting: Setting, automation: PreparedAutomation, life: Life) -> list[Due]:
    """Return the moments of *automation* for those who lead *life*, in order: of a rhythm those in the window.

    Of fields, every moment the register knows; of events, those that may fall into the window or after it.
    """
    trigger = automation.trigger
    if isinstance(trigger, Rhythm):
        return rhythm_dues(setting, automation, trigger, life)
    if trigger.is_event:
        return event_dues(setting, automation, trigger, life)
    return field_dues(setting, automation, trigger, life)


def upcoming(setting: Setting, automation: PreparedAutomation) -> Iterator[datetime]:
    """Yield the first instant after the window at which *automation* falls due, in each life it is lived by."""
    now = setting.window.now
    for life in setting.lives_of(automation):
        if isinstance(automation.trigger, Rhythm):
            beat = next_due_beat(setting, automation, automation.trigger, life)
            if beat is not None:
                yield beat
            continue
        found = dues(setting, automation, life)
        ahead = bisect_right(found, now, key=_instant)
        if ahead < len(found):
            yield found[ahead].instant


def _instant(due: Due) -> datetime:
    return due.instant


def _of_due(setting: Setting, automation: PreparedAutomation, due: Due, life: Life) -> Iterator[Occurrence]:
    """Yield the occurrence of *due*, and again for those who come to it while it is of use."""
    window, late = setting.window, automation.late
    ends = anchor_of(setting, late.until, due.moment, life) if late.until else None
    deadline = deadline_of(late, due.instant, ends, is_event=automation.is_event)
    for called in _calls(setting, automation, due, deadline):
        instant = called or due.instant
        fate = fate_of(late, (window.since, window.present(instant)), instant, deadline)
        if fate is not Fate.GONE:
            yield Occurrence(
                moment=due.moment, due=due.instant, slot=due.slot, life=life,
                deadline=deadline, fate=fate, called=called,
            )  # fmt: skip


def _calls(
    setting: Setting, automation: PreparedAutomation, due: Due, deadline: datetime | None
) -> Iterator[datetime | None]:
    """Yield the instants of the window at which an occurrence finds its people, None for its own moment.

    One that lasts finds those who come to it until it is of no more use. Whatever else has changed since the window
    before, nobody knows when, counts from the end of this one.
    """
    window, asked = setting.window, due.moment.poll.opened if due.moment.poll else due.instant
    if not automation.lasts:
        yield from (None,) if asked <= due.instant else ()  # else it was over before the poll opened
        return
    begins = max(asked, due.instant)
    if window.since < begins <= window.now:
        yield begins if asked > due.instant else None
    last = window.now if deadline is None else min(window.now, deadline)
    yield from setting.index.turns_within(max(begins, window.since), last)
    present = window.present(window.since)
    if begins <= window.since and (deadline is None or present <= deadline):
        yield present
