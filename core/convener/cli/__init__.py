"""The command line: data on stdout, words on stderr, exit codes of `convener.errors.Exit`."""

from convener.cli.app import main

__all__ = ["main"]
