"""`python -m acmrules` is the command line."""

from acmrules.cli.main import program

program()
