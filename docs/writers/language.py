"""`automations.md`, `facts.md` and `events.md`: what automations are written in."""

from typing import get_args

from convener.decide.moments.lateness import parse_late
from convener.decide.moments.triggers import FIELDS, parse_trigger
from convener.expressions import CATALOGUE, Fact
from convener.model import EVENT_NAMES, Verb
from convener.rulesets.automations import CHANNELS
from convener.rulesets.ruleset import AudienceWord
from convener.rulesets.tables import AutomationTable, StepTable
from writers.fields import field_table
from writers.markdown import code, table

AUTOMATIONS = """\
# Automations

An automation is a table `[automations.ID]`: a moment, an audience, conditions and steps.

```toml
[automations.remind]
on = "2 working days before session.starts, at 09:00"
for_each = "participant"
when = ["participant.active", "session.status == 'confirmed'", "!attendance.excused"]
do = { send = "reminder", via = ["email", "text"] }
late = "send until session.starts"
```
"""
MOMENTS = {
    "session.held": "when it happens",
    "2 hours after session.held": "after something happened",
    "1 day after session.held, at 10:00": "after something happened, at a time of day",
    "1 hour after session.ends": "relative to an instant of the register",
    "2 working days before session.starts, at 09:00": "before an instant, counted in working days",
    "every working day at 09:30": "on Mondays to Fridays that are no holiday of the client",
    "every day at 18:00": "every day",
    "every monday at 08:00": "every week",
    "every 2 weeks on monday at 08:00": "every so many weeks, counted from the week the programme begins",
    "every month on the first monday at 09:00": "on the first, second, third, fourth or last such day of a month",
    "every 3 months on the last friday at 09:00": "every so many months, counted from the month the programme begins",
}
LATE = {
    "": "a time or a rhythm is sent up to 24 hours late, then it is missed; what an event causes is always sent",
    "send until session.starts": "sent until that instant, also when the automation or the session came later",
    "skip": "sent up to one hour late, then it is missed",
    "ask": "sent up to one hour late, then a flag asks",
}
AUDIENCES = {
    "participant": "each participant",
    "manager": "each line manager in post, once, with the participants for whom the conditions hold",
    "coach": "the coach of the pod on the day",
    "sponsor": "each of the client's sponsors",
    "member": "a pod's participants and its coach",
    "everyone": "participants, managers and coaches",
    "pod": "each pod; for flags",
    "session": "each session; for flags",
    "programme": "the programme; for flags",
}
VERBS = {
    Verb.SEND: "sends the message of that name",
    Verb.POLL: "opens the poll of that name and sends its questions",
    Verb.REPORT: "sends the report of that name by `email`, or publishes it to `reports`",
    Verb.INVITE: "keeps calendars as the register has it: request, update, cancel",
    Verb.FLAG: "raises a flag with that text for `convener today`",
    Verb.CALL: "is kept for plugins and does nothing yet",
}
EVENTS = {
    "participant.joined": "a roster brought somebody new in",
    "participant.updated": "a roster changed what is known of somebody",
    "participant.withdrawn": "somebody left the programme",
    "participant.seconded": "somebody was sent on secondment",
    "participant.returned": "somebody came back",
    "participant.moved": "somebody moved to another pod",
    "participant.promoted": "somebody was promoted",
    "manager.changed": "somebody reports to another line manager",
    "pods.accepted": "a proposal of pods was accepted",
    "pod.frozen": "a pod was frozen or released",
    "coach.changed": "a pod got another coach",
    "session.proposed": "reserved; nothing raises it yet",
    "session.confirmed": "a session got its date",
    "session.moved": "a session moved to another time",
    "session.cancelled": "reserved; nothing raises it yet",
    "session.held": "the register of a session is complete",
    "attendance.recorded": "a status was recorded or changed",
    "poll.opened": "reserved; nothing raises it yet",
    "poll.answered": "reserved; nothing raises it yet",
    "programme.live": "a programme went live",
    "programme.closed": "reserved; nothing raises it yet",
}


def automations() -> str:
    """Return the page; every moment on it is read by the parser that reads rule files."""
    for moment in MOMENTS:
        parse_trigger(moment)
    for late in LATE:
        parse_late(late)
    parts = [AUTOMATIONS, field_table(AutomationTable), "## on\n", _moments(), "## for_each\n"]
    parts += [table(("word", "who"), [(code(word), AUDIENCES[word]) for word in get_args(AudienceWord)])]
    parts += ["## when\n", _WHEN, "## do\n", "A step is a table with one verb; several steps are a list of tables.\n"]
    parts += [table(("verb", "what it does"), [(code(verb), VERBS[verb]) for verb in Verb]), field_table(StepTable)]
    parts += [f"Channels: {', '.join(map(code, CHANNELS))}; `[stack]` says which connector stands behind each.\n"]
    parts += ["## late\n", table(("late", "what happens"), [(code(f'"{k}"'), v) for k, v in LATE.items()])]
    return "\n".join(parts)


_WHEN = """\
A list of [clauses](clauses.md) over the [facts](facts.md), all of which must hold.
What is not recorded is unknown: neither true nor false, and an automation does not fire on it.
"""


def _moments() -> str:
    fields = ", ".join(map(code, FIELDS))
    return "\n".join(
        [
            "Working days leave out weekends and the client's holidays.",
            "Times of day are the recipient's wall clock, or the programme's with `in = \"programme\"`.",
            "A rhythm without a time of day falls due at 09:00.\n",
            table(("moment", "when"), [(code(f'"{moment}"'), text) for moment, text in MOMENTS.items()]),
            f"Instants of the register: {fields}.",
            "Events: [events](events.md).\n",
        ]
    )


def facts() -> str:
    """Return the page of facts."""
    rows = (
        (code(fact.name), fact.type, fact.unit, "yes" if fact.nullable else "", _meaning(fact))
        for fact in CATALOGUE.values()
    )
    head = (
        "# Facts\n\nWhat a [clause](clauses.md) may speak of.\n"
        "A fact is unknown when it is not recorded or does not apply.\n"
        "Plugins can add facts of their own.\n"
    )
    return f"{head}\n{table(('fact', 'type', 'unit', 'may be unknown', 'meaning'), rows)}"


def _meaning(fact: Fact) -> str:
    return f"{fact.meaning}: {', '.join(map(code, fact.values))}" if fact.values else fact.meaning


def events() -> str:
    """Return the page of events."""
    if EVENTS.keys() != EVENT_NAMES:
        raise ValueError(f"say what these events mean: {sorted(EVENT_NAMES ^ EVENTS.keys())}")
    head = (
        "# Events\n\nWhat happened, written in the transaction that changed the register and never altered.\n"
        "An automation may name any of them in `on`.\n"
        "What happened while a programme was a draft takes effect at the moment it goes live.\n"
    )
    return f"{head}\n{table(('event', 'what happened'), [(code(name), text) for name, text in EVENTS.items()])}"
