"""The beats of automations that come again and again: for the programme, or for each poll that is open then."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from convener.decide.facts import Scene, gather
from convener.decide.moments.moment import Due, Moment
from convener.decide.moments.timing import Life, beats, next_beat
from convener.decide.moments.triggers import Rhythm
from convener.decide.prepared import PreparedAutomation
from convener.decide.reckoning import is_lived, poll_moments, programme_of
from convener.decide.setting import Setting
from convener.model import PollRequest

LASTING = ("poll.id", "poll.answered")
"""Facts of a poll that time alone does not change."""
INSTANT = timedelta(microseconds=1)
"""The shortest time there is."""
_Asked = tuple[Moment, PollRequest, datetime]
"""A poll of one person, and an instant at which it is looked at."""


def rhythm_dues(
    setting: Setting,
    automation: PreparedAutomation,
    rhythm: Rhythm,
    life: Life,
    names: Iterable[str] | None = None,
) -> list[Due]:
    """Return the beats of *rhythm* in the window, in order; over polls, those the facts *names* of it do not rule out.

    Without *names* those are all the facts of a poll that the clauses speak of.
    """
    prepared, span = setting.prepared, (setting.window.since, setting.window.now)
    epoch, holidays = prepared.ruleset.starts, prepared.closed(life)
    if not automation.ranges_over_polls:
        programme = programme_of(setting)
        return [Due(programme, instant, slot) for instant, slot in beats(rhythm, span, life.zone, epoch, holidays)]
    asked = _polls(setting, automation, life, after=span[0])
    if not asked:
        return []
    begins = max(span[0], min(poll.opened for _, poll in asked) - INSTANT)
    span = (begins, min(span[1], asked[-1][1].closes))
    return [
        Due(moment, instant, slot)
        for instant, slot in beats(rhythm, span, life.zone, epoch, holidays)
        for moment, poll in asked
        if _may_chase(setting, automation, automation.poll_names if names is None else names, (moment, poll, instant))
    ]


def next_due_beat(setting: Setting, automation: PreparedAutomation, rhythm: Rhythm, life: Life) -> datetime | None:
    """Return the next beat of *rhythm*; over polls, the next at which one is open that the clauses may hold for."""
    now, key = setting.window.now, (automation.automation.id, life)
    known = setting.index.polls.beats.get(key)
    if known is not None and known[0] <= now and (known[1] is None or now < known[1]):
        return known[1]
    found = _next_beat(setting, automation, rhythm, life)
    setting.index.polls.beats[key] = (now, found)
    return found


def _next_beat(setting: Setting, automation: PreparedAutomation, rhythm: Rhythm, life: Life) -> datetime | None:
    now, epoch, holidays = setting.window.now, setting.prepared.ruleset.starts, setting.prepared.closed(life)
    if not automation.ranges_over_polls:
        return next_beat(rhythm, now, life.zone, epoch, holidays)
    ahead = [
        (moment, poll)
        for moment, poll in _polls(setting, automation, life, after=now)
        if _may_chase(setting, automation, LASTING, (moment, poll, max(now, poll.opened)))
    ]
    last = max((poll.closes for _, poll in ahead), default=now)
    for beat, _ in beats(rhythm, (now, last), life.zone, epoch, holidays):
        if any(_may_chase(setting, automation, automation.poll_names, (*each, beat)) for each in ahead):
            return beat
    return None


def _polls(
    setting: Setting, automation: PreparedAutomation, life: Life, *, after: datetime
) -> list[tuple[Moment, PollRequest]]:
    """Return the polls of those who lead *life* that close after *after*, by when they do."""
    open_ = setting.index.polls.after(after)
    return [each for each in poll_moments(setting.index, open_) if is_lived(setting, automation, each[1].person, life)]


def _may_chase(setting: Setting, automation: PreparedAutomation, names: Iterable[str], asked: _Asked) -> bool:
    """Tell whether a poll is open at an instant and no clause certainly false, by the facts *names* of it alone.

    They do not change by themselves: an answer changes the register, and everything is asked again then.
    """
    moment, poll, instant = asked
    if not poll.opened <= instant < poll.closes:
        return False
    facts = gather(names, Scene(index=setting.index, moment=moment, person=poll.person, at=instant))
    return all(clause.test(facts) is not False for clause in automation.clauses)
