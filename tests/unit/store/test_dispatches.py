"""Parcels as JSON."""

import json

from convener.model import Parcel
from convener.store.dispatches import read_parcel, write_parcel


def test_a_parcel_survives_as_plain_json(parcel: Parcel) -> None:
    """Every field and every byte of an attachment comes back."""
    assert parcel == read_parcel(json.loads(json.dumps(write_parcel(parcel))))


def test_a_bare_parcel_survives() -> None:
    """What is left out stays left out."""
    bare = Parcel(message_id="<1@convener>", to_name="", to_email="a@north.example")

    assert bare == read_parcel(write_parcel(bare))
