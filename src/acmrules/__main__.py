"""`python -m acmrules` is the command line."""

from acmrules.lint.cli import program

program()
