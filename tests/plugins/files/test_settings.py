"""Options of the files connector."""

from convener_files.settings import FilesSettings


def test_the_defaults_fit_the_example_workspace() -> None:
    """Without a single option the files of the examples are found."""
    assert ("data", "coaches.csv", "{client}-availability.csv", "") == (
        FilesSettings().folder,
        FilesSettings().coaches,
        FilesSettings().availability,
        FilesSettings().sheet,
    )
