"""What the wheel carries besides code can be found, in a checkout and in a wheel alike."""

from importlib.resources.abc import Traversable

from convener.bundled import bundled


def names(folder: Traversable) -> set[str]:
    """Return the names of what is in *folder*."""
    return {child.name for child in folder.iterdir()}


def test_the_rules_of_the_examples_are_there() -> None:
    """The pack and both example clients travel with the code."""
    assert {"small-group-coaching.toml", "northern-health.toml", "brightwater.toml"} <= names(bundled("rulesets"))


def test_the_data_of_the_examples_are_there() -> None:
    """Rosters, coaches and answers travel with the code."""
    wanted = {"coaches.csv", "northern-health.csv", "northern-health-availability.csv", "brightwater.csv"}

    assert wanted <= names(bundled("data"))


def test_the_templates_are_there() -> None:
    """Messages and reports travel with the code."""
    assert {"messages", "reports"} <= names(bundled("templates"))


def test_the_example_configuration_is_there() -> None:
    """`convener init` begins with it."""
    assert bundled("config.example.toml").is_file()
