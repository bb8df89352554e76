"""`waive`: an exception to a flexible rule, written into the client's own file with its reason and its end (P17)."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from convener.decide.changes.draft import pod_of, session_of
from convener.documents import is_id, nearest
from convener.durable import write_whole
from convener.errors import DataError, RefusedError, Severity, UsageError
from convener.model import Register
from convener.operations.people import find_person
from convener.operations.rules import RuleBook
from convener.operations.workspace import Scope, Workspace, local_day
from convener.rulesets.ruleset import Rule, Ruleset, Waiver

LONGEST = 64
"""Characters of an id, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The exception that is asked for."""

    rule: str
    word: str
    """`participant`, `pod` or `session`."""
    subject: str
    """An address, or the id or name of a pod or session."""
    reason: str
    approved_by: str
    until: date
    """The last day it holds."""
    since: date | None = None
    """The first day; None for the programme's today."""
    id: str = ""
    """Name of the waiver; empty for one made of rule and subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """What was written, or would be."""

    id: str
    file: str
    """The client's rule file, below the workspace."""
    table: str
    """The lines that were added to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A waiver, and how it stands today."""

    scope: str
    waiver: Waiver
    state: str
    """`in force`, `expired` or `to come`."""
    note: str = ""
    """What the last tick found of it: that it lifts nothing, or ends soon."""


def waive(workspace: Workspace, scope: str, wish: Wish, *, dry_run: bool = False) -> Waived:
    """Add *wish* to the file of the client of *scope*; everything else in it stays byte for byte.

    Raise RefusedError for an inflexible rule, UsageError for a rule or subject there is not or an end that has passed,
    and DataError when the file with it would not load; nothing is written then.
    """
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    rule = _rule(ruleset, wish.rule)
    today = local_day(workspace.clock.now(), ruleset)
    if wish.until < max(today, wish.since or today):
        raise UsageError(f"a waiver cannot end on {wish.until}", hint=f"it is {today}; name a later --until")
    with workspace.store.begin() as tx:
        subject = _subject(tx.load(ruleset.client, ruleset.programme), wish)
    path = workspace.folder / "rulesets" / f"{ruleset.client}.toml"
    before = path.read_bytes()
    name = _named(workspace, ruleset.client, wish, subject)
    table = _table(name, rule, wish, subject, wish.since or today)
    after = _appended(before, table)
    _refuse_broken(workspace, ruleset.client, after)
    if not dry_run:
        if path.read_bytes() != before:
            raise DataError(
                f"{path.name} was changed by somebody else meanwhile", hint="nothing was written; try again"
            )
        write_whole(path.resolve(), after)
    return Waived(id=name, file=f"rulesets/{path.name}", table=table)


def waivers(workspace: Workspace, scope: str = "") -> list[Standing]:
    """Return the waivers within *scope*, or all of them, the first to end first; rules that do not load have none."""
    found: list[Standing] = []
    with workspace.store.begin() as tx:
        notes = {flag.id: flag.text for flag in tx.flags() if "/waivers/" in flag.id}
    for ruleset in _rulesets(workspace, scope):
        today = local_day(workspace.clock.now(), ruleset)
        for waiver in ruleset.waivers.values():
            mine = f"{ruleset.scope}/waivers/{waiver.id}/"
            note = next((text for identity, text in notes.items() if identity.startswith(mine)), "")
            found.append(Standing(scope=ruleset.scope, waiver=waiver, state=_state(waiver, today), note=note))
    return sorted(found, key=lambda one: (one.waiver.until, one.scope, one.waiver.id))


def _rulesets(workspace: Workspace, scope: str) -> Iterator[Ruleset]:
    asked = Scope.parse(scope) if scope else Scope("")
    for client in (asked.client,) if scope else workspace.rules.clients():
        for programme, prepared in workspace.rules.load(client).prepared.items():
            if asked.programme in ("", programme):
                yield prepared.ruleset


def _state(waiver: Waiver, today: date) -> str:
    if today > waiver.until:
        return "expired"
    return "to come" if today < waiver.since else "in force"


def _rule(ruleset: Ruleset, name: str) -> Rule:
    """Return the rule to waive; raise UsageError when there is none, RefusedError for an inflexible one."""
    rule = ruleset.rules.get(name)
    if rule is None:
        raise UsageError(f"there is no rule {name!r} in {ruleset.scope}", hint=nearest(name, sorted(ruleset.rules)))
    if rule.inflexible:
        raise RefusedError(
            f"rule {name} is inflexible ({rule.place}) and cannot be waived",
            rules=(name,),
            hint=rule.why or "change what breaks it instead",
        )
    return rule


def _subject(register: Register, wish: Wish) -> str:
    """Return the address or id that the waiver names; raise UsageError when the register knows no such."""
    if wish.word == "participant":
        return find_person(register, wish.subject).email
    return pod_of(register, wish.subject) if wish.word == "pod" else session_of(register, wish.subject).id


def _named(workspace: Workspace, client: str, wish: Wish, subject: str) -> str:
    """Return the id of the waiver; raise UsageError for one that is none or is taken."""
    taken = {name for each in workspace.rules.load(client).prepared.values() for name in each.ruleset.waivers}
    if wish.id:
        if not is_id(wish.id) or wish.id in taken:
            reason = "is taken" if wish.id in taken else "is no id"
            raise UsageError(f"{wish.id!r} {reason}", hint="use letters, digits, dots and dashes, or leave --id out")
        return wish.id
    about = subject.partition("@")[0] if wish.word == "participant" else subject.partition("/")[2]
    stem = re.sub(r"[^A-Za-z0-9]+", "-", f"{wish.rule}-{about}").strip("-")[: LONGEST - 4]
    numbered = (f"{stem}-{number}" for number in range(2, 1000))
    return next(name for name in (stem, *numbered) if name not in taken)


def _table(name: str, rule: Rule, wish: Wish, subject: str, since: date) -> str:
    key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)
    return "\n".join(
        (
            f"[waivers.{key}]",
            f"rule = {_quoted(rule.id)}",
            f"subject = {{ {wish.word} = {_quoted(subject)} }}",
            f"reason = {_quoted(wish.reason)}",
            f"approved_by = {_quoted(wish.approved_by)}",
            f"from = {since}",
            f"until = {wish.until}",
            "",
        )
    )


def _quoted(value: str) -> str:
    """Return *value* as a TOML string; JSON's escapes are TOML's too, and TOML wants one more."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _appended(content: bytes, table: str) -> bytes:
    """Return *content* with *table* below it, the lines ending as they do there."""
    end = b"\r\n" if b"\r\n" in content else b"\n"
    gap = b"" if content.endswith(b"\n") or not content else end
    return content + gap + end + table.encode().replace(b"\n", end)


def _refuse_broken(workspace: Workspace, client: str, content: bytes) -> None:
    """Load the client with *content* in place of its file, in a copy; raise DataError for any error."""
    with TemporaryDirectory(prefix="convener-") as place:
        copy = Path(place)
        for kind in ("rulesets", "templates"):
            if (workspace.folder / kind).is_dir():
                shutil.copytree(workspace.folder / kind, copy / kind)
        (copy / "rulesets" / f"{client}.toml").write_bytes(content)
        rules = RuleBook.of(copy, workspace.settings).load(client)
    wrong = [problem for problem in rules.problems if problem.severity is Severity.ERROR]
    if wrong:
        raise DataError(f"with this waiver the file would not load: {wrong[0]}", hint="see: convener check")
