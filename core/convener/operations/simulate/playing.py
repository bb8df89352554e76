"""Playing a year: the stage goes from one thing to the next, and what people do follows from what they get."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import heapify, heappop, heappush

from convener.decide.stage.play import INSTANT, Beat, Stage
from convener.errors import UsageError
from convener.operations.simulate.players import Players
from convener.operations.simulate.turns import Turn


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of a stage through a list of turns."""

    stage: Stage
    players: Players | None
    """Who makes up what nobody has written down; None for nobody."""
    until: datetime
    tell: Callable[[datetime], None]
    """Hears how far it has come."""
    turns: list[Turn] = field(default_factory=list)
    """What is still to happen, soonest first (a heap)."""
    beats: list[Beat] = field(default_factory=list)

    def play(self, turns: Iterable[Turn]) -> list[Beat]:
        """Play to the end and return every beat."""
        self.turns = [*turns]
        heapify(self.turns)
        if self.players:
            self._expect(self.players.opening(self.stage, self.until))
        while True:
            turn = self.turns[0] if self.turns and self.turns[0].at <= self.until else None
            if not self._reach(turn.at - INSTANT if turn else self.until):
                continue  # something is to happen before
            if turn is None:
                return self.beats
            self._take(heappop(self.turns))

    def _reach(self, instant: datetime) -> bool:
        """Play on to *instant*; False when something is to happen until then that nobody knew of."""
        beats = self.stage.advance(instant)
        return not any(self._keep(beat) and self.turns[0].at <= instant for beat in beats)

    def _take(self, turn: Turn) -> None:
        """Let everything of *turn* happen; what cannot is told as refused, with its place."""
        try:
            for happening in turn.happen(self.stage):
                beat = self.stage.happen(happening, turn.at)
                self._keep(replace(beat, refused=_with_place(beat.refused, turn)) if beat.refused else beat)
        except UsageError as error:
            self._keep(Beat(at=turn.at, refused=_with_place(str(error), turn)))

    def _keep(self, beat: Beat) -> bool:
        """Keep *beat* and expect what follows from it; tell whether anything does."""
        self.beats.append(beat)
        self.tell(beat.at)
        return bool(self.players and self._expect(self.players.after(self.stage, beat)))

    def _expect(self, turns: Iterable[Turn]) -> int:
        """Put *turns* among those to come and return how many."""
        return sum(1 for _ in self._pushed(turns))

    def _pushed(self, turns: Iterable[Turn]) -> Iterator[Turn]:
        for turn in turns:
            heappush(self.turns, turn)
            yield turn


def _with_place(text: str, turn: Turn) -> str:
    return f"{text} ({turn.place})" if turn.place else text
