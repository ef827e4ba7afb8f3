"""The base class of all value classes: frozen, slotted, equal by content.

Thirty frozen dataclasses take longer to declare than a command takes to read a file. Thirty of
these take less than a millisecond (`docs/pages/design.md`, values).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from inspect import Signature
    from typing import Any, Self, dataclass_transform
else:

    def dataclass_transform(**_: object):  # noqa: ANN201, D103  (a stand-in at run time)
        return lambda decorated: decorated


@dataclass_transform(frozen_default=True)
class ValueType(type):
    """The metaclass that turns annotations into slots, and assignments into defaults.

    A class may set `_computed`, the properties that its plain data contains next to the fields,
    `_short`, the one field whose data is that of the value within other values, and `_open`, if
    unknown members of its plain data are ignored.
    """

    _fields: tuple[str, ...]
    _defaults: dict[str, object]
    _setters: tuple[Callable[[object, object], None], ...]
    _tail: tuple[object, ...]
    _known: frozenset[str]
    _computed: tuple[str, ...] = ()
    _short = ""
    _open = False

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
    ) -> ValueType:
        """Create a value class; the fields of its bases are the first ones."""
        stated = namespace.get("__annotations__")
        own = tuple(_annotations(namespace) if stated is None else stated)
        fields: tuple[str, ...] = ()
        defaults: dict[str, object] = {}
        setters: tuple[Callable[[object, object], None], ...] = ()
        for base in bases:
            if isinstance(base, ValueType):
                fields += base._fields
                defaults |= base._defaults  # noqa: SLF001  (of the same metaclass)
                setters += base._setters  # noqa: SLF001  (as above)
        for field in own:
            if field in namespace:
                defaults[field] = namespace.pop(field)
        fields += own
        required = len(fields)
        while required and fields[required - 1] in defaults:
            required -= 1
        namespace["__slots__"] = own
        namespace["_fields"] = fields
        namespace["_known"] = frozenset(fields)
        namespace["_defaults"] = defaults
        namespace["_tail"] = tuple([defaults[field] for field in fields[required:]])
        cls = super().__new__(mcs, name, bases, namespace)
        cls._setters = setters + tuple([getattr(cls, field).__set__ for field in own])
        return cls

    def __dir__(cls) -> list[str]:
        """Return the names for `dir` and `help`, without those that only this module uses."""
        return [
            name
            for name in super().__dir__()
            if name != "__annotations__" and (name[:1] != "_" or name[-2:] == "__")
        ]

    @property
    def __signature__(cls) -> Signature:
        """The parameters of the constructor: the fields, with their defaults."""
        from inspect import Parameter, Signature, signature

        if cls.__init__ is not Value.__init__:  # type: ignore[misc]  # The fields are not the parameters.
            _, *parameters = signature(cls.__init__).parameters.values()  # type: ignore[misc]
            return Signature(parameters)
        hints = {
            name: each for base in cls.__mro__ for name, each in _annotations(vars(base)).items()
        }
        required = len(cls._fields) - len(cls._tail)
        return Signature(
            [
                Parameter(
                    field,
                    Parameter.POSITIONAL_OR_KEYWORD,
                    default=Parameter.empty if place < required else cls._defaults[field],
                    annotation=hints[field],
                )
                for place, field in enumerate(cls._fields)
            ]
        )


def _annotations(namespace: Mapping[str, Any]) -> dict[str, object]:
    """Return the annotated names of a class, and what they are annotated with.

    Python 3.14 evaluates annotations when they are read, unless a module imports them as strings.
    """
    # From 3.14 on, the strings of a class that exists are in `__annotations_cache__`.
    cached = namespace.get("__annotations_cache__")
    stated: dict[str, object] | None = namespace.get("__annotations__", cached)
    if stated is None and namespace.get("__annotate_func__"):
        import annotationlib  # type: ignore[import-not-found, unused-ignore]  # Python 3.14

        stated = annotationlib.call_annotate_function(
            namespace["__annotate_func__"], annotationlib.Format.FORWARDREF
        )
    return stated or {}


class Value(metaclass=ValueType):
    """A frozen record of positional or keyword arguments, equal by class and content."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Raise `TypeError` if a field is missing, unknown, or set twice."""
        cls = type(self)
        setters = cls._setters
        if kwargs or len(args) != len(setters):
            args = cls._completed(args, kwargs)
        for setter, value in zip(setters, args):  # noqa: B905  (equal lengths; `strict` takes a third longer)
            setter(self, value)

    @classmethod
    def _completed(cls, args: tuple[object, ...], kwargs: dict[str, object]) -> tuple[object, ...]:
        """Return the values of all fields, in order."""
        fields = cls._fields
        if not kwargs and 0 < len(fields) - len(args) <= len(cls._tail):
            return args + cls._tail[len(args) - len(fields) :]
        if len(args) > len(fields):
            raise TypeError(f"{cls.__name__} takes {len(fields)} values, not {len(args)}")
        rest = fields[len(args) :]
        stated = cls._defaults | kwargs
        try:
            completed = args + tuple(map(stated.__getitem__, rest))
        except KeyError as missing:
            raise TypeError(f"{cls.__name__} needs a value for {missing}") from None
        if not kwargs.keys() <= cls._known or (args and not kwargs.keys() <= {*rest}):
            unknown = [repr(field) for field in kwargs if field not in rest]
            raise TypeError(f"{cls.__name__} has no field {', '.join(unknown)} to set")
        return completed

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in type(self)._fields)

    def __hash__(self) -> int:
        cls = type(self)
        return hash((cls, *[getattr(self, field) for field in cls._fields]))

    def __repr__(self) -> str:
        return _described(self, 0)

    def __reduce__(self) -> tuple[object, ...]:
        cls = type(self)
        return cls, tuple(getattr(self, field) for field in cls._fields)

    def to_dict(self) -> dict[str, Any]:
        """Return the value as plain data for JSON: a member for each field."""
        from acmrules.serialization import to_data

        return to_data(self)

    def to_json(self) -> str:
        """Return the value as JSON on one line."""
        from acmrules.serialization import dumps

        return dumps(self.to_dict())

    @classmethod
    def from_dict(cls, data: object) -> Self:
        """Return the value of plain data; absent members have their defaults.

        Raises `InvalidArgument`, which names the place: `names[2]: must be a string, not a list`.
        """
        from acmrules.serialization import from_data

        return from_data(cls, data)  # type: ignore[no-any-return]

    @classmethod
    def _restored(cls, fields: dict[str, Any]) -> Self:
        """Return the value with these fields; a class whose constructor differs overrides this."""
        return cls(**fields)

    def __replace__(self, **changes: object) -> Self:
        """Return a copy with changed fields; `copy.replace` calls this."""
        cls = type(self)
        values = [getattr(self, field) for field in cls._fields]
        for field, value in changes.items():
            if field not in cls._fields:
                raise TypeError(f"{cls.__name__} has no field {field!r} to set")
            values[cls._fields.index(field)] = value
        return cls(*values)


def later(module: str, name: str) -> Any:  # noqa: ANN401  (whatever the name is)
    """Return what a module defines that builds on the caller's, for a method that converts a value.

    The module is loaded then. An import would close a cycle.
    """
    return getattr(__import__(f"acmrules.{module}", fromlist=(name,)), name)


_DEEPEST = 2
_MOST_ITEMS = 3


def _described(value: Value, depth: int) -> str:
    """Return the fields of a value that differ from their defaults, down to some depth."""
    cls = type(value)
    stated = {
        field: getattr(value, field)
        for field in cls._fields
        if field not in cls._defaults or getattr(value, field) != cls._defaults[field]
    }
    if depth == _DEEPEST and stated:
        return f"{cls.__name__}(…)"
    inside = (f"{field}={_brief(each, depth + 1)}" for field, each in stated.items())
    return f"{cls.__name__}({', '.join(inside)})"


def _brief(value: object, depth: int) -> str:
    """Return the `repr` of a field, with the first items of a tuple and the number of all."""
    if isinstance(value, Value) and type(value).__repr__ is Value.__repr__:
        return _described(value, depth)
    if not isinstance(value, tuple):
        return repr(value)
    items = [_brief(item, depth) for item in value[:_MOST_ITEMS]]
    if len(value) > _MOST_ITEMS:
        return f"({', '.join(items)}, … {len(value)} in all)"
    return f"({', '.join(items)}{',' * (len(value) == 1)})"
