"""Columns of strings: the faults that invalid names have most, found with patterns."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.arrow.patterns import IP_ADDRESS, LAST_LABEL, TRAILING_DOT, UNDERSCORE
from acmrules.name_errors import NameFault
from acmrules.names import MAX_NAME_OCTETS
from acmrules.values import Value

_PATTERNS = {
    NameFault.UNDERSCORE.name: UNDERSCORE,
    NameFault.TRAILING_DOT.name: TRAILING_DOT,
    NameFault.IP_ADDRESS.name: IP_ADDRESS,
    NameFault.SINGLE_LABEL.name: rf"\A{LAST_LABEL}\z",
    NameFault.TOP_LEVEL_WILDCARD.name: rf"\A\*\.{LAST_LABEL}\z",
}
"""The pattern of each fault. A string matches one of them at most."""

_NO_FAULT = pa.scalar(None, pa.string())
_ZERO, _ONE = pa.scalar(0, pa.int32()), pa.scalar(1, pa.int32())


class CommonFaults(Value):
    """The faults of some strings, from the characters `starts` to before `ends`."""

    faults: pa.StringArray
    starts: pa.Int32Array
    ends: pa.Int32Array


def common_faults(lower: pa.StringArray) -> CommonFaults:
    """Return the faults that `parse_name` reports for strings in lowercase, if they are common.

    All three are null for a string without a fault, and for one whose fault is another one.
    """
    sizes = pc.binary_length(lower)
    faults = pa.nulls(len(lower), pa.string())
    for fault, pattern in _PATTERNS.items():
        faults = pc.if_else(pc.match_substring_regex(lower, pattern), fault, faults)
    # `parse_name` reports another fault for strings that are much longer than a name.
    faults = pc.if_else(pc.less_equal(sizes, MAX_NAME_OCTETS), faults, _NO_FAULT)
    have_underscores = pc.equal(faults, NameFault.UNDERSCORE.name)
    have_dots = pc.equal(faults, NameFault.TRAILING_DOT.name)
    places = pc.find_substring(lower, "_")
    starts = pc.if_else(have_dots, pc.subtract(sizes, _ONE), _ZERO)
    return CommonFaults(
        faults,
        pc.if_else(have_underscores, places, starts),
        pc.if_else(have_underscores, pc.add(places, _ONE), sizes),
    )
