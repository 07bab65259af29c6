"""The command line: `juesuan build`, `extract`, `audit`, `serve`, …: a module a command."""

from kg.commands.app import main

__all__ = ["main"]
