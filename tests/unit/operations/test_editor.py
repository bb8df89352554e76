"""What a workspace needs so that editors find the schemas, without losing anything of anybody's."""

import json
import tomllib
from pathlib import Path

import pytest

from convener.operations.editor import EditorFile, State, editor_files, write_editor_files
from convener.operations.schema import Written

SCHEMAS = {kind: {"title": str(kind)} for kind in Written}
OURS = "schemas/rules.json"


def states(folder: Path) -> dict[str, State]:
    """Return what would become of each file."""
    return {file.path: file.state for file in editor_files(folder, SCHEMAS)}


def named(folder: Path, path: str) -> EditorFile:
    """Return what one file should be."""
    return next(file for file in editor_files(folder, SCHEMAS) if file.path == path)


def test_an_empty_workspace_gets_every_file_once(tmp_path: Path) -> None:
    """R29: written the first time, and as it should be the second."""
    before = states(tmp_path)
    write_editor_files(tmp_path, editor_files(tmp_path, SCHEMAS))

    assert {State.NEW} == set(before.values())
    assert {State.SAME} == set(states(tmp_path).values())


def test_looking_writes_nothing(tmp_path: Path) -> None:
    """What would be written is known without writing it."""
    editor_files(tmp_path, SCHEMAS)

    assert [] == list(tmp_path.iterdir())


def test_test_files_are_not_taken_for_rule_files(tmp_path: Path) -> None:
    """The first entry that fits counts in one editor; the other leaves them out of the rule files."""
    write_editor_files(tmp_path, editor_files(tmp_path, SCHEMAS))
    tombi = tomllib.loads((tmp_path / "tombi.toml").read_text(encoding="utf-8"))["schemas"]
    taplo = tomllib.loads((tmp_path / ".taplo.toml").read_text(encoding="utf-8"))["rule"]

    assert ["rulesets/*.test.toml", "rulesets/*.toml", "config.toml"] == [each["include"][0] for each in tombi]
    assert ["**/rulesets/*.test.toml"] == next(each["exclude"] for each in taplo if "exclude" in each)
    assert {f"schemas/{kind}.json" for kind in Written} == {each["schema"]["path"] for each in taplo}


def test_a_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    """A plugin that came adds to it."""
    write_editor_files(tmp_path, editor_files(tmp_path, SCHEMAS))
    after = {**SCHEMAS, Written.RULES: {"title": "more"}}

    assert State.CHANGED is next(file.state for file in editor_files(tmp_path, after) if file.path == OURS)


@pytest.mark.parametrize("content", ['{"title": "mine"}', "not json", ""])
def test_a_schema_of_somebody_else_stays(tmp_path: Path, content: str) -> None:
    """A file of that name that we did not write is theirs."""
    (tmp_path / "schemas").mkdir()
    (tmp_path / OURS).write_text(content, encoding="utf-8")

    write_editor_files(tmp_path, editor_files(tmp_path, SCHEMAS))

    assert State.YOURS is states(tmp_path)[OURS]
    assert content == (tmp_path / OURS).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["tombi.toml", ".taplo.toml"])
@pytest.mark.parametrize("before", ["", "# mine\n", "[format]\nindent = 4 # four", "[[schemas]]\npath = 'a.json'\n"])
def test_a_toml_file_of_somebody_is_added_to_at_its_end(tmp_path: Path, path: str, before: str) -> None:
    """What stands there stays, to the letter."""
    (tmp_path / path).write_text(before, encoding="utf-8")

    write_editor_files(tmp_path, editor_files(tmp_path, SCHEMAS))

    after = (tmp_path / path).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert OURS in after
    assert State.SAME is states(tmp_path)[path]


@pytest.mark.parametrize("before", ["schemas = []\nrule = []\n", "[broken", "\xff"])
def test_a_toml_file_that_cannot_be_added_to_stays(tmp_path: Path, before: str) -> None:
    """A person is told what to add."""
    for path in ("tombi.toml", ".taplo.toml"):
        (tmp_path / path).write_bytes(before.encode("latin-1"))

    write_editor_files(tmp_path, editor_files(tmp_path, SCHEMAS))

    assert {State.YOURS} == {states(tmp_path)[path] for path in ("tombi.toml", ".taplo.toml")}
    assert before.encode("latin-1") == (tmp_path / "tombi.toml").read_bytes()
    assert OURS in named(tmp_path, "tombi.toml").content


def test_only_what_is_lacking_is_added(tmp_path: Path) -> None:
    """An entry that is there already is not repeated."""
    (tmp_path / "tombi.toml").write_text(f'[[schemas]]\npath = "./{OURS}"\ninclude = ["rules/*.toml"]\n', "utf-8")

    content = named(tmp_path, "tombi.toml").content

    assert 1 == content.count(OURS)
    assert 3 == content.count("[[schemas]]")


@pytest.mark.parametrize("before", ["{}", "{ }\n", '{\n    "a": [1, {"b": 2}]\n}\n'])
def test_settings_are_added_and_keep_their_shape(tmp_path: Path, before: str) -> None:
    """The rest of the file is not written anew."""
    (tmp_path / ".vscode").mkdir()
    path = tmp_path / ".vscode" / "settings.json"
    path.write_text(before, encoding="utf-8")

    write_editor_files(tmp_path, editor_files(tmp_path, SCHEMAS))

    after = path.read_text(encoding="utf-8")
    assert json.loads(before) == {key: each for key, each in json.loads(after).items() if "Toml" not in key}
    assert json.loads(after)["evenBetterToml.taplo.configFile.enabled"] is True
    assert after.endswith(before.partition("{")[2])


@pytest.mark.parametrize(
    "before",
    ["// mine\n{}", "[]", '{"evenBetterToml.schema.enabled": false}', '{"a": 1, // one\n}'],
)
def test_settings_that_cannot_be_added_to_stay(tmp_path: Path, before: str) -> None:
    """Comments are not JSON, and what somebody has switched off stays off."""
    (tmp_path / ".vscode").mkdir()
    path = tmp_path / ".vscode" / "settings.json"
    path.write_text(before, encoding="utf-8")

    write_editor_files(tmp_path, editor_files(tmp_path, SCHEMAS))

    assert before == path.read_text(encoding="utf-8")
    assert "evenBetterToml" in named(tmp_path, ".vscode/settings.json").content
