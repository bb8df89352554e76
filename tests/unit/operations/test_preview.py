"""A message as somebody would get it."""

from dataclasses import replace

import pytest

from convener.errors import UsageError
from convener.model import DispatchState
from convener.operations.ledger import rows
from convener.operations.plan import plan
from convener.operations.preview import AHEAD, preview
from convener.operations.sync import sync
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"
PERSON = "chiara.grant@northern.example"


def test_the_next_one_planned_is_shown(live) -> None:
    """At its time, for that person, as the ledger would freeze it; nothing is written (P19)."""
    before = live.register
    found = preview(live.workspace, "reminder", PERSON)
    foreseen, _ = plan(live.workspace, SCOPE, live.clock.now() + AHEAD)
    mine = [one for one in foreseen.dispatches if (one.what, one.recipient) == ("reminder", "00101")]

    assert (mine[0], "", SCOPE, PERSON) == (found.dispatch, found.note, found.scope, found.parcel.to_email)
    assert "Hello Chiara" in found.parcel.text
    assert "<html" in found.parcel.html
    assert (before, []) == (live.register, rows(live.workspace))


def test_the_preview_is_what_goes_out(live) -> None:
    """Subject, words and page are those that the tick writes then (N1)."""
    found = preview(live.workspace, "welcome", PERSON)
    tick(live.workspace)
    with live.workspace.store.begin() as tx:
        frozen = tx.parcel(found.dispatch.key)

    assert replace(found.parcel, headers={}) == replace(frozen, headers={})


def test_a_channel_can_be_chosen(live) -> None:
    """The text message of the same reminder goes to the telephone and has no page."""
    found = preview(live.workspace, "reminder", PERSON, channel="text")

    assert ("text", "", True) == (found.dispatch.channel, found.parcel.html, found.parcel.to_mobile.startswith("+44"))


@pytest.mark.parametrize("message", ["invite-request", "invite-update", "invite-cancel"])
def test_an_invite_comes_with_its_calendar_entry(live, message) -> None:
    """Each of its three messages, whether or not one is planned."""
    found = preview(live.workspace, message, PERSON)

    assert "BEGIN:VEVENT" in found.parcel.calendar
    assert ("METHOD:CANCEL" in found.parcel.calendar) == (message == "invite-cancel")
    assert (message == "invite-request") == (found.note == "")


def test_what_is_in_the_ledger_already_is_shown_as_it_was_frozen(live) -> None:
    """Nothing that happens afterwards changes its words."""
    tick(live.workspace)
    found = preview(live.workspace, "welcome", PERSON)

    assert DispatchState.READY in found.note
    assert found.dispatch.key in {row.dispatch.key for row in rows(live.workspace)}


@pytest.mark.parametrize(
    ("message", "who", "words"),
    [
        ("engagement", PERSON, "How useful was the session"),
        ("poll-chase", PERSON, "which dates suit you"),
        ("we-miss-you", PERSON, "Chiara"),
        ("manager-toolkit", "mairead.rahman@northern.example", "took part in session 1"),
        ("register", "musa.bello@coaches.example", "Musa"),
        ("run-pack", "musa.bello@coaches.example", "Hello Musa"),
        ("client", "priya.nair@northern.example", "Priya"),
        ("evaluation", "musa.bello@coaches.example", "Musa"),
    ],
)
def test_what_is_not_ahead_is_shown_as_if_it_were_due_now(live, message, who, words) -> None:
    """With a session, a poll and the people it would speak of, and a sentence that says so unless it is planned."""
    found = preview(live.workspace, message, who, scope=SCOPE)

    assert words in found.parcel.text
    assert found.note == "" or "as if it were due now" in found.note


def test_a_manager_is_told_of_their_own_people_of_one_pod(live) -> None:
    """Whoever sits in another pod had another session."""
    found = preview(live.workspace, "manager-toolkit", "mairead.rahman@northern.example")
    register = live.register
    day = live.clock.now().date()
    pods = {register.pod_of(person, day) for person in found.dispatch.people}

    assert {register.sessions[found.dispatch.session].pod} == pods
    assert {"mairead.rahman@northern.example"} == {register.manager_of(one, day) for one in found.dispatch.people}


@pytest.mark.parametrize(
    ("message", "who", "more", "said", "cure"),
    [
        (
            "remindr",
            PERSON,
            {},
            "no automation of northern-health/primary-care sends 'remindr'",
            "did you mean 'reminder'",
        ),
        ("reminder", "nobody@northern.example", {}, "nobody has the address or id", "--scope"),
        ("reminder", "nobody@northern.example", {"scope": SCOPE}, "nobody in northern-health", "convener register"),
        (
            "manager-toolkit",
            PERSON,
            {},
            "goes to each manager, and chiara.grant@northern.example is participant",
            "who is",
        ),
        ("welcome", PERSON, {"channel": "text"}, "welcome does not go by text", "it goes by: email"),
    ],
)
def test_what_cannot_be_shown_says_why(live, message, who, more, said, cure) -> None:
    """The nearest name, the audience, or the ways there are."""
    with pytest.raises(UsageError, match=said) as caught:
        preview(live.workspace, message, who, **more)

    assert cure in caught.value.hint


def test_a_draft_has_previews_too(draft) -> None:
    """Before `go`, as if it went live now (R30)."""
    sync(draft.workspace, "northern-health")

    assert "Hello Chiara" in preview(draft.workspace, "welcome", PERSON).parcel.text
