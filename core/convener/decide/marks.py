"""Flags that automations raise: they stand as long as the conditions hold for the last occurrence."""

from collections.abc import Iterator

from convener.decide.audiences import addressees
from convener.decide.flags import correction, email_of, name_of
from convener.decide.lateness import Fate
from convener.decide.occurrences import Occurrence, last_dues
from convener.decide.prepared import PreparedAutomation
from convener.decide.setting import Setting
from convener.model import Flag, Verb


def automation_flags(setting: Setting, automation: PreparedAutomation) -> Iterator[Flag]:
    """Yield the flags of *automation* as they stand at the end of the window."""
    steps = [step for step in automation.automation.steps if step.verb is Verb.FLAG]
    if not steps:
        return
    for zone in setting.zones_of(automation):
        for due in last_dues(setting, automation, zone):
            occurrence = Occurrence(
                moment=due.moment, due=due.instant, slot=due.slot, zone=zone, deadline=None, fate=Fate.SEND
            )  # fmt: skip
            for addressee in addressees(setting, automation, occurrence):
                for step in steps:
                    yield _flag(setting, automation, occurrence, addressee.recipient, step.what)


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
