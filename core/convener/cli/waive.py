"""`convener waive`."""

import sys
from typing import Annotated

import typer

from convener.cli.face import Face, printable
from convener.cli.moments import parse_day
from convener.cli.opening import opened
from convener.cli.options import command_app, speaking
from convener.cli.tables import show_table
from convener.errors import UsageError
from convener.operations.waive import Standing, Waived, Wish, waive, waivers

app = command_app()
Rule = Annotated[str, typer.Argument(metavar="[RULE]", help="Id of the flexible rule.")]
Where = Annotated[str, typer.Option("--scope", metavar="SCOPE", help="CLIENT/PROGRAMME, for example acme/lead-27.")]
Participant = Annotated[str, typer.Option(metavar="ADDRESS", help="For this participant.")]
OfPod = Annotated[str, typer.Option("--pod", metavar="POD", help="For this pod, by id or name.")]
OfSession = Annotated[str, typer.Option("--session", metavar="SESSION", help="For this session: PROGRAMME/POD/NUMBER.")]
Reason = Annotated[str, typer.Option(help="Why, for the record.")]
Approver = Annotated[str, typer.Option("--approved-by", metavar="NAME", help="Who has agreed to it.")]
Until = Annotated[str, typer.Option("--until", metavar="ISO", help="The last day it holds.")]
Since = Annotated[str, typer.Option("--from", metavar="ISO", help="The first day it holds; today without.")]
Name = Annotated[str, typer.Option("--id", metavar="ID", help="Name of the waiver; made of rule and subject without.")]
Listing = Annotated[bool, typer.Option("--list", help="List the waivers there are, and how they stand.")]
COLUMNS = ("programme", "waiver", "rule", "for", "from", "until", "state", "reason", "approved by", "note")


@app.command("waive")
@speaking("dry_run")
def exempt(  # noqa: PLR0913 - what makes a waiver, each by name
    face: Face,
    rule: Rule = "",
    *,
    scope: Where = "",
    participant: Participant = "",
    pod: OfPod = "",
    session: OfSession = "",
    reason: Reason = "",
    approved_by: Approver = "",
    until: Until = "",
    since: Since = "",
    name: Name = "",
    listing: Listing = False,
) -> None:
    """Waive a flexible rule for somebody, with a reason and an end.

    Adds a table to the client's rule file and changes nothing else in it. Exit 3 for an inflexible rule.
    """
    if listing:
        with opened(face, scope) as workspace:
            print_list(face, waivers(workspace, scope))
        return
    subjects = {"participant": participant, "pod": pod, "session": session}
    given = {"RULE": rule, "--scope": scope, "--reason": reason, "--approved-by": approved_by, "--until": until}
    word = only(subjects, given)
    last = parse_day(until)
    if last is None:
        raise UsageError("a waiver needs an end", hint="name its last day: --until 2027-03-31")
    wish = Wish(
        rule=rule,
        word=word,
        subject=subjects[word],
        reason=reason,
        approved_by=approved_by,
        until=last,
        since=parse_day(since),
        id=name,
    )
    with opened(face, scope) as workspace:
        tell(face, waive(workspace, scope, wish, dry_run=face.dry_run))


def only(subjects: dict[str, str], given: dict[str, str]) -> str:
    """Return the one kind of subject that is named; raise UsageError when something is missing or named twice."""
    missing = [name for name, value in given.items() if not value.strip()]
    if missing:
        raise UsageError(f"a waiver needs {', '.join(missing)}", hint="see: convener waive --help")
    named = [word for word, value in subjects.items() if value]
    if len(named) != 1:
        raise UsageError(
            "a waiver is for one participant, pod or session", hint="name one: --participant, --pod or --session"
        )
    return named[0]


def tell(face: Face, done: Waived) -> None:
    """Print the table that was added, or would be."""
    if face.json:
        face.data({"id": done.id, "file": done.file, "table": done.table})
        return
    sys.stdout.write(printable(done.table))
    face.say(f"would be added to {done.file}" if face.dry_run else f"added to {done.file}")


def print_list(face: Face, found: list[Standing]) -> None:
    """Print the waivers as JSON or as a table."""
    if face.json:
        face.data({"waivers": [shape(one) for one in found]})
        return
    show_table(face, "Waivers", COLUMNS, (tuple(shape(one).values()) for one in found))


def shape(one: Standing) -> dict[str, str]:
    """Return one waiver in the order of the table."""
    waiver = one.waiver
    return {
        "scope": one.scope,
        "id": waiver.id,
        "rule": waiver.rule,
        "subject": ", ".join(waiver.subject.values()),
        "from": waiver.since.isoformat(),
        "until": waiver.until.isoformat(),
        "state": one.state,
        "reason": waiver.reason,
        "approved_by": waiver.approved_by,
        "note": one.note,
    }
