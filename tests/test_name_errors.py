"""The error of names: where it is exported, and when it is loaded."""

import subprocess
import sys

import acmrules
from acmrules import errors
from acmrules.name_errors import InvalidName, NameFault

RUN = """\
import os, sys
from acmrules.unresolved import read_name
for text in sys.argv[1:]:
    read_name(text)
print("acmrules.name_errors" in sys.modules)
"""


def loads(*texts):
    """Return whether reading names in a new process loads the error of names."""
    run = subprocess.run([sys.executable, "-c", RUN, *texts], capture_output=True, check=True)
    return run.stdout.strip() == b"True"


def test_the_package_and_the_module_of_errors_export_the_error_of_names():
    """There is one class, whatever module it is imported from."""
    assert InvalidName is errors.InvalidName is acmrules.InvalidName
    assert NameFault is errors.NameFault is acmrules.NameFault


def test_only_an_invalid_name_loads_the_error_of_names():
    """A run whose names are valid does not create the enumeration of faults."""
    assert not loads("example.com", "*.example.com")
    assert loads("a_b.example.com")
