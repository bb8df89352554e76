"""Rule files: layers of TOML, laid into one typed, frozen ruleset for each programme."""

from convener.rulesets.loader import Loaded, client_ids, isolated_by, load_client

__all__ = ["Loaded", "client_ids", "isolated_by", "load_client"]
