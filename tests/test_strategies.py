"""The public strategies as a package."""

import subprocess
import sys

from hypothesis.strategies import SearchStrategy

from acmrules import strategies

NEED_ARGUMENTS = {"covered_hosts", "rules_of_requests", "uncovered_hosts"}


def test_each_strategy_has_a_first_line_in_the_imperative():
    """`help` says what it draws."""
    for name in strategies.__all__:
        function = getattr(strategies, name)
        assert function.__doc__.startswith(("Draw ", "Return ")), name
        if name not in NEED_ARGUMENTS:
            assert isinstance(function(), SearchStrategy), name


def test_the_error_without_hypothesis_names_the_package():
    """It is the one thing to do."""
    code = "import sys; sys.modules['hypothesis'] = None; import acmrules.strategies"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.stderr.strip().splitlines()[-1] == (
        "ModuleNotFoundError: `acmrules.strategies` needs the package `hypothesis`; "
        "install it with `pip install hypothesis`"
    )
