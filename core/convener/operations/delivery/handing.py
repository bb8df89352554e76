"""Handing one claimed dispatch over to its connector; runs in a sender, outside of every transaction."""

from convener.errors import ConnectorError, ConvenerError, PermanentError
from convener.model import Dispatch, Parcel, Verb
from convener.operations.parcels import SINKS, publication
from convener.operations.redirection import redirect
from convener.operations.workspace import Workspace
from convener.ports import Settlement
from convener.store import Claim


def hand_over(workspace: Workspace, claim: Claim, settlement: Settlement) -> ConvenerError | None:
    """Put one dispatch on the wire and return why it did not go, None when it went."""
    try:
        if not _has_arrived(workspace, claim, settlement):
            _put_on_the_wire(workspace, claim.row.dispatch, _content(claim))
    except ConvenerError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a sender must never die: whatever this is, nobody knows how far it came
        return ConnectorError(f"internal error {type(error).__name__}, please report")
    return None


def address_of(dispatch: Dispatch, parcel: Parcel | None) -> str:
    """Return where *parcel* goes: a number, an address, or nothing for a report in a sink."""
    if parcel is None or _is_published(dispatch):
        return ""
    return (dispatch.channel == "text" and parcel.to_mobile) or parcel.to_email


def _has_arrived(workspace: Workspace, claim: Claim, settlement: Settlement) -> bool:
    """Tell whether an earlier attempt arrived, where that can be read back; whoever sends once need not ask."""
    if settlement is not Settlement.LOOKUP or claim.row.attempts <= 1 or workspace.settings.redirect_all:
        return False
    lookup = workspace.connectors.lookup(claim.row.dispatch.connector)
    return lookup is not None and lookup.arrived(claim.row.message_id)


def _content(claim: Claim) -> Parcel:
    if claim.parcel is None:
        raise PermanentError("its content is no longer kept")
    return claim.parcel


def _put_on_the_wire(workspace: Workspace, dispatch: Dispatch, parcel: Parcel) -> None:
    if workspace.settings.redirect_all:
        redirect(workspace, dispatch, parcel)
    elif _is_published(dispatch):
        workspace.connectors.sink(dispatch.connector).publish(publication(dispatch, parcel))
    else:
        workspace.connectors.messenger(dispatch.connector).send(parcel)


def _is_published(dispatch: Dispatch) -> bool:
    return dispatch.verb is Verb.REPORT and dispatch.channel == SINKS
