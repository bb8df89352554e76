"""Whether the clock was set."""

from datetime import UTC, datetime, timedelta

from convener.clock import VirtualClock
from convener.daemon.jumps import Jumps

NOON = datetime(2027, 1, 18, 12, tzinfo=UTC)


class Settable(VirtualClock):
    """A clock whose time passes and is set apart from each other."""

    passed: float = 0.0

    def steady(self) -> float:
        """Return what really passed."""
        return self.passed

    def go_on(self, seconds: float, *, set_by: float = 0.0) -> None:
        """Let *seconds* pass, and the wall clock be set by *set_by* meanwhile."""
        self.passed += seconds
        self.instant += timedelta(seconds=seconds + set_by)


def test_a_jump_is_told_once_forward_and_back() -> None:
    """What passes is no jump, however long it was (fault 12)."""
    clock = Settable(NOON)
    jumps, found = Jumps(clock), []
    for seconds, set_by in ((60, 0), (60, 3600), (60, 0), (7200, 0), (60, -86400), (60, 0)):
        clock.go_on(seconds, set_by=set_by)
        found.append(round(jumps.look()))

    assert [0, 3600, 0, 0, -86400, 0] == found


def test_what_a_time_server_corrects_is_no_jump() -> None:
    """Five seconds are not worth a word."""
    clock = Settable(NOON)
    jumps = Jumps(clock)
    clock.go_on(60, set_by=4.9)

    assert not jumps.look()
