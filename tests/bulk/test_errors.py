"""The error that ends a bulk run."""

import pickle

import pytest

from acmrules.bulk.errors import AGAIN, BulkRunError, as_run_error
from acmrules.errors import InvalidArgument


@pytest.mark.parametrize(
    ("error", "line", "is_bug"),
    [
        (InvalidArgument("no column"), "no column", False),
        (BulkRunError("stopped"), "stopped", False),
        (
            OSError(28, "No space left on device", "a\n.work/part-1"),
            f"a\\n.work/part-1: no space left on device; when this is fixed, {AGAIN}",
            False,
        ),
        (
            OSError(5, "Input/output error"),
            "input/output error; when this is fixed, run the same command again to continue",
            False,
        ),
        (
            MemoryError(),
            "out of memory; use fewer `--jobs`, and run the same command again to continue",
            False,
        ),
    ],
)
def test_an_error_is_one_line_with_its_file(error, line, is_bug):
    """It survives the way from a worker."""
    found = pickle.loads(pickle.dumps(as_run_error(error)))
    assert (str(found), found.is_bug) == (line, is_bug)


def test_an_error_without_a_file_has_the_place_of_the_run():
    """A write to an open file fails without its name."""
    full = OSError(28, "No space left on device")
    assert str(as_run_error(full, "out\n.csv")) == (
        f"out\\n.csv: no space left on device; when this is fixed, {AGAIN}"
    )


def test_an_unexpected_error_is_a_bug_with_its_line():
    """The process that runs the task reports it."""
    with pytest.raises(ZeroDivisionError) as caught:
        1 / 0  # noqa: B018
    found = pickle.loads(pickle.dumps(as_run_error(caught.value)))
    assert str(found).startswith("a bug in acmrules, please report it: ZeroDivisionError: ")
    assert " at test_errors.py:" in str(found)
    assert found.is_bug
