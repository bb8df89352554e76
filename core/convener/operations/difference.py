"""How two outlooks differ, in the groups in which a person thinks of it (N3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from convener.model import Dispatch, Flag, InviteMethod, Plan, Verb

GROUPS = (
    "mails not sent",
    "mails newly sent",
    "questions not asked",
    "questions newly asked",
    "invites cancelled",
    "invites updated",
    "invites new",
    "invites not sent",
    "going out otherwise",
)
"""What may become of dispatches, in the order in which it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one outlook has and the other has not; both end at the same moment."""

    until: datetime
    appearing: tuple[Dispatch, ...]
    disappearing: tuple[Dispatch, ...]
    altered: tuple[Dispatch, ...]
    """In both, but at another time, about other people, or held in only one; as they are afterwards."""
    raised: tuple[Flag, ...]
    settled: tuple[Flag, ...]
    """Flags that stand before and not afterwards."""
    reworded: tuple[Flag, ...]
    """Flags of the same cause that say something else afterwards."""

    @property
    def groups(self) -> dict[str, list[Dispatch]]:
        """Return the dispatches that differ by `GROUPS`; a group that has none is left out."""
        found: dict[str, list[Dispatch]] = {name: [] for name in GROUPS}
        for dispatch in self.appearing:
            found[_coming(dispatch)].append(dispatch)
        for dispatch in self.disappearing:
            found[_GOING.get(dispatch.verb, "mails not sent")].append(dispatch)
        found["going out otherwise"].extend(self.altered)
        return {name: dispatches for name, dispatches in found.items() if dispatches}


_GOING = {Verb.POLL: "questions not asked", Verb.INVITE: "invites not sent"}


def _coming(dispatch: Dispatch) -> str:
    """Return the group of a dispatch that goes out only afterwards."""
    if dispatch.invite is None:
        return "questions newly asked" if dispatch.verb is Verb.POLL else "mails newly sent"
    if dispatch.invite.method is InviteMethod.CANCEL:
        return "invites cancelled"
    return "invites updated" if dispatch.invite.sequence else "invites new"


def differ(before: Plan, after: Plan) -> Difference:
    """Return how *after* differs from *before*, dispatch by dispatch and flag by flag."""
    old, new = ({one.key: one for one in plan.dispatches} for plan in (before, after))
    was, now = ({flag.id: flag for flag in plan.flags} for plan in (before, after))
    return Difference(
        until=after.until,
        appearing=tuple(one for key, one in new.items() if key not in old),
        disappearing=tuple(one for key, one in old.items() if key not in new),
        altered=tuple(
            one
            for key, one in new.items()
            if key in old and (old[key] != one or _held(before.held, key) != _held(after.held, key))
        ),
        raised=tuple(flag for identity, flag in now.items() if identity not in was),
        settled=tuple(flag for identity, flag in was.items() if identity not in now),
        reworded=tuple(flag for identity, flag in now.items() if identity in was and was[identity].text != flag.text),
    )


def _held(held: Mapping[str, str], key: str) -> str:
    return held.get(key, "")
