"""Names and lists of names as fields of msgspec, attrs and cattrs.

No library of fields is imported: you pass the hooks to yours. Pydantic needs no hooks.
"""

from __future__ import annotations

from acmrules.field_schemas import JSON_SCHEMAS, require_ordered
from acmrules.name_list import NameList
from acmrules.names import DomainName, Name, WildcardDomainName, as_name, parse_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    class Converter(Protocol):
        """A converter of cattrs, as `register_hooks` needs it."""

        def register_structure_hook(self, cl: object, func: Callable[[Any, Any], Any]) -> object:
            """Register a function that makes a value of a class."""

        def register_unstructure_hook(self, cls: object, func: Callable[[Any], Any]) -> object:
            """Register a function that returns data of a value."""


__all__ = ["dec_hook", "enc_hook", "register_hooks", "schema_hook"]


def _name_list(value: object) -> NameList:
    if isinstance(value, NameList):
        return value
    require_ordered(value)
    if not isinstance(value, list | tuple):
        raise TypeError(f"must be a list of names, not `{type(value).__name__}`")
    return NameList(map(parse_name, value))


_READERS: dict[object, Callable[[Any], Any]] = {
    DomainName: lambda value: as_name(DomainName, value),
    WildcardDomainName: lambda value: as_name(WildcardDomainName, value),
    Name: parse_name,
    NameList: _name_list,
}
"""The functions that read a value of each class, a name or a list of names."""


def enc_hook(value: object) -> object:
    """Return a name as a string, or a list of names as a list of strings.

    It is the `enc_hook` of `msgspec.json.Encoder`, `msgspec.json.encode` and `msgspec.to_builtins`.
    Raises `NotImplementedError` for any other value, as msgspec requires.
    """
    if isinstance(value, NameList):
        return [str(name) for name in value]
    if isinstance(value, DomainName | WildcardDomainName):
        return str(value)
    raise NotImplementedError(f"cannot encode `{type(value).__name__}`")


def dec_hook(type: Any, value: Any) -> Any:  # noqa: A002, ANN401  (the signature of msgspec)
    """Return a string as a name, or a list of strings as a list of names.

    It is the `dec_hook` of `msgspec.json.Decoder`, `msgspec.json.decode` and `msgspec.convert`.
    `type` is the annotation of the field. Raises `InvalidName`, other `ValueError`s and
    `TypeError`; msgspec adds the path of the value and raises them as its `ValidationError`. Raises
    `NotImplementedError` for any other type.
    """
    reader = _READERS.get(type)
    if reader is None:
        raise NotImplementedError(f"cannot decode `{getattr(type, '__name__', type)}`")
    return reader(value)


def schema_hook(type: Any) -> dict[str, Any]:  # noqa: A002, ANN401  (the signature of msgspec)
    """Return the JSON Schema of names, or of a list of names.

    It is the `schema_hook` of `msgspec.json.schema`. Raises `NotImplementedError` for any other
    type.
    """
    if type not in _READERS:
        raise NotImplementedError(f"no JSON Schema for `{getattr(type, '__name__', type)}`")
    return {**JSON_SCHEMAS[type.__name__]}


def register_hooks(converter: Converter) -> None:
    """Register the hooks of names and lists of names on a converter of cattrs.

    The converter then reads them from strings and lists of strings, and writes them so. The errors
    of the library are in the groups that cattrs raises.
    """
    for kind, reader in _READERS.items():
        converter.register_structure_hook(kind, _structured(reader))
        converter.register_unstructure_hook(kind, enc_hook)
    converter.register_structure_hook(DomainName | WildcardDomainName, _structured(parse_name))


def _structured(reader: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda value, _: reader(value)
