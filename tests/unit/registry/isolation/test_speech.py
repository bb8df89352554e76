"""What crosses the pipe."""

import pickle
from types import MappingProxyType

import pytest

from convener.errors import (
    AmbiguousError,
    ConvenerError,
    DataError,
    Delay,
    InvalidError,
    PermanentError,
    RefusedError,
    RetryError,
)
from convener.ports import Table, TableRow
from convener.registry.isolation.speech import crossing, passable


class PeculiarError(RetryError):
    """A plugin's own kind, with a way of its own to be made."""

    def __init__(self, seconds: int) -> None:
        super().__init__("peculiar", retry_after=seconds, delay=Delay.GREYLISTED)
        self.secret = "ana@northern.example"  # noqa: S105 - what must not cross


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PeculiarError(7), RetryError),
        (PermanentError("no", dead=True), PermanentError),
        (AmbiguousError("perhaps"), AmbiguousError),
        (DataError("line 3", hint="mend it"), DataError),
        (RefusedError("no", rules=("size",)), ConvenerError),
        (InvalidError(()), ConvenerError),
    ],
)
def test_every_error_crosses_as_one_of_ours(error: ConvenerError, kind: type[ConvenerError]) -> None:
    """Words, cure and what the ledger reckons with survive; what is a plugin's own does not cross."""
    told = pickle.loads(pickle.dumps(crossing(error)))  # noqa: S301 - what we have just pickled

    assert (kind, str(error), error.hint) == (type(told), str(told), told.hint)
    assert not hasattr(told, "secret")
    for known in ("dead", "retry_after", "delay"):
        assert getattr(error, known, None) == getattr(told, known, None)


def test_a_table_of_views_can_be_passed() -> None:
    """A reader may hand out views of its rows; plain rows cross."""
    table = Table(source="x", header=("a",), rows=(TableRow(line=2, values=MappingProxyType({"a": "1"})),))

    assert table == pickle.loads(pickle.dumps(passable(table)))  # noqa: S301 - as above
    assert "word" == passable("word")
