"""The daemon: one process that keeps every live programme of a workspace going until it is told to stop."""
