"""A bounded time of chaos, and its account: planned, delivered, lost, doubled, in doubt.

A daemon delivers what falls due all the while. It is killed and started again, stopped and started again, its clock
jumps, PostgreSQL is stopped under it, and a fifth of what it sends is put off, cut or never answered. Afterwards
everything is let go its way, and what lies on the wire is counted.
"""

import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from subprocess import Popen, TimeoutExpired

from tests.chaos.clocks import FakeClock
from tests.chaos.commands import LIMIT, Commands, kill, started
from tests.chaos.disasters import account, drain
from tests.chaos.example import FIRST_TICK
from tests.chaos.ground import Ground
from tests.chaos.servers import Server
from tests.chaos.verdicts import Deaths, Verdict
from tests.chaos.wire import Mood, kind
from tests.chaos.world import Base, Wire, World, configure

from convener.errors import StoreError

FORWARD, BACKWARD = timedelta(minutes=11), timedelta(minutes=-3)
"""How far the clock jumps: past every lease, and back a little."""
TROUBLE = 0.2
"""Share of first offers that the other side does not answer well."""
ROWS = 40
"""How many messages fall due at once."""


@dataclass(slots=True)
class Story:
    """What happens to one world, by one seed."""

    world: World
    clock: FakeClock
    chance: random.Random
    server: Server | None = None
    deaths: Deaths = field(default_factory=Deaths)
    known: set[str] = field(default_factory=set)
    """Messages whose planning was acknowledged."""
    unanswered: set[str] = field(default_factory=set)
    """Messages that were taken and whose sender never heard of it."""
    events: dict[str, int] = field(default_factory=dict)
    """How often what happened."""
    numbers: int = 0

    def humour(self, message_id: str, before: int) -> Mood:
        """Be a difficult other side towards a first offer, and a kind one afterwards."""
        if before or self.chance.random() >= TROUBLE:
            return Mood.TAKE
        mood = self.chance.choices((Mood.BUSY, Mood.CUT), weights=(7, 3))[0]
        if mood is Mood.CUT:
            self.unanswered.add(message_id)
        return mood

    def live(self, seconds: float) -> None:
        """Let one thing after the other happen for so long."""
        self.world.journal.humour = self.humour
        ends = time.monotonic() + seconds
        with ExitStack() as stack:
            daemon = self._daemon(stack)
            while time.monotonic() < ends:
                self._plan()
                threading.Event().wait(self.chance.uniform(0.5, 2.0))
                daemon = self._happen(daemon, stack)
            daemon.terminate()
            with suppress(TimeoutExpired):
                daemon.wait(LIMIT)
            self._end(daemon)

    def _happen(self, daemon: Popen[bytes], stack: ExitStack) -> Popen[bytes]:
        """Let one thing happen, and return the daemon that runs afterwards."""
        servers = ["server", "server"] if self.server else []
        what = self.chance.choice(["kill", "kill", "stop", "forward", "forward", "back", "settings", *servers])
        self.events[what] = self.events.get(what, 0) + 1
        match what:
            case "kill":
                self._end(daemon)
                return self._daemon(stack)
            case "stop":
                daemon.terminate()
                daemon.wait(LIMIT)
                return self._daemon(stack)
            case "forward" | "back":
                self.clock.jump(FORWARD if what == "forward" else BACKWARD)
                daemon.send_signal(signal.SIGHUP)  # which makes it look at the clock
            case "settings":
                configure(self.world, senders=str(self.chance.randint(1, 8)))
                daemon.send_signal(signal.SIGHUP)
            case "server" if self.server is not None:
                self.server.stop()
                threading.Event().wait(self.chance.uniform(0.2, 2.0))
                self.server.start()
            case _:
                pass
        return daemon

    def _end(self, daemon: Popen[bytes]) -> None:
        """Kill the daemon, and look at what it leaves."""
        kill(daemon)
        self.deaths.note(self.world)

    def _daemon(self, stack: ExitStack) -> Popen[bytes]:
        return stack.enter_context(started(self.world.folder, "daemon", **self.clock.environment()))

    def _plan(self) -> None:
        """Let messages fall due."""
        count = self.chance.randint(1, ROWS)
        numbers = range(self.numbers, self.numbers + count)
        self.numbers += count
        with suppress(StoreError):
            self.known |= self.world.add(numbers, due=self.clock.now() - timedelta(minutes=1))


def told(story: Story) -> Verdict:
    """Let everything end well, and count."""
    world = story.world
    world.journal.humour = kind
    drain(world, story.clock.now() + FORWARD)
    verdict = account(world, story.deaths, story.unanswered)
    forgotten = len(story.known - world.states().keys())
    return replace(verdict, lost=verdict.lost + forgotten)


def chaos(ground: Ground, hands: Commands, server: Server, seconds: float, seed: int) -> Iterator[tuple[bool, str]]:
    """Let chaos reign for so long, a share of it for each connector, on both databases by turns.

    Yield the account, line by line, and whether each is as it should be.
    """
    total = Verdict()
    for number, wire in enumerate(Wire):
        base = tuple(Base)[(number + seed) % 2]
        with ground.world(base, wire, hands) as world:
            clock = FakeClock.showing(world.folder / "clock", FIRST_TICK)
            is_postgresql = base is Base.POSTGRESQL
            chance = random.Random(f"{seed} {wire}")  # noqa: S311 - the same seed tells the same story
            story = Story(world, clock, chance, server if is_postgresql else None)
            story.live(seconds / len(Wire))
            verdict = told(story)
            total += verdict
            happened = ", ".join(f"{count} {what}" for what, count in sorted(story.events.items()))
            yield verdict.holds, f"{base} {wire}: {verdict.told}; {happened}"
    yield total.holds, f"together, seed {seed}: {total.told}"
