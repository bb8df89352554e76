"""`init`: a workspace made whole, or not at all."""

from pathlib import Path

import pytest

from convener.errors import DataError, UsageError
from convener.operations.initialise import examples, initialise


def test_the_examples_are_known() -> None:
    """Packs are not examples."""
    assert {"northern-health", "brightwater"} <= set(examples())
    assert "small-group-coaching" not in examples()


def test_an_example_brings_its_own_data_only(tmp_path: Path) -> None:
    """The rules and data of one client, the pack, the coaches and the settings."""
    files = initialise(tmp_path / "w", example="brightwater")

    assert {
        ".gitignore",
        "config.toml",
        "data/brightwater-availability.csv",
        "data/brightwater.csv",
        "data/coaches.csv",
        "rulesets/brightwater.toml",
        "rulesets/small-group-coaching.toml",
    } == set(files)


def test_an_empty_folder_may_be_there_already(tmp_path: Path) -> None:
    """A folder that was just made is fine."""
    (tmp_path / "w").mkdir()
    initialise(tmp_path / "w")

    assert (tmp_path / "w" / "rulesets" / "my-client.toml").is_file()


def test_an_unknown_example(tmp_path: Path) -> None:
    """The hint names those there are, and nothing is made."""
    with pytest.raises(UsageError, match="there is no example 'nowhere'") as failure:
        initialise(tmp_path / "w", example="nowhere")

    assert "northern-health" in failure.value.hint
    assert not (tmp_path / "w").exists()


def test_a_file_in_the_way(tmp_path: Path) -> None:
    """A file of that name is not overwritten."""
    (tmp_path / "w").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty"):
        initialise(tmp_path / "w")

    assert "mine" == (tmp_path / "w").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """What the system refuses is said in words, and nothing is half made."""
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="cannot be written"):
        initialise(tmp_path / "file" / "w")

    assert ["file"] == [path.name for path in tmp_path.iterdir()]
