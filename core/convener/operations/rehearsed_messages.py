"""Every message that an automation sends, rendered for typical people before anybody real gets it (R29).

The people are the renderer's own (see `rendering.typical`) and the same for every client; a client's questions and
attachments are looked at by themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from convener.decide.moments.triggers import Relative, TriggerError, parse_trigger
from convener.errors import DataError, Place, Problem
from convener.model import Register, Verb
from convener.rendering import Channel, Rehearsals, Shape, attached_file, check_placeholders, spoken_of, typical
from convener.rendering.context import Role
from convener.reporting import client_report, report_context
from convener.rulesets.automations import owned
from convener.rulesets.ruleset import AudienceWord, Automation, Poll, Ruleset, Step

ROLES: Mapping[AudienceWord, tuple[Role, ...]] = {
    "participant": ("participant",),
    "manager": ("manager",),
    "coach": ("coach",),
    "sponsor": ("sponsor",),
    "member": ("participant", "coach"),
    "everyone": ("participant", "manager", "coach"),
}
"""What the recipients of an audience are to the programme; the other audiences are no people."""
PAGE = "client"
"""The page that every report is."""
_INVITES = ("invite-request", "invite-update", "invite-cancel")
_WRITTEN = frozenset({Verb.SEND, Verb.POLL, Verb.REPORT})
_ENDINGS: Mapping[Channel, str] = {"email": ".md.j2", "text": ".text.j2", "calendar": ".calendar.j2"}


@dataclass(frozen=True, slots=True)
class _Message:
    """One message through one channel to people of one shape."""

    name: str
    channel: Channel
    shape: Shape


def message_problems(ruleset: Ruleset, rehearsals: Rehearsals) -> Iterator[Problem]:
    """Yield what is wrong with the words that the automations of *ruleset* send, each owned by its automation."""
    for automation in ruleset.automations.values():
        told: set[tuple[Place, str]] = set()
        for problem in _problems(ruleset, automation, rehearsals):
            if (problem.place, problem.code) not in told:
                told.add((problem.place, problem.code))
                yield owned(automation.id, problem)


def _problems(ruleset: Ruleset, automation: Automation, rehearsals: Rehearsals) -> Iterator[Problem]:
    for step in automation.steps:
        yield from _rehearsed(ruleset, automation, step, rehearsals)
        yield from _attached(ruleset, automation, step, rehearsals)
        yield from _asked(ruleset, automation, step)
        if step.verb is Verb.REPORT:
            yield from rehearsals.page_problems(PAGE, lambda: _empty_report(ruleset))


def _empty_report(ruleset: Ruleset) -> Mapping[str, object]:
    """Return what a page sees of a programme before anybody is in it."""
    register = Register(client=ruleset.client, programme=ruleset.programme)
    return report_context(client_report(ruleset, register, as_of=ruleset.starts))


def _rehearsed(ruleset: Ruleset, automation: Automation, step: Step, rehearsals: Rehearsals) -> Iterator[Problem]:
    for message in _messages(ruleset, automation, step):
        if _has_template(step, message, rehearsals.names(message.channel)):
            yield from rehearsals.problems(message.name, message.channel, message.shape)
        else:
            yield _unknown(automation, message, rehearsals.names(message.channel))


def _has_template(step: Step, message: _Message, names: frozenset[str]) -> bool:
    return message.name in names or (step.verb is Verb.POLL and "poll" in names)


def _unknown(automation: Automation, message: _Message, names: frozenset[str]) -> Problem:
    file = f"templates/messages/{message.name}{_ENDINGS[message.channel]}"
    how = "" if message.channel == "email" else f" for {message.channel}"
    return Problem(
        code="unknown-message",
        message=f"automation {automation.id!r} sends {message.name!r}, which has no template{how}",
        place=automation.places.get("do", automation.place),
        hint=f"write {file} or name one of: {', '.join(sorted(names))}",
    )


def _messages(ruleset: Ruleset, automation: Automation, step: Step) -> Iterator[_Message]:
    if step.verb is Verb.INVITE:
        for role in ROLES.get(automation.for_each, ()):
            for name in _INVITES:
                yield _Message(name, "email", Shape(role=role, session=True, moved=name == "invite-update"))
            yield _Message("invite", "calendar", Shape(role=role, session=True))
        return
    for channel in _channels(step):
        for shape in _shapes(ruleset, automation, step):
            yield _Message(step.what, channel, shape)


def _channels(step: Step) -> Iterator[Channel]:
    """Yield the channels of *step* that need words; the sinks of reports need none."""
    if step.verb in _WRITTEN and "email" in step.via:
        yield "email"
    if step.verb in _WRITTEN and "text" in step.via:
        yield "text"


def _shapes(ruleset: Ruleset, automation: Automation, step: Step) -> Iterator[Shape]:
    """Yield what the message of *step* can be about, for each role of its audience."""
    about = _is_of_session(automation)
    for role in ROLES.get(automation.for_each, ()):
        if step.verb is Verb.POLL:
            poll = ruleset.polls.get(step.what)
            yield from (Shape(role=role, session=about, poll=poll.kind),) if poll else ()
        elif step.verb is Verb.REPORT:
            yield Shape(role=role, session=about, report=True)
        elif _ranges_over_polls(automation):
            for poll, of_session in _chased(ruleset, automation):
                yield Shape(role=role, session=of_session, poll=poll.kind, chase=True)
        else:
            yield Shape(role=role, session=about)


def _anchor(automation: Automation) -> str:
    try:
        trigger = parse_trigger(automation.on)
    except TriggerError:
        return ""
    return trigger.anchor if isinstance(trigger, Relative) else ""


def _is_of_session(automation: Automation) -> bool:
    return _anchor(automation).startswith(("session.", "attendance."))


def _ranges_over_polls(automation: Automation) -> bool:
    return _anchor(automation).startswith("poll.") or any("poll." in clause.source for clause in automation.when)


def _chased(ruleset: Ruleset, automation: Automation) -> Iterator[tuple[Poll, bool]]:
    """Yield each poll that *automation* may chase, and whether it was asked of a session."""
    named = [clause.source for clause in automation.when if "poll.id ==" in clause.source]
    for poll in ruleset.polls.values():
        if named and not any(f"'{poll.id}'" in source or f'"{poll.id}"' in source for source in named):
            continue
        openers = [
            other
            for other in ruleset.automations.values()
            if any(step.verb is Verb.POLL and step.what == poll.id for step in other.steps)
        ]
        yield from ((poll, of_session) for of_session in sorted({_is_of_session(opener) for opener in openers}))


# -- what clients write themselves --------------------------------------------------------------------------------


def _asked(ruleset: Ruleset, automation: Automation, step: Step) -> Iterator[Problem]:
    """Yield the placeholders in the questions of a poll that nobody knows, or that its recipients give no value."""
    poll = ruleset.polls.get(step.what) if step.verb is Verb.POLL else None
    if poll is None:
        return
    given = frozenset[str]().union(*(spoken_of(shape) for shape in _shapes(ruleset, automation, step)))
    for question in poll.questions:
        for offset, error in check_placeholders(question.ask, given):
            place = _inside(question.place, question.ask, offset)
            yield Problem(code="bad-placeholder", message=str(error), place=place, hint=error.hint)


def _inside(place: Place, text: str, offset: int) -> Place:
    """Return the place of the character at *offset* of *text*, whose opening quote stands at *place*."""
    before = text[:offset]
    lines = before.count("\n")
    return replace(place, line=place.line + lines, column=(0 if lines else place.column) + offset - before.rfind("\n"))


def _attached(ruleset: Ruleset, automation: Automation, step: Step, rehearsals: Rehearsals) -> Iterator[Problem]:
    """Yield the attachments that are not there for some topic, and the placeholders in them that nobody knows."""
    place = automation.places.get("do", automation.place)
    for pattern in step.attach:
        files: dict[str, str] = {}
        for shape in _shapes(ruleset, automation, step):
            for topic in dict.fromkeys((*ruleset.topics, *ruleset.topics_from, "")):
                _, context = next(typical(shape))
                if context["session"] is not None:
                    context["session"]["topic"] = topic
                try:
                    name, file = attached_file(rehearsals.renderer, pattern, context)
                except DataError as error:
                    yield Problem(code="bad-attachment", message=str(error), place=place, hint=error.hint)
                    return
                if name.endswith(".md") and name not in files:
                    files[name] = file.read_text(encoding="utf-8")
        yield from _in_files(files, frozenset().union(*(spoken_of(s) for s in _shapes(ruleset, automation, step))))


def _in_files(files: Mapping[str, str], given: frozenset[str]) -> Iterator[Problem]:
    for name, text in files.items():
        for offset, error in check_placeholders(text, given):
            place = _inside(Place(f"templates/{name}", 1, 0), text, offset)
            yield Problem(code="bad-placeholder", message=str(error), place=place, hint=error.hint)
