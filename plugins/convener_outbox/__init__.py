"""The outbox connector."""
