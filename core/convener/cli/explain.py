"""`convener explain`."""

from typing import Annotated

import typer

from convener.cli import explaining, explaining_rules
from convener.cli.face import Face
from convener.cli.moments import parse_day
from convener.cli.opening import opened
from convener.cli.options import command_app, speaking
from convener.errors import UsageError
from convener.operations import explain

app = command_app("Say why something went out or did not, and where a rule or setting comes from.")
Which = Annotated[str, typer.Option("--scope", metavar="SCOPE", help="CLIENT/PROGRAMME; needed when several fit.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the automation, as in its file.")]
RuleId = Annotated[str, typer.Argument(metavar="ID", help="Id of the rule, as in its file.")]
Whom = Annotated[str, typer.Argument(metavar="WHO", help="Address or id of a person; a pod or session by its id.")]
Subject = Annotated[str, typer.Argument(metavar="[SUBJECT]", help="Address of a person, or id of a pod or session.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="For example client.timezone, stack.email or rules.gap.min.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of the dispatch, as `plan` and `ledger list` show it.")]
Effects = Annotated[bool, typer.Option("--impact", help="What it would have blocked, had it been inflexible.")]
Since = Annotated[str, typer.Option("--since", metavar="DATE", help="With --impact: from this day to today.")]


@app.command()
@speaking()
def automation(face: Face, automation_id: Id, who: Whom, *, scope: Which = "") -> None:
    """Say why an automation did, does or does not go out to somebody, at its time nearest to --at."""
    with opened(face, scope) as workspace:
        answer = explain.automation(workspace, automation_id, who, scope=scope)
    explaining.print_answer(face, answer)


@app.command()
@speaking()
def dispatch(face: Face, key: Key) -> None:
    """Say why one dispatch goes out, and what became of it."""
    with opened(face, "/".join(key.split("/")[:2])) as workspace:
        answer = explain.dispatch(workspace, key)
    explaining.print_answer(face, answer)


@app.command()
@speaking()
def rule(
    face: Face, rule_id: RuleId, subject: Subject = "", *, scope: Which = "", impact: Effects = False, since: Since = ""
) -> None:
    """Say what a rule comes to, for a subject or wherever it is broken, and where each key of it was written."""
    day = parse_day(since)
    if impact != (day is not None):
        raise UsageError("--impact and --since belong together", hint="for example --impact --since 2027-01-01")
    with opened(face, scope) as workspace:
        if day is not None:
            explaining_rules.print_impact(face, explain.impact(workspace, rule_id, day, scope=scope))
        else:
            explaining_rules.print_rule(face, explain.rule(workspace, rule_id, subject=subject, scope=scope))


@app.command()
@speaking()
def setting(face: Face, name: Name, *, scope: Which = "") -> None:
    """Say what a setting is, and which line of which file says so."""
    with opened(face, scope) as workspace:
        found = explain.setting(workspace, name, scope=scope)
    explaining_rules.print_origin(face, found)
