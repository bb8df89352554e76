"""The JSON shapes that several commands share."""

from datetime import UTC, datetime

from convener.cli.shapes import (
    address,
    dispatch_shape,
    flag_shape,
    instant_shape,
    ledger_shape,
    rule_shape,
    violation_shape,
)
from convener.model import Dispatch, DispatchState, Flag, LedgerRow, Person, RuleOutcome, Verb, Violation

NOON = datetime(2027, 7, 1, 12, tzinfo=UTC)
PEOPLE = {"1": Person(id="1", name="Ana", email="ana@acme.example")}
DISPATCH = Dispatch(
    client="acme",
    programme="first",
    automation="remind",
    step="send.reminder.email",
    subject="first/a/1",
    slot="2027-07-01T13:00",
    recipient="1",
    channel="email",
    connector="mail",
    due=NOON,
    reason="2 days before",
    verb=Verb.SEND,
    what="reminder",
)
KEYS = ["key", "automation", "step", "subject", "slot", "recipient", "channel", "connector", "due", "reason"]


def test_a_dispatch_names_people_by_address() -> None:
    """The keys of design §9, the instant on the programme's wall clock with its offset."""
    shape = dispatch_shape(DISPATCH, PEOPLE, "Europe/London")

    assert KEYS == list(shape)
    assert ("ana@acme.example", "2027-07-01T13:00:00+01:00") == (shape["recipient"], shape["due"])


def test_a_ledger_row_adds_what_became_of_it() -> None:
    """Plan's keys, and state, attempts, message id, when it was settled and when it goes again."""
    shape = ledger_shape(LedgerRow(dispatch=DISPATCH, state=DispatchState.SENT, attempts=1, settled=NOON), PEOPLE)

    assert [*KEYS, "state", "attempts", "message_id", "settled", "not_before", "error"] == list(shape)
    assert ("sent", "2027-07-01T12:00:00+00:00") == (shape["state"], shape["settled"])


def test_a_flag() -> None:
    """What needs a human, with the command that settles it."""
    flag = Flag(
        id="f",
        severity="high",
        client="acme",
        programme="first",
        subject="s",
        since=NOON,
        text="t",
        settle="convener x",
    )

    assert ["id", "severity", "client", "programme", "subject", "since", "text", "settle"] == list(flag_shape(flag))


def test_rules_and_violations() -> None:
    """What a rule did, and what breaks it."""
    outcome = RuleOutcome(id="gap", flexibility="inflexible", satisfied=True, cost=0, explanation="kept")
    violation = Violation(rule="gap", inflexible=False, subject="s", text="t")

    assert ["id", "flexibility", "satisfied", "cost", "explanation", "where"] == list(rule_shape(outcome))
    assert {"rule": "gap", "inflexible": False, "subject": "s", "text": "t"} == violation_shape(violation)


def test_nobody_and_strangers() -> None:
    """No person has no address; an id nobody knows stays as it is."""
    assert (None, "x", "ana@acme.example") == (address(PEOPLE, None), address(PEOPLE, "x"), address(PEOPLE, "1"))


def test_no_instant() -> None:
    """What never comes is null."""
    assert instant_shape(None) is None
