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
    from typing import Any, NoReturn, Self, TypeVar

    N = TypeVar("N", bound="_Name")


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

    def to_dict(self) -> str:
        """Return the name as plain data for JSON: a string."""
        return self._text

    def to_json(self) -> str:
        """Return the name as JSON: a string in quotes."""
        return f'"{self._text}"'

    if TYPE_CHECKING:

        @classmethod
        def from_dict(cls, data: object) -> Self:
            """Return the name of plain data."""

    else:
        # Annotations are types at run time, and `Self` is not there.

        @classmethod
        def from_dict(cls, data: object) -> Name:
            """Return the name of plain data; raise `InvalidArgument` if it is not a string.

            Raises `InvalidName` if the string is not a name of this kind.
            """
            if not isinstance(data, str):
                from acmrules.errors import InvalidArgument
                from acmrules.serialization import kind_of

                raise InvalidArgument(f"must be a string, not {kind_of(data)}")
            return as_name(cls, data)

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

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        """Return how pydantic validates and serializes a name."""
        from acmrules.field_schemas import name_schema

        return name_schema(cls, lambda value: as_name(cls, value))

    @classmethod
    def __get_pydantic_json_schema__(cls, core: object, handler: object) -> dict[str, object]:
        """Return the JSON Schema of a name for pydantic."""
        from acmrules.field_schemas import JSON_SCHEMAS

        return {**JSON_SCHEMAS[cls.__name__]}


_set_text: Callable[[_Name, str], None] = _Name._text.__set__  # type: ignore[attr-defined, misc]  # noqa: SLF001
_bare = object.__new__


def _made(kind: type[N], text: str) -> N:
    """Return a name of a kind whose text is known to be canonical."""
    made = _bare(kind)
    _set_text(made, text)
    return made


class DomainName(_Name):
    """A domain name with at least two labels, such as `www.example.com`.

    `text` is a string, or a domain name, which is returned itself. Raises `InvalidName` if the
    string is not a domain name, or is a wildcard, and `TypeError` for any other type.

    >>> str(DomainName("WWW.Example.com"))
    'www.example.com'
    """

    __slots__ = ()

    def __new__(cls, text: str | DomainName) -> DomainName:  # noqa: PYI034  (`Self` is not there at run time)
        """Return the name that a string contains, or the name itself."""
        name = parse_name(text)
        if isinstance(name, WildcardDomainName):
            _refuse(str(text), "UNEXPECTED_WILDCARD", 0, 2)
        return name if type(name) is cls else _made(cls, name._text)  # noqa: SLF001  (of the same base)

    def __reduce__(self) -> tuple[object, ...]:
        return DomainName, (self._text,)

    def is_within(self, domain: str | DomainName) -> bool:
        """Return whether this is `domain` or a subdomain of it.

        `domain` may end in a dot. Raises `InvalidName` if it is a string that is not a domain name.
        """
        text = str(plain_dns_name(domain))
        return self._text == text or self._text.endswith("." + text)


class WildcardDomainName(_Name):
    """A wildcard domain name such as `*.example.com`: `*.` and its parent.

    `name` is a string with the `*.`, the parent as a `DomainName`, or a wildcard domain name, which
    is returned itself. Raises `InvalidName` if a string is not a wildcard domain name, or if the
    parent is too long for one, and `TypeError` for any other type.

    >>> str(WildcardDomainName("*.Example.com"))
    '*.example.com'
    >>> str(WildcardDomainName(DomainName("example.com")))
    '*.example.com'
    """

    __slots__ = ()

    def __new__(cls, name: str | DomainName | WildcardDomainName) -> WildcardDomainName:  # noqa: PYI034  (as above)
        """Return the wildcard that a string contains, that of a parent, or the name itself."""
        if isinstance(name, DomainName):
            text = f"*.{name}"
            if len(text) > MAX_NAME_OCTETS:
                _refuse(text, "LONG_NAME", MAX_NAME_OCTETS, len(text))
            return _made(cls, text)
        parsed = parse_name(name)
        if isinstance(parsed, DomainName):
            _refuse(str(name), "NO_WILDCARD", 0, len(str(name)))
        return parsed if type(parsed) is cls else _made(cls, parsed._text)  # noqa: SLF001  (as above)

    def __reduce__(self) -> tuple[object, ...]:
        return WildcardDomainName, (self._text,)

    @property
    def parent(self) -> DomainName:
        """The FQDN portion, the part after the `*.` (Baseline Requirements 3.2.2.6)."""
        return unchecked_name(self._text[2:])

    def is_within(self, domain: str | DomainName) -> bool:
        """Return whether the parent is `domain` or a subdomain of it.

        `domain` may end in a dot. Raises `InvalidName` if it is a string that is not a domain name.
        """
        return self.parent.is_within(domain)


if TYPE_CHECKING:
    Name = DomainName | WildcardDomainName
else:
    # Their base class at run time, because msgspec allows only one foreign class in a union, and
    # pydantic reports an error for each.
    Name = _Name
    Name.__name__ = Name.__qualname__ = "Name"


def parse_name(text: str | Name) -> Name:
    """Return a string as a name; a name is returned itself.

    U-labels are converted with UTS 46 (nontransitional) and IDNA 2008. Raises `InvalidName` if the
    string is not a name, and `TypeError` for any other type.

    >>> str(parse_name("*.Bücher.example"))
    '*.xn--bcher-kva.example'
    """
    try:
        if text.isascii():  # type: ignore[union-attr]
            name = text.lower()  # type: ignore[union-attr]
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
                    "-" not in plain
                    or ("--" not in plain and "-." not in plain and ".-" not in plain)
                )
            ):
                kind: type[Name] = WildcardDomainName if wildcard else DomainName
                made = _bare(kind)
                _set_text(made, name)
                return made
    except (AttributeError, TypeError):
        return _require_name(text)
    return _read(text)


def parse_dns_name(text: str | Name) -> Name:
    """Parse a name as DNS tools print it, with or without a final dot. Raises `InvalidName`.

    Hosts, zones, and owners of records may have a final dot. ACM rejects it in the names of a
    certificate (fact 1.12), so `parse_name` does too.

    >>> parse_dns_name("www.example.com."), parse_dns_name("www.example.com")
    (DomainName('www.example.com'), DomainName('www.example.com'))
    """
    if not isinstance(text, str):
        return _require_name(text)
    return parse_name(text[:-1] if text[-1:] == "." and text[-2:] not in {".", ".."} else text)


def plain_dns_name(name: str | DomainName) -> DomainName:
    """Return a name that is not a wildcard; a string may have a final dot. Raises `InvalidName`."""
    if isinstance(name, DomainName):
        return name
    return DomainName(parse_dns_name(name))  # type: ignore[arg-type]


def as_name(kind: type[N], value: Any) -> N:  # noqa: ANN401  (data of other libraries)
    """Return a string or a name as a name of a class: of one kind, or of any for their base.

    Raises `InvalidName`, also for a name of the other kind, and `TypeError`.
    """
    if isinstance(value, kind):
        return value
    name: object = parse_name(value)
    if isinstance(name, kind):
        return name
    text = str(value)
    if isinstance(name, DomainName):
        return _refuse(text, "NO_WILDCARD", 0, len(text))
    return _refuse(text, "UNEXPECTED_WILDCARD", 0, 2)


def unchecked_name(text: str) -> DomainName:
    """Wrap a canonical string that is known to be a plain name."""
    return _made(DomainName, text)


def _require_name(value: object) -> Name:
    """Return a value that is a name, and raise `TypeError` for any other one."""
    if isinstance(value, DomainName | WildcardDomainName):
        return value
    raise TypeError(f"a name must be a string, not `{type(value).__name__}`") from None


def _refuse(text: str, fault: str, start: int, end: int, detail: str = "") -> NoReturn:
    from acmrules.name_errors import InvalidName, NameFault

    raise InvalidName(text, NameFault[fault], (start, end), detail)


def _read(text: str | Name) -> Name:
    """Check a string character by character, and report the most helpful fault first."""
    if not isinstance(text, str):
        return _require_name(text)
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
    return _made(WildcardDomainName, name) if start else unchecked_name(plain)


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
