"""Domain names and wildcard domain names, valid by construction.

A name is stored in canonical form: lowercase, A-labels, no trailing dot. The grammar is the
`DomainNameString` pattern of the ACM API with three restrictions. RFC 5890 requires A-labels that
decode and round-trip, and RFC 5893 applies the Bidi rule to the whole name. The Baseline
Requirements exclude reserved LDH labels, IP addresses, and a last label of digits only.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn


MAX_NAME_OCTETS = 253
"""Maximum length of a name in bytes, including dots (RFC 1035; fact 1.6)."""

MAX_LABEL_OCTETS = 63
"""Maximum length of a label in bytes (RFC 1035; fact 1.6)."""

_LETTERS_DIGITS_HYPHEN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_HEX_AND_COLON = frozenset("0123456789abcdefABCDEF:.")
_FULL_STOPS = "\u3002\uff0e\uff61"
_MAX_READ = 4 * MAX_NAME_OCTETS


class _Name:
    """The shared base of both kinds of name; names of different kinds are never equal."""

    __slots__ = ("_text",)
    _text: str

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._text!r})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, _Name):
            return NotImplemented
        return self._text < other._text

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be deleted")

    def __copy__(self) -> _Name:
        return self

    def __deepcopy__(self, memo: object) -> _Name:
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels from left to right, including the `*` of a wildcard."""
        return tuple(self._text.split("."))

    @property
    def octets(self) -> int:
        """The length of the name in bytes, including dots and `*.`."""
        return len(self._text)


_set_text: Callable[[_Name, str], None] = _Name._text.__set__  # type: ignore[attr-defined, misc]  # noqa: SLF001


class DomainName(_Name):
    """A domain name with at least two labels, such as `www.example.com`.

    Raises `InvalidName` if the string is not a domain name, or is a wildcard.

    >>> str(DomainName("WWW.Example.com"))
    'www.example.com'
    """

    __slots__ = ()

    def __init__(self, text: str) -> None:
        name = parse_name(text)
        if isinstance(name, WildcardDomainName):
            _refuse(text, "UNEXPECTED_WILDCARD", 0, 2)
        _set_text(self, str(name))

    def __reduce__(self) -> tuple[object, ...]:
        return DomainName, (self._text,)

    def is_within(self, domain: DomainName) -> bool:
        """Return whether this is `domain` or a subdomain of it."""
        return self._text == domain._text or self._text.endswith("." + domain._text)


class WildcardDomainName(_Name):
    """A wildcard domain name: `*.` and its parent.

    >>> str(WildcardDomainName(DomainName("example.com")))
    '*.example.com'
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"WildcardDomainName({self.parent!r})"

    def __init__(self, parent: DomainName) -> None:
        text = f"*.{parent}"
        if len(text) > MAX_NAME_OCTETS:
            _refuse(text, "LONG_NAME", MAX_NAME_OCTETS, len(text))
        _set_text(self, text)

    def __reduce__(self) -> tuple[object, ...]:
        return WildcardDomainName, (self.parent,)

    @property
    def parent(self) -> DomainName:
        """The FQDN portion, the part after the `*.` (Baseline Requirements 3.2.2.6)."""
        return unchecked_name(self._text[2:])

    def is_within(self, domain: DomainName) -> bool:
        """Return whether the parent is `domain` or a subdomain of it."""
        return self.parent.is_within(domain)


Name = DomainName | WildcardDomainName


def parse_name(text: str) -> Name:
    """Parse a string as a name; all strings enter the library here.

    U-labels are converted with UTS 46 (nontransitional) and IDNA 2008. Raises `InvalidName`.

    >>> str(parse_name("*.Bücher.example"))
    '*.xn--bcher-kva.example'
    """
    if text.isascii():
        name = text.lower()
        wildcard = name.startswith("*.")
        plain = name[2:] if wildcard else name
        # This fast path accepts common names in a few calls; `_read` checks everything else.
        if (
            len(plain) <= MAX_LABEL_OCTETS
            and plain.replace(".", "").replace("-", "").isalnum()
            and plain[-1] > "9"
            and plain[0] > "."
            and "." in plain
            and plain[-2] != "."
            and ".." not in plain
            and (
                "-" not in plain or ("--" not in plain and "-." not in plain and ".-" not in plain)
            )
        ):
            kind: type[Name] = WildcardDomainName if wildcard else DomainName
            made = kind.__new__(kind)
            _set_text(made, name)
            return made
    return _read(text)


def parse_dns_name(text: str) -> Name:
    """Parse a name as DNS tools print it, with or without a final dot. Raises `InvalidName`.

    Hosts, zones, and owners of records may have a final dot. ACM rejects it in the names of a
    certificate (fact 1.12), so `parse_name` does too.

    >>> parse_dns_name("www.example.com."), parse_dns_name("www.example.com")
    (DomainName('www.example.com'), DomainName('www.example.com'))
    """
    return parse_name(text[:-1] if text[-1:] == "." and text[-2:] not in {".", ".."} else text)


def plain_dns_name(name: DomainName | str) -> DomainName:
    """Return a name that is not a wildcard; a string may have a final dot. Raises `InvalidName`."""
    parsed = parse_dns_name(name) if isinstance(name, str) else name
    return parsed if isinstance(parsed, DomainName) else DomainName(str(parsed))


def refuse_single(names: object, parameter: str) -> None:
    """Raise `TypeError` if an argument that must be a list of names is a single name or no list.

    A string is an iterable of strings, so that its characters would count as names.
    """
    if isinstance(names, str | bytes) or not hasattr(names, "__iter__"):
        raise TypeError(f"`{parameter}` must be a list of names, not `{type(names).__name__}`")


def unchecked_name(text: str) -> DomainName:
    """Wrap a canonical string that is known to be a plain name."""
    made = DomainName.__new__(DomainName)
    _set_text(made, text)
    return made


def _refuse(text: str, fault: str, start: int, end: int, detail: str = "") -> NoReturn:
    from acmrules.errors import InvalidName, NameFault

    raise InvalidName(text, NameFault[fault], (start, end), detail)


def _read(text: str) -> Name:
    """Check a string character by character, and report the most helpful fault first."""
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
    if not start:
        return unchecked_name(plain)
    made = WildcardDomainName.__new__(WildcardDomainName)
    _set_text(made, name)
    return made


def _refuse_what_is_no_name(text: str) -> None:
    if not text:
        _refuse(text, "EMPTY", 0, 0)
    if len(text) > _MAX_READ:
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
