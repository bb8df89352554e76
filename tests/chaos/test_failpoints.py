"""Failpoints are found in the code, so that no step can be forgotten (N5)."""

import pytest
from tests.chaos.failpoints import Found, read_module, read_package

SOURCE = """
class Office:
    def work(self, workspace):
        def inside():
            with workspace.store.begin() as tx:
                pass
        with contained("mail", KeyError):
            pass

def upgrade(engine, step):
    with committing(engine, f"store.upgrade.{step}"):
        failpoint("store.upgrade.backup:made")

def forgotten(engine):
    with engine.begin() as connection:
        pass
"""
BARE = {
    "store.engines._postgresql.<locals>.prepare",  # sets up a connection: nothing of ours is written
    "store.store._bring_up_to_date",  # looks which schema it finds
    "store.upgrade._found",  # ditto
}
"""Functions that begin a transaction of their own and write nothing."""


@pytest.fixture(scope="module")
def package() -> Found:
    """Read the whole package once."""
    return read_package()


def test_each_step_has_two() -> None:
    """A transaction, a call and a named step are found, nested functions under the name that Python gives them."""
    found = read_module(SOURCE, "rooms.office").failpoints

    assert {
        "rooms.office.Office.work.<locals>.inside:commit",
        "rooms.office.Office.work.<locals>.inside:committed",
        "rooms.office.Office.work:call",
        "rooms.office.Office.work:called",
        "store.upgrade.{}:commit",
        "store.upgrade.{}:committed",
        "store.upgrade.backup:made",
    } == found


def test_a_commit_without_one_is_found() -> None:
    """What commits beside the store is named, so that it cannot stay."""
    assert {"rooms.office.forgotten"} == read_module(SOURCE, "rooms.office").bare


def test_nothing_commits_without_one(package: Found) -> None:
    """In the whole package every commit that writes has a failpoint on each side (fault 1)."""
    assert BARE == package.bare


def test_every_migration_is_one_step(package: Found) -> None:
    """The steps of an upgrade are named after the revisions there are (fault 47)."""
    assert {"store.upgrade.0001:commit", "store.upgrade.0003:committed"} <= package.failpoints
    assert not [name for name in package.failpoints if "{}" in name]
