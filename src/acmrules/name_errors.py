"""The error for a string that is not a name, and its faults.

`acmrules.errors` exports them. They are apart from it because most runs read no invalid name, and
an enumeration takes longer to create than a file takes to read.
"""

from __future__ import annotations

from enum import Enum

from acmrules.errors import AcmRulesError
from acmrules.messages import quoted


class NameFault(Enum):
    """Why ACM does not accept a string as a name; the value is the predicate of a message."""

    EMPTY = "is empty"
    BLANK = "contains whitespace"
    URL = "is a URL, not a domain name"
    MAIL_ADDRESS = "is an email address, not a domain name"
    PORT = "contains a port number"
    FORBIDDEN_CHARACTER = "contains a character other than letters, digits, hyphens, and dots"
    UNDERSCORE = "contains an underscore, which is not allowed in certificate names"
    TRAILING_DOT = "ends in a dot"
    EMPTY_LABEL = "has an empty label"
    LONG_LABEL = "has a label longer than 63 bytes"
    LONG_NAME = "is longer than 253 bytes"
    EDGE_HYPHEN = "has a label that starts or ends with a hyphen"
    SINGLE_LABEL = "is a single label; at least two are needed"
    SHORT_TOP_LABEL = "has a last label of one character; at least two are needed"
    DISALLOWED_CODE_POINT = "has a label that IDNA 2008 does not allow"
    BIDI = "violates the Bidi rule for right-to-left names (RFC 5893)"
    RESERVED_LABEL = (
        "has a label with `--` in positions 3 and 4, which is reserved for `xn--` labels"
    )
    BROKEN_A_LABEL = "has an invalid `xn--` label"
    IP_ADDRESS = "is an IP address, not a domain name"
    NUMERIC_TOP_LABEL = "has a last label of digits only"
    PARTIAL_WILDCARD = "has a `*` that is only part of a label"
    INNER_WILDCARD = "has a `*` that is not the first label"
    LONE_WILDCARD = "has no domain after the `*`"
    UNEXPECTED_WILDCARD = "is a wildcard, which is not allowed here"
    NO_WILDCARD = "is not a wildcard, which must start with `*.`"
    TOP_LEVEL_WILDCARD = "is a wildcard directly under a top-level domain"


class InvalidName(AcmRulesError, ValueError):  # noqa: N818  (named after the string, as in design.md)
    """The error for a string that is not a valid name.

    `span` is the position of the fault, a half-open pair of character offsets into `text`.
    `detail` adds to the sentence of the fault, and may be empty.
    """

    text: str
    fault: NameFault
    span: tuple[int, int]
    detail: str

    def __init__(
        self, text: str, fault: NameFault, span: tuple[int, int], detail: str = ""
    ) -> None:
        ValueError.__init__(self, text, fault, span, detail)  # `super()` takes three times as long
        self.text = text
        self.fault = fault
        self.span = span
        self.detail = detail

    def __str__(self) -> str:
        start, end = self.span
        if not self.text:
            return self.sentence
        place = f"character {start + 1}" if end - start <= 1 else f"characters {start + 1} to {end}"
        return f"{place}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """The message without the position."""
        return f"{quoted(self.text) if self.text else 'the name'} {self.reason}"

    @property
    def reason(self) -> str:
        """The predicate of the message: the fault, and the detail if there is one."""
        return f"{self.fault.value}: {self.detail}" if self.detail else self.fault.value


_FAULTS = {fault.name: fault for fault in NameFault}


def refusal(text: str, fault: str, start: int, end: int, detail: str = "") -> InvalidName:
    """Return the error for a string, of the name of a fault and the span of it."""
    return InvalidName(text, _FAULTS[fault], (start, end), detail)
