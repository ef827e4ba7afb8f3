"""All modules of the package that can be imported here."""

import importlib
import pkgutil

import acmrules


def all_modules():
    """Yield each module, except those of guards whose tool is not installed."""
    for found in pkgutil.walk_packages(acmrules.__path__, "acmrules."):
        if found.name.endswith("__main__"):
            continue
        try:
            yield importlib.import_module(found.name)
        except ModuleNotFoundError as error:
            if not found.name.startswith("acmrules.guards.") or error.name.startswith("acmrules"):
                raise
