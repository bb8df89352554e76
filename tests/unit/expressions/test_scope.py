"""What names stand for."""

from convener.expressions.scope import Scope, elements


def test_a_macro_adds_a_name_for_its_condition_only() -> None:
    """The scope around it stays as it was."""
    outer = Scope({}, {"x": "int"})

    assert {"x": "int", "y": "string"} == outer.within("y", "string").variables
    assert {"x": "int"} == outer.variables


def test_lists_tell_what_they_hold() -> None:
    """What is no list holds nothing."""
    assert ["string", "", ""] == [elements(kind) for kind in ("list(string)", "string", "list")]
