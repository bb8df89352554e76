"""A kill in the middle of many mails, and a server that stops."""

import pytest
from tests.chaos.disasters import killed_midway
from tests.chaos.ground import PutUp
from tests.chaos.world import Base, Wire

pytestmark = pytest.mark.integration


def test_a_kill_in_the_middle_loses_no_mail(put_up: PutUp) -> None:
    """Killed in the middle of some hundred mails and given again, every mail arrives under its one Message-ID (N5)."""
    with put_up(Base.SQLITE, Wire.SMTP) as world:
        verdict = killed_midway(world, 200)

    assert verdict.holds, verdict
    assert 200 == verdict.planned
