"""The errors of the library, and the checks of arguments that raise `TypeError`."""

from __future__ import annotations

from enum import Enum

from acmrules.messages import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import UnionType


class AcmRulesError(Exception):
    """The base class of all errors of the library."""


class InvalidArgument(AcmRulesError, ValueError):  # noqa: N818  (named after the argument)
    """The error for an argument whose type is right, but whose value is not."""


class UnknownService(InvalidArgument):
    """The error for a string that is not the key of a service, such as `cloudfront`."""


class NoSuffixList(AcmRulesError):  # noqa: N818  (named after the missing list)
    """The error for a list that is missing or unreadable, with its `source` and the `fault`."""

    def __init__(self, source: str, fault: str) -> None:
        super().__init__(source, fault)
        self.source = source
        self.fault = fault

    def __str__(self) -> str:
        return f"cannot read the public suffix list from `{self.source}`: {self.fault}"


class NotExpressible(AcmRulesError, ValueError):  # noqa: N818  (describes the request)
    """The error for a request that a language cannot express; `fault` is the predicate."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return f"the request {self.fault}"


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
        super().__init__(text, fault, span, detail)
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


def require(value: object, kind: type | UnionType, argument: str, expected: str) -> None:
    """Raise `TypeError` if a value is of another type; `argument` is how the message calls it."""
    if not isinstance(value, kind):
        raise TypeError(f"{argument} must be {expected}, not `{type(value).__name__}`")


def require_string(value: object, what: str) -> None:
    """Raise `TypeError` if an argument is not a string; `what` is the noun for the message."""
    require(value, str, f"the {what}", "a string")


def require_instance(value: object, kind: type, parameter: str) -> None:
    """Raise `TypeError` if an argument is not an instance of a class."""
    require(value, kind, f"`{parameter}`", f"of type `{kind.__name__}`")


def require_mapping(value: object, parameter: str) -> None:
    """Raise `TypeError` if an argument is not a mapping."""
    if not hasattr(value, "keys") or not hasattr(value, "items"):
        raise TypeError(f"`{parameter}` must be a mapping, not `{type(value).__name__}`")


def require_list(values: object, parameter: str, plural: str = "names") -> None:
    """Raise `TypeError` if an argument that must be a list is a string or not iterable.

    A string is an iterable of strings, so that its characters would count as names.
    """
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        kind = type(values).__name__
        raise TypeError(f"`{parameter}` must be a list of {plural}, not `{kind}`")
