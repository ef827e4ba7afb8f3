"""Reads responses of AWS from saved and from made up files."""

import json
from pathlib import Path

from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.syntax.source import Source

FILES = Path(__file__).parents[1] / "readers" / "account" / "files"


def saved(name):
    """Return the content of a saved response."""
    return json.loads((FILES / f"{name}.json").read_text())


def read(data, name="account.json", scope=ReadScope.EVERYTHING):
    """Return what a file with some data or some text declares."""
    text = data if isinstance(data, str) else json.dumps(data)
    return registry.read(Source(name, text), Parameters({}, scope=scope))


def notes(data, name="account.json"):
    """Return what was not read in a file, each with its line and column."""
    text = data if isinstance(data, str) else json.dumps(data)
    source, parameters = Source(name, text), Parameters({}, scope=ReadScope.EVERYTHING)
    declarations = registry.read(source, parameters)
    _, found = registry.repetitions(source, declarations, parameters)
    return [each.located for each in found]


def inventory(*contents):
    """Return the inventory of files with some contents."""
    return take_inventory(
        declaration
        for index, data in enumerate(contents)
        for declaration in read(data, f"{index}.json")
    )


def account(*contents):
    """Return what files with some contents show of accounts."""
    return inventory(*contents).account
