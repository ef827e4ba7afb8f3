"""The command that rewrites expected output."""

import subprocess
import sys

import pytest
from tests import update


@pytest.mark.parametrize("part", update.PARTS)
def test_each_part_is_a_program_and_documented(part):
    """Each part names a program in the repository and has a row in the docstring."""
    program = update.PARTS[part]
    assert 'if __name__ == "__main__":' in (update.ROOT / program).read_text("utf-8")
    rows = [line for line in update.__doc__.splitlines() if line.startswith(f"| `{part}` |")]
    assert [row.endswith(f"| `{program}` |") for row in rows] == [True]


def test_an_unknown_part_is_rejected():
    """The command lists the parts and changes nothing."""
    run = subprocess.run(
        [sys.executable, update.__file__, "case"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stderr == f"unknown part 'case'; choose from {', '.join(update.PARTS)}\n"
