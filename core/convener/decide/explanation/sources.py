"""Where each fact comes from: which import, which answer, which event, which line of a rule file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from convener.decide.facts import Scene
from convener.decide.index import current_or_next
from convener.model import Event, on
from convener.rulesets.ruleset import Ruleset

NOWHERE = "not on record"


def source_of(name: str, scene: Scene) -> str:
    """Return in words where the fact *name* of *scene* comes from."""
    if name in _SOURCES:
        return _SOURCES[name](scene)
    group = name.partition(".")[0]
    if group in _GROUPS:
        return _GROUPS[group](scene)
    return "a plugin" if name in scene.index.provided else NOWHERE


def shown(instant: datetime, zone: str) -> str:
    """Return *instant* on the wall clock of *zone* with the zone's name: `Tue 19 Jan 2027 09:00 GMT`."""
    here = instant.astimezone(ZoneInfo(zone))
    return f"{here:%a} {here.day} {here:%b %Y %H:%M %Z}"


def written(ruleset: Ruleset, *keys: str) -> str:
    """Return where the first of *keys* that was written stands, else that it is the usual value."""
    places = (ruleset.places[key] for key in keys if key in ruleset.places)
    return str(next(places, "the usual value"))


def _programme(scene: Scene) -> str:
    live = scene.index.register.live_since
    return f"programme.live on {shown(live, scene.index.ruleset.zone)}" if live else "not live yet"


def _enrolment(scene: Scene) -> str:
    row = current_or_next(scene.index.enrolments.get(scene.person, ()), scene.day)
    if row is None:
        return NOWHERE
    return f"{row.origin or 'enrolled'}, {row.status.value} since {row.since}"


def _zone(scene: Scene) -> str:
    known = scene.index.register.people.get(scene.person)
    if known is not None and known.zone:
        return "the roster, or a change since"
    return written(scene.index.ruleset, "programme.timezone", "client.timezone")


def _seat(scene: Scene) -> str:
    rows = [row for row in on(scene.index.register.memberships, scene.day) if row.person == scene.person]
    return f"in {rows[0].pod} since {rows[0].since}" if rows else "in no pod on the day"


def _manager(scene: Scene) -> str:
    rows = [row for row in on(scene.index.register.managements, scene.day) if row.person == scene.person]
    if not rows:
        return f"no line manager on record on {scene.day}"
    return f"{rows[0].manager} in post since {rows[0].since}"


def _coach(scene: Scene) -> str:
    rows = [row for row in on(scene.index.register.coachings, scene.day) if row.pod == scene.pod_id]
    return f"{rows[0].coach} since {rows[0].since}" if rows else f"no coach on record on {scene.day}"


def _size(scene: Scene) -> str:
    return f"members of {scene.pod_id} on {scene.day}" if scene.pod_id else NOWHERE


def _pod(scene: Scene) -> str:
    return "pods as accepted" if scene.pod_id else NOWHERE


def _session(scene: Scene) -> str:
    session = scene.moment.session
    if session is None:
        return "no session is spoken of"
    about = (event for event in reversed(scene.index.register.events) if event.subject == session.id)
    last = next((event for event in about if event.name.startswith("session.")), None)
    return _event(last, scene) if last else f"the register of {session.pod}"


def _event(event: Event, scene: Scene) -> str:
    return f"{event.name} on {shown(event.at, scene.index.ruleset.zone)}"


def _count(scene: Scene) -> str:
    return written(scene.index.ruleset, "programme.sessions")


def _record(scene: Scene) -> str:
    record = scene.record()
    if record is None:
        return "nothing recorded"
    told = (event for event in reversed(scene.index.events.get("attendance.recorded", [])))
    when = next((each.at for each in told if (each.subject, each.person) == (record.session, record.person)), None)
    on_day = f" on {shown(when, scene.index.ruleset.zone)}" if when else ""
    return f"{record.status!r} from {record.source or 'an import'}{on_day}"


def _history(scene: Scene) -> str:
    session = scene.moment.session
    until = session.starts if session and session.starts else scene.at
    history = scene.index.history(scene.person, until)
    if not history:
        return "nothing recorded that counts"
    return "sessions " + ", ".join(f"{one.number}: {'there' if sign.present else 'absent'}" for one, sign in history)


def _poll(scene: Scene) -> str:
    poll, zone = scene.moment.poll, scene.index.ruleset.zone
    if poll is None:
        return "no poll is spoken of"
    answer = f"answered {shown(poll.answered, zone)}" if poll.answered else "no answer"
    return f"opened {shown(poll.opened, zone)}, closes {shown(poll.closes, zone)}, {answer}"


_GROUPS: Mapping[str, Callable[[Scene], str]] = {
    "programme": _programme,
    "participant": _enrolment,
    "pod": _pod,
    "session": _session,
    "attendance": _history,
    "poll": _poll,
}
"""Sources by the first word of a fact."""
_SOURCES: Mapping[str, Callable[[Scene], str]] = {
    "programme.id": lambda scene: scene.index.ruleset.files[-1] if scene.index.ruleset.files else NOWHERE,
    "programme.started": lambda scene: written(scene.index.ruleset, "programme.starts"),
    "participant.zone": _zone,
    "participant.pod": _seat,
    "manager.known": _manager,
    "coach.known": _coach,
    "pod.size": _size,
    "session.count": _count,
    "attendance.recorded": _record,
    "attendance.status": _record,
    "attendance.present": _record,
    "attendance.excused": _record,
}
"""Sources of facts that come from elsewhere than the others of their group."""
