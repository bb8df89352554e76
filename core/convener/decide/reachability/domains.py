"""What facts can be: the few values of those that are closed, and those that a moment or an audience never gives."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from convener.decide.moments.triggers import Relative, Trigger
from convener.model.facts import Fact
from convener.rulesets.kinds import StatusMeaning
from convener.rulesets.ruleset import Ruleset

Bundle = Sequence[Mapping[str, object]]
"""Facts that belong together: each of the ways they can be."""
NOBODY = frozenset({"sponsor", "pod", "session", "programme"})
"""Audiences without a participant or a coach whose facts could decide."""
_OF_SESSION = ("session.number", "session.topic", "session.status", "session.starts", "session.ends",
               "session.starts_in_hours", "attendance.status", "attendance.present")  # fmt: skip
_FALSE_WITHOUT_SESSION = ("attendance.recorded", "attendance.excused")
_OF_POLL = ("poll.id", "poll.open", "poll.answered", "poll.days_open")
_OF_NOBODY: Mapping[str, object] = {
    "participant.active": False,
    "participant.status": None,
    "manager.known": False,
    "attendance.recorded": False,
    "attendance.excused": False,
    "attendance.status": None,
    "attendance.present": None,
    "attendance.attended": 0,
    "attendance.counted": 0,
    "attendance.missed": 0,
    "attendance.missed_in_row": 0,
    "attendance.rate": None,
}
_MOST_SESSIONS = 200
"""Sessions a programme may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the rules of one programme close: its polls, its statuses and its count of sessions."""

    ruleset: Ruleset
    statuses: Mapping[str, StatusMeaning]
    """What each attendance status means to this client."""
    facts: Mapping[str, Fact]
    """Every fact a clause may speak of, with the client's own polls and statuses as the values there are."""
    any_count: bool = False
    """Whether to think of any programme, however many sessions it has."""

    def bundles(self, names: Collection[str], asked: Collection[str] = ()) -> list[Bundle]:
        """Return every way that those of the facts *names* can be which have few values.

        A fact on its own is unknown only where a clause has *asked* whether it is known: an unknown one makes
        nothing else true.
        """
        together = [self._participant(), self._attendance()]
        found = [_narrowed(bundle, names) for bundle in together]
        told = {name for bundle in together for name in bundle[0]}
        found += [[{name: value} for value in self._alone(name, name in asked)] for name in sorted(set(names) - told)]
        return [bundle for bundle in found if bundle and bundle[0]]

    def _participant(self) -> Bundle:
        words = self.facts["participant.status"].values
        known = [{"participant.status": word, "participant.active": word == "active"} for word in words]
        return [*known, {"participant.status": None, "participant.active": False}]

    def _attendance(self) -> Bundle:
        known = [
            {"attendance.recorded": True, "attendance.status": word, "attendance.present": meaning.present}
            for word, meaning in self.statuses.items()
        ]
        return [*known, {"attendance.recorded": False, "attendance.status": None, "attendance.present": None}]

    def _alone(self, name: str, is_asked: bool) -> Iterable[object]:
        fact = self.facts.get(name)
        values: tuple[object, ...] = ()
        if name == "session.number":
            values = tuple(range(1, self._count() + 1))
        elif name == "session.count":
            values = tuple(range(1, _MOST_SESSIONS + 1)) if self.any_count else (self._count(),)
        elif fact is not None and fact.type == "bool":
            values = (True, False)
        elif fact is not None and fact.type == "string":
            values = fact.values
        return (*values, None) if values and is_asked and fact is not None and fact.nullable else values

    def _count(self) -> int:
        return _MOST_SESSIONS if self.any_count else self.ruleset.sessions.count


def _narrowed(bundle: Bundle, names: Collection[str]) -> Bundle:
    """Return *bundle* with the facts *names* alone, each way once."""
    ways = [{name: value for name, value in way.items() if name in names} for way in bundle]
    return [way for index, way in enumerate(ways) if way not in ways[:index]]


@dataclass(frozen=True, slots=True)
class Withheld:
    """Facts that stay unknown, or what they are of nobody, at one moment for one audience."""

    why: str
    facts: Mapping[str, object] = field(default_factory=dict)


def withheld(trigger: Trigger, audience: str, names: Collection[str]) -> list[Withheld]:
    """Return which facts *trigger* and *audience* never give to clauses that speak of *names*, and why."""
    anchor = trigger.anchor if isinstance(trigger, Relative) else ""
    subject = anchor.partition(".")[0]
    over_polls = subject == "poll" or (not anchor and any(name.startswith("poll.") for name in names))
    found: list[Withheld] = []
    if subject not in {"session", "attendance"} and not over_polls:
        what = f"'{anchor}' is about no session" if anchor else "a rhythm is about no session"
        found.append(Withheld(what, {**dict.fromkeys(_OF_SESSION), **dict.fromkeys(_FALSE_WITHOUT_SESSION, False)}))
    if not over_polls:
        found.append(Withheld(f"'{anchor}' is about no poll", dict.fromkeys(_OF_POLL)))
    if audience in NOBODY:
        found.append(Withheld(f"for_each = '{audience}' is about no participant", _OF_NOBODY))
    return found
