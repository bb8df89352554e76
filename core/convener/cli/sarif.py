"""Problems as a SARIF 2.1.0 log, which code scanners and editors read.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from convener.errors import Problem, Severity

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "WORKSPACE"
"""What paths are relative to: the viewer knows where the workspace is, the log does not say."""


def sarif_log(problems: Sequence[Problem], version: str) -> dict[str, object]:
    """Return *problems* as one run of Convener *version*; each code is a rule, in the order of the alphabet."""
    codes = sorted({problem.code for problem in problems})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "convener", "version": version, "rules": [_rule(code) for code in codes]}},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": "the workspace that was checked"}}},
                "results": [_result(problem, codes.index(problem.code)) for problem in problems],
            }
        ],
    }


def _rule(code: str) -> dict[str, object]:
    words = code.replace("-", " ")
    return {
        "id": code,
        "shortDescription": {"text": words},
        "help": {"text": f"Each result says what is wrong and its cure. {words.capitalize()}: see the page of errors."},
    }


def _result(problem: Problem, index: int) -> dict[str, object]:
    place, level = problem.place, "error" if problem.severity is Severity.ERROR else "warning"
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    region = {"startLine": place.line, "startColumn": place.column}
    location = {"artifactLocation": {"uri": _uri(place.file), "uriBaseId": _ROOT}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }


def _uri(file: str) -> str:
    """Return *file* as a relative reference (RFC 3986 §4.2)."""
    return quote(file.replace("\\", "/"))
