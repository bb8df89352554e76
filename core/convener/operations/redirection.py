"""Sending everything to one address while a workspace is being tried out (P19)."""

from dataclasses import replace
from html import escape

from convener.errors import PermanentError
from convener.model import Dispatch, Parcel
from convener.operations.workspace import Workspace

MAILED = frozenset({"email", "calendar"})
"""Channels whose connectors write to an address themselves; everything else is mailed instead."""


def redirect(workspace: Workspace, dispatch: Dispatch, parcel: Parcel) -> str:
    """Hand *parcel* to the one address instead of its recipient and return the connector's receipt.

    Text messages, calls and reports for a sink go as mail too, through the programme's first connector for email: no
    telephone rings and nothing is published. Raise PermanentError when it has none.
    """
    connector = dispatch.connector
    if dispatch.channel not in MAILED:
        stack = workspace.rules.ruleset(f"{dispatch.client}/{dispatch.programme}").stack
        connector = next(iter(stack.get("email", ())), "")
    if not connector:
        raise PermanentError("redirect_all is set, and [stack] names no connector for email to send it through")
    return workspace.connectors.messenger(connector).send(redirected(dispatch, parcel, workspace.settings.redirect_all))


def redirected(dispatch: Dispatch, parcel: Parcel, address: str) -> Parcel:
    """Return *parcel* as it goes to *address*: its first words say for whom it was meant, and by which way."""
    meant = f"This {dispatch.channel} message was meant for {_recipient(dispatch, parcel)}."
    subject = parcel.subject or dispatch.what.replace("-", " ")
    return replace(
        parcel,
        to_email=address,
        to_mobile="",
        subject=f"[to {parcel.to_name}] {subject}",
        text=f"{meant}\n\n{parcel.text}",
        html=_noted(parcel.html, meant),
    )


def _recipient(dispatch: Dispatch, parcel: Parcel) -> str:
    number = dispatch.channel == "text" and parcel.to_mobile
    return f"{parcel.to_name} <{number or parcel.to_email}>"


def _noted(html: str, meant: str) -> str:
    """Return *html* with *meant* as the first words of its body; nothing when there is no page."""
    if not html:
        return ""
    head, body, rest = html.partition("<body>")
    note = f'<p class="from"><strong>{escape(meant)}</strong></p>'
    return f"{head}{body}\n{note}{rest}" if body else f"{note}{html}"
