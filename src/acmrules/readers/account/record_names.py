r"""Names and data of records as Route 53 writes them, with octal escapes such as `\052` for `*`."""

from __future__ import annotations

from acmrules.diagnosis.dns import domains

WITH_NAMES = frozenset(("CNAME", "MX", "NS", "SOA"))
"""The types whose data contains names."""

_ESCAPED = frozenset('"().;\\@$')
"""Characters that DNS writes with a backslash."""

_DIGITS = 3


def canonical(name: str) -> str:
    """Return a name in lowercase, without the final dot and without octal escapes."""
    plain = _without_escapes(name) if "\\" in name else name
    return domains.canonical(plain)


def record_data(type_: str, value: str) -> str:
    """Return the data of a record, with the names in it in canonical form."""
    if type_ not in WITH_NAMES:
        return value
    return " ".join(map(canonical, value.split()))


def _without_escapes(name: str) -> str:
    """Return a name with characters for its octal escapes; DNS escapes some by decimal numbers."""
    head, *parts = name.split("\\")
    found = [head]
    for part in parts:
        digits = part[:_DIGITS]
        if len(digits) == _DIGITS and all(digit in "01234567" for digit in digits):
            found.append(_escaped(chr(int(digits, 8))) + part[_DIGITS:])
        else:
            found.append(f"\\{part}")
    return "".join(found)


def _escaped(character: str) -> str:
    if character in _ESCAPED:
        return f"\\{character}"
    is_plain = character.isascii() and character.isprintable() and character != " "
    return character if is_plain else f"\\{ord(character):03}"
