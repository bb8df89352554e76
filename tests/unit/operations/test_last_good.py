"""The last good rule files of each client."""

import json
from pathlib import Path

import pytest

from convener.operations.last_good import FOLDER, LastGood
from convener.operations.rules import RuleBook
from convener.operations.surroundings import Surroundings

CLIENT = "northern-health"
RULES = Path("rulesets") / f"{CLIENT}.toml"
BROKEN = "schema = 1\nsurprise = true"


@pytest.fixture
def around(draft) -> Surroundings:
    """Return what the rules of the example may speak of."""
    return Surroundings.of(draft.workspace.folder, draft.workspace.settings)


@pytest.fixture
def kept(draft, around) -> LastGood:
    """Return copies of the example's files, which are right."""
    last_good = LastGood(draft.workspace.folder)
    last_good.keep(draft.workspace.rules.load(CLIENT), around)
    return last_good


def test_what_was_right_is_read_again_as_it_was(draft, around, kept) -> None:
    """Rules, packs of the workspace and stamp: a restart is no change of rules (P14)."""
    before = draft.workspace.rules.load(CLIENT)
    for file in (draft.workspace.folder / "rulesets").glob("*.toml"):
        file.write_text(BROKEN, encoding="utf-8")
    good = kept.read(CLIENT, around)

    assert good is not None
    assert (before.stamp, before.prepared["primary-care"].ruleset) == (
        good.stamp,
        good.prepared["primary-care"].ruleset,
    )


def test_places_are_those_of_the_workspace(around, kept) -> None:
    """`explain` names the file a rule stands in, not a copy of it."""
    good = kept.read(CLIENT, around)

    assert good is not None
    assert {"rulesets"} == {Path(file).parts[0] for file in good.prepared["primary-care"].ruleset.files}


def test_files_that_changed_since_they_were_read_are_not_kept(draft, around) -> None:
    """What is copied is what was found right, to the byte."""
    rules = draft.workspace.rules.load(CLIENT)
    (draft.workspace.folder / RULES).write_text(BROKEN, encoding="utf-8")
    last_good = LastGood(draft.workspace.folder)
    last_good.keep(rules, around)

    assert last_good.read(CLIENT, around) is None


def test_nothing_is_written_when_nothing_changed(draft, around, kept) -> None:
    """The daemon looks every minute."""
    file = draft.workspace.folder / FOLDER / f"{CLIENT}.json"
    before = file.stat()
    kept.keep(draft.workspace.rules.load(CLIENT), around)

    assert before.st_ino == file.stat().st_ino


def test_a_copy_is_for_its_owner_only(draft, kept) -> None:
    """Rule files may name sponsors."""
    assert 0o600 == (draft.workspace.folder / FOLDER / f"{CLIENT}.json").stat().st_mode & 0o777


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"northern-health": "surprise = true"}'])
def test_a_copy_that_was_tampered_with_gives_no_rules(draft, around, kept, content: str) -> None:
    """It is checked as any other file is."""
    (draft.workspace.folder / FOLDER / f"{CLIENT}.json").write_text(content, encoding="utf-8")
    good = kept.read(CLIENT, around)

    assert good is None or not good.prepared


def test_a_copy_cannot_be_written_elsewhere(draft, around, kept, tmp_path: Path) -> None:
    """A name with dots in it names no other folder."""
    outside = json.dumps({"../../escaped": "x", CLIENT: "surprise = true"})
    (draft.workspace.folder / FOLDER / f"{CLIENT}.json").write_text(outside, encoding="utf-8")
    kept.read(CLIENT, around)

    assert [] == list(tmp_path.parent.rglob("escaped.toml"))


def test_a_copy_that_cannot_be_written_stops_nothing(draft, around) -> None:
    """A file stands where the folder should be: then there is none after a restart."""
    (draft.workspace.folder / FOLDER).parent.mkdir(exist_ok=True)
    (draft.workspace.folder / FOLDER).touch()
    last_good = LastGood(draft.workspace.folder)
    last_good.keep(draft.workspace.rules.load(CLIENT), around)
    last_good.forget_all_but(())

    assert last_good.read(CLIENT, around) is None


def test_the_book_goes_on_by_it_and_says_what_is_wrong(draft) -> None:
    """A new process that finds a broken file decides by the copy; mended, by the file again (P14)."""
    workspace, last_good = draft.workspace, LastGood(draft.workspace.folder)
    file = workspace.folder / RULES
    written = file.read_text(encoding="utf-8")
    workspace.rules.reload(last_good)
    file.write_text(written.replace("schema = 1", BROKEN, 1), encoding="utf-8")
    book = RuleBook.of(workspace.folder, workspace.settings)
    broken = book.reload(last_good)
    goes_on = book.prepared(f"{CLIENT}/primary-care").ruleset.programme
    file.write_text(written, encoding="utf-8")
    mended = book.reload(last_good)

    assert ([CLIENT], "primary-care") == ([*broken.refused], goes_on)
    assert mended.is_sound


def test_a_client_that_is_gone_is_forgotten(draft) -> None:
    """One that comes back under its name is a new one, and starts with nothing."""
    workspace, last_good = draft.workspace, LastGood(draft.workspace.folder)
    workspace.rules.reload(last_good)
    (workspace.folder / RULES).unlink()
    RuleBook.of(workspace.folder, workspace.settings).reload(last_good)

    assert [] == list((workspace.folder / FOLDER).glob(f"{CLIENT}.json"))
