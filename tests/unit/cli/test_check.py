"""`convener check`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def broken(workspace: Path) -> Path:
    """Return *workspace* with one misspelled key in the pack."""
    pack = workspace / "rulesets" / "small-group-coaching.toml"
    pack.write_text(pack.read_text(encoding="utf-8").replace('members = "75%"', 'membres = "75%"'), encoding="utf-8")
    return workspace


def test_good_rules_are_well(convener: Callable[..., Any], workspace: Path) -> None:
    """Exit 0 when nothing is wrong."""
    with (workspace / "rulesets" / "acme.toml").open("a", encoding="utf-8") as file:
        file.write('\n[automations.manager-pulse]\nenabled = false\nreason = "Two sessions are too few."\n')
    done = convener("-w", workspace, "check")

    assert (0, "", "all is well\n") == (done.code, done.out, done.err)


def test_a_misspelled_key_is_shown_with_its_place(convener: Callable[..., Any], workspace: Path) -> None:
    """Exit 3, with file:line:column, the line, a caret and the nearest key (R29)."""
    done = convener("-w", broken(workspace), "check")
    first, line, caret, hint = done.out.splitlines()[:4]

    assert (3, '    membres = "75%"', "    ^") == (done.code, line, caret)
    assert first.startswith("rulesets/small-group-coaching.toml:60:1: error[unknown-key] ")
    assert hint == "    hint: did you mean 'members'?"
    assert "1 error, 0 warnings\n" == done.err


def test_json_has_the_designed_shape(convener: Callable[..., Any], workspace: Path) -> None:
    """The problems as data, on stdout, with the same exit code."""
    done = convener("--json", "-w", broken(workspace), "check", "acme")
    keys = ["code", "severity", "file", "line", "column", "message", "hint"]

    assert (3, keys) == (done.code, list(done.data["problems"][0]))


def test_no_database_is_made(convener: Callable[..., Any], workspace: Path) -> None:
    """Checking reads and touches nothing."""
    convener("-w", workspace, "check")

    assert not (workspace / "var").exists()


def test_an_unknown_client(convener: Callable[..., Any], workspace: Path) -> None:
    """A scope that does not exist is a usage error that names those that do."""
    done = convener("-w", workspace, "check", "nobody")

    assert (2, "error: there is no client 'nobody'\nhint: clients in rulesets/: acme\n") == (done.code, done.err)


def test_a_configuration_with_errors_hides_no_rule(convener: Callable[..., Any], workspace: Path) -> None:
    """Both are told at once, each with its place (R29)."""
    (workspace / "config.toml").write_text('[daemon]\ntik = "1 minute"\n', encoding="utf-8")
    done = convener("-w", broken(workspace), "check")

    assert 3 == done.code
    assert "config.toml:2:1: error[unknown-key] unknown key 'tik'" in done.out
    assert "rulesets/small-group-coaching.toml:60:1: error[unknown-key] " in done.out


def test_a_template_is_shown_with_its_line(convener: Callable[..., Any], workspace: Path) -> None:
    """A message is part of the rules (R29)."""
    place = workspace / "templates" / "messages" / "reminder.md.j2"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("Subject: Soon\n\nHello {{ recipent.first_name }}\n", encoding="utf-8")
    done = convener("-w", workspace, "check")
    first, line, caret, hint = done.out.splitlines()[-4:]

    assert (3, "    Hello {{ recipent.first_name }}", "    ^") == (done.code, line, caret)
    assert first.startswith("templates/messages/reminder.md.j2:3:1: error[template-name] 'recipent' is undefined")
    assert "    hint: did you mean 'recipient'?" == hint


def test_github_gets_a_command_for_each(convener: Callable[..., Any], workspace: Path) -> None:
    """On stdout, with nothing beside them, and the same exit code."""
    done = convener("-w", broken(workspace), "check", "--format", "github")
    commands = [line for line in done.out.splitlines() if line.startswith("::error ")]

    assert (3, "") == (done.code, done.err)
    assert commands[0].startswith(
        "::error file=rulesets/small-group-coaching.toml,line=60,col=1,title=convener unknown-"
    )


def test_sarif_is_one_json_object(convener: Callable[..., Any], workspace: Path) -> None:
    """On stdout, with nothing beside it, and the same exit code."""
    done = convener("-w", broken(workspace), "check", "--format", "sarif")

    assert (3, "2.1.0", "") == (done.code, done.data["version"], done.err)
    assert "unknown-key" in {result["ruleId"] for result in done.data["runs"][0]["results"]}


def test_two_formats_at_once_are_a_usage_error(convener: Callable[..., Any], workspace: Path) -> None:
    """Stdout holds one answer."""
    assert 2 == convener("-w", workspace, "check", "--json", "--format", "sarif").code
    assert 2 == convener("-w", workspace, "check", "--format", "xml").code
