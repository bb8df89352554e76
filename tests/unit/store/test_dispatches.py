"""Parcels as JSON."""

import json
from dataclasses import fields

from convener.model import Dispatch, Parcel
from convener.store.dispatches import read_parcel, write_parcel
from convener.store.schema import ledger


def test_a_parcel_survives_as_plain_json(parcel: Parcel) -> None:
    """Every field and every byte of an attachment comes back."""
    assert parcel == read_parcel(json.loads(json.dumps(write_parcel(parcel))))


def test_a_bare_parcel_survives() -> None:
    """What is left out stays left out."""
    bare = Parcel(message_id="<1@convener>", to_name="", to_email="a@north.example")

    assert bare == read_parcel(write_parcel(bare))


def test_every_field_of_a_dispatch_has_its_column() -> None:
    """A new field of the dispatch cannot be forgotten here; an invite's terms have five columns of their own."""
    assert set() == {field.name for field in fields(Dispatch)} - {"invite"} - set(ledger.c.keys())
