"""The error of asking DNS says what to do."""

import pickle

from acmrules.errors import AcmRulesError
from acmrules.network.dns.errors import NoResolver


def test_a_missing_resolver_says_how_to_name_one():
    """The error has what is wrong, and the option; it survives pickling."""
    error = NoResolver("this computer has no DNS resolver")
    assert isinstance(error, AcmRulesError)
    assert str(pickle.loads(pickle.dumps(error))) == (
        "this computer has no DNS resolver;"
        " name one with `--resolver HOST:PORT`, such as `--resolver 1.1.1.1:53`"
    )
