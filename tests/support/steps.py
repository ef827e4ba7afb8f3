"""Counts the steps of a call, which do not depend on the machine or its load."""

import sys

import acmrules

_FOLDER = acmrules.__path__[0]


def steps_of(call, *args, **kwargs):
    """Return the number of lines of acmrules that a call runs."""
    count = 0

    def trace_line(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace_line

    def trace_call(frame, _event, _argument):
        return trace_line if frame.f_code.co_filename.startswith(_FOLDER) else None

    before = sys.gettrace()
    sys.settrace(trace_call)
    try:
        call(*args, **kwargs)
    finally:
        sys.settrace(before)
    return count
