"""`convener check`."""

import os
from enum import StrEnum
from importlib.metadata import version
from typing import Annotated

import typer

from convener.cli.annotations import github_commands
from convener.cli.face import Face, counted, printable
from convener.cli.failures import explain_problems
from convener.cli.options import AnyScope, command_app, speaking
from convener.cli.sarif import sarif_log
from convener.errors import Exit, InvalidError, Problem, Severity, UsageError
from convener.operations.check import check
from convener.operations.rules import RuleBook
from convener.settings import Settings, load_settings

app = command_app()


class Format(StrEnum):
    """How problems are written."""

    TEXT = "text"
    SARIF = "sarif"
    GITHUB = "github"


How = Annotated[Format, typer.Option("--format", help="For people, for code scanning, or for a GitHub workflow.")]


@app.command("check")
@speaking()
def judge(face: Face, scope: AnyScope = "", how: How = Format.TEXT) -> None:
    """Check the rules and the configuration.

    Every problem is shown with its place and its cure. Exit 3 when there is an error, 0 when all is well or
    only warnings are left. Neither the database nor any connector is touched.
    """
    if face.json and how is not Format.TEXT:
        raise UsageError(f"--json and --format {how} are two answers", hint="leave one out")
    settings, wrong = configuration(face)
    problems = (*wrong, *check(RuleBook.of(face.folder, settings), scope))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    show(problems, face, how)
    if how is Format.TEXT and not face.json:
        warnings = len(problems) - errors
        face.say(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}" if problems else "all is well")
    if errors:
        raise typer.Exit(Exit.INVALID)


def configuration(face: Face) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Return the settings, or None and what is wrong with them; the rules can be checked all the same."""
    try:
        return load_settings(face.folder, os.environ), ()
    except InvalidError as error:
        return None, error.problems


def show(problems: tuple[Problem, ...], face: Face, how: Format) -> None:
    """Write *problems* on stdout as they were asked for."""
    if face.json:
        face.data({"problems": [shape(problem) for problem in problems]})
    elif how is Format.SARIF:
        face.data(sarif_log(problems, version("convener")))
    elif how is Format.GITHUB:
        for line in github_commands(problems):
            typer.echo(printable(line))
    else:
        explain_problems(problems, face, typer.echo)


def shape(problem: Problem) -> dict[str, object]:
    """Return the JSON shape of *problem*."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
    }
