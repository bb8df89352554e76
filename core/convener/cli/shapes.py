"""The JSON shapes that several commands print: more keys may be added, none renamed.

Instants are ISO 8601 with offset; people are named by address, pods and sessions by id.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from convener.model import Dispatch, Flag, LedgerRow, Person, RuleOutcome, Violation

People = Mapping[str, Person]


def instant_shape(instant: datetime | None, zone: str = "") -> str | None:
    """Return *instant* as ISO 8601, on the wall clock of *zone* where that is named."""
    if instant is None:
        return None
    return (instant.astimezone(ZoneInfo(zone)) if zone else instant).isoformat()


def address(people: People, person: str | None) -> str | None:
    """Return the address of *person*, or the id itself for somebody the register does not know."""
    known = people.get(person or "")
    return known.email if known else person


def rule_shape(outcome: RuleOutcome) -> dict[str, object]:
    """Return what a rule did to a proposal."""
    return {
        "id": outcome.id,
        "flexibility": outcome.flexibility,
        "satisfied": outcome.satisfied,
        "cost": outcome.cost,
        "explanation": outcome.explanation,
        "where": list(outcome.where),
    }


def violation_shape(violation: Violation) -> dict[str, object]:
    """Return one rule that is not kept."""
    return {
        "rule": violation.rule,
        "inflexible": violation.inflexible,
        "subject": violation.subject,
        "text": violation.text,
    }


def dispatch_shape(dispatch: Dispatch, people: People, zone: str = "") -> dict[str, object]:
    """Return one dispatch as planned."""
    return {
        "key": dispatch.key,
        "automation": dispatch.automation,
        "step": dispatch.step,
        "subject": dispatch.subject,
        "slot": dispatch.slot,
        "recipient": address(people, dispatch.recipient),
        "channel": dispatch.channel,
        "connector": dispatch.connector,
        "due": instant_shape(dispatch.due, zone),
        "reason": dispatch.reason,
    }


def ledger_shape(row: LedgerRow, people: People, zone: str = "") -> dict[str, object]:
    """Return one dispatch as the ledger keeps it."""
    return dispatch_shape(row.dispatch, people, zone) | {
        "state": str(row.state),
        "attempts": row.attempts,
        "message_id": row.message_id,
        "settled": instant_shape(row.settled, zone),
        "not_before": instant_shape(row.not_before, zone),
        "error": row.error,
    }


def flag_shape(flag: Flag, zone: str = "") -> dict[str, object]:
    """Return one thing that needs a human."""
    return {
        "id": flag.id,
        "severity": flag.severity,
        "client": flag.client,
        "programme": flag.programme,
        "subject": flag.subject,
        "since": instant_shape(flag.since, zone),
        "text": flag.text,
        "settle": flag.settle,
    }
