"""What goes out in a test, in the words of its expectations."""

from dataclasses import replace
from datetime import UTC, datetime

from convener.model import Dispatch, InviteMethod, InviteTerms, Person, Register, Verb
from convener.operations.scenarios.messages import held_messages, messages_of, what_of

DUE = datetime(2027, 1, 15, 9, tzinfo=UTC)
ONE = Dispatch(
    client="acme", programme="lead", automation="remind", step="send.reminder.email", subject="lead/north/1",
    slot="2027-01-15T09:00", recipient="ann", channel="email", connector="mail", due=DUE, reason="it is time",
    verb=Verb.SEND, what="reminder", people=("ann",),
)  # fmt: skip
REGISTER = Register(
    client="acme",
    programme="lead",
    people={"ann": Person(id="ann", name="Ann", email="ann@client.example", zone="Asia/Dubai")},
)


def test_the_ways_of_one_thing_are_one_message() -> None:
    """A reminder by mail and by text is one reminder, at its time where the recipient lives."""
    two = replace(ONE, step="send.reminder.text", channel="text")
    found = messages_of([ONE, two], REGISTER, "Europe/London", None)

    assert [(frozenset({"email", "text"}), "13:00")] == [(m.via, f"{m.at:%H:%M}") for m in found]


def test_two_subjects_are_two_messages() -> None:
    """Reminders of two sessions at one time stay apart."""
    two = replace(ONE, subject="lead/north/2")

    assert 2 == len(messages_of([ONE, two], REGISTER, "Europe/London", DUE))


def test_an_invite_says_what_calendars_are_told() -> None:
    """A first request, an update of it, a cancellation."""
    terms = InviteTerms(uid="x", sequence=0, method=InviteMethod.REQUEST, starts=DUE, ends=DUE)
    invites = [terms, replace(terms, sequence=1), replace(terms, sequence=2, method=InviteMethod.CANCEL)]

    assert ["request", "update", "cancel"] == [what_of(replace(ONE, invite=each)) for each in invites]


def test_what_is_held_is_read_from_its_key() -> None:
    """A key names automation, step and recipient; the ways of one thing are together."""
    keys = [ONE.key, replace(ONE, step="send.reminder.text").key]
    held = held_messages(keys, REGISTER, "Europe/London", DUE)

    assert [("remind", "reminder", "ann", frozenset({"email", "text"}))] == [(m.of, m.what, m.to, m.via) for m in held]
