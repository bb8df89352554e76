"""Problems as GitHub workflow commands, which stand beside the line in a pull request.

Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable, Iterator

from convener.errors import Problem, Severity

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})
"""Commas and colons end a property, so that they are written otherwise there."""


def github_commands(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield one command for each of *problems*."""
    for problem in problems:
        word = "error" if problem.severity is Severity.ERROR else "warning"
        place = problem.place
        title = f"convener {problem.code}".translate(_PROPERTY)
        where = f"file={place.file.translate(_PROPERTY)},line={place.line},col={place.column},title={title}"
        text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        yield f"::{word} {where}::{text.translate(_DATA)}"
