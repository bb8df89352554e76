"""The files connector."""
