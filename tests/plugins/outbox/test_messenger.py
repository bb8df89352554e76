"""The outbox connector."""

import email
import email.policy
from pathlib import Path

import pytest

from convener import Parcel, RetryError
from convener.testing import CALENDAR, CalendarContract, MessengerContract, a_mail, a_text, an_invite
from convener_outbox.messenger import OutboxMessenger, is_text
from convener_outbox.settings import OutboxSettings


class TestMails(CalendarContract):
    """The outbox keeps the promises of a messenger that carries invites."""

    def kind(self) -> type[OutboxMessenger]:
        """Return the class under contract."""
        return OutboxMessenger

    def make(self, workspace: Path) -> OutboxMessenger:
        """Return an outbox in the workspace."""
        self.folder = workspace / "var" / "outbox"
        return OutboxMessenger(OutboxSettings(), workspace)

    def arrived(self) -> set[str]:
        """Read the message ids off the files."""
        mails = (email.message_from_bytes(path.read_bytes()) for path in self.folder.glob("*.eml"))
        return {mail["Message-ID"] for mail in mails}


class TestTexts(MessengerContract):
    """Text messages keep them too."""

    def kind(self) -> type[OutboxMessenger]:
        """Return the class under contract."""
        return OutboxMessenger

    def make(self, workspace: Path) -> OutboxMessenger:
        """Return an outbox in the workspace."""
        self.folder = workspace / "texts"
        return OutboxMessenger(OutboxSettings(folder="texts"), workspace)

    def arrived(self) -> list[str]:
        """There is one file for the one text that was sent."""
        return [self.sample().message_id for _ in self.folder.glob("*.txt")]

    def sample(self) -> Parcel:
        """Return a text message."""
        return a_text()


def sent(tmp_path: Path, parcel: Parcel) -> dict[str, bytes]:
    """Send *parcel* and return the files by their endings."""
    settings = OutboxSettings(folder="out", sender_name="Ops", sender_email="ops@x.example")
    OutboxMessenger(settings, tmp_path).send(parcel)
    return {path.suffix: path.read_bytes() for path in (tmp_path / "out").iterdir()}


def test_a_mail_is_one_file_that_mail_programs_open(tmp_path: Path) -> None:
    """The workspace's sender, the subject and both bodies are in it."""
    mail = email.message_from_bytes(sent(tmp_path, a_mail())[".eml"], policy=email.policy.default)

    body = mail.get_body(("plain",))
    assert body is not None
    assert ("Ops <ops@x.example>", "Your set meets on Tuesday") == (mail["From"], mail["Subject"])
    assert a_mail().text == body.get_content().replace("\r\n", "\n")


def test_an_invite_is_also_a_calendar_file(tmp_path: Path) -> None:
    """Beside the mail stands what a calendar opens, to the byte."""
    files = sent(tmp_path, an_invite())

    assert {".eml", ".ics"} == set(files)
    assert CALENDAR.encode() == files[".ics"]


def test_a_text_names_number_and_words(tmp_path: Path) -> None:
    """A text message is a text file."""
    assert {".txt": b"To: Chiara Grant <+447700915524>\n\nYour set meets on Tuesday at 09:00.\n"} == (
        sent(tmp_path, a_text())
    )


def test_a_repeat_is_the_same_file(tmp_path: Path) -> None:
    """The same id twice is one file with the same bytes."""
    first = sent(tmp_path, an_invite())

    assert first == sent(tmp_path, an_invite())
    assert 2 == len(list((tmp_path / "out").iterdir()))


def test_a_folder_that_cannot_be_written_is_for_later(tmp_path: Path) -> None:
    """Nothing is half done, so the dispatch may be tried again."""
    (tmp_path / "out").write_text("in the way")

    with pytest.raises(RetryError, match="cannot write to the outbox: File exists"):
        sent(tmp_path, a_mail())


def test_a_mobile_number_alone_makes_a_text() -> None:
    """Somebody with mail and mobile gets mails as mails."""
    assert is_text(a_text())
    assert not is_text(a_mail(to_mobile="+447700915524"))
    assert not is_text(a_text(to_mobile=""))
