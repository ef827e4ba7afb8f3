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
    from typing import Any, Self, TypeVar

    from acmrules.name_errors import InvalidName

    N = TypeVar("N", bound="_Name")


MAX_NAME_OCTETS = 253
"""Maximum length of a name in bytes, including dots (RFC 1035; fact 1.6)."""

MAX_LABEL_OCTETS = 63
"""Maximum length of a label in bytes (RFC 1035; fact 1.6)."""

_NOT_ASCII = ("", 0, 0)


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
            raise _refusal(str(text), "UNEXPECTED_WILDCARD", 0, 2)
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
                raise _refusal(text, "LONG_NAME", MAX_NAME_OCTETS, len(text))
            return _made(cls, text)
        parsed = parse_name(name)
        if isinstance(parsed, DomainName):
            raise _refusal(str(name), "NO_WILDCARD", 0, len(str(name)))
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
    """A name of either kind, for annotations and `isinstance`."""
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
                "-" not in plain or ("--" not in plain and "-." not in plain and ".-" not in plain)
            )
            and text.isascii()  # type: ignore[union-attr]
        ):
            kind: type[Name] = WildcardDomainName if wildcard else DomainName
            made = _bare(kind)
            _set_text(made, name)
            return made
    except (AttributeError, TypeError):
        return _require_name(text)
    return _read(text, name, plain)


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
        raise _refusal(text, "NO_WILDCARD", 0, len(text))
    raise _refusal(text, "UNEXPECTED_WILDCARD", 0, 2)


def unchecked_name(text: str) -> DomainName:
    """Wrap a canonical string that is known to be a plain name."""
    return _made(DomainName, text)


def _require_name(value: object) -> Name:
    """Return a value that is a name, and raise `TypeError` for any other one."""
    if isinstance(value, DomainName | WildcardDomainName):
        return value
    raise TypeError(f"a name must be a string, not `{type(value).__name__}`") from None


# An import at each call takes as long as reading a name, so each of these two functions is replaced
# by the one that it imports; most runs need neither.


def _refusal(text: str, fault: str, start: int, end: int, detail: str = "") -> InvalidName:
    from acmrules.name_errors import refusal

    globals()["_refusal"] = refusal
    return refusal(text, fault, start, end, detail)


def _ascii_fault(text: str, plain: str) -> tuple[str, int, int]:
    from acmrules.ascii_faults import ascii_fault

    globals()["_ascii_fault"] = ascii_fault
    return ascii_fault(text, plain)


def _read(text: str | Name, name: str, plain: str) -> Name:
    """Return the name that a string contains, if the fast path does not accept it.

    `name` is the string in lower case, and `plain` is `name` without the `*.` of a wildcard.
    """
    if not isinstance(text, str):
        return _require_name(text)
    fault, start, end = _ascii_fault(text, plain) if text.isascii() else _NOT_ASCII
    if fault:
        raise _refusal(text, fault, start, end)
    if not end:
        from acmrules.name_reader import canonical_text

        name = canonical_text(text)
    return _made(WildcardDomainName, name) if name.startswith("*.") else unchecked_name(name)
