"""Proposals and flags."""

from datetime import UTC, datetime, timedelta

from convener.model import Flag
from convener.store import Store

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


def _flag(id_: str, since: datetime = NOON, programme: str = "care") -> Flag:
    return Flag(
        id=id_,
        severity="high",
        client="north",
        programme=programme,
        subject="care/tyne/1",
        since=since,
        text="no register",
        settle="convener attendance record",
    )


def test_the_last_proposal_of_a_kind_is_kept(store: Store) -> None:
    """Proposing again replaces; pods and dates are apart, and so are programmes."""
    with store.begin() as tx:
        tx.put_proposal("north/care", "pods", {"score": 9, "pods": []}, at=NOON)
        tx.put_proposal("north/care", "pods", {"score": 7, "pods": ["tyne"], "bound": None}, at=NOON)

        assert {"score": 7, "pods": ["tyne"], "bound": None} == tx.proposal("north/care", "pods")
        assert None is tx.proposal("north/care", "dates")
        assert None is tx.proposal("north/leaders", "pods")


def test_flags_are_replaced_and_keep_their_beginning(store: Store) -> None:
    """A flag raised again is as old as it was; one no longer raised is gone."""
    with store.begin() as tx:
        tx.put_flags("north/care", [_flag("old"), _flag("settled")])
        tx.put_flags("north/leaders", [_flag("other", programme="leaders")])
        tx.put_flags("north/care", [_flag("new", NOON + timedelta(1)), _flag("old", NOON + timedelta(1))])

        assert [_flag("old"), _flag("new", NOON + timedelta(1))] == tx.flags("north/care")
        assert ["old", "other", "new"] == [flag.id for flag in tx.flags("north")]
        assert 3 == len(tx.flags())
        assert [] == tx.flags("south")
