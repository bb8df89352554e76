"""Delivery: what is due goes from the ledger through its connector, and what became of it goes back (design §7)."""

from convener.operations.delivery.coordinator import Delivery, deliver
from convener.operations.delivery.recovery import ALONE
from convener.operations.delivery.tally import DeliverReport, Sent

__all__ = ["ALONE", "DeliverReport", "Delivery", "Sent", "deliver"]
