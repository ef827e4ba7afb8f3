"""The library itself, as a program uses it: the model of a guard."""

from tests.support.guards.cases import rows

from acmrules import lint


def takes(_case):
    """Return whether the guard can check the inputs of a case."""
    return True


def findings(case):
    """Return the rows of the guard's findings in the current folder."""
    return rows(lint.check_paths(case.paths).to_dict()["findings"])
