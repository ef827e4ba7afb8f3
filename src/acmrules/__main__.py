"""Runs the command line: `python -m acmrules`."""

from acmrules.cli.main import program

program()
