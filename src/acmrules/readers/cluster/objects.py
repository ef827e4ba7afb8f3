"""An object of a cluster, and access to its fields."""

from __future__ import annotations

from acmrules.readers.fields import Fields
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.readers.fields import Found, Listed
    from acmrules.syntax.tree import Pointer

ENTRY = -3
"""The penultimate step of a pointer to an entry of a comma-separated string; then its index."""


class Object(Value):
    """An object: its group and kind, its namespace and name, and its fields."""

    type: tuple[str, str]
    key: tuple[str, str]
    fields: Fields

    @property
    def address(self) -> str:
        """The name, after the namespace if there is one."""
        return "/".join(filter(None, self.key))

    @property
    def namespace(self) -> str:
        """The namespace; empty if there is none."""
        return self.key[0]

    @property
    def head(self) -> Pointer:
        """The pointer to the beginning of the object."""
        return (*self.fields.pointer, KEY)

    @property
    def spec(self) -> Fields:
        """The desired state of the object."""
        return self.fields.inner("spec")

    def annotation(self, key: str) -> Found | None:
        """Return an annotation; raises `TypeMismatchError` if it is not a string."""
        return self.fields.inner("metadata").inner("annotations").text(key)


def each(fields: Fields, member: str) -> Iterator[Fields]:
    """Yield the known items of a member that is a list of mappings."""
    for data, pointer in fields.elements(member):
        if fields.reader.unknown(data, pointer) is None:
            yield type(fields)(fields.reader, data, pointer)


def unknown(fields: Fields, member: str) -> list[Listed]:
    """Return the unknown items of such a member, each as any number of names."""
    items = ((fields.reader.unknown(*item), item[1]) for item in fields.elements(member))
    return [(UnresolvedNames(text.unknowns[0]), pointer, None) for text, pointer in items if text]


def texts(fields: Fields, member: str) -> list[Found]:
    """Return a member that is a list of strings; an unknown list is one unknown string."""
    return [(_text(value), pointer, origin) for value, pointer, origin in fields.texts(member)]


def _text(value: Text | UnresolvedNames) -> Text:
    return Unresolved((value.unknown,)) if isinstance(value, UnresolvedNames) else value


def entries(found: Found | None) -> list[Found]:
    """Return the entries of a comma-separated string, without empty ones."""
    if found is None:
        return []
    text, pointer, origin = found
    groups: list[list[str | Unknown]] = [[]]
    for part in text.parts if isinstance(text, Unresolved) else (text,):
        if isinstance(part, str):
            first, *others = part.split(",")
            groups[-1].append(first)
            groups += [[other] for other in others]
        else:
            groups[-1].append(part)
    if len(groups) == 1:
        return [(text, pointer, origin)] if text else []
    return [
        (entry, (*pointer, ENTRY, number), origin)
        for number, group in enumerate(groups)
        if (entry := _stripped(group))
    ]


def _stripped(parts: list[str | Unknown]) -> Text:
    """Return a string without whitespace at its ends."""
    if isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    remaining = tuple(part for part in parts if part)
    known = [part for part in remaining if isinstance(part, str)]
    return "".join(known) if len(known) == len(remaining) else Unresolved(remaining)
