"""Flags that automations raise: they stand as long as the conditions hold for the last occurrence."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from convener.decide.audiences import addressees
from convener.decide.moments.lateness import Fate
from convener.decide.moments.moment import Due, Moment
from convener.decide.moments.timing import Life
from convener.decide.moments.triggers import Rhythm
from convener.decide.occurrences import Occurrence
from convener.decide.prepared import PreparedAutomation
from convener.decide.reckoning import field_dues, latest_dues
from convener.decide.rhythms import rhythm_dues
from convener.decide.setting import Setting, Window
from convener.decide.watch.flags import correction, email_of, name_of
from convener.model import Flag, Verb

MEMORY = timedelta(days=366)
"""How far a flag looks back for the last occurrence of a rhythm."""


def automation_flags(setting: Setting, automation: PreparedAutomation) -> Iterator[Flag]:
    """Yield the flags of *automation* as they stand at the end of the window."""
    steps = [step for step in automation.automation.steps if step.verb is Verb.FLAG]
    for life in setting.lives_of(automation) if steps else ():
        dues = last_dues(setting, automation, life)
        if isinstance(automation.trigger, Rhythm) or automation.ranges_over_polls:
            yield from _flags(setting, automation, dues, life)
            continue
        # without another moment, and nobody come or gone, the same flags stand
        key, stand = (automation.automation.id, life), (len(dues), setting.index.turned(setting.window.now))
        known = setting.index.marks.get(key)
        if known is None or known[0] != stand:
            known = setting.index.marks[key] = (stand, list(_flags(setting, automation, dues, life)))
        yield from known[1]


def _flags(setting: Setting, automation: PreparedAutomation, dues: Iterable[Due], life: Life) -> Iterator[Flag]:
    steps = [step for step in automation.automation.steps if step.verb is Verb.FLAG]
    for due in {_whose(due.moment): due for due in dues}.values():
        occurrence = Occurrence(
            moment=due.moment, due=due.instant, slot=due.slot, life=life, deadline=None, fate=Fate.SEND,
            called=setting.window.now,
        )  # fmt: skip
        for addressee in addressees(setting, automation, occurrence):
            for step in steps:
                yield _flag(setting, automation, occurrence, addressee.recipient, step.what)


def last_dues(setting: Setting, automation: PreparedAutomation, life: Life) -> list[Due]:
    """Return the moments of *automation* up to the end of the window, in order; the last of each subject counts."""
    trigger, now = automation.trigger, setting.window.now
    if isinstance(trigger, Rhythm):
        whole = replace(setting, window=Window(max(setting.index.live_since, now - MEMORY), now))
        return rhythm_dues(whole, automation, trigger, life, ("poll.id",))
    known = latest_dues if trigger.is_event else field_dues
    dues = known(setting, automation, trigger, life)
    return dues[: bisect_right(dues, now, key=lambda due: due.instant)]


def _whose(moment: Moment) -> str:
    event = moment.event or moment.poll
    if event is not None and event.person:
        return event.person
    return moment.session.pod if moment.session else moment.subject


def _flag(setting: Setting, automation: PreparedAutomation, occurrence: Occurrence, person: str, text: str) -> Flag:
    ruleset, index = setting.prepared.ruleset, setting.index
    is_person = person in index.register.people
    about = name_of(index, person) if is_person else person
    session = occurrence.moment.session
    is_recorded = session is not None and index.record(session, person) is not None
    return Flag(
        id=f"{ruleset.scope}/{automation.automation.id}/{person}",
        severity="medium",
        client=ruleset.client,
        programme=ruleset.programme,
        subject=email_of(index, person),
        since=occurrence.due,
        text=f"{about}: {text}",
        settle=correction(setting, session, person)
        if session is not None and is_recorded
        else f"convener register {ruleset.scope}",
    )
