"""Whether a string is a name, and why it is not, without an exception."""

from __future__ import annotations

from acmrules.name_errors import InvalidName, NameFault
from acmrules.names import Name, parse_name


def is_name(text: str | Name) -> bool:
    """Return whether ACM accepts a string as a name, which may be a wildcard.

    Raises `TypeError` if it is not a string.

    >>> is_name("*.example.com"), is_name("localhost")
    (True, False)
    """
    return name_fault(text) is None


def name_fault(text: str | Name) -> NameFault | None:
    """Return why a string is not a valid name of a certificate, or `None` if it is.

    Names in Unicode are valid; ACM accepts only their ASCII form, `str(parse_name(text))`.

    `parse_name` raises an `InvalidName` with the same fault, and with its position. Raises
    `TypeError` if it is not a string.

    >>> name_fault("a_b.example.com").value
    'contains an underscore, which is not allowed in certificate names'
    """
    try:
        parse_name(text)
    except InvalidName as error:
        return error.fault
    return None
