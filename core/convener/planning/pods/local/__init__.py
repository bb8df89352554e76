"""Iterated local search for who sits with whom: counts by pod and value, exact costs of every change."""
