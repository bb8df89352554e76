"""What became of messages: the account of a run, and what each death in it left on the wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.chaos.world import World

from convener.model import DispatchState


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one cell, or of several together."""

    planned: int = 0
    """Messages that the undisturbed run put on the wire."""
    lost: int = 0
    doubled: int = 0
    in_doubt: int = 0
    expected: int = 0
    """How many should be in doubt."""
    repeats: int = 0
    """Messages that were offered again with the same Message-ID, to an other side that recognises it."""
    wrong: tuple[str, ...] = ()
    """Whatever else is not as it should be."""

    @property
    def holds(self) -> bool:
        """Whether the promise was kept."""
        return not (self.lost or self.doubled or self.wrong) and self.in_doubt == self.expected

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            planned=self.planned + other.planned,
            lost=self.lost + other.lost,
            doubled=self.doubled + other.doubled,
            in_doubt=self.in_doubt + other.in_doubt,
            expected=self.expected + other.expected,
            repeats=self.repeats + other.repeats,
            wrong=(*self.wrong, *other.wrong),
        )

    def __str__(self) -> str:
        parts = (
            f"{self.lost} LOST" if self.lost else "",
            f"{self.doubled} DOUBLED" if self.doubled else "",
            f"{self.in_doubt}?" if self.in_doubt or self.expected else "",
            f"(NOT {self.expected}?)" if self.in_doubt != self.expected else "",
            f"{self.repeats}r" if self.repeats else "",
            "WRONG" if self.wrong else "",
        )
        return " ".join(filter(None, parts)) or "0"

    @property
    def told(self) -> str:
        """The account in words."""
        delivered = self.planned - self.lost - self.in_doubt
        text = (
            f"planned {self.planned}, delivered {delivered}, lost {self.lost}, doubled {self.doubled}, "
            f"in doubt {self.in_doubt} (exactly {self.expected}), recognised repeats {self.repeats}"
        )
        return f"{text}, wrong: {', '.join(self.wrong)}" if self.wrong else text


@dataclass(slots=True)
class Deaths:
    """What each death left behind, seen from outside."""

    on_wire: set[str] = field(default_factory=set)
    """Messages that were `sending` when a process died."""
    repeatable: int = 0
    """Of them, those that had arrived by then and were not settled."""
    _arrived: Mapping[str, int] = field(default_factory=dict)

    def note(self, world: World) -> None:
        """Look at a world in which a process has just died."""
        world.journal.settle()
        arrived = world.arrivals()
        sending = {name for name, state in world.states().items() if state is DispatchState.SENDING}
        self.on_wire |= sending
        self.repeatable += sum(arrived.get(name, 0) > self._arrived.get(name, 0) for name in sending)
        self._arrived = arrived
