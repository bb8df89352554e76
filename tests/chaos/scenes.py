"""Scenes: for every step of Convener a command that takes it, in a world that lets it happen.

Which failpoints a scene passes is found by playing it once; one that is passed in no scene fails the matrix, so that
a new step needs a scene here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from tests.chaos.example import CLIENT, FIRST_TICK, LATER, OPENING, RULES, SCOPE
from tests.chaos.ground import Stage
from tests.chaos.world import Base

OVER = datetime(2027, 2, 1, 9, tzinfo=UTC)
"""When every session is over."""
MUCH_LATER = FIRST_TICK + timedelta(hours=6)
"""When every lease has ended that a daemon took, however long the nursery has been at work."""
QUEUED = (("CONVENER_ENGINE", "procrastinate"),)
POD = f"{SCOPE}/pod-01"
SESSION = f"{POD}/1"
FILES: Mapping[str, str] = MappingProxyType(
    {"register.csv": "email,session,status,engagement,note\nana@acme.example,1,attended,4,\n"}
)
"""What scenes find in their workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A world at a stage, and the command that may be killed in it."""

    stage: Stage
    words: str
    """The command. `{folder}` is the workspace, `{key}` a dispatch."""
    at: datetime = FIRST_TICK
    before: str = ""
    """A command that runs first, unharmed."""
    death: str = ""
    """A failpoint at which a tick has died before."""
    rules: str = RULES
    """The client's rules while the command runs."""
    environ: tuple[tuple[str, str], ...] = ()
    """Further variables of the command."""
    bases: tuple[Base, ...] = tuple(Base)
    """Where it can be played."""
    is_copied: bool = False
    """Whether the database is a copy that nobody has adopted."""
    is_old: bool = False
    """Whether the database is of an earlier version."""

    @property
    def undisturbed(self) -> "Scene":
        """The scene in which nobody has died, whose messages are those of this one."""
        return replace(self, death="", at=FIRST_TICK) if self.death else self

    @property
    def is_lasting(self) -> bool:
        """Whether the command goes on until it is told to stop."""
        return self.words == "daemon"

    @property
    def name(self) -> str:
        """What a person would call it."""
        return f"{self.words} after a death" if self.death else self.words


def _all(stage: Stage, at: datetime, *commands: str) -> tuple[Scene, ...]:
    return tuple(Scene(stage=stage, at=at, words=words) for words in commands)


SCENES: tuple[Scene, ...] = (
    *_all(Stage.DRAFT, OPENING, f"sync {CLIENT}"),
    *_all(Stage.PEOPLE, OPENING, f"pods propose {SCOPE}"),
    *_all(Stage.PROPOSED, OPENING, f"pods accept {SCOPE}"),
    *_all(Stage.FORMED, OPENING, f"dates propose {SCOPE}"),
    *_all(Stage.DATED, OPENING, f"dates accept {SCOPE}"),
    *_all(Stage.AGREED, FIRST_TICK, f"go {SCOPE}"),
    *_all(Stage.LIVE, FIRST_TICK, "tick"),
    *_all(
        Stage.PLANNED,
        FIRST_TICK,
        "tick",
        f"register {SCOPE}",
        f"pods show {SCOPE}",
        f"pods diff {SCOPE}",
        f"pods why {SCOPE} ana@acme.example",
        f"pods move {SCOPE} ana@acme.example pod-02",
        f"pods freeze {POD}",
        f"dates show {SCOPE}",
        f"dates show {SCOPE} --html {{folder}}/dates.html",
        f"dates why {SESSION}",
        "ledger list",
        "ledger show {key}",
        "ledger cancel {key}",
        f"ledger retry --held {SCOPE}",
        f"change withdraw {SCOPE} ana@acme.example",
        f"report {SCOPE}",
        "today",
        "explain dispatch {key}",
        f"explain automation welcome ana@acme.example --scope {SCOPE}",
        "explain automation welcome ana@acme.example",
        f"explain rule office-hours --scope {SCOPE}",
        f"explain rule office-hours --scope {SCOPE} --impact --since 2026-12-01",
        f"waive office-hours --scope {SCOPE} --participant ana@acme.example --reason ill --approved-by lee"
        " --until 2027-01-31",
        "waive --list",
        f"plan {SCOPE} --until 2027-01-01",
        f"simulate {SCOPE} --from 2026-12-07 --to 2026-12-09",
        "preview welcome --as ana@acme.example",
        f"preview welcome --as ana@acme.example --scope {SCOPE}",
        "db verify",
        "doctor",
    ),
    Scene(
        stage=Stage.LIVE,
        before=f"plan {SCOPE} --until {FIRST_TICK:%Y-%m-%dT%H:%MZ} -o {{folder}}/plan.json",
        words="apply {folder}/plan.json",
    ),
    Scene(stage=Stage.LIVE, words="tick", rules=RULES.replace("[programmes.first]", "[programmes.second]")),
    Scene(stage=Stage.LIVE, words="db adopt", is_copied=True),
    Scene(stage=Stage.DRAFT, words="db upgrade", is_old=True, bases=(Base.SQLITE,)),
    Scene(stage=Stage.LIVE, words="tick", at=FIRST_TICK + LATER, death="operations.tick._due:committed"),
    Scene(stage=Stage.LIVE, words="tick", at=FIRST_TICK + LATER, death="registry.guard.GuardedMessenger.send:call"),
    Scene(stage=Stage.LIVE, words="tick", at=FIRST_TICK + LATER, death="registry.guard.GuardedMessenger.send:called"),
    *_all(
        Stage.RUNNING,
        OVER,
        f"attendance import {SCOPE} {{folder}}/register.csv",
        f"attendance record {SESSION} ana@acme.example=attended",
        f"attendance missing {SCOPE}",
    ),
    Scene(stage=Stage.LIVE, words="daemon", at=MUCH_LATER),
    Scene(stage=Stage.LIVE, words="daemon", at=MUCH_LATER, environ=QUEUED, bases=(Base.POSTGRESQL,)),
)
"""Every scene, the cheapest first for each step."""
