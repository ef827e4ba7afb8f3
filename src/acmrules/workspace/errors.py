"""Unexpected errors, worded for a bug report."""

from __future__ import annotations

import os


def describe_crash(error: Exception) -> str:
    """Return what to tell of an error that is our own fault: no traceback, but the place."""
    from traceback import extract_tb

    frame = extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(frame.filename)}:{frame.lineno}"
    return (
        f"a defect in acmrules itself, please report it: {type(error).__name__}: {error} at {place}"
    )
