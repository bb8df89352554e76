"""Problems as a SARIF log."""

from typing import Any

from convener.cli.sarif import sarif_log
from convener.errors import Place, Problem, Severity

WRONG = Problem(code="unknown-key", message="unknown key 'a'", place=Place("rulesets/a b.toml", 4, 7), hint="drop it")
ODD = Problem(code="idle-channel", message="nobody", place=Place("config.toml"), severity=Severity.WARNING)


def run_of(*problems: Problem) -> dict[str, Any]:
    """Return the one run of the log of *problems*."""
    log: dict[str, Any] = sarif_log(problems, "1.2.3")
    (run,) = log["runs"]
    return run


def test_the_log_has_what_the_format_requires() -> None:
    """SARIF 2.1.0 §3.13 and §3.14: version, runs, and the name of the tool."""
    log = sarif_log([WRONG], "1.2.3")

    assert ("2.1.0", ["$schema", "version", "runs"]) == (log["version"], [*log])
    assert ("convener", "1.2.3") == tuple(run_of(WRONG)["tool"]["driver"][key] for key in ("name", "version"))


def test_a_result_says_what_where_and_how_bad() -> None:
    """§3.27: message, level and place, lines and columns counted from 1."""
    (result, warning) = run_of(WRONG, ODD)["results"]
    (location,) = result["locations"]

    assert ("unknown-key", "error", "unknown key 'a'; drop it") == (
        result["ruleId"],
        result["level"],
        result["message"]["text"],
    )
    assert {"startLine": 4, "startColumn": 7} == location["physicalLocation"]["region"]
    assert ("warning", "nobody") == (warning["level"], warning["message"]["text"])


def test_a_path_is_a_relative_reference() -> None:
    """§3.4: a space is written otherwise, and the base is named where the log explains it."""
    run = run_of(WRONG)
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]

    assert "rulesets/a%20b.toml" == artifact["uri"]
    assert artifact["uriBaseId"] in run["originalUriBaseIds"]


def test_each_code_is_a_rule_once_and_results_point_at_it() -> None:
    """§3.27.6: the index of a result is that of its rule."""
    run = run_of(WRONG, ODD, WRONG)
    rules = run["tool"]["driver"]["rules"]

    assert ["idle-channel", "unknown-key"] == [rule["id"] for rule in rules]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)


def test_without_problems_there_is_a_run_without_results() -> None:
    """A scanner must see that everything was looked at and nothing found."""
    assert ([], []) == (run_of()["results"], run_of()["tool"]["driver"]["rules"])
