"""For tests of plugins and of the core: in-memory twins of every port and the contracts that all plugins keep."""

from convener.testing.contracts import (
    CalendarContract,
    ConnectorContract,
    LookupContract,
    MessengerContract,
    PollsContract,
    ReportSinkContract,
    RosterContract,
)
from convener.testing.language import FactContract, KindContract
from convener.testing.parcels import CALENDAR, a_mail, a_text, an_invite
from convener.testing.registers import FIRST_DAY, a_register
from convener.testing.twins import (
    MemoryLookup,
    MemoryMessenger,
    MemoryPolls,
    MemoryRoster,
    MemorySink,
    NoSettings,
    table_of,
)

__all__ = [
    "CALENDAR",
    "FIRST_DAY",
    "CalendarContract",
    "ConnectorContract",
    "FactContract",
    "KindContract",
    "LookupContract",
    "MemoryLookup",
    "MemoryMessenger",
    "MemoryPolls",
    "MemoryRoster",
    "MemorySink",
    "MessengerContract",
    "NoSettings",
    "PollsContract",
    "ReportSinkContract",
    "RosterContract",
    "a_mail",
    "a_register",
    "a_text",
    "an_invite",
    "table_of",
]
