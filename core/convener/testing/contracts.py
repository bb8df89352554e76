"""The promises of each port as test classes: subclass one as `Test…` in a plugin's tests and say how to make yours.

pytest gives each test `tmp_path`, which serves as the workspace.
"""

import dataclasses
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, cast

import convener.errors
from convener.model import Parcel
from convener.ports import Lookup, Messenger, Polls, Publication, ReportSink, Resting, RosterSource, Settlement, Table
from convener.testing.demands import demand, demand_absent, demand_equal
from convener.testing.parcels import a_mail, an_invite

SECRETIVE = ("password", "token", "secret", "credential", "key")
"""Words in the names of options whose values must not be shown."""
Grid = Sequence[Sequence[str]]
"""A header and rows, as somebody typed them."""


class ConnectorContract:
    """What every connector class shows."""

    def kind(self) -> type[Any]:
        """Return the connector class."""
        raise NotImplementedError

    def test_it_names_its_plugin_and_policy(self) -> None:
        """Plugin, settlement and deadline are there and of use."""
        kind = self.kind()

        demand("`plugin` is a name", isinstance(kind.plugin, str) and kind.plugin)
        demand("`settlement` is a Settlement", kind.settlement in set(Settlement))
        demand("`deadline` is more than no time", kind.deadline > 0)

    def test_its_settings_are_frozen_and_explained(self) -> None:
        """The settings are a frozen dataclass; each option says what it means."""
        settings = self.kind().settings

        demand("`settings` is a dataclass", dataclasses.is_dataclass(settings))
        demand("`settings` is frozen", settings.__dataclass_params__.frozen)
        for field in dataclasses.fields(settings):
            demand(f"option {field.name!r} has metadata 'help'", field.metadata.get("help"))

    def test_its_secrets_are_not_shown(self) -> None:
        """An option that holds a secret stays out of `repr`."""
        for field in dataclasses.fields(self.kind().settings):
            if any(word in field.name.lower() for word in SECRETIVE):
                demand(f"option {field.name!r} has repr=False", not field.repr)


class MessengerContract(ConnectorContract):
    """What every messenger promises."""

    def make(self, workspace: Path) -> Messenger:
        """Return a messenger whose other side takes everything."""
        raise NotImplementedError

    def arrived(self) -> Collection[str]:
        """Return the message ids that the other side holds now."""
        raise NotImplementedError

    def sample(self) -> Parcel:
        """Return a parcel that this messenger takes; a mail unless overridden."""
        return a_mail()

    def test_a_parcel_arrives(self, tmp_path: Path) -> None:
        """What is sent is there under its message id."""
        messenger = self.make(tmp_path)

        messenger.send(self.sample())

        demand_equal("a parcel arrives", [self.sample().message_id], list(self.arrived()))

    def test_a_repeat_is_recognised(self, tmp_path: Path) -> None:
        """The same parcel twice is one message for whoever looks at its id."""
        messenger = self.make(tmp_path)

        messenger.send(self.sample())
        messenger.send(self.sample())

        demand_equal("a repeat has the same id", {self.sample().message_id}, set(self.arrived()))

    def test_the_receipt_holds_nothing_personal(self, tmp_path: Path) -> None:
        """A receipt is kept and logged: no name, no address, no number."""
        parcel = self.sample()

        receipt = self.make(tmp_path).send(parcel)

        personal = [text for text in (parcel.to_email, parcel.to_mobile, parcel.to_name) if text]
        demand_absent("the receipt holds nothing personal", personal, receipt)

    def test_names_of_all_scripts_arrive(self, tmp_path: Path) -> None:
        """Accents, apostrophes and other scripts in names do not stop a message."""
        messenger = self.make(tmp_path)

        for name in ("Inês O'Neil", "Zoë Šťastná", "محمد علي", "李小龙", "x" * 300):
            messenger.send(dataclasses.replace(self.sample(), to_name=name))

        demand_equal("names of all scripts arrive", {self.sample().message_id}, set(self.arrived()))

    def test_a_line_break_in_a_name_adds_nothing(self, tmp_path: Path) -> None:
        """A name with a line break neither stops the run nor becomes a header."""
        hostile = dataclasses.replace(self.sample(), to_name="Ana\r\nBcc: all@northern.example")

        try:
            self.make(tmp_path).send(hostile)
        except convener.errors.ConnectorError:
            demand_equal("a refused parcel does not arrive", 0, len(self.arrived()))
        else:
            demand_equal("one message arrives", [hostile.message_id], list(self.arrived()))

    def test_it_is_safe_from_several_threads(self, tmp_path: Path) -> None:
        """The senders of one connector call it at once; every message arrives, each under its own id."""
        messenger = self.make(tmp_path)
        parcels = [dataclasses.replace(self.sample(), message_id=f"<{number}@convener.example>") for number in range(8)]

        with ThreadPoolExecutor(max_workers=4) as senders:
            receipts = list(senders.map(messenger.send, parcels))

        demand_equal("each call has a receipt", 8, len(receipts))
        demand_equal("each arrives", 8, len(self.arrived()))

    def test_it_rests_and_goes_on(self, tmp_path: Path) -> None:
        """One that holds lines or files open lets go of them, twice if need be, and opens them again."""
        messenger = self.make(tmp_path)

        for _ in range(2):
            messenger.send(self.sample())
            _rest(messenger)
            _rest(messenger)

        demand_equal("it sends again after its rest", {self.sample().message_id}, set(self.arrived()))


class CalendarContract(MessengerContract):
    """What a messenger promises that also carries invites."""

    def test_an_invite_arrives(self, tmp_path: Path) -> None:
        """A mail with a calendar part is taken."""
        self.make(tmp_path).send(an_invite())

        demand_equal("an invite arrives", [an_invite().message_id], list(self.arrived()))


class LookupContract(MessengerContract):
    """What a messenger promises whose settlement is `lookup`."""

    def test_it_settles_by_lookup(self) -> None:
        """Only then is it asked."""
        demand_equal("`settlement`", Settlement.LOOKUP, self.kind().settlement)

    def test_it_tells_what_arrived(self, tmp_path: Path) -> None:
        """No before it was sent, yes after, and no for another; also when another process asks."""
        sender, asked = self.make(tmp_path), self.make(tmp_path)
        demand("a messenger that settles by lookup has `arrived`", isinstance(asked, Lookup))
        lookup = cast("Lookup", asked)

        before = lookup.arrived(self.sample().message_id)
        sender.send(self.sample())
        after = lookup.arrived(self.sample().message_id)

        demand_equal("what arrived", (False, True, False), (before, after, lookup.arrived("<never@convener.example>")))


class RosterContract(ConnectorContract):
    """What every source of people promises."""

    def make(self, workspace: Path, grid: Grid) -> tuple[RosterSource, str]:
        """Return a source that holds *grid* (header first) and the path that names it."""
        raise NotImplementedError

    def test_every_value_is_the_text_that_was_typed(self, tmp_path: Path) -> None:
        """Leading zeros, plus signs, decimal commas and dates stay text."""
        typed = ("00123", "+4930123", "3,50", "2027-01-19", "=1+1", "1e5")
        header = tuple(f"column {number}" for number, _ in enumerate(typed))

        table = self._read(tmp_path, (header, typed))

        demand_equal("the header is kept in order", header, table.header)
        demand_equal("every value is text", dict(zip(header, typed, strict=True)), dict(table.rows[0].values))

    def test_values_are_composed_and_trimmed(self, tmp_path: Path) -> None:
        """Two ways to write one name read as one; spaces around it do not count."""
        spelled = unicodedata.normalize("NFD", "  Zoë Müller ")

        table = self._read(tmp_path, (("name",), (spelled,)))

        demand_equal("values are NFC and trimmed", "Zoë Müller", table.rows[0].values["name"])

    def test_lines_are_true_and_blank_rows_skipped(self, tmp_path: Path) -> None:
        """A row carries the line a person finds it on, blank rows before it counted."""
        table = self._read(tmp_path, (("id", "name"), ("1", "Ana"), ("", ""), ("2", "Ben")))

        demand_equal("lines are true", [("1", 2), ("2", 4)], [(row.values["id"], row.line) for row in table.rows])

    def test_what_is_not_there_is_a_data_error(self, tmp_path: Path) -> None:
        """A path that names nothing is reported, not returned as empty."""
        source, _ = self.make(tmp_path, (("id",), ("1",)))

        try:
            source.read_roster("nowhere.csv")
        except convener.errors.DataError:
            return
        demand("a missing roster raises DataError", kept=False)

    def _read(self, workspace: Path, grid: Grid) -> Table:
        source, path = self.make(workspace, grid)
        return source.read_roster(path)


class PollsContract(ConnectorContract):
    """What every source of answers promises."""

    def make(self, workspace: Path, answers: Mapping[tuple[str, str], Grid]) -> Polls:
        """Return a source that holds *answers* by client and programme."""
        raise NotImplementedError

    def test_answers_come_as_a_table(self, tmp_path: Path) -> None:
        """Rows are people, columns are slots."""
        grid = (("email", "2027-01-19"), ("ana@northern.example", "if needed"))

        table = self.make(tmp_path, {("northern", "primary-care"): grid}).read_availability("northern", "primary-care")

        demand("there are answers", table is not None)
        found = [] if table is None else [table.header, *(tuple(row.values.values()) for row in table.rows)]
        demand_equal("answers are kept", [tuple(line) for line in grid], found)

    def test_no_answers_yet_is_none(self, tmp_path: Path) -> None:
        """A programme nobody answered for has no table."""
        demand_equal("no answers is None", None, self.make(tmp_path, {}).read_availability("northern", "other"))


class ReportSinkContract(ConnectorContract):
    """What every report sink promises."""

    def make(self, workspace: Path) -> ReportSink:
        """Return a sink that takes at least `html`."""
        raise NotImplementedError

    def published(self, place: str) -> bytes:
        """Return what readers find at *place* as `html`."""
        raise NotImplementedError

    def test_a_report_is_found_whole(self, tmp_path: Path) -> None:
        """Every byte of the report is at the place that was returned."""
        content = "<h1>Présence 93 %</h1>\n".encode() * 1000

        place = self.make(tmp_path).publish(_publication(content))

        demand_equal("the report is whole", content, self.published(place))

    def test_the_same_report_again_replaces(self, tmp_path: Path) -> None:
        """A report of the same name and day has one place, and the last one is there."""
        sink = self.make(tmp_path)

        first = sink.publish(_publication(b"<h1>first, and longer</h1>"))
        second = sink.publish(_publication(b"<h1>second</h1>"))

        demand_equal("one place", first, second)
        demand_equal("the last one counts", b"<h1>second</h1>", self.published(second))

    def test_it_is_safe_from_several_threads(self, tmp_path: Path) -> None:
        """Reports of several programmes are published at once, each whole at its own place."""
        sink = self.make(tmp_path)
        reports = [dataclasses.replace(_publication(b"%d" % n), programme=f"programme-{n}") for n in range(8)]

        with ThreadPoolExecutor(max_workers=4) as senders:
            places = list(senders.map(sink.publish, reports))

        found = [self.published(place) for place in places]
        demand_equal("each is whole", [report.files["html"] for report in reports], found)


def _rest(connector: object) -> None:
    if isinstance(connector, Resting):
        connector.rest()


def _publication(content: bytes) -> Publication:
    return Publication(
        client="northern-health",
        programme="primary-care",
        name="client",
        as_of=date(2027, 3, 1),
        files={"html": content, "csv": b"id,value\r\n", "json": b"{}"},
    )
