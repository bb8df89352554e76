"""The kind `room-capacity`: no pod has more members than its room has chairs."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from convener import Register, RuleKind


class RoomCapacity(BaseModel):
    """Chairs of the room that every pod meets in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chairs: int = Field(ge=1, description="people the room holds, the coach among them")


def breaches(terms: RoomCapacity, register: Register, day: date) -> Iterator[tuple[str, str]]:
    """Yield each pod that does not fit into the room together with its coach."""
    for pod in sorted(register.pods):
        people = len(register.members(pod, day)) + 1
        if people > terms.chairs:
            yield pod, f"{people} people for {terms.chairs} chairs"


ROOM = RuleKind(
    name="room-capacity",
    terms=RoomCapacity,
    breaches=breaches,
    meaning="Every pod fits into its room, the coach included.",
)
