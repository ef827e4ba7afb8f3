"""`from_type` of Hypothesis for the values of the library."""

import subprocess
import sys

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

import acmrules
from acmrules import CertificateRequest, DomainName, KeyAlgorithm, Name, NameList
from acmrules.hypothesis_plugin import _STRATEGIES


@pytest.mark.parametrize("name", [*_STRATEGIES, "KeyAlgorithm", "ValidationMethod", "NameFault"])
def test_from_type_draws_values(name):
    """Members of enumerations need no strategy."""
    kind = getattr(acmrules, name)

    @given(st.from_type(kind))
    def law(value):
        assert isinstance(value, kind)

    law()


def test_a_function_is_called_with_values_of_its_annotations():
    """`builds` uses the types of arguments."""

    def certificate(primary: DomainName, others: NameList, key: KeyAlgorithm, host: Name) -> tuple:
        return primary, others, key, host

    primary, others, key, host = find(st.builds(certificate), lambda _: True)
    assert str(primary) == "www.com"
    assert str(others) == "example.com"
    assert key is KeyAlgorithm.RSA_1024
    assert str(host) == "www.com"


@given(st.from_type(CertificateRequest))
def test_a_request_has_no_error(request):
    """The strategy is that of valid requests."""
    assert acmrules.lint.check(request, settings={}).count(acmrules.lint.Severity.ERROR) == 0


def test_hypothesis_loads_the_classes_alone():
    """The linter, the rules and the strategies load with the first draw."""
    code = (
        "import sys, hypothesis.strategies as st\n"
        "loaded = [m for m in sys.modules if m.startswith(('acmrules.lint', 'acmrules.strat'))]\n"
        "assert 'acmrules.names' in sys.modules, 'entry point'\n"
        "from acmrules import DomainName\n"
        "print(loaded, st.from_type(DomainName).validate())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.stdout.strip() == "[] None", run.stderr
