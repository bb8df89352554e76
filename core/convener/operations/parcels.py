"""Parcels: a dispatch rendered, frozen, ready for its connector."""

import hashlib
import json
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any

from convener.model import Attachment, Dispatch, InviteTerms, Parcel, Person, Register, Verb
from convener.operations.messages import Scene, Sender, message_context
from convener.operations.workspace import local_day
from convener.ports import Publication
from convener.rendering import Channel, MessageContext, Rendered, Renderer, attachment, calendar_object, invite_name
from convener.rendering.context import FigureView
from convener.reporting import Figure, Report, client_report, report_context, report_csv, report_json
from convener.rulesets.ruleset import Ruleset
from convener.settings import Settings

SINKS = "reports"
"""The channel whose connectors take finished reports instead of messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelMaker:
    """Renders the dispatches of one programme as its register stands."""

    renderer: Renderer
    sender: Sender
    ruleset: Ruleset
    register: Register
    _known: dict[Hashable, Any] = field(default_factory=dict[Hashable, Any], repr=False, compare=False)
    _reports: dict[date, tuple[Report, dict[str, bytes]]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, renderer: Renderer, settings: Settings, ruleset: Ruleset, register: Register) -> "ParcelMaker":
        """Make one for *ruleset* and *register* with the sender of *settings*."""
        sender = Sender(name=settings.sender_name, email=settings.sender_email)
        return cls(renderer=renderer, sender=sender, ruleset=ruleset, register=register)

    def make(self, dispatch: Dispatch, *, at: datetime) -> Parcel:
        """Render *dispatch* as of *at*; raise DataError naming the template and line when it cannot be."""
        scene = Scene(self.ruleset, self.register, dispatch, self._known)
        if dispatch.verb is Verb.REPORT and dispatch.channel == SINKS:
            bare = Rendered(subject=dispatch.what, text="", html="")
            files = tuple(_file(dispatch.what, ending, content) for ending, content in self._report(at)[1].items())
            return self._addressed(scene, bare, files, at)
        context = message_context(scene, self.sender)
        if dispatch.verb is Verb.REPORT:
            return self._report_mail(scene, context, at)
        if dispatch.invite is not None:
            return self._invite(scene, context, dispatch.invite, at)
        attachments = self._attachments(dispatch, context)
        context["attachments"] = [attachment.name for attachment in attachments]
        return self._addressed(scene, self._words(dispatch, scene.recipient, context), attachments, at)

    def _words(self, dispatch: Dispatch, person: Person, context: MessageContext) -> Rendered:
        channel: Channel = "text" if dispatch.channel == "text" else "email"
        zone = person.zone or self.ruleset.zone
        return self.renderer.message(dispatch.what, context, zone=zone, locale=self.ruleset.locale, channel=channel)

    def _addressed(self, scene: Scene, words: Rendered, attachments: tuple[Attachment, ...], at: datetime) -> Parcel:
        dispatch, person = scene.dispatch, scene.recipient
        return Parcel(
            message_id=message_id(dispatch.key, self.sender.email),
            to_name=person.name,
            to_email=person.email,
            to_mobile=person.mobile,
            subject=words.subject,
            text=words.text,
            html=words.html,
            attachments=attachments,
            headers={"Date": scene.once(("date", at), lambda: format_datetime(at.astimezone(UTC)))},
        )

    def _invite(self, scene: Scene, context: MessageContext, terms: InviteTerms, at: datetime) -> Parcel:
        """Render an invite: the mail's own words, and the entry in the diary."""
        person, name = scene.recipient, invite_name(terms)
        zone, locale = person.zone or self.ruleset.zone, self.ruleset.locale
        entry = self.renderer.message("invite", context, zone=zone, locale=locale, channel="calendar")
        calendar = calendar_object(
            terms,
            summary=entry.subject,
            description=entry.text,
            location="",
            organizer=(self.sender.name, self.sender.email),
            attendee=(person.name, person.email),
            stamp=at,
        )
        words = self.renderer.message(name, context, zone=zone, locale=locale)
        mail = self._addressed(scene, words, (), at)
        return replace(mail, calendar=calendar, calendar_method=terms.method)

    def _attachments(self, dispatch: Dispatch, context: MessageContext) -> tuple[Attachment, ...]:
        locale = self.ruleset.locale
        return tuple(attachment(self.renderer, pattern, context, locale=locale) for pattern in dispatch.attach)

    def _report_mail(self, scene: Scene, context: MessageContext, at: datetime) -> Parcel:
        report, files = self._report(at)
        attachments = (_file(scene.dispatch.what, "html", files["html"]),)
        context["attachments"] = [attachment.name for attachment in attachments]
        context["report"] = {"as_of": report.as_of, "figures": [_figure(figure) for figure in report.figures]}
        return self._addressed(scene, self._words(scene.dispatch, scene.recipient, context), attachments, at)

    def _report(self, at: datetime) -> tuple[Report, dict[str, bytes]]:
        """Return the report of a day in every format, made once for all its sinks and readers."""
        day = local_day(at, self.ruleset)
        if day not in self._reports:
            report = client_report(self.ruleset, self.register, as_of=day)
            self._reports[day] = (report, report_files(self.renderer, self.ruleset, report))
        return self._reports[day]


def report_files(
    renderer: Renderer, ruleset: Ruleset, report: Report, endings: tuple[str, ...] = ("html", "csv", "json")
) -> dict[str, bytes]:
    """Return *report* in each format named, by file ending."""
    makers = {
        "html": lambda: renderer.page("client", report_context(report), zone=ruleset.zone, locale=ruleset.locale),
        "csv": lambda: "\ufeff" + report_csv(report),  # without the mark spreadsheets misread accents
        "json": lambda: json.dumps(report_json(report), ensure_ascii=False, indent=2) + "\n",
    }
    return {ending: makers[ending]().encode() for ending in endings}


def publication(dispatch: Dispatch, parcel: Parcel) -> Publication:
    """Turn the parcel of a report back into what a sink takes."""
    return Publication(
        client=dispatch.client,
        programme=dispatch.programme,
        name=dispatch.what,
        as_of=_as_of(dispatch),
        files={attachment.name.rpartition(".")[2]: attachment.content for attachment in parcel.attachments},
    )


def message_id(key: str, sender: str) -> str:
    """Return the Message-ID of the dispatch with that *key*: the same on every attempt (RFC 5322 §3.6.4)."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<{digest}@{sender.rpartition('@')[2]}>"


def _as_of(dispatch: Dispatch) -> date:
    """Read the slot, which is the local date and time it fell due."""
    return date.fromisoformat(dispatch.slot[:10])


def _figure(figure: Figure) -> FigureView:
    """Return a figure for a mail; a mean has no numerator and denominator to show as a share."""
    share = figure.unit != "mean"
    return {
        "label": figure.label,
        "value": figure.value,
        "numerator": figure.numerator if share else None,
        "denominator": figure.denominator if share else None,
    }


def _file(name: str, ending: str, content: bytes) -> Attachment:
    types = {"html": "text/html", "csv": "text/csv", "json": "application/json"}
    return Attachment(name=f"{name}.{ending}", content=content, media_type=types[ending])
