"""Decides in a few calls whether an ASCII string is a name, and why it is not.

Columns of names contain the same few faults again and again. `acmrules.name_reader` decides about
the strings that this module leaves undecided, such as those with A-labels, and agrees about others.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    Found = tuple[str, int, int]

# `acmrules.names` states both too, so that reading common names does not load this module.
MAX_NAME_OCTETS = 253
MAX_LABEL_OCTETS = 63
MAX_READ = 4 * MAX_NAME_OCTETS
"""How many characters are read; the mapping of a name in Unicode may shorten it."""

NO_FAULT: Found = ("", 0, 1)
"""The result for a name."""

UNDECIDED: Found = ("", 0, 0)
"""The result for a string that `acmrules.name_reader` has to read."""

_DOTS_OF_ADDRESS = 3


def ascii_fault(text: str, plain: str) -> Found:
    """Return the fault of an ASCII string with its span, `NO_FAULT`, or `UNDECIDED`.

    `plain` is the string without the `*.` of a wildcard. A fault is the name of a `NameFault`. The
    order of faults is that of `acmrules.name_reader`: those of the string, those of the labels from
    left to right, the length, and those of the last label.
    """
    length = len(text)
    if length > MAX_READ:
        return "LONG_NAME", MAX_NAME_OCTETS, length
    if not plain:
        return ("LONE_WILDCARD", 0, 2) if text else ("EMPTY", 0, 0)
    start = length - len(plain)
    # Bytes are faster than strings here, above all if the string is long.
    signs = plain.encode().translate(None, b".-_")
    if signs and not signs.isalnum():
        if "*" in plain and signs.replace(b"*", b"0").isalnum():
            return _wildcard_fault(plain, start)
        return _fault_of_other_text(text)
    # One search for two adjacent signs of this kind takes less time than one for each pair.
    adjacent = ".." in plain.replace("-", ".")
    if plain[0] == "." or (adjacent and ".." in plain):
        begin = start if plain[0] == "." else start + plain.index("..") + 1
        return "EMPTY_LABEL", max(begin - 1, 0), max(begin, 1)
    if plain[-1] == ".":
        return "TRAILING_DOT", length - 1, length
    if plain[-1] <= "9" and plain.count(".") == _DOTS_OF_ADDRESS and _is_address(text):
        return "IP_ADDRESS", 0, length
    hyphens = adjacent or plain[0] == "-" or plain[-1] == "-"
    if (hyphens or "_" in plain or length > MAX_LABEL_OCTETS) and (
        found := _label_fault(plain, start, hyphens=hyphens)
    ):
        return found
    if length > MAX_NAME_OCTETS:
        return "LONG_NAME", MAX_NAME_OCTETS, length
    return _last_label_fault(plain, start)


def _is_address(text: str) -> bool:
    return text.count(".") == _DOTS_OF_ADDRESS and all(map(str.isdigit, text.split(".")))


def _last_label_fault(plain: str, start: int) -> Found:
    dot, length = plain.rfind("."), start + len(plain)
    top = plain[dot + 1 :]
    if top.isdigit():
        return "NUMERIC_TOP_LABEL", start + dot + 1, length
    if dot < 0:
        return "TOP_LEVEL_WILDCARD" if start else "SINGLE_LABEL", 0, length
    if len(top) == 1:
        return "SHORT_TOP_LABEL", start + dot + 1, length
    return NO_FAULT


def _wildcard_fault(plain: str, start: int) -> Found:
    """Return the fault of the first `*` in a string of letters, digits, hyphens, and dots."""
    if plain == "*" and not start:
        return "LONE_WILDCARD", 0, 1
    star = plain.index("*")
    begin = plain.rfind(".", 0, star) + 1
    end = _end(plain, star)
    fault = "INNER_WILDCARD" if end - begin == 1 else "PARTIAL_WILDCARD"
    return fault, start + begin, start + end


def _fault_of_other_text(text: str) -> Found:
    """Return the fault of a string with a character that no name has."""
    words = text.split(None, 1)
    if not words or words[0] != text:
        begin = 0 if text[0].isspace() else len(words[0])
        return "BLANK", begin, len(text) - len(text[begin:].lstrip())
    if (scheme := text.find("://")) >= 0:
        return "URL", 0, scheme + 3
    if (at := text.find("@")) >= 0:
        return "MAIL_ADDRESS", 0, at + 1
    host, slash, _ = text.partition("/")
    if "[" in text or "]" in text or text.count(":") > 1 or _is_address(host):
        return UNDECIDED
    if slash:
        return "URL", len(host), len(text)
    host, _, port = text.partition(":")
    if port.isdigit():
        return "PORT", len(host), len(text)
    return UNDECIDED


def _label_fault(plain: str, start: int, *, hyphens: bool) -> Found | None:
    """Return the first fault of a label in a string of letters, digits, `-`, `_`, and dots.

    `hyphens` is whether there are two adjacent hyphens or one at an edge of a label.
    """
    place, fault = plain.find("_"), "UNDERSCORE"
    if hyphens:
        if place >= 0 or "--" in plain:
            return _first_fault(plain, start)
        place, fault = _edge_hyphen(plain), "EDGE_HYPHEN"
    if len(plain) > MAX_LABEL_OCTETS and not 0 <= place <= MAX_LABEL_OCTETS:
        begin = _long_label(plain)
        if begin >= 0:
            end = _end(plain, begin)
            if place < 0 or end < place:
                return "LONG_LABEL", start + begin, start + end
    return (fault, start + place, start + place + 1) if place >= 0 else None


def _edge_hyphen(plain: str) -> int:
    """Return the place of the first hyphen at an edge of a label; there is one, and no `--`."""
    if plain[0] == "-":
        return 0
    after, before = plain.find(".-") + 1, plain.find("-.")
    if after and (before < 0 or after < before):
        return after
    return before if before >= 0 else len(plain) - 1


def _long_label(plain: str) -> int:
    """Return where the first label of more than 63 bytes begins, or -1.

    It goes from the last dot of 64 bytes to the last one of the next 64, not from label to label.
    """
    dot, last = -1, len(plain) - MAX_LABEL_OCTETS - 1
    while dot < last:
        begin = dot + 1
        dot = plain.rfind(".", begin, begin + MAX_LABEL_OCTETS + 1)
        if dot < 0:
            return begin
    return -1


def _end(plain: str, begin: int) -> int:
    """Return where the label ends that has this place."""
    end = plain.find(".", begin)
    return end if end >= 0 else len(plain)


def _first_fault(plain: str, start: int) -> Found | None:
    """Return the first fault of a label, for labels that may have several."""
    for label in plain.split("."):
        end = start + len(label)
        if "_" in label:
            place = start + label.index("_")
            return "UNDERSCORE", place, place + 1
        if label[0] == "-":
            return "EDGE_HYPHEN", start, start + 1
        if label[-1] == "-":
            return "EDGE_HYPHEN", end - 1, end
        if end - start > MAX_LABEL_OCTETS:
            return "LONG_LABEL", start, end
        if label[2:4] == "--":
            return UNDECIDED if label[:2].lower() == "xn" else ("RESERVED_LABEL", start, end)
        start = end + 1
    return None
