"""Verification: everything that must hold of the rows of a database, looked at row by row."""

from convener.store.verification.fault import Fault
from convener.store.verification.verify import Verdict, verify

__all__ = ["Fault", "Verdict", "verify"]
