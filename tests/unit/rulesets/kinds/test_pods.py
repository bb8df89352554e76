"""Kinds that say who sits with whom."""

import pytest
from pydantic import BaseModel, ValidationError

from convener.rulesets.kinds import Apart, PodSize, Together


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (PodSize, {"min": 6, "target": 5, "max": 7}),
        (PodSize, {"min": 0, "target": 5, "max": 7}),
        (Apart, {}),
        (Apart, {"pairs": (("a@x.example",),)}),
        (Apart, {"pairs": (("a@x.example", "somebody"),)}),
        (Together, {"pairs": ()}),
    ],
)
def test_what_makes_no_sense_is_refused(kind: type[BaseModel], keys: dict[str, object]) -> None:
    """Sizes rise, and pairs are two addresses."""
    with pytest.raises(ValidationError):
        kind.model_validate(keys)
