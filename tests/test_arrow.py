import importlib
import sys

import pytest

from acmrules import arrow
from acmrules.errors import MissingPackage


@pytest.fixture
def reload(monkeypatch):
    """Return a function that imports the package again, without some of its modules."""

    def load(*absent):
        for name in [*sys.modules]:
            if name == "acmrules.arrow" or name.startswith("acmrules.arrow."):
                monkeypatch.delitem(sys.modules, name)
        for name in absent:
            monkeypatch.setitem(sys.modules, name, None)
        return importlib.import_module("acmrules.arrow")

    monkeypatch.setattr("acmrules.arrow", arrow)  # Restores the attribute after the test.
    return load


def test_without_pyarrow_the_error_says_what_to_install(reload):
    """The package needs its extra."""
    with pytest.raises(MissingPackage) as raised:
        reload("pyarrow")
    assert str(raised.value) == "pyarrow is not installed; run `pip install 'acmrules[arrow]'`"


def test_any_other_missing_module_is_an_error_of_its_own(reload):
    """Only pyarrow is reported as missing."""
    with pytest.raises(ImportError, match=r"acmrules\.arrow\.columns"):
        reload("acmrules.arrow.columns")


def test_the_package_exports_what_users_need():
    """All names are there, and `dir` lists them."""
    assert arrow.__all__ == ["COLUMNS", "CertificateNames", "examine"]
    assert all(hasattr(arrow, name) for name in arrow.__all__)
