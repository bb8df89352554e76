"""Problems as GitHub workflow commands."""

from convener.cli.annotations import github_commands
from convener.errors import Place, Problem, Severity


def test_each_problem_is_a_command_at_its_place() -> None:
    """Errors and warnings, with file, line, column, code and cure."""
    place = Place("rulesets/acme.toml", 4, 7)
    wrong = Problem(code="unknown-key", message="unknown key 'a'", place=place, hint="did you mean 'b'?")
    odd = Problem(code="idle-channel", message="nobody", place=place, severity=Severity.WARNING)

    assert [
        "::error file=rulesets/acme.toml,line=4,col=7,title=convener unknown-key::unknown key 'a'; did you mean 'b'?",
        "::warning file=rulesets/acme.toml,line=4,col=7,title=convener idle-channel::nobody",
    ] == list(github_commands([wrong, odd]))


def test_what_a_command_would_obey_is_written_otherwise() -> None:
    """Line ends and per cents in the text, commas and colons in a property: a file name cannot add a command."""
    place = Place("a,b:c%\n::error::x.toml")
    (line,) = github_commands([Problem(code="c", message="50%\r\n::error::x", place=place)])

    assert (
        "::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax.toml,line=1,col=1,title=convener c::50%25%0D%0A::error::x"
        == line
    )
