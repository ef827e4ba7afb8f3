"""Reads any string as a name, character by character, and reports the most helpful fault first.

`acmrules.names` accepts common names without it, and `acmrules.ascii_faults` decides about most
other ASCII strings. This module decides about the rest, such as names in Unicode and A-labels.
"""

from __future__ import annotations

from acmrules.ascii_faults import MAX_LABEL_OCTETS, MAX_NAME_OCTETS, MAX_READ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_LETTERS_DIGITS_HYPHEN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_HEX_AND_COLON = frozenset("0123456789abcdefABCDEF:.")
_FULL_STOPS = "\u3002\uff0e\uff61"


def canonical_text(text: str) -> str:
    """Return the canonical form of the name that a string contains. Raises `InvalidName`.

    >>> canonical_text("*.Bücher.example")
    '*.xn--bcher-kva.example'
    """
    _refuse_what_is_no_name(text)
    start = _refuse_misplaced_wildcards(text)
    labels: list[str] = []
    unicode_labels: list[tuple[str, int, int]] = []
    for label, begin, end in _split(text, start):
        ascii_label, unicode_label = _read_label(text, label, begin, end)
        labels.append(ascii_label)
        unicode_labels.append((unicode_label, begin, end))
    _refuse_bidi(text, unicode_labels)
    plain = ".".join(labels)
    name = f"*.{plain}" if start else plain
    if len(name) > MAX_NAME_OCTETS:
        _refuse(text, "LONG_NAME", min(MAX_NAME_OCTETS, len(text) - 1), len(text))
    _refuse_top_label(text, labels, begin, wildcard=start > 0)
    return name


def _refuse(text: str, fault: str, start: int, end: int, detail: str = "") -> NoReturn:
    from acmrules.name_errors import refusal

    raise refusal(text, fault, start, end, detail)


def _refuse_what_is_no_name(text: str) -> None:
    if not text:
        _refuse(text, "EMPTY", 0, 0)
    if len(text) > MAX_READ:
        _refuse(text, "LONG_NAME", MAX_NAME_OCTETS, len(text))
    for place, character in enumerate(text):
        if character.isspace():
            end = place + len(text[place:]) - len(text[place:].lstrip())
            _refuse(text, "BLANK", place, end)
    if (scheme := text.find("://")) >= 0:
        _refuse(text, "URL", 0, scheme + 3)
    if (at := text.find("@")) >= 0:
        _refuse(text, "MAIL_ADDRESS", 0, at + 1)
    address = text.strip("[]").partition("/")[0]
    octets = address.split(".")
    if (address.count(":") > 1 and _HEX_AND_COLON.issuperset(address)) or (
        len(octets) == 4 and all(o.isascii() and o.isdigit() for o in octets)  # noqa: PLR2004
    ):
        _refuse(text, "IP_ADDRESS", 0, len(text))
    if (slash := text.find("/")) >= 0:
        _refuse(text, "URL", slash, len(text))
    if (colon := text.find(":")) >= 0 and text[colon + 1 :].isdigit():
        _refuse(text, "PORT", colon, len(text))


def _refuse_misplaced_wildcards(text: str) -> int:
    """Return the offset of the labels after a valid `*.`, or 0 if there is none."""
    if "*" not in text:
        return 0
    if text in {"*", "*."}:
        _refuse(text, "LONE_WILDCARD", 0, len(text))
    place = 0
    for label in text.split("."):
        end = place + len(label)
        if "*" in label:
            if label != "*":
                _refuse(text, "PARTIAL_WILDCARD", place, end)
            if place:
                _refuse(text, "INNER_WILDCARD", place, end)
        place = end + 1
    return 2


def _split(text: str, start: int) -> list[tuple[str, int, int]]:
    """Split a string into labels with their offsets; IDNA treats three more characters as dots."""
    dotted = text
    for stop in _FULL_STOPS:
        dotted = dotted.replace(stop, ".")
    labels = []
    for label in dotted[start:].split("."):
        labels.append((label, start, start + len(label)))
        start += len(label) + 1
    for label, begin, end in labels:
        if not label:
            if end == len(text):
                _refuse(text, "TRAILING_DOT", end - 1, end)
            _refuse(text, "EMPTY_LABEL", max(begin - 1, 0), max(begin, 1))
    return labels


def _read_label(text: str, label: str, begin: int, end: int) -> tuple[str, str]:
    """Return a label as an A-label (or plain ASCII) and as a U-label."""
    mapped = label.lower() if label.isascii() else _map(text, label, begin, end)
    for place, character in enumerate(mapped):
        if character.isascii() and character not in _LETTERS_DIGITS_HYPHEN:
            fault = "UNDERSCORE" if character == "_" else "FORBIDDEN_CHARACTER"
            where = (begin + place, begin + place + 1) if label.isascii() else (begin, end)
            _refuse(text, fault, *where)
    if mapped[0] == "-" or mapped[-1] == "-":
        place = begin if mapped[0] == "-" else end - 1
        _refuse(text, "EDGE_HYPHEN", place, place + 1)
    if mapped.isascii() and len(mapped) > MAX_LABEL_OCTETS:
        _refuse(text, "LONG_LABEL", begin, end)
    if mapped.startswith("xn--"):
        return mapped, _decode(text, mapped, begin, end)
    if mapped[2:4] == "--":
        _refuse(text, "RESERVED_LABEL", begin, end)
    return (mapped, mapped) if mapped.isascii() else (_encode(text, mapped, begin, end), mapped)


def _map(text: str, label: str, begin: int, end: int) -> str:
    """Apply the UTS 46 mapping (case, width, composition) to a label."""
    import idna

    try:
        mapped = idna.uts46_remap(label, std3_rules=False)
    except idna.IDNAError as error:
        _refuse(text, "DISALLOWED_CODE_POINT", begin, end, _sentence(error))
    if not mapped:
        _refuse(text, "EMPTY_LABEL", begin, end)
    return mapped


def _encode(text: str, label: str, begin: int, end: int) -> str:
    import idna

    try:
        encoded = idna.alabel(label).decode("ascii")
    except idna.IDNABidiError as error:
        _refuse(text, "BIDI", begin, end, _sentence(error))
    except (idna.IDNAError, UnicodeError) as error:
        long = "too long" in str(error)
        fault = "LONG_LABEL" if long else "DISALLOWED_CODE_POINT"
        _refuse(text, fault, begin, end, "" if long else _sentence(error))
    return encoded


def _decode(text: str, label: str, begin: int, end: int) -> str:
    import idna

    try:
        decoded = idna.ulabel(label)
        encoded = idna.alabel(decoded).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        _refuse(text, "BROKEN_A_LABEL", begin, end, _sentence(error))
    if encoded != label:
        _refuse(text, "BROKEN_A_LABEL", begin, end, "it does not match its U-label")
    return decoded


def _refuse_bidi(text: str, labels: list[tuple[str, int, int]]) -> None:
    """Apply the Bidi rule to the whole name; `idna` applies it to each label alone."""
    if all(label.isascii() for label, _, _ in labels):
        return
    import unicodedata

    import idna

    right_to_left = {"R", "AL", "AN"}
    if not any(
        unicodedata.bidirectional(c) in right_to_left for label, _, _ in labels for c in label
    ):
        return
    for label, begin, end in labels:
        try:
            idna.check_bidi(label, check_ltr=True)
        except idna.IDNAError as error:
            _refuse(text, "BIDI", begin, end, _sentence(error))


def _refuse_top_label(text: str, labels: list[str], begin: int, *, wildcard: bool) -> None:
    top = labels[-1]
    if top.isdigit():
        _refuse(text, "NUMERIC_TOP_LABEL", begin, len(text))
    if len(labels) == 1:
        _refuse(text, "TOP_LEVEL_WILDCARD" if wildcard else "SINGLE_LABEL", 0, len(text))
    if len(top) == 1:
        _refuse(text, "SHORT_TOP_LABEL", begin, len(text))


def _sentence(error: Exception) -> str:
    return str(error).rstrip(".")
