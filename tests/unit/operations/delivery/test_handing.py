"""Handing over."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from convener.errors import AmbiguousError, ConnectorError, PermanentError, RetryError
from convener.model import Attachment, Parcel, Verb
from convener.operations.delivery.handing import address_of, hand_over
from convener.ports import Settlement
from convener.testing import MemoryLookup, MemoryMessenger, MemorySink

LOOKUP = Settlement.LOOKUP


def test_what_is_handed_over_arrives(office: Callable[..., Any], claimed: Any) -> None:
    """Nothing to tell means that it went."""
    mail = MemoryMessenger()

    assert hand_over(office(mail=mail).workspace, claimed(), Settlement.SAME_ID) is None
    assert ["<p0000@acme>"] == list(mail.arrived)


def test_what_may_have_arrived_before_is_looked_up_first(office: Callable[..., Any], claimed: Any) -> None:
    """Found, it is not sent again; not found, it is; the first time nobody asks (N5, fault 10)."""
    sheet = MemoryLookup()
    workspace = office(mail=sheet).workspace
    errors = [hand_over(workspace, claimed(attempts=attempts), LOOKUP) for attempts in (1, 2, 3)]
    sheet.sent.clear()
    errors.append(hand_over(workspace, claimed(attempts=2), LOOKUP))

    assert [None] * 4 == errors
    assert 1 == len(sheet.sent)


class Unsure(MemoryLookup):
    """Cannot say what it holds."""

    def arrived(self, message_id: str) -> bool:
        """Fail."""
        raise RetryError(f"busy, {len(message_id)} characters")


def test_what_cannot_be_looked_up_is_not_sent(office: Callable[..., Any], claimed: Any) -> None:
    """It waits until somebody can tell."""
    sheet = Unsure()
    error = hand_over(office(mail=sheet).workspace, claimed(attempts=2), LOOKUP)

    assert isinstance(error, RetryError)
    assert [] == sheet.sent


def test_a_report_goes_to_its_sink(office: Callable[..., Any], claimed: Any) -> None:
    """As the files it was frozen as (R19)."""
    pages = MemorySink()
    claim = claimed(connector="pages", channel="reports", verb=Verb.REPORT, what="client")
    files = (Attachment(name="client.html", content=b"<p>", media_type="text/html"),)
    parcel = replace(claim.parcel, attachments=files)

    assert hand_over(office(pages=pages).workspace, replace(claim, parcel=parcel), Settlement.SAME_ID) is None
    assert [{"html": b"<p>"}] == [dict(each.files) for each in pages.published.values()]


class Broken(MemoryMessenger):
    """A connector with a bug."""

    deadline: ClassVar[float] = 1.0

    def send(self, parcel: Parcel) -> str:
        """Stumble over an address."""
        raise KeyError(parcel.to_email)


def test_a_bug_of_a_connector_is_an_ambiguous_end(office: Callable[..., Any], claimed: Any) -> None:
    """Nobody knows how far it came; what it says may hold an address and is not repeated (P14, fault 18, 38)."""
    error = hand_over(office(mail=Broken()).workspace, claimed(), Settlement.SAME_ID)

    assert isinstance(error, AmbiguousError)
    assert "@" not in str(error)


def test_what_cannot_be_rendered_for_the_sink_ends_nobody(office: Callable[..., Any], claimed: Any) -> None:
    """An error of ours is told as one, and the sender goes on (P14)."""
    claim = claimed(connector="pages", channel="reports", verb=Verb.REPORT, slot="never")
    error = hand_over(office(pages=MemorySink()).workspace, claim, Settlement.SAME_ID)

    assert isinstance(error, ConnectorError)
    assert "ValueError" in str(error)


def test_what_is_no_longer_kept_cannot_be_sent(office: Callable[..., Any], claimed: Any) -> None:
    """Its body was cleared away (fault 41)."""
    error = hand_over(office(mail=MemoryMessenger()).workspace, claimed(parcel=False), Settlement.SAME_ID)

    assert isinstance(error, PermanentError)


def test_a_text_goes_to_a_number_and_a_report_nowhere(claimed: Any) -> None:
    """What is suppressed is what was used."""
    claim = claimed()
    parcel = replace(claim.parcel, to_mobile="+447700900001")
    text, report = (replace(claim.row.dispatch, **change) for change in ({"channel": "text"}, {"channel": "reports"}))

    assert "+447700900001" == address_of(text, parcel)
    assert "p0000@acme.example" == address_of(claim.row.dispatch, parcel)
    assert "" == address_of(replace(report, verb=Verb.REPORT), parcel) == address_of(text, None)
