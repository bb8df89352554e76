"""`convener check`."""

import os

import typer

from convener.cli.face import Face, counted
from convener.cli.failures import explain_problems
from convener.cli.options import AnyScope, command_app, speaking
from convener.errors import Exit, Problem, Severity
from convener.operations.check import check
from convener.operations.rules import RuleBook
from convener.settings import load_settings

app = command_app()


@app.command("check")
@speaking()
def judge(face: Face, scope: AnyScope = "") -> None:
    """Check the rules and the configuration.

    Every problem is shown with its place and its cure. Exit 3 when there is an error, 0 when all is well or
    only warnings are left. Neither the database nor any connector is touched.
    """
    settings = load_settings(face.folder, os.environ)
    problems = check(RuleBook.of(face.folder, settings), scope)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if face.json:
        face.data({"problems": [shape(problem) for problem in problems]})
    else:
        explain_problems(problems, face, typer.echo)
        warnings = len(problems) - errors
        face.say(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}" if problems else "all is well")
    if errors:
        raise typer.Exit(Exit.INVALID)


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
