"""The reports connector."""
