"""The error of names: where it is exported, and when it is loaded."""

import pickle
import subprocess
import sys

import acmrules
from acmrules import errors
from acmrules.name_errors import InvalidName, NameFault, refusal

RUN = """\
import sys
from acmrules.unresolved import read_name
for text in sys.argv[1:]:
    read_name(text)
print(*{"ascii_faults", "name_errors", "name_reader"} & {m.rpartition(".")[2] for m in sys.modules})
"""


def loaded(*texts):
    """Return the modules that reading names in a new process loads, of those few runs need."""
    command = [sys.executable, "-c", RUN, *texts]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {*run.stdout.split()}


def test_the_package_and_the_module_of_errors_export_the_error_of_names():
    """There is one class, whatever module it is imported from."""
    assert InvalidName is errors.InvalidName is acmrules.InvalidName
    assert NameFault is errors.NameFault is acmrules.NameFault


def test_only_an_invalid_name_loads_the_error_of_names():
    """A run whose names are valid does not create the enumeration of faults."""
    assert loaded("example.com", "*.example.com", "my-host.example.com") == set()
    assert loaded("a--b.example.com", f"{'a' * 60}.example.com") == {"ascii_faults"}
    assert loaded("b\u00fccher.example") == {"name_reader", "ascii_faults"}
    assert loaded("a_b.example.com") == {"name_errors", "ascii_faults"}


def test_an_error_has_its_arguments():
    """The error keeps all arguments, also the default one, as exceptions do."""
    error = InvalidName("a_b.io", fault=NameFault.UNDERSCORE, span=(1, 2))
    assert error.args == ("a_b.io", NameFault.UNDERSCORE, (1, 2), "")
    assert pickle.loads(pickle.dumps(error)).args == error.args


def test_a_refusal_has_the_fault_of_that_name():
    """The error is made of the name of a fault and the span."""
    error = refusal("a_b.io", "UNDERSCORE", 1, 2, "more")
    assert error.args == ("a_b.io", NameFault.UNDERSCORE, (1, 2), "more")
