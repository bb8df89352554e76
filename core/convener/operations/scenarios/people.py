"""Checks the names in `[given]`: everybody reports to, sits with and attends what is there."""

from collections.abc import Collection
from typing import Any

from convener.decide import Prepared
from convener.documents import Spot
from convener.operations.scenarios.names import Names
from convener.operations.scenarios.tables import GivenTable, SessionTable


def check_given(written: GivenTable, spot: Spot, names: Names, prepared: Prepared) -> None:
    """Keep in *names* what is wrong with *written*, the table at *spot*, once it is laid over what is usual."""
    _participants(written, spot, names)
    for name, pod in written.pods.items():
        if pod.coach:
            names.person(pod.coach, spot.value_place("pods", name, "coach"), names.cast.coaches)
    for key, session in written.sessions.items():
        _session(key, session, spot, names, prepared.statuses)
    _polls(written, spot, names, prepared)


def _participants(written: GivenTable, spot: Spot, names: Names) -> None:
    for name, table in written.participants.items():
        at = spot / "participants" / name
        if table.manager:
            names.person(table.manager, at.value_place("manager"), names.cast.managers)
        if table.pod:
            names.pod(table.pod, at.value_place("pod"))
    for word in ("managers", "coaches"):
        for name in getattr(written, word):
            if name in names.cast.participants:
                text = f"{name!r} is a participant and one of the {word} as well"
                names.refuse("two-people", text, spot.place(word, name), "give one of them another name")


def _session(key: str, session: Any, spot: Spot, names: Names, statuses: Collection[str]) -> None:
    pod, _, number = key.rpartition("/")
    if not number.isdecimal() or int(number) < 1:
        hint = 'for example 1, or "north/1" for one pod of several'
        names.refuse("bad-session", f"{key!r} is not the number of a session", spot.place("sessions", key), hint)
    elif pod:
        names.pod(pod, spot.place("sessions", key))
    for who, status in session.attendance.items() if isinstance(session, SessionTable) else ():
        at = spot / "sessions" / key / "attendance"
        names.person(who, at.place(who), names.cast.participants)
        names.one_of("status", status, statuses, at.value_place(who))


def _polls(written: GivenTable, spot: Spot, names: Names, prepared: Prepared) -> None:
    for index, poll in enumerate(written.polls):
        at = spot / "polls" / index
        names.one_of("poll", poll.poll, prepared.ruleset.polls, at.value_place("poll"))
        names.person(poll.who, at.value_place("who"))
        if poll.about:
            names.subject(poll.about, at.value_place("about"))
