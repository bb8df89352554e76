"""Finds the test files of a workspace and loads them: every test, or every problem."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from convener.documents import Document, Spot, nearest, quoted, read_document, validate
from convener.errors import InvalidError, Place, Problem, UsageError
from convener.operations.rules import RuleBook
from convener.operations.scenarios.reading import Reading
from convener.operations.scenarios.subject import declared, rule_files, rules_of
from convener.operations.scenarios.suite import Equivalent, Suite
from convener.operations.scenarios.tables import ScenarioFile

ENDING = ".test.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSuite:
    """What one test file came to."""

    suite: Suite | None = None
    """None when anything is wrong."""
    problems: tuple[Problem, ...] = ()
    """Sorted by place."""


def suite_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the rule files of the workspace *folder* that have tests beside them, sorted."""
    return tuple(sorted(path.name.removesuffix(ENDING) for path in (folder / "rulesets").glob(f"*{ENDING}")))


def wanted_suites(folder: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Return *names*, or all there are when none is named; raise UsageError for one without a test file."""
    known = suite_names(folder)
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"write rulesets/{name}{ENDING}"
            raise UsageError(f"there is no rulesets/{name}{ENDING}", hint=hint)
    if not known:
        raise UsageError("there are no tests", hint=f"write rulesets/NAME{ENDING} beside rulesets/NAME.toml")
    return tuple(dict.fromkeys(names)) or known


def load_suite(book: RuleBook, name: str) -> LoadedSuite:
    """Load the tests of *name* in the workspace of *book*; never raises for what the files say."""
    try:
        tests = read_document(book.folder / "rulesets" / f"{name}{ENDING}", name=f"rulesets/{name}{ENDING}")
        file, problems = validate(ScenarioFile, tests.data, Spot(tests))
        if file is None:
            return LoadedSuite(problems=problems)
        return _read(book, _rules(book.folder, name, tests), tests, file)
    except InvalidError as error:
        return LoadedSuite(problems=_sorted(error.problems))


def problems_of(book: RuleBook, only: str = "") -> tuple[Problem, ...]:
    """Return everything wrong with the test files of a workspace, or of the rule file *only*, sorted by place.

    What is wrong with the rules themselves is not told here.
    """
    wanted = [name for name in suite_names(book.folder) if only in ("", name)]
    found = {p for name in wanted for p in load_suite(book, name).problems if p.place.file.endswith(ENDING)}
    return _sorted(found)


def _rules(folder: Path, name: str, tests: Document) -> Document:
    """Read the rule file beside the tests."""
    path = folder / "rulesets" / f"{name}.toml"
    if not path.is_file():
        hint = nearest(name, [each.name.removesuffix(".toml") for each in rule_files(folder)])
        text = f"there are no rules {quoted(f'rulesets/{name}.toml')} to test"
        raise InvalidError((Problem(code="missing-file", message=text, place=Place(tests.file), hint=hint),))
    return read_document(path, name=f"rulesets/{name}.toml")


def _read(book: RuleBook, rules: Document, tests: Document, file: ScenarioFile) -> LoadedSuite:
    prepared = rules_of(book, rules, tests, file)
    reading = Reading(file, Spot(tests), prepared, declared(book.folder, prepared))
    scenarios = tuple(reading.scenarios())
    if reading.problems:
        return LoadedSuite(problems=_sorted(set(reading.problems)))
    equivalents = tuple(
        Equivalent(mutant=each.mutant, because=each.because, place=tests.value_place("equivalent", index, "mutant"))
        for index, each in enumerate(file.equivalent)
    )
    suite = Suite(
        name=tests.file.rpartition("/")[2].removesuffix(ENDING),
        file=tests.file,
        rules=rules.file,
        prepared=prepared,
        scenarios=scenarios,
        equivalents=equivalents,
    )
    return LoadedSuite(suite=suite)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.place, problem.code, problem.message)))
