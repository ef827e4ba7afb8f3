"""`python -m acmrules` is the command line."""

import subprocess
import sys


def test_python_runs_it_as_a_module():
    """`python -m acmrules` is the command line, with its exit codes."""
    command = [sys.executable, "-m", "acmrules", "coverage", "a.io", "--", "b.io"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
