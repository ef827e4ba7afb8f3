"""What is raised when a text is no name: the text, the fault, the place."""

from __future__ import annotations

from enum import Enum

from acmrules.messages import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass


class NameFault(Enum):
    """Why a text is no name ACM accepts; the value is the sentence that says so."""

    EMPTY = "is no name"
    BLANK = "contains a blank"
    URL = "is a URL, not a name"
    MAIL_ADDRESS = "is a mail address, not a name"
    PORT = "names a port"
    FORBIDDEN_CHARACTER = "contains a character outside letters, digits, hyphen and dot"
    UNDERSCORE = "contains an underscore, which no certificate may carry"
    TRAILING_DOT = "ends in a dot"
    EMPTY_LABEL = "has an empty label"
    LONG_LABEL = "has a label of more than 63 octets"
    LONG_NAME = "has more than 253 octets"
    EDGE_HYPHEN = "has a label that begins or ends with a hyphen"
    SINGLE_LABEL = "has one label; ACM needs two"
    SHORT_TOP_LABEL = "has a last label of one character; ACM needs two"
    DISALLOWED_CODE_POINT = "has a label that IDNA 2008 does not allow"
    BIDI = "breaks the rule of RFC 5893 for right-to-left names"
    RESERVED_LABEL = "has `--` in positions 3 and 4 of a label that is no A-label"
    BROKEN_A_LABEL = "has an `xn--` label that is no valid A-label"
    IP_ADDRESS = "is an IP address, not a name"
    NUMERIC_TOP_LABEL = "has a last label of digits only"
    PARTIAL_WILDCARD = "has a `*` that is not a whole label"
    INNER_WILDCARD = "has a `*` that is not the leftmost label"
    LONE_WILDCARD = "has nothing after the `*`"
    UNEXPECTED_WILDCARD = "is a wildcard where a plain name is needed"
    TOP_LEVEL_WILDCARD = "is a wildcard directly under a top-level domain"


class InvalidName(ValueError):  # noqa: N818  (named after what the text is, as in design.md)
    """A text that is no name: `text`, the `fault`, and its `span` in the text.

    `span` is a half-open pair of character offsets into `text`; `detail` is what there is to say
    beyond the fault's own sentence, or empty.
    """

    text: str
    fault: NameFault
    span: tuple[int, int]
    detail: str

    def __init__(
        self, text: str, fault: NameFault, span: tuple[int, int], detail: str = ""
    ) -> None:
        super().__init__(text, fault, span, detail)
        self.text = text
        self.fault = fault
        self.span = span
        self.detail = detail

    def __str__(self) -> str:
        start, end = self.span
        place = f"character {start + 1}" if end - start <= 1 else f"characters {start + 1} to {end}"
        return f"{quoted(self.text)} {self.reason}, at {place}"

    @property
    def reason(self) -> str:
        """The fault as a sentence without its subject, with the detail where there is one."""
        return f"{self.fault.value}: {self.detail}" if self.detail else self.fault.value
