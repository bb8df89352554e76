"""How far the programme has come: people, sessions, registers, polls and what comes next."""

from collections import defaultdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from convener.model import Enrolment, ParticipantStatus, SessionStatus
from convener.rendering.wording import plural
from convener.reporting.figures import Cell, Column, Figure, Table, ratio
from convener.reporting.snapshot import Sitting, Snapshot, State

FIRM = frozenset({SessionStatus.CONFIRMED, SessionStatus.PROPOSED})


def figures(snapshot: Snapshot) -> tuple[Figure, ...]:
    """Return counts of people, sessions, registers and answers, each out of its whole."""
    return (*_people(snapshot), *_sessions(snapshot), *_polls(snapshot))


def tables(snapshot: Snapshot) -> tuple[Table, ...]:
    """Return next dates, registers that are missing, answers to polls and how the register adds up."""
    return _next_dates(snapshot), _registers_missing(snapshot), _poll_table(snapshot), _reconciliation(snapshot)


def _people(snapshot: Snapshot) -> tuple[Figure, ...]:
    day = snapshot.as_of
    first: dict[str, date] = {}
    rows: dict[str, Enrolment] = {}
    for row in snapshot.register.enrolments:
        if row.since <= day:
            first[row.person] = min(row.since, first.get(row.person, row.since))
            if row.until is None or day < row.until:
                rows[row.person] = row
    status = [row.status for row in rows.values()]
    participants = plural(snapshot.ruleset.word("participant"))
    counts = {
        "active": (f"Active {participants}", status.count(ParticipantStatus.ACTIVE)),
        "joined": ("Joined after the start", sum(since > snapshot.ruleset.starts for since in first.values())),
        "withdrawn": ("Withdrawn", status.count(ParticipantStatus.WITHDRAWN)),
        "seconded": ("On secondment", status.count(ParticipantStatus.SECONDED)),
    }
    return tuple(
        Figure(id=key, label=label, numerator=count, denominator=len(first), as_of=day)
        for key, (label, count) in counts.items()
    )


def _sessions(snapshot: Snapshot) -> tuple[Figure, ...]:
    planned = [sitting for sitting in snapshot.sittings if not sitting.cancelled]
    over = [sitting for sitting in planned if sitting.over]
    total = len(planned) or len(snapshot.register.pods) * snapshot.ruleset.sessions.count
    words = plural(snapshot.ruleset.word("session")).capitalize()
    moved = _moved(snapshot)
    counts = {
        "sessions-held": (f"{words} held", sum(sitting.held for sitting in planned), total),
        "sessions-moved": (f"{words} moved", len(moved), total),
        "sessions-cancelled": (f"{words} cancelled", len(snapshot.sittings) - len(planned), len(snapshot.sittings)),
        "registers-complete": ("Registers complete", sum(sitting.complete for sitting in over), len(over)),
    }
    return tuple(
        Figure(id=key, label=label, numerator=count, denominator=whole, as_of=snapshot.as_of)
        for key, (label, count, whole) in counts.items()
    )


def _moved(snapshot: Snapshot) -> set[str]:
    kept = {sitting.session.id for sitting in snapshot.sittings if not sitting.cancelled}
    return {
        event.subject
        for event in snapshot.register.events
        if event.name == "session.moved" and event.subject in kept and not _after(event.at, snapshot)
    }


def _after(instant: datetime, snapshot: Snapshot) -> bool:
    return instant.astimezone(ZoneInfo(snapshot.ruleset.zone)).date() > snapshot.as_of


def _answers(snapshot: Snapshot) -> dict[str, tuple[int, int]]:
    """Return (answered, asked) by poll, registers aside: those are counted as registers."""
    asked: dict[str, int] = defaultdict(int)
    answered: dict[str, int] = defaultdict(int)
    for request in snapshot.register.polls.values():
        poll = snapshot.ruleset.polls.get(request.poll)
        if (poll and poll.kind == "register") or _after(request.opened, snapshot):
            continue
        asked[request.poll] += 1
        answered[request.poll] += request.answered is not None and not _after(request.answered, snapshot)
    return {poll: (answered[poll], asked[poll]) for poll in sorted(asked)}


def _polls(snapshot: Snapshot) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            id=f"answered.{poll}", label=f"Answered: {poll.replace('-', ' ')}", numerator=answered, denominator=asked,
            as_of=snapshot.as_of,
        )
        for poll, (answered, asked) in _answers(snapshot).items()
    )  # fmt: skip


def _poll_table(snapshot: Snapshot) -> Table:
    field = "figures.answered"
    return Table(
        id="polls-answered",
        title="Polls answered",
        needs=(field,),
        columns=(
            Column("item", "Poll", field),
            Column("numerator", "Answered", field),
            Column("denominator", "Asked", field),
            Column("value", "Share", field),
        ),
        rows=tuple((poll, *counts, ratio(*counts)) for poll, counts in _answers(snapshot).items()),
    )


def _next_dates(snapshot: Snapshot) -> Table:
    ahead: dict[str, Sitting] = {}
    for sitting in snapshot.sittings:
        known = ahead.get(sitting.session.pod)
        if _to_come(sitting) and (known is None or _starts(sitting) < _starts(known)):
            ahead[sitting.session.pod] = sitting
    return Table(
        id="next-dates",
        title="Next dates",
        needs=("pod.name", "session.date"),
        columns=(
            Column("pod", snapshot.ruleset.word("pod").capitalize(), "pod.name"),
            Column("session", snapshot.ruleset.word("session").capitalize(), "session.date"),
            Column("topic", "Topic", "session.topic"),
            Column("starts", "Starts", "session.date"),
            Column("ends", "Ends", "session.date"),
            Column("zone", "Time zone", "session.date"),
            Column("status", "Status", "session.date"),
        ),
        rows=tuple(_next_row(snapshot, ahead[pod]) for pod in snapshot.pods() if pod in ahead),
    )


def _to_come(sitting: Sitting) -> bool:
    return sitting.day is not None and not sitting.over and sitting.session.status in FIRM


def _starts(sitting: Sitting) -> datetime:
    if sitting.session.starts is None:
        raise ValueError(f"session {sitting.session.id} has no date")
    return sitting.session.starts


def _next_row(snapshot: Snapshot, sitting: Sitting) -> tuple[Cell, ...]:
    session = sitting.session
    zone = session.zone or snapshot.ruleset.zone
    ends = session.ends.astimezone(ZoneInfo(zone)) if session.ends else None
    starts = _starts(sitting).astimezone(ZoneInfo(zone))
    return snapshot.pod_name(session.pod), session.number, session.topic, starts, ends, zone, session.status.value


def _registers_missing(snapshot: Snapshot) -> Table:
    field = "figures.registers-complete"
    open_registers = [s for s in snapshot.sittings if s.over and not s.complete]
    return Table(
        id="registers-missing",
        title="Registers not complete",
        needs=("pod.name", field),
        columns=(
            Column("pod", snapshot.ruleset.word("pod").capitalize(), "pod.name"),
            Column("session", snapshot.ruleset.word("session").capitalize(), field),
            Column("date", "Date", "session.date"),
            Column("numerator", "Recorded", field),
            Column("denominator", "Expected", field),
        ),
        rows=tuple(
            (snapshot.pod_name(s.session.pod), s.session.number, s.day, s.recorded, s.expected) for s in open_registers
        ),
    )


def _reconciliation(snapshot: Snapshot) -> Table:
    """Return how the rows of the register add up to the figures; the first row is the sum of the others."""
    field = "figures.reconciliation"
    counted = snapshot.counted
    present = sum(presence.present for presence in counted)
    states = [presence.state for presence in snapshot.presences]
    rows = (
        ("rows in the register", len(snapshot.marks) + snapshot.outside + snapshot.later),
        ("present", present),
        ("absent", len(counted) - present),
        ("recorded, status does not count", len(snapshot.marks) - len(counted)),
        ("before joining, after leaving or of a cancelled session", snapshot.outside),
        ("of sessions after this day", snapshot.later),
        ("places expected, not yet recorded", states.count(State.MISSING)),
    )
    return Table(
        id="reconciliation", title="How the register adds up", needs=(field,), rows=rows,
        columns=(Column("item", "Rows", field), Column("numerator", "Count", field)),
    )  # fmt: skip
