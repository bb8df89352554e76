"""Errors that people read."""

from dataclasses import replace

import pytest

from convener import errors
from convener.errors import ConvenerError, Exit, InvalidError, Place, Problem, RefusedError, Severity, errors_of


def test_a_problem_reads_place_what_and_cure() -> None:
    """One line says where, what and how to mend it (R29)."""
    problem = Problem(
        code="unknown-key",
        message="'membres' is not a key of quorum",
        place=Place("rulesets/c.toml", 7, 3),
        hint="did you mean 'members'",
    )

    assert "rulesets/c.toml:7:3: 'membres' is not a key of quorum; did you mean 'members'" == str(problem)
    assert str(problem) == str(InvalidError((problem,)))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ConvenerError("x"), 1),
        (errors.UsageError("x"), 2),
        (InvalidError(()), 3),
        (RefusedError("x", rules=("gap",)), 3),
        (errors.DataError("x"), 1),
        (errors.StoreError("x"), 1),
        (errors.PluginError("x"), 1),
        (errors.PermanentError("x"), 4),
        (errors.RetryError("x"), 4),
        (errors.AmbiguousError("x"), 4),
        (errors.BusyError("x"), 75),
    ],
)
def test_each_error_has_its_exit_code(error: ConvenerError, code: int) -> None:
    """Exit codes are a public interface."""
    assert Exit(code) is error.exit_code


def test_the_tree_at_the_top_of_the_module_is_the_tree() -> None:
    """Every class of error is drawn in the docstring."""
    names = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)]

    assert [] == [name for name in names if name not in (errors.__doc__ or "")]


def test_without_words_the_class_speaks() -> None:
    """An error raised bare says what its class means."""
    assert "Another daemon runs." == str(errors.BusyError())


def test_only_errors_refuse_a_file() -> None:
    """A warning is told and refuses nothing."""
    error = Problem(code="x", message="x", place=Place("a"))

    assert [error] == list(errors_of([replace(error, severity=Severity.WARNING), error]))
