"""The ruleset of one programme."""

from collections.abc import Callable
from pathlib import Path

from convener.errors import Place
from convener.rulesets import load_client
from convener.rulesets.kinds import PodSize
from convener.rulesets.programmes import read_stack

Write = Callable[..., Path]


def test_a_pod_has_a_layer_of_its_own(write: Write) -> None:
    """A pod changes a flexible rule for itself, and switches one off for itself."""
    text = (
        '[programmes.pilot.pods.north.rules.size]\nmax = 9\nreason = "A large region."\n'
        '[programmes.pilot.pods.south.rules.size]\nenabled = false\nreason = "Any size."\n'
    )

    (ruleset,) = load_client(write(text), "harbour").rulesets

    sizes = {pod: [terms.max for _, terms in ruleset.rules_of(PodSize, pod)] for pod in ("", "north", "south")}
    assert {"": [7], "north": [9], "south": []} == sizes


def test_a_programme_may_lie_in_another_zone(write: Write) -> None:
    """The zone of a programme is its own where it says so."""
    folder = write()
    path = folder / "rulesets" / "harbour.toml"
    text = path.read_text(encoding="utf-8").replace('title = "Pilot"', 'title = "Pilot"\ntimezone = "Asia/Tokyo"')
    path.write_text(text, encoding="utf-8")

    assert ["Asia/Tokyo"] == [ruleset.zone for ruleset in load_client(folder, "harbour").rulesets]


def test_settings_know_where_they_were_written(write: Write) -> None:
    """Whoever checks a connector's name later can show the line."""
    (ruleset,) = load_client(write(), "harbour").rulesets

    assert Place("rulesets/harbour.toml", 9, 1) == ruleset.places["stack.email"]
    assert Place("rulesets/harbour.toml", 13, 1) == ruleset.places["programme.starts"]
    assert Place("rulesets/harbour.toml", 6, 1) == ruleset.places["client.timezone"]


def test_a_role_may_have_several_connectors() -> None:
    """One name and a list of names read alike; what is neither is somebody else's problem."""
    assert {"email": ("mail",), "reports": ("a", "b")} == read_stack(
        {"email": "mail", "reports": ["a", "b"], "text": 3, "other": "x"}
    )
    assert {} == read_stack("mail")
