"""`convener test`."""

import os
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from convener.cli.check import shape as problem_shape
from convener.cli.face import Face, counted, printable
from convener.cli.failures import MARGIN, excerpt, explain_problems
from convener.cli.options import command_app, speaking
from convener.cli.tables import console_of, show_table
from convener.errors import Exit, Place
from convener.operations.rules import RuleBook
from convener.operations.scenarios import Coverage, Examination, Mutation, examine, wanted_suites
from convener.operations.scenarios.examination import Tell
from convener.settings import load_settings

app = command_app()
Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME]...", help="Rule files, by name; all with tests without.")
]


@app.command("test")
@speaking()
def examined(
    face: Face,
    names: Names = None,
    *,
    coverage: Annotated[bool, typer.Option("--coverage", help="Say what no test reaches.")] = False,
    mutate: Annotated[
        bool, typer.Option("--mutate", help="Change the rules a little, and say which change no test sees.")
    ] = False,
) -> None:
    """Run the tests that stand beside the rules.

    A test file is rulesets/NAME.test.toml. Exit 1 when a test fails or, with --mutate, a small change of the rules
    goes unseen; 3 when a file is wrong. Nothing is sent, and no database is touched.
    """
    book = RuleBook.of(face.folder, load_settings(face.folder, os.environ))
    with telling(face) as tell:
        found = [
            examine(book, name, coverage=coverage, mutation=mutate, tell=tell)
            for name in wanted_suites(face.folder, names or ())
        ]
    if face.json:
        face.data(shape(found))
    else:
        show(face, found)
    if not all(each.is_clean for each in found):
        raise typer.Exit(Exit.INVALID if any(each.problems for each in found) else Exit.ERROR)


@contextmanager
def telling(face: Face) -> Generator[Tell]:
    """Show how far the work is, on stderr and only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _, __, ___: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console_of(face, stderr=True), transient=True) as progress:
        bar = progress.add_task("")
        yield lambda words, done, of: progress.update(bar, description=words, completed=done, total=of)


# -- for people -------------------------------------------------------------------------------------------------------


def show(face: Face, found: list[Examination]) -> None:
    """Print what failed, what was not reached and what lives, each with its place; sum up on stderr."""
    for each in found:
        explain_problems(each.problems, face, typer.echo)
        for line in failures(face, each):
            typer.echo(printable(line))
        if each.coverage is not None:
            show_coverage(face, each, each.coverage)
        if each.mutation is not None:
            for line in survivors(face, each.mutation):
                typer.echo(printable(line))
        face.say(summary(each))


def failures(face: Face, found: Examination) -> Iterator[str]:
    """Yield what was otherwise than expected, test by test; a line of the file is shown once."""
    for outcome in found.failed:
        yield f"{outcome.scenario.place}: failed: {outcome.scenario.name}"
        for place, several in groupby(outcome.failures, key=lambda failure: failure.place):
            yield f"{MARGIN}{place}:"
            yield from (MARGIN + line for line in excerpt(place, face.folder))
            for failure in several:
                yield f"{2 * MARGIN}{failure.text}"
                yield from (3 * MARGIN + line for line in failure.details)


def show_coverage(face: Face, found: Examination, coverage: Coverage) -> None:
    """Print what the tests reach, the least tested first."""
    rows: list[tuple[object, ...]] = []
    for owner in coverage.owners:
        rows.append((owner.place, owner.id, owner.state, "", "", ""))
        rows += [
            (clause.place, f"  {clause.source}", "", *(times(n) for n in (clause.seen.true, clause.seen.false)),
             clause.seen.unknown)
            for clause in sorted(owner.clauses, key=lambda clause: clause.reached)
        ]  # fmt: skip
    columns = ("where", "what", "automation", "true", "false", "unknown")
    show_table(face, f"{found.name}: {coverage.percent} % covered", columns, rows)


def times(count: int) -> str:
    """Return how often something was seen."""
    return str(count) if count else "never"


def survivors(face: Face, mutation: Mutation) -> Iterator[str]:
    """Yield the mutants that no test tells from the rules."""
    for mutant in mutation.survivors:
        yield f"{mutant.place}: no test sees this change: {mutant.name}"
        yield from (MARGIN + line for line in excerpt(mutant.place, face.folder))
        yield f"{MARGIN}hint: {mutant.hint}"


def summary(found: Examination) -> str:
    """Return how it went in one line."""
    if not found.outcomes:
        return f"{found.file}: {counted(len(found.problems), 'error')}, no test was run"
    said = [counted(len(found.outcomes), "test"), f"{len(found.failed)} failed" if found.failed else "all pass"]
    if found.coverage is not None:
        said.append(f"{found.coverage.percent} % covered")
    if found.mutation is not None:
        made, lives = found.mutation, len(found.mutation.survivors)
        said.append(f"{counted(made.mutants, 'mutant')}: {made.killed} seen, {len(made.explained)} explained")
        said.append(f"{lives} not seen" if lives else f"{made.percent} %")
    return f"{found.file}: {', '.join(said)}"


# -- for programs -----------------------------------------------------------------------------------------------------


def shape(found: list[Examination]) -> dict[str, object]:
    """Return the JSON shape of *found*."""
    return {"suites": [suite_shape(each) for each in found]}


def suite_shape(found: Examination) -> dict[str, object]:
    """Return the JSON shape of the tests of one rule file."""
    return {
        "name": found.name,
        "file": found.file,
        "problems": [problem_shape(problem) for problem in found.problems],
        "tests": [
            {
                "name": outcome.scenario.name,
                **place_shape(outcome.scenario.place),
                "passed": outcome.passed,
                "failures": [
                    {**place_shape(each.place), "text": each.text, "details": list(each.details)}
                    for each in outcome.failures
                ],
            }
            for outcome in found.outcomes
        ],
        "coverage": coverage_shape(found.coverage) if found.coverage else None,
        "mutation": mutation_shape(found.mutation) if found.mutation else None,
    }


def place_shape(place: Place) -> dict[str, object]:
    """Return where something stands."""
    return {"file": place.file, "line": place.line, "column": place.column}


def coverage_shape(coverage: Coverage) -> dict[str, object]:
    """Return what the tests reach."""
    return {
        "percent": coverage.percent,
        "automations": [
            {
                "id": owner.id,
                **place_shape(owner.place),
                "state": owner.state,
                "clauses": [
                    {
                        "source": clause.source,
                        **place_shape(clause.place),
                        "true": clause.seen.true,
                        "false": clause.seen.false,
                        "unknown": clause.seen.unknown,
                    }
                    for clause in owner.clauses
                ],
            }
            for owner in coverage.owners
        ],
    }


def mutation_shape(mutation: Mutation) -> dict[str, object]:
    """Return what became of the mutants."""
    return {
        "mutants": mutation.mutants,
        "killed": mutation.killed,
        "percent": mutation.percent,
        "explained": [{"mutant": each.mutant, "because": each.because} for each in mutation.explained],
        "survivors": [
            {"mutant": each.name, **place_shape(each.place), "what": each.what, "hint": each.hint}
            for each in mutation.survivors
        ],
    }
