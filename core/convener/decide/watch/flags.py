"""What of the register needs a human: rules that are breached or about to be, and waivers that lift nothing.

Flags are a reading of the present, not messages: the whole set is given each time, a cause that is gone
takes its flag along, and the same cause keeps its id.
"""

import shlex
from collections.abc import Iterator

from convener.decide.findings import Finding, Ground, oversight
from convener.decide.index import Index
from convener.decide.rulings import AUDIT, Decision, Ruling, covers, ruling
from convener.decide.setting import Setting
from convener.decide.watch.breaches import STANDING
from convener.decide.watch.kept import open_findings
from convener.decide.watch.waivers import waiver_notices
from convener.model import Flag, Session

USUAL = "medium"
"""How bad the breach of a flexible rule is, unless its kind says otherwise."""


def standing_flags(setting: Setting) -> Iterator[Flag]:
    """Yield every flag the register deserves at the end of the window."""
    index, now = setting.index, setting.window.now
    ground = Ground(prepared=setting.prepared, index=index, at=now, day=index.today(now))
    found = [each for each in open_findings(STANDING, ground) if each.ends is None or each.ends > now]
    for each in found:
        if each.rule.inflexible or not each.by_degree:
            made = ruling(ground.ruleset, each.rule, each.breached, each.names, each.day, missing=each.missing)
            if made.flags:
                yield _of_breach(setting, each, made)
    for notice in waiver_notices(ground, found):
        waiver = notice.waiver
        yield _flag(
            setting,
            f"waivers/{waiver.id}/{notice.subject}",
            notice.subject,
            severity=notice.severity,
            text=notice.text,
            settle=explaining(setting, waiver.rule, notice.subject),
        )


def _flag(setting: Setting, cause: str, subject: str, *, severity: str, text: str, settle: str) -> Flag:
    """Make the flag that *cause* raises over *subject*, an id; people are shown by their address."""
    ruleset = setting.prepared.ruleset
    return Flag(
        id=f"{ruleset.scope}/{cause}",
        severity=severity,
        client=ruleset.client,
        programme=ruleset.programme,
        subject=email_of(setting.index, subject),
        since=setting.window.now,
        text=text,
        settle=settle,
    )


def name_of(index: Index, person: str) -> str:
    """Return the name of *person* for a flag, their id when unknown."""
    known = index.register.people.get(person)
    return known.name if known else person


def email_of(index: Index, person: str) -> str:
    """Return what commands call *person*."""
    known = index.register.people.get(person)
    return known.email if known else person


def explaining(setting: Setting, rule: str, subject: str) -> str:
    """Return the command that shows what *rule* comes to for *subject*, with the places it was written at."""
    words = ("convener", "explain", "rule", rule, email_of(setting.index, subject))
    return shlex.join((*words, "--scope", setting.prepared.ruleset.scope))


def _trying(setting: Setting, rule: str) -> str:
    """Return the command that shows all that a rule under audit would have done since the programme went live."""
    live, ruleset = setting.index.register.live_since, setting.prepared.ruleset
    since = setting.index.today(live) if live else ruleset.starts
    return f"convener explain rule {rule} --impact --since {since} --scope {ruleset.scope}"


def correction(setting: Setting, session: Session, person: str) -> str:
    """Return the command that says again how it was with *person* at *session*."""
    return oversight.correction(setting.prepared.ruleset.client, session, email_of(setting.index, person))


def _of_breach(setting: Setting, found: Finding, made: Ruling) -> Flag:
    mark = f"/{found.mark}" if found.mark else ""
    usual = found.settle or _usual(setting, found)
    severity, text, settle = found.severity or USUAL, f"{found.said}{_since_waived(setting, found)}", usual
    if made.detail == AUDIT:
        severity, text = "low", f"{found.text}; rule {found.rule.id} is under audit and would block it"
        settle = _trying(setting, found.rule.id)
    elif made.decision is Decision.BLOCKED:
        severity = "high"
    elif made.decision is Decision.UNDECIDED:
        severity, settle = "low", explaining(setting, found.rule.id, found.subject)
    cause = f"{found.rule.id}/{found.subject}{mark}"
    return _flag(setting, cause, found.subject, severity=severity, text=text, settle=settle)


def _usual(setting: Setting, found: Finding) -> str:
    """Return the command that settles what is wrong with a session, else the one that shows who is where."""
    ruleset = setting.prepared.ruleset
    if found.subject in setting.index.register.sessions:
        return f"convener dates move {ruleset.client}/{found.subject} --to ISO"
    return f"convener register {ruleset.scope}"


def _since_waived(setting: Setting, found: Finding) -> str:
    """Say which waiver of a breach has ended, if one has."""
    waivers = setting.prepared.ruleset.waivers.values()
    ended = [each for each in waivers if each.until < found.day and covers(each, found.rule, found.names)]
    last = max(ended, key=lambda waiver: waiver.until, default=None)
    return f"; its waiver {last.id} ended on {last.until} ({last.place})" if last else ""
