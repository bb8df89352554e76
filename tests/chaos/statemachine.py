"""Any order of due, deliver, kill, restart, edit and silence, against a model that knows what must come of it."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from
from tests.chaos.commands import KILLED
from tests.chaos.disasters import drain
from tests.chaos.example import FIRST_TICK, LATER
from tests.chaos.matrix import AT
from tests.chaos.verdicts import Deaths
from tests.chaos.wire import Mood
from tests.chaos.world import World

from convener.model import DispatchState

FAILPOINTS = (
    "registry.guard.GuardedMessenger.send:call",
    "registry.guard.GuardedMessenger.send:called",
    "operations.delivery.books.Books.exchange:commit",
    "operations.delivery.books.Books.exchange:committed",
    "operations.delivery.books.Books.recover:commit",
    "operations.delivery.books.Books.recover:committed",
    "operations.tick._tick_programme:commit",
    "operations.tick._tick_programme:committed",
)
"""Where a tick is killed here; the matrix has them all."""


def tell(put_up: Callable[[], AbstractContextManager[World]], stories: int, steps: int) -> None:
    """Tell so many stories of at most so many steps; raise AssertionError where the world differs from the model."""
    machine = partial(LedgerMachine, put_up)
    run_state_machine_as_test(
        machine,  # type: ignore[arg-type]  # a factory will do, says its documentation
        settings=settings(
            max_examples=stories,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
        ),
    )


class LedgerMachine(RuleBasedStateMachine):
    """One world that lives through whatever comes."""

    def __init__(self, put_up: Callable[[], AbstractContextManager[World]]) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.world = self.stack.enter_context(put_up())
        self.world.journal.humour = self.humour
        self.moment = FIRST_TICK
        self.deaths = Deaths()
        self.numbers = 0
        self.expected: set[str] = set()
        """Messages that must arrive."""
        self.refusals = Counter[Mood]()
        """How often the other side will still misbehave."""
        self.cut: set[str] = set()
        """Messages whose line was cut after they were taken."""

    def humour(self, message_id: str, _before: int) -> Mood:
        """Misbehave as often as the story wants it."""
        for mood, left in self.refusals.items():
            if left:
                self.refusals[mood] -= 1
                if mood is Mood.CUT:
                    self.cut.add(message_id)
                return mood
        return Mood.TAKE

    @rule(count=integers(1, 4))
    def due(self, count: int) -> None:
        """Let something fall due."""
        numbers = range(self.numbers, self.numbers + count)
        self.numbers += count
        self.expected |= self.world.add(numbers, due=self.moment)

    @rule()
    def deliver(self) -> None:
        """Let a tick deliver."""
        self.world.convene("tick", at=self.moment)

    @rule(failpoint=sampled_from(FAILPOINTS), nth=integers(1, 3))
    def kill(self, failpoint: str, nth: int) -> None:
        """Kill a tick, if it gets that far."""
        ended = self.world.convene("tick", at=self.moment, **{AT: f"{failpoint}@{nth}"})
        if ended.code == KILLED:
            self.deaths.note(self.world)

    @rule(wait=sampled_from((timedelta(seconds=20), LATER, timedelta(hours=2))))
    def wait(self, wait: timedelta) -> None:
        """Let time pass."""
        self.moment += wait

    @rule()
    def set_back(self) -> None:
        """Set the clock back a little."""
        self.moment -= timedelta(minutes=3)

    @rule(mood=sampled_from((Mood.BUSY, Mood.CUT)))
    def upset(self, mood: Mood) -> None:
        """Let the other side misbehave once."""
        self.refusals[mood] += 1

    @precondition(lambda self: self.expected)
    @rule()
    def edit(self) -> None:
        """Let a person call one off that has not gone out."""
        waiting = [(name, key) for name, key, state in self.world.look("message_id, key, state") if state == "ready"]
        if waiting and not self.world.convene("ledger", "cancel", waiting[0][1], at=self.moment).code:
            self.expected.discard(waiting[0][0])

    @invariant()
    def nothing_doubled(self) -> None:
        """Find no repeat where repeats are not recognised."""
        if not self.world.wire.repeats:
            assert all(count == 1 for count in self.world.arrivals().values())

    def teardown(self) -> None:
        """Let everything end well, and look at what was lost, doubled or left in doubt."""
        try:
            self.refusals.clear()
            drain(self.world, max(self.moment, FIRST_TICK) + LATER)
            self.world.journal.settle()
            self.judge()
        finally:
            self.stack.close()

    def judge(self) -> None:
        """Compare with the model."""
        arrived, states = self.world.arrivals(), self.world.states()
        doubted = {name for name, state in states.items() if state is DispatchState.IN_DOUBT}
        if self.world.wire.asks:
            assert doubted == self.deaths.on_wire | self.cut
        else:
            assert not doubted
        assert self.expected <= arrived.keys() | doubted
        assert arrived.keys() <= states.keys()
        assert not [name for name, state in states.items() if state is DispatchState.CANCELLED and name in arrived]
        self.nothing_doubled()
        assert [] == self.world.flaws()
