"""The example the rig plays: one client, two pods, four people, an invite and a welcome each."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from convener.model import Dispatch, Parcel, Verb
from convener.operations.initialise import initialise
from convener.operations.parcels import message_id

CLIENT, PROGRAMME = "acme", "first"
SCOPE = f"{CLIENT}/{PROGRAMME}"
OPENING = datetime(2026, 11, 30, 9, tzinfo=UTC)
"""When its people are read and its pod and dates are found."""
GO_LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)
FIRST_TICK = GO_LIVE + timedelta(minutes=5)
SENDER = "convener@rig.example"
PLANNED = 10
"""How many messages the first tick plans: welcomes to four people, invites to them and to two coaches."""
FAR = datetime(3000, 1, 1, tzinfo=UTC)
LATER = timedelta(minutes=10)
"""After this every lease has ended and every first retry is due."""
RULES = """\
schema = 1

[client]
name = "Acme"
timezone = "Europe/London"
locale = "en-GB"
holidays = "GB-ENG"

[stack]
roster = "files"
email = "wire"
text = "wire"
calendar = "wire"
polls = "files"
reports = ["pages"]

[rules.pod-size]
kind = "pod-size"
flexibility = "inflexible"
min = 1
target = 2
max = 3
reason = "Two small pods."

[rules.coach-load]
kind = "coach-load"
flexibility = "inflexible"
max_pods = 6
max_sessions_per_day = 2

[rules.office-hours]
kind = "session-window"
flexibility = "flexible"
weight = 2
days = ["mon", "tue", "wed", "thu", "fri"]
between = ["09:00", "17:00"]
zone = "member"

[rules.quorum]
kind = "quorum"
flexibility = "inflexible"
members = "75%"
coach = true

[rules.statuses]
kind = "attendance-status"
flexibility = "flexible"
attended = { counts = true, present = true }
missed = { counts = true, present = false }

[automations.welcome]
on = "participant.joined"
for_each = "participant"
do = { send = "welcome", via = ["email"] }

[automations.invites]
on = "session.confirmed"
for_each = "member"
do = { invite = "session", via = ["calendar"] }

[programmes.first]
title = "First steps"
starts = 2027-01-11
sessions = { count = 1, length = "2 hours" }
topics = ["Kick-off"]
roster = { path = "acme.csv" }
coaches = "all"
"""
ROSTER = """\
id,name,email,timezone,department,manager,manager_email
1,Ana Ruiz,ana@acme.example,Europe/London,Sales,Mia Holt,mia@acme.example
2,Ben Osei,ben@acme.example,Europe/London,Works,Mia Holt,mia@acme.example
3,Cleo Tan,cleo@acme.example,Europe/London,Sales,Max Bell,max@acme.example
4,Dan Wolf,dan@acme.example,Europe/London,Works,Max Bell,max@acme.example
"""
COACHES = """\
email,name,timezone,max_pods,accredited,years,away
rob@coaches.example,Rob Roy,Europe/London,4,leadership,9,
sue@coaches.example,Sue Sky,Europe/London,4,leadership,7,
"""
ANSWERING = (
    *(f"{name}@acme.example" for name in ("ana", "ben", "cleo", "dan")),
    "rob@coaches.example",
    "sue@coaches.example",
)
DAYS = (12, 13, 14, 19, 20, 26, 27, 28)
AVAILABILITY = (
    "email,"
    + ",".join(f"2027-01-{day}T{hour}:00:00+00:00" for day in DAYS for hour in (10, 14))
    + "\n"
    + "".join(address + ",yes" * (2 * len(DAYS)) + "\n" for address in ANSWERING)
)
CONFIG = """\
database = "{database}"

[sender]
name = "Convener"
email = "convener@rig.example"

[daemon]
tick = "1 minute"
deliver = "1 minute"
rules = "1 minute"
lease = "1 minute"
listen = "127.0.0.1:0"

[connectors.files]
plugin = "files"
folder = "data"
coaches = "coaches.csv"

[connectors.pages]
plugin = "reports"
folder = "var/reports"
formats = ["html"]

[connectors.wire]
{wire}
"""


def draft(folder: Path) -> None:
    """Make the workspace as a person begins with it; its configuration is written when it is put up."""
    initialise(folder)
    for name, content in {
        f"rulesets/{CLIENT}.toml": RULES,
        f"data/{CLIENT}.csv": ROSTER,
        "data/coaches.csv": COACHES,
        f"data/{CLIENT}-availability.csv": AVAILABILITY,
    }.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "rulesets" / "my-client.toml").unlink()


def made(number: int, due: datetime) -> Dispatch:
    """Return a dispatch without a past."""
    return Dispatch(
        client=CLIENT,
        programme=PROGRAMME,
        automation="rig",
        step="send.reminder.email",
        subject=f"{PROGRAMME}/rig/1",
        slot=f"{number:05}",
        recipient=f"E-{number:05}",
        channel="email",
        connector="wire",
        due=due,
        reason="the rig wants it",
        verb=Verb.SEND,
        what="reminder",
    )


def parcel(dispatch: Dispatch) -> Parcel:
    """Return a small mail."""
    return Parcel(
        message_id=message_id(dispatch.key, SENDER),
        to_name="Ana Ruiz",
        to_email=f"{dispatch.recipient.lower()}@acme.example",
        subject=f"Number {dispatch.slot}",
        text="Your session is on Tuesday.\n",
        headers={"Date": "Mon, 07 Dec 2026 09:00:00 GMT"},
    )
