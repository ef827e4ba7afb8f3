"""The names of a certificate in order, without duplicates, the primary name first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acmrules.errors import InvalidArgument, require_list
from acmrules.names import (
    DomainName,
    Name,
    WildcardDomainName,
    parse_dns_name,
    parse_name,
)
from acmrules.values import Value

_MOST_SHOWN = 3
"""Names that the representation shows."""


class NameList(Value):
    """The names of a certificate, given as strings or names: normalized, distinct, not empty.

    A list is immutable, like the names of a certificate; each edit returns a new list. Raises
    `InvalidName` if a string is not a name, and `InvalidArgument` if there are no names.

    >>> names = NameList(["Example.com", "*.example.com", "example.com"])
    >>> names
    NameList(['example.com', '*.example.com'])
    >>> names.adding(["*.dev.example.com"]).removing(["*.example.com"])
    NameList(['example.com', '*.dev.example.com'])
    """

    names: tuple[Name, ...]

    _short = "names"

    def __init__(self, names: Iterable[str | Name]) -> None:
        listed = folded(names)
        if not listed:
            raise InvalidArgument("a certificate needs at least one name")
        super().__init__(listed)

    def __repr__(self) -> str:
        shown = ", ".join(repr(str(name)) for name in self.names[:_MOST_SHOWN])
        more = f", … {len(self.names)} in all" if len(self.names) > _MOST_SHOWN else ""
        return f"NameList([{shown}{more}])"

    def __str__(self) -> str:
        return ", ".join(map(str, self.names))

    def __reduce__(self) -> tuple[object, ...]:
        return NameList, (self.names,)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Name]:
        return iter(self.names)

    def __contains__(self, name: str | Name) -> bool:
        """Return whether a name is listed; a name that is only covered is not."""
        return _read(name) in self.names

    def __getitem__(self, index: int) -> Name:
        return self.names[index]

    @property
    def domain_name(self) -> Name:
        """The primary name, which becomes the common name (fact 1.3)."""
        return self.names[0]

    def index(self, name: str | Name) -> int:
        """Return the index of a name; raise `InvalidArgument` if it is not listed."""
        name = _read(name)
        if name not in self.names:
            raise InvalidArgument(f"`{name}` is not listed")
        return self.names.index(name)

    def adding(self, names: Iterable[str | Name]) -> NameList:
        """Return the list with more names at its end; listed names keep their positions."""
        require_list(names, "names")
        return NameList([*self.names, *names])

    def removing(self, names: Iterable[str | Name]) -> NameList:
        """Return the list without the given names.

        Raises `InvalidArgument` if a name is not listed, or if no names would remain.
        """
        require_list(names, "names")
        indexes = {self.index(name) for name in names}
        return NameList(name for i, name in enumerate(self.names) if i not in indexes)

    def leading_with(self, name: str | Name) -> NameList:
        """Return the list with `name` as its primary name, whether or not it was listed."""
        return NameList([name, *self.names])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        """Return how pydantic validates and serializes a list of names."""
        from acmrules.field_schemas import list_schema, name_schema

        return list_schema(cls, name_schema(Name, parse_name), cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: object, handler: object) -> dict[str, object]:
        """Return the JSON Schema of a list of names for pydantic."""
        from acmrules.field_schemas import JSON_SCHEMAS

        return {**JSON_SCHEMAS["NameList"]}


def folded(names: Iterable[str | Name], parameter: str = "names") -> tuple[Name, ...]:
    """Parse strings as names and remove duplicates; raise `InvalidName`.

    `parameter` is the name of the argument, for the `TypeError` about a single name.
    """
    require_list(names, parameter)
    return tuple(dict.fromkeys(map(_read, names)))


def folded_hosts(hosts: Iterable[str | Name]) -> tuple[Name, ...]:
    """Parse hosts, which may end in a dot, and remove duplicates; raise `InvalidName`."""
    require_list(hosts, "hosts")
    return tuple(
        dict.fromkeys(
            each if isinstance(each, DomainName | WildcardDomainName) else parse_dns_name(each)
            for each in hosts
        )
    )


def _read(name: str | Name) -> Name:
    return name if isinstance(name, DomainName | WildcardDomainName) else parse_name(name)
