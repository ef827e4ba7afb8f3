"""The schemas of names as fields: JSON Schemas, and those of pydantic 2.

Each of pydantic's schemas is built when pydantic requests it. No other module imports pydantic.
"""

from __future__ import annotations

from acmrules.name_errors import InvalidName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, NoReturn

    from pydantic_core.core_schema import CoreSchema


_MAX_LENGTH = 253
"""The maximum length of a name as ACM stores it, which no U-label shortens (fact 1.6)."""

_LABELS = r"[^*\s]+[.\u3002\uff0e\uff61][^*\s]+$"
"""Two labels or more; IDNA treats three more characters as dots."""

JSON_SCHEMAS: dict[str, dict[str, object]] = {
    "DomainName": {
        "type": "string",
        "format": "idn-hostname",
        "pattern": f"^{_LABELS}",
        "maxLength": _MAX_LENGTH,
    },
    "WildcardDomainName": {
        "type": "string",
        "pattern": rf"^\*\.{_LABELS}",
        "maxLength": _MAX_LENGTH,
    },
    "Name": {
        "type": "string",
        "pattern": rf"^(\*\.)?{_LABELS}",
        "maxLength": _MAX_LENGTH,
    },
}
"""The JSON Schema of each class of names. A wildcard has no format, because it is not a host."""

JSON_SCHEMAS["NameList"] = {"type": "array", "items": JSON_SCHEMAS["Name"], "minItems": 1}


def name_schema(cls: object, read: Callable[[Any], object]) -> CoreSchema:
    """Return pydantic's schema of a class of names; `read` returns a name of the class for a value.

    Strings and instances are valid. In strict mode, strings are valid in JSON only, as for all
    types that JSON does not have. An invalid string has the error type `acm_name`, with the fault,
    the span and the `InvalidName` in its context.
    """
    from pydantic_core import core_schema

    validated = core_schema.no_info_plain_validator_function(_reported(read, "acm_name"))
    return core_schema.json_or_python_schema(
        validated,
        core_schema.lax_or_strict_schema(validated, core_schema.is_instance_schema(cls)),
        serialization=core_schema.to_string_ser_schema(when_used="json"),
    )


def list_schema(
    cls: type, item: CoreSchema, make: Callable[[Iterable[object]], object]
) -> CoreSchema:
    """Return pydantic's schema of a class of lists; `make` returns a list of it for names.

    Lists and tuples of names or strings are valid, and instances. Each invalid name is an error at
    its index.
    """
    from pydantic_core import core_schema

    ordered = _reported(require_ordered, "acm_name_list")
    items = core_schema.no_info_before_validator_function(ordered, core_schema.list_schema(item))
    validated = core_schema.no_info_after_validator_function(
        _reported(make, "acm_name_list"), items
    )
    either = core_schema.no_info_wrap_validator_function(
        lambda value, handler: value if isinstance(value, cls) else handler(value), validated
    )
    return core_schema.json_or_python_schema(
        validated,
        core_schema.lax_or_strict_schema(either, core_schema.is_instance_schema(cls)),
        serialization=core_schema.plain_serializer_function_ser_schema(
            lambda value: [str(name) for name in value], when_used="json"
        ),
    )


def require_ordered(value: object) -> object:
    """Return a list of names; raise `TypeError` for a string, and for a set.

    The first name of a list becomes the common name, so a list needs an order.
    """
    if isinstance(value, str | bytes):
        raise TypeError("must be a list of names, not a single string")
    if isinstance(value, set | frozenset):
        raise TypeError("must be a list of names; a set has no first name")
    return value


def _reported(function: Callable[..., object], kind: str) -> Callable[[object], object]:
    """Return a function whose errors are those of pydantic, with our message alone."""

    def call(value: object) -> object:
        try:
            return function(value)
        except (ValueError, TypeError) as error:
            _refuse(kind, error)

    return call


def _refuse(kind: str, error: Exception) -> NoReturn:
    from pydantic_core import PydanticCustomError

    context: dict[str, object] = {"error": error}
    if isinstance(error, InvalidName):
        context |= {"fault": error.fault.name, "span": error.span}
    # Pydantic replaces placeholders in this order. The message is the last, since it has any text.
    context["message"] = str(error)
    raise PydanticCustomError(kind, "{message}", context) from error
