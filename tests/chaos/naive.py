"""What the rig must be able to catch: a sender that reads what is ready, sends it, and marks it afterwards.

Everybody's first outbox. `python -m tests.chaos.naive DATABASE WORKSPACE PORT`: prints `ready`, begins at a line from
its input. Two of them on one ledger send the same rows.
"""

import sys
from contextlib import closing
from pathlib import Path

from convener_rig.web import RigSettings, post

from convener.model import DispatchState
from convener.store import Store

BATCH = 50


def send_all(store: Store, settings: RigSettings) -> None:
    """Send until nothing is ready; nobody else knows what is on the wire meanwhile."""
    while True:
        with store.begin() as tx:
            ready = tx.ledger(states=[DispatchState.READY])[:BATCH]
        if not ready:
            return
        for row in ready:
            post(settings, "/sms", row.message_id)
            with store.begin() as tx:
                tx.overrule(row.dispatch.key, DispatchState.SENT, at=row.dispatch.due)


if __name__ == "__main__":
    database, workspace, port = sys.argv[1:]
    with closing(Store.open(database, workspace=Path(workspace))) as opened:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        send_all(opened, RigSettings(port=int(port)))
