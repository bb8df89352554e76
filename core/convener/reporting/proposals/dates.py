"""Proposed dates as a map of who can come when, and pod by pod with everybody's own clock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from convener.model import DateProposal, ProposedSession, Register
from convener.reporting.manner import Manner
from convener.reporting.proposals.bars import quality, rule_bars
from convener.reporting.proposals.clocks import Clock, clocks_of, place_of, span
from convener.reporting.proposals.slotmap import SHADES, Place, Taken, slot_map
from convener.rulesets.ruleset import Ruleset

LOOKS: Mapping[Place, str] = {
    "fresh": "a session of that number, proposed",
    "kept": "a date that stays",
    "moved": "a confirmed session moves here",
    "left": "and leaves this date",
}
"""What the rings of the map say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One session in the list of its pod."""

    number: int
    topic: str
    day: str
    hours: str
    look: Place
    moved_from: str
    coming: str
    full: bool
    absent: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PodCalendar:
    """The dates of one pod."""

    title: str
    coach: str
    rows: tuple[Row, ...]
    clocks: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class _Sight:
    ruleset: Ruleset
    register: Register
    manner: Manner
    moved: frozenset[str]

    def name(self, person: str | None) -> str:
        known = self.register.people.get(person or "")
        return known.name if known else person or ""

    def pod(self, pod: str) -> str:
        known = self.register.pods.get(pod)
        return self.manner.pod(known.name if known else pod.rpartition("/")[2])

    def look(self, session: ProposedSession) -> Place:
        if f"{session.pod}/{session.number}" in self.moved:
            return "moved"
        return "fresh" if session.status == "proposed" else "kept"

    def left(self, session: ProposedSession) -> datetime | None:
        """Return when a session that moves was to be, None for any other."""
        known = self.register.sessions.get(f"{session.pod}/{session.number}")
        return known.starts if known and self.look(session) == "moved" else None


def dates_page(
    ruleset: Ruleset, register: Register, proposal: DateProposal, notices: Sequence[str] = ()
) -> dict[str, object]:
    """Return everything `templates/reports/dates.html.j2` needs; strings are not escaped yet.

    *notices* are to be known beside those of the proposal.
    """
    manner = Manner(ruleset.locale, ruleset.zone, ruleset.wording)
    sight = _Sight(ruleset, register, manner, frozenset(proposal.moved))
    pods: dict[str, list[ProposedSession]] = defaultdict(list)
    for session in proposal.sessions:
        pods[session.pod].append(session)
    names = {view.pod: sight.pod(view.pod) for view in proposal.views}
    blocks = slot_map(proposal.slots, proposal.views, names, _taken(sight, proposal.sessions), ruleset.zone)
    rings = {ring.look for block in blocks for ring in block.rings}
    return {
        "lang": manner.language,
        "title": ruleset.title,
        "client_name": ruleset.client_name,
        "word": {word: {"one": manner.word(word), "many": manner.many(word)} for word in ("pod", "coach", "session")},
        "zone_name": place_of(ruleset.zone),
        "totals": _totals(proposal, pods, manner),
        "quality": quality(proposal.score, proposal.bound),
        "seed": proposal.seed,
        "steps": f"{proposal.steps:,}" if proposal.steps else "",
        "notices": [*proposal.notices, *notices],
        "blocks": blocks,
        "looks": [(look, text) for look, text in LOOKS.items() if look in rings],
        "shades": list(enumerate(SHADES)),
        "pods": [_calendar(sight, pod, sessions) for pod, sessions in sorted(pods.items())],
        "rules": rule_bars(proposal.rules),
    }


def _totals(
    proposal: DateProposal, pods: Mapping[str, Sequence[ProposedSession]], manner: Manner
) -> list[tuple[str, str]]:
    places = sum(len(session.coming) + len(session.absent) for session in proposal.sessions)
    coming = sum(len(session.coming) for session in proposal.sessions)
    said = [
        (manner.many("pod"), manner.number(len(pods))),
        (manner.many("session"), manner.number(len(proposal.sessions))),
        ("places that can be kept", manner.share(coming / places) if places else "\N{EN DASH}"),
        ("everybody can come to", manner.number(sum(not session.absent for session in proposal.sessions))),
        ("cost", manner.number(proposal.score)),
    ]
    return [*said, ("confirmed dates that move", manner.number(len(proposal.moved)))] if proposal.moved else said


def _taken(sight: _Sight, sessions: Iterable[ProposedSession]) -> Iterable[Taken]:
    for session in sessions:
        title = f"{sight.pod(session.pod)}, {session.number}: {_when(sight, session)}, {_coming(session)} can come"
        look = sight.look(session)
        yield Taken(pod=session.pod, number=session.number, starts=session.starts, look=look, title=title)
        left = sight.left(session)
        if left is not None:
            title = f"{sight.pod(session.pod)}, {session.number} was to be here"
            yield Taken(pod=session.pod, number=session.number, starts=left, look="left", title=title)


def _when(sight: _Sight, session: ProposedSession) -> str:
    zone = sight.ruleset.zone
    return f"{sight.manner.day_of(session.starts, zone)}, {span(session.starts, session.ends, zone)}"


def _coming(session: ProposedSession) -> str:
    return f"{len(session.coming)} of {len(session.coming) + len(session.absent)}"


def _calendar(sight: _Sight, pod: str, sessions: Sequence[ProposedSession]) -> PodCalendar:
    ordered = sorted(sessions, key=lambda session: session.number)
    zone = sight.ruleset.zone
    coach = sight.register.coach_of(pod, ordered[0].starts.date())
    return PodCalendar(
        title=sight.pod(pod),
        coach=sight.name(coach),
        rows=tuple(_row(sight, session) for session in ordered),
        clocks=clocks_of(ordered, sight.register, coach, zone),
    )


def _row(sight: _Sight, session: ProposedSession) -> Row:
    zone, left = sight.ruleset.zone, sight.left(session)
    return Row(
        number=session.number,
        topic=session.topic,
        day=sight.manner.day_of(session.starts, zone),
        hours=span(session.starts, session.ends, zone),
        look=sight.look(session),
        moved_from=sight.manner.day_of(left, zone) if left else "",
        coming=_coming(session),
        full=not session.absent,
        absent=", ".join(sight.name(person) for person in session.absent),
        why=session.why,
    )
