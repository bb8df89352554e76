"""Checking proposals against the text of the rules; shares no code with the solver."""
