"""Proposed dates on the terminal and as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from convener.cli.face import Face
from convener.cli.moments import shown
from convener.cli.plans import instead_shape, print_rules, rise
from convener.cli.pods_view import name_of, short_pod
from convener.cli.shapes import instant_shape, rule_shape
from convener.cli.tables import show_table
from convener.model import DateProposal, ProposedSession, Register
from convener.operations.dates import Considered, Redated

MARKS = {"confirmed": "stays", "held": "held", "proposed": "", "unscheduled": ""}
"""What is said of a session by its status."""


def print_proposal(face: Face, proposal: DateProposal, register: Register, notices: Iterable[str] = ()) -> None:
    """Print *proposal* as JSON, or as a table for each pod and one of rules."""
    words = [*proposal.notices, *notices]
    if face.json:
        face.data(shape(proposal, words))
        return
    ordered = sorted(proposal.sessions, key=lambda session: (session.pod, session.number))
    for pod, sessions in groupby(ordered, key=lambda session: session.pod):
        _print_pod(face, pod, list(sessions), register, frozenset(proposal.moved))
    print_rules(face, proposal.rules)
    for notice in words:
        face.say(f"note: {notice}")


def _print_pod(
    face: Face, pod: str, sessions: Sequence[ProposedSession], register: Register, moved: frozenset[str]
) -> None:
    coach = name_of(register.people, register.coach_of(pod, sessions[0].starts.date()))
    rows = (
        (s.number, s.topic, shown(s.starts, s.zone), _coming(s), _mark(s, moved), _absent(s, register))
        for s in sessions
    )
    title = f"{short_pod(pod)} · coach {coach}"
    show_table(face, title, ("", "topic", "starts", "can come", "", "cannot"), rows, whole=("starts", "can come"))


def _coming(session: ProposedSession) -> str:
    return f"{len(session.coming)} of {len(session.coming) + len(session.absent)}"


def _mark(session: ProposedSession, moved: frozenset[str]) -> str:
    return "moves" if f"{session.pod}/{session.number}" in moved else MARKS.get(session.status, session.status)


def _absent(session: ProposedSession, register: Register) -> str:
    return ", ".join(name_of(register.people, person) for person in session.absent)


def print_changes(face: Face, changes: Sequence[Redated]) -> None:
    """Print which sessions get another date than in the proposal before."""
    if not changes:
        face.say("compared with before: every date is the same")
        return
    rows = ((short_pod(each.session), shown(each.before, each.zone), shown(each.after, each.zone)) for each in changes)
    show_table(face, "Compared with before", ("session", "from", "to"), rows)


def print_others(face: Face, found: Considered) -> None:
    """Print why a session is when it is, and the slots that it might take instead."""
    session = found.session
    title = f"{short_pod(session.pod)}/{session.number}, {shown(session.starts, session.zone)}"
    show_table(face, title, ("why",), ((line,) for line in session.why))
    show_table(face, "Instead", ("starts", "cost", "because"), _others(found))


def _others(found: Considered) -> Iterator[tuple[str, str, str]]:
    for other in found.others:
        yield shown(found.starts(other), found.session.zone), rise(other.cost), "\n".join(other.rules)


def shape(proposal: DateProposal, notices: Iterable[str]) -> dict[str, object]:
    """Return the JSON shape of *proposal*."""
    return {
        "programme": proposal.programme,
        "score": proposal.score,
        "bound": proposal.bound,
        "sessions": [_session_shape(session) for session in proposal.sessions],
        "rules": [rule_shape(outcome) for outcome in proposal.rules],
        "notices": list(notices),
        "seed": proposal.seed,
        "steps": proposal.steps,
        "moved": list(proposal.moved),
    }


def _session_shape(session: ProposedSession) -> dict[str, object]:
    return {
        "pod": session.pod,
        "number": session.number,
        "topic": session.topic,
        "status": session.status,
        "starts": instant_shape(session.starts, session.zone),
        "ends": instant_shape(session.ends, session.zone),
        "zone": session.zone,
        "why": list(session.why),
    }


def others_shape(found: Considered) -> dict[str, object]:
    """Return the JSON shape of the slots that a session might take instead."""
    people = found.register.people
    return _session_shape(found.session) | {"others": [instead_shape(other, people) for other in found.others]}
