"""What a certificate lists: its names in order, none twice, the domain name first."""

from __future__ import annotations

from acmrules.names import Name, parse_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class NameList(Value):
    """The names of a certificate, from texts or names: folded, each once, never empty.

    A list cannot be edited, just as a certificate's cannot: what edits it returns another. Raises
    `InvalidName` for a text that is no name, and `ValueError` without a name.

    >>> names = NameList("Example.com", "*.example.com", "example.com")
    >>> names
    NameList('example.com', '*.example.com')
    >>> names.adding("*.dev.example.com").removing("*.example.com")
    NameList('example.com', '*.dev.example.com')
    """

    names: tuple[Name, ...]

    def __init__(self, *names: str | Name) -> None:
        if not names:
            raise ValueError("a certificate lists at least one name")
        super().__init__(folded(names))

    def __repr__(self) -> str:
        return f"NameList({', '.join(repr(str(name)) for name in self.names)})"

    def __str__(self) -> str:
        return ", ".join(map(str, self.names))

    def __reduce__(self) -> tuple[object, ...]:
        return NameList, self.names

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Name]:
        return iter(self.names)

    def __contains__(self, name: str | Name) -> bool:
        """Say whether a name is listed, which is less than being covered."""
        return _read(name) in self.names

    def __getitem__(self, index: int) -> Name:
        return self.names[index]

    @property
    def domain_name(self) -> Name:
        """The first name, which becomes the common name."""
        return self.names[0]

    def index(self, name: str | Name) -> int:
        """Return where a name stands; raises `ValueError` for one that is not listed."""
        name = _read(name)
        if name not in self.names:
            raise ValueError(f"`{name}` is not listed")
        return self.names.index(name)

    def adding(self, *names: str | Name) -> NameList:
        """Return the list with more names at its end; those listed already stay where they are."""
        return NameList(*self.names, *names)

    def removing(self, *names: str | Name) -> NameList:
        """Return the list without some names.

        Raises `ValueError` for a name that is not listed, and where none would be left.
        """
        indexes = {self.index(name) for name in names}
        return NameList(*(name for i, name in enumerate(self.names) if i not in indexes))

    def leading_with(self, name: str | Name) -> NameList:
        """Return the list with a name as its domain name, listed before or not."""
        return NameList(name, *self.names)


def folded(names: Iterable[str | Name]) -> tuple[Name, ...]:
    """Read texts as names and take repeats out; raises `InvalidName`."""
    return tuple(dict.fromkeys(map(_read, names)))


def _read(name: str | Name) -> Name:
    return parse_name(name) if isinstance(name, str) else name
