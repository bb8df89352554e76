"""Where each fact of the catalogue comes from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from convener.decide.index import Index
from convener.decide.moments.moment import Moment
from convener.model import Attendance, ParticipantStatus, Pod, PollRequest, Session
from convener.ports import FactScene

EXCUSED = "apologies"
"""The status by which somebody says beforehand that they will not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One moment as one person lives it."""

    index: Index
    moment: Moment
    person: str = ""
    """Participant, or coach, that the facts are about; empty for none."""
    pod: str | None = None
    """A pod that is itself the subject."""
    at: datetime
    """When the occurrence falls due; facts that depend on time are taken here, whenever they are asked."""

    @property
    def day(self) -> date:
        """The date whose memberships count: the session's, else that of the moment."""
        session = self.moment.session
        return self.index.day_of(session) if session and session.starts else self.index.today(self.at)

    @property
    def pod_id(self) -> str | None:
        """The pod it happens in."""
        session = self.moment.session
        return self.pod or (session.pod if session else self.index.pod_of(self.person, self.day))

    def pod_row(self) -> Pod | None:
        """Return the pod it happens in."""
        return self.index.register.pods.get(self.pod_id or "")

    def record(self) -> Attendance | None:
        """Return what the session's register says of the person."""
        session = self.moment.session
        return self.index.record(session, self.person) if session else None

    def attended(self) -> list[bool]:
        """Return, for each recorded session that counts so far, whether the person was there."""
        session = self.moment.session
        until = session.starts if session and session.starts else self.at
        return [meaning.present for _, meaning in self.index.history(self.person, until)]


def gather(names: Iterable[str], scene: Scene) -> Mapping[str, object]:
    """Return the facts *names* of *scene*, those of plugins among them; unknown ones are None."""
    return {name: PROVIDERS[name](scene) if name in PROVIDERS else _provided(name, scene) for name in names}


def _provided(name: str, scene: Scene) -> object:
    """Return the fact *name* that a plugin provides."""
    asked = FactScene(
        register=scene.index.register,
        person=scene.person,
        pod=scene.pod_id or "",
        session=scene.moment.session,
        at=scene.at,
    )
    return scene.index.provided[name].provide(asked)


def _status(scene: Scene) -> str | None:
    status = scene.index.status_of(scene.person, scene.day)
    return status.value if status else None


def _pod_size(scene: Scene) -> int | None:
    return len(scene.index.members(scene.pod_id, scene.day)) if scene.pod_id else None


def _pod_name(scene: Scene) -> str | None:
    pod = scene.pod_row()
    return pod.name if pod else None


def _hours_left(scene: Scene) -> int | None:
    session = scene.moment.session
    return (session.starts - scene.at) // timedelta(hours=1) if session and session.starts else None


def _present(scene: Scene) -> bool | None:
    record = scene.record()
    meaning = scene.index.meaning(record) if record else None
    return meaning.present if meaning else None


def _excused(scene: Scene) -> bool:
    record = scene.record()
    meaning = scene.index.meaning(record) if record else None
    return bool(record and record.status == EXCUSED and meaning and meaning.counts and not meaning.present)


def _missed_in_row(scene: Scene) -> int:
    row = 0
    for present in reversed(scene.attended()):
        if present:
            break
        row += 1
    return row


def _rate(scene: Scene) -> float | None:
    attended = scene.attended()
    return sum(attended) / len(attended) if attended else None


def _open(scene: Scene) -> bool | None:
    poll = scene.moment.poll
    return poll.opened <= scene.at < poll.closes if poll else None


def _session(read: Callable[[Session], object]) -> Callable[[Scene], object]:
    return lambda scene: read(scene.moment.session) if scene.moment.session else None


def _poll(read: Callable[[PollRequest, Scene], object]) -> Callable[[Scene], object]:
    return lambda scene: read(scene.moment.poll, scene) if scene.moment.poll else None


PROVIDERS: Mapping[str, Callable[[Scene], object]] = {
    "programme.id": lambda scene: scene.index.register.programme,
    "programme.state": lambda scene: scene.index.register.state.value,
    "programme.started": lambda scene: scene.index.today(scene.at) >= scene.index.ruleset.starts,
    "participant.active": lambda scene: _status(scene) == ParticipantStatus.ACTIVE.value,
    "participant.status": _status,
    "participant.pod": lambda scene: scene.index.pod_of(scene.person, scene.day),
    "participant.zone": lambda scene: scene.index.zone_of(scene.person),
    "manager.known": lambda scene: scene.index.manager_of(scene.person, scene.day) is not None,
    "coach.known": lambda scene: bool(scene.pod_id and scene.index.coach_of(scene.pod_id, scene.day)),
    "pod.id": lambda scene: scene.pod_id,
    "pod.name": _pod_name,
    "pod.size": _pod_size,
    "session.number": _session(lambda session: session.number),
    "session.count": lambda scene: scene.index.ruleset.sessions.count,
    "session.topic": _session(lambda session: session.topic),
    "session.status": _session(lambda session: session.status.value),
    "session.starts": _session(lambda session: session.starts),
    "session.ends": _session(lambda session: session.ends),
    "session.starts_in_hours": _hours_left,
    "attendance.recorded": lambda scene: scene.record() is not None,
    "attendance.status": lambda scene: record.status if (record := scene.record()) else None,
    "attendance.present": _present,
    "attendance.excused": _excused,
    "attendance.attended": lambda scene: sum(scene.attended()),
    "attendance.counted": lambda scene: len(scene.attended()),
    "attendance.missed": lambda scene: scene.attended().count(False),
    "attendance.missed_in_row": _missed_in_row,
    "attendance.rate": _rate,
    "poll.id": _poll(lambda poll, scene: poll.poll),
    "poll.open": _open,
    "poll.answered": _poll(lambda poll, scene: poll.answered is not None),
    "poll.days_open": _poll(lambda poll, scene: (scene.at - poll.opened) // timedelta(days=1)),
}
"""One provider for each fact of the catalogue, by name."""
