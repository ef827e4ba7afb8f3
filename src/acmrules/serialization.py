"""Values as plain data for JSON, and back, directed by the annotations of their classes.

A name is its string, a member of an enumeration its value (or its name, if the value is a number),
a date or a time an ISO string, and a value an object with a member for each field. If a field may
contain several classes of objects, the member `type` names the class. `Value` loads this module
when a program first converts a value.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from functools import cache

from acmrules.annotations import field_types
from acmrules.errors import AcmRulesError, InvalidArgument
from acmrules.messages import choose_from, did_you_mean, quoted, quoted_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Place = tuple[str | int, ...]
    """The position of a value in plain data."""

TAG = "type"
"""The member that names the class of an object where several classes are possible."""

_KINDS = {
    type(None): "null",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "an object",
}
"""What messages call the types of plain data."""

_MOST_CHOICES = 12


def to_data(value: Any) -> dict[str, Any]:  # noqa: ANN401  (of any value class)
    """Return a value as an object of plain data, with a member for each field."""
    return object_form(value.__class__).members(value)


def from_data(cls: Any, data: object) -> Any:  # noqa: ANN401  (a class, and an instance of it)
    """Return the value of a class from an object of plain data; raises `InvalidArgument`."""
    return object_form(cls).load(data, ())


def dumps(data: object) -> str:
    """Return plain data as JSON on one line, in ASCII, so that any output can have it."""
    from json import dumps

    return dumps(data)


def refuse(place: Place, fault: str) -> InvalidArgument:
    """Return the error for data at a place: `names[2]: must be a string, not a number`."""
    return InvalidArgument(f"{written(place)}: {fault}" if place else fault)


def written(place: Place) -> str:
    """Return a place as programmers write it: `validation_options[0].domain_name`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


def kind_of(data: object) -> str:
    """Return what messages call the type of plain data."""
    return _KINDS.get(type(data), f"a value of the type `{type(data).__name__}`")


class Form:
    """The form of one type as plain data; `kinds` are the types of that data."""

    kinds: frozenset[type]

    def dump(self, value: Any) -> Any:  # noqa: ANN401  (any value, and any plain data)
        """Return a value as plain data."""
        return value

    def load(self, data: object, place: Place) -> Any:  # noqa: ANN401  (any value)
        """Return the value of plain data; raises `InvalidArgument`."""
        if type(data) not in self.kinds:
            raise refuse(place, f"must be {self.expected}, not {kind_of(data)}")
        return self.parse(data, place)

    def parse(self, data: Any, place: Place) -> Any:  # noqa: ANN401  (as above)
        """Return the value of plain data of the right type."""
        del place
        return data

    @property
    def expected(self) -> str:
        """What messages call the data."""
        words = dict.fromkeys(_KINDS[kind] for kind in _KINDS if kind in self.kinds)
        if "a number" in words:
            words.pop("an integer", None)
        return " or ".join(words)


class ScalarForm(Form):
    """Data that is the value itself: strings, numbers, booleans, `None`."""

    def __init__(self, *kinds: type) -> None:
        self.kinds = frozenset(kinds)


class DateForm(Form):
    """A date as an ISO string."""

    kinds = frozenset({str})

    def dump(self, value: date) -> str:
        """Return the value as plain data."""
        return value.isoformat()

    def parse(self, data: str, place: Place) -> date:
        """Return the value of the data."""
        try:
            found = date.fromisoformat(data)
        except ValueError:
            found = None
        # Only the form that `dump` writes; `fromisoformat` accepts others, such as `20261123`.
        if found is None or found.isoformat() != data:
            raise refuse(place, f"{quoted(data)} is not a date such as `2026-03-15`")
        return found


class TimeForm(Form):
    """A time with a time zone as an ISO string."""

    kinds = frozenset({str})

    def dump(self, value: datetime) -> str:
        """Return the value as plain data."""
        return value.isoformat()

    def parse(self, data: str, place: Place) -> datetime:
        """Return the value of the data."""
        try:
            found = datetime.fromisoformat(data)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise refuse(place, f"{quoted(data)} is not a time such as `2026-03-15T09:30:00+00:00`")
        return found


class EnumForm(Form):
    """A member of an enumeration: its value, or the name of a number in lowercase."""

    kinds = frozenset({str})

    def __init__(self, cls: type[Enum]) -> None:
        self.words = {self.dump(member): member for member in cls}

    def dump(self, value: Enum) -> str:
        """Return the value as plain data."""
        word = value.value
        return str(word) if isinstance(word, str) else value.name.lower().replace("_", "-")

    def parse(self, data: str, place: Place) -> Enum:
        """Return the value of the data."""
        if data not in self.words:
            meant = choose_from(data, self.words, _MOST_CHOICES)
            raise refuse(place, f"unknown value {quoted(data)}{meant}")
        return self.words[data]


class NameForm(Form):
    """A class that reads and writes itself as a string, such as a name."""

    kinds = frozenset({str})

    def __init__(self, cls: Any) -> None:  # noqa: ANN401  (a class with `from_dict`)
        self.cls = cls

    def dump(self, value: Any) -> str:  # noqa: ANN401  (an instance of the class)
        """Return the value as plain data."""
        return str(value)

    def parse(self, data: str, place: Place) -> Any:  # noqa: ANN401  (as above)
        """Return the value of the data."""
        return guarded(place, lambda: self.cls.from_dict(data))


class ListForm(Form):
    """A tuple of any length, or a set in order, as a list."""

    kinds = frozenset({list})

    def __init__(self, item: Form, collection: type) -> None:
        self.item = item
        self.collection = collection

    def dump(self, value: Iterable[Any]) -> list[Any]:
        """Return the value as plain data."""
        items = [self.item.dump(each) for each in value]
        return sorted(items) if self.collection is frozenset else items

    def parse(self, data: list[Any], place: Place) -> Any:  # noqa: ANN401  (of `collection`)
        """Return the value of the data."""
        return self.collection(
            [self.item.load(each, (*place, index)) for index, each in enumerate(data)]
        )


class FixedListForm(Form):
    """A tuple of a fixed length as a list."""

    kinds = frozenset({list})

    def __init__(self, *items: Form) -> None:
        self.items = items

    def dump(self, value: tuple[Any, ...]) -> list[Any]:
        """Return the value as plain data."""
        return [form.dump(each) for form, each in zip(self.items, value, strict=True)]

    def parse(self, data: list[Any], place: Place) -> tuple[Any, ...]:
        """Return the value of the data."""
        if len(data) != len(self.items):
            raise refuse(place, f"must have {len(self.items)} items, not {len(data)}")
        pairs = enumerate(zip(self.items, data, strict=True))
        return tuple(form.load(each, (*place, index)) for index, (form, each) in pairs)


class MappingForm(Form):
    """A mapping from strings as an object."""

    kinds = frozenset({dict})

    def __init__(self, item: Form) -> None:
        self.item = item

    def dump(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return the value as plain data."""
        return {key: self.item.dump(each) for key, each in value.items()}

    def parse(self, data: dict[str, Any], place: Place) -> dict[str, Any]:
        """Return the value of the data."""
        return {str(key): self.item.load(each, (*place, str(key))) for key, each in data.items()}


class ObjectForm(Form):
    """A value class as an object; its `_computed` properties are written, and not read."""

    kinds = frozenset({dict})

    def __init__(self, cls: Any) -> None:  # noqa: ANN401  (a value class)
        self.cls = cls
        self.name = cls.__name__
        self._fields: dict[str, Form] | None = None

    @property
    def fields(self) -> dict[str, Form]:
        """The forms of the fields, found on first use, because a class may contain itself."""
        if self._fields is None:
            types = field_types(self.cls)
            self._fields = {field: form_of(types[field]) for field in self.cls._fields}
        return self._fields

    @property
    def required(self) -> tuple[str, ...]:
        """The fields without a default, which a constructor of the class itself may have."""
        optional = self.cls._defaults  # noqa: SLF001  (of `Value`)
        if "__init__" in vars(self.cls):
            code, defaults = self.cls.__init__.__code__, self.cls.__init__.__defaults__ or ()
            optional = code.co_varnames[code.co_argcount - len(defaults) : code.co_argcount]
        return tuple(field for field in self.cls._fields if field not in optional)

    def members(self, value: Any) -> dict[str, Any]:  # noqa: ANN401  (an instance of the class)
        """Return a member for each field, and for each computed property."""
        data = {name: form.dump(getattr(value, name)) for name, form in self.fields.items()}
        return data | {name: getattr(value, name) for name in self.cls._computed}  # noqa: SLF001

    def dump(self, value: Any) -> dict[str, Any]:  # noqa: ANN401  (as above)
        """Return the value as plain data."""
        # The class of the value may extend the class of the field.
        form = self if type(value) is self.cls else object_form(value.__class__)
        return form.members(value)

    def parse(self, data: dict[str, Any], place: Place) -> Any:  # noqa: ANN401  (as above)
        """Return the value of the data."""
        known = {*self.fields, *self.cls._computed}  # noqa: SLF001
        for member in () if self.cls._open else data:  # noqa: SLF001
            if member not in known:
                meant = did_you_mean(str(member), known)
                raise refuse(place, f"unknown member {quoted(str(member))}{meant}")
        for field in self.required:
            if field not in data:
                raise refuse(place, f"the member `{field}` is missing")
        values = {
            field: form.load(data[field], (*place, field))
            for field, form in self.fields.items()
            if field in data
        }
        return guarded(place, lambda: self.cls._restored(values))  # noqa: SLF001  (of `Value`)


class ShortForm(Form):
    """A value class of one field that is written as the data of that field."""

    def __init__(self, cls: Any, field: str) -> None:  # noqa: ANN401  (a value class)
        self.form = object_form(cls)
        self.field = field
        self.kinds = self.form.fields[field].kinds

    def dump(self, value: Any) -> Any:  # noqa: ANN401  (an instance of the class)
        """Return the value as plain data."""
        return self.form.fields[self.field].dump(getattr(value, self.field))

    def parse(self, data: Any, place: Place) -> Any:  # noqa: ANN401  (as above)
        """Return the value of the data."""
        inner = self.form.fields[self.field].parse(data, place)
        return guarded(place, lambda: self.form.cls._restored({self.field: inner}))  # noqa: SLF001


class UnionForm(Form):
    """One of several types, which differ in the type of their data, or in the member `type`."""

    def __init__(self, forms: dict[type, Form]) -> None:
        self.forms = forms
        self.kinds = frozenset(kind for form in forms.values() for kind in form.kinds)
        self.objects = {form.name: form for form in forms.values() if isinstance(form, ObjectForm)}

    @property
    def is_tagged(self) -> bool:
        """Whether several classes of objects are possible."""
        return len(self.objects) > 1

    def dump(self, value: Any) -> Any:  # noqa: ANN401  (of one of the types)
        """Return the value as plain data."""
        form = self.forms.get(type(value)) or self._form_of(value)
        data = form.dump(value)
        return {TAG: form.name, **data} if self.is_tagged and isinstance(form, ObjectForm) else data

    def _form_of(self, value: object) -> Form:
        """Return the form of a value whose class is not that of a type: an integer, a tuple."""
        for cls, form in self.forms.items():
            kind = getattr(cls, "__origin__", cls)
            if isinstance(value, (int, float) if kind is float else kind):
                return form
        raise TypeError(f"a value of the type `{type(value).__name__}` is not possible here")

    def parse(self, data: Any, place: Place) -> Any:  # noqa: ANN401  (as above)
        """Return the value of the data."""
        if self.is_tagged and isinstance(data, dict):
            return self._tagged(data, place)
        fault = None
        for form in self.forms.values():
            if type(data) in form.kinds:
                try:
                    return form.parse(data, place)
                except InvalidArgument as error:
                    # For a string that may be one of several things, the first fault is the best.
                    fault = fault or error
        raise fault or refuse(place, f"must be {self.expected}")

    def _tagged(self, data: dict[str, Any], place: Place) -> Any:  # noqa: ANN401  (as above)
        tag = data.get(TAG)
        if tag not in self.objects:
            known = quoted_list([*self.objects], _MOST_CHOICES)
            if tag is None:
                raise refuse(place, f"the member `{TAG}` is missing; use one of {known}")
            raise refuse((*place, TAG), f"unknown type {quoted(str(tag))}; use one of {known}")
        rest = {member: each for member, each in data.items() if member != TAG}
        return self.objects[tag].parse(rest, place)


class AnyForm(Form):
    """A value of any type, such as that of a fact; what JSON lacks is an object with `type`."""

    kinds = frozenset(_KINDS)

    def dump(self, value: Any) -> Any:  # noqa: ANN401  (any value)
        """Return the value as plain data."""
        if type(value) in {tuple, list}:
            return [self.dump(each) for each in value]
        if value is None or type(value) in {bool, int, float, str}:
            return value
        form = form_of(value.__class__)
        data = form.dump(value)
        name = type(value).__name__
        return {TAG: name, **data} if isinstance(form, ObjectForm) else {TAG: name, "value": data}

    def parse(self, data: Any, place: Place) -> Any:  # noqa: ANN401  (as above)
        """Return the value of the data."""
        if type(data) is list:
            return tuple(self.parse(each, (*place, index)) for index, each in enumerate(data))
        if type(data) is not dict:
            return data
        rest = {member: each for member, each in data.items() if member != TAG}
        form = form_of(_named(data.get(TAG), place))
        if isinstance(form, ObjectForm):
            return form.parse(rest, place)
        if rest.keys() != {"value"}:
            raise refuse(place, "must have the members `type` and `value`")
        return form.load(rest["value"], (*place, "value"))


def _named(tag: object, place: Place) -> type:
    """Return the class of a tag: a date, or a class of acmrules."""
    if tag == date.__name__:
        return date
    found = [cls for cls in _classes() if cls.__name__ == tag]
    if not found:
        raise refuse((*place, TAG), f"unknown type {quoted(str(tag))}")
    return found[0]


def _classes() -> Iterable[type]:
    """Yield the public classes, and the other value classes and enumerations that are loaded."""
    package = __import__("acmrules")
    yield from (cls for name in package.__all__ if isinstance(cls := getattr(package, name), type))
    values = __import__("acmrules.values", fromlist=("Value",))
    waiting = [values.Value, Enum]
    while waiting:
        waiting += (cls := waiting.pop()).__subclasses__()
        if cls.__module__.startswith("acmrules."):
            yield cls


@cache
def object_form(cls: Any) -> ObjectForm:  # noqa: ANN401  (a value class)
    """Return the form of a value class as an object."""
    return ObjectForm(cls)


@cache
def form_of(annotation: Any) -> Form:  # noqa: ANN401  (a type)
    """Return the form of a type; raises `TypeError` if it has none."""
    import typing
    from types import UnionType

    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in {UnionType, typing.Union}:
        return _union(arguments)
    if origin is tuple and arguments[1:] != (...,):
        return FixedListForm(*map(form_of, arguments))
    if origin in {tuple, frozenset}:
        return ListForm(form_of(arguments[0]), origin)
    if origin is not None and issubclass(origin, typing.Mapping):
        return MappingForm(form_of(arguments[1]))
    if annotation in {typing.Any, object} or isinstance(annotation, typing.TypeVar):
        return AnyForm()
    return _scalar(annotation) or _class(annotation)


def _scalar(annotation: Any) -> Form | None:  # noqa: ANN401  (a type)
    """Return the form of a type without parts, `None` if it is another one."""
    if annotation is date:
        return DateForm()
    if annotation is datetime:
        return TimeForm()
    if annotation is float:
        return ScalarForm(int, float)
    return ScalarForm(annotation) if annotation in {str, int, bool, type(None)} else None


def _class(annotation: Any) -> Form:  # noqa: ANN401  (a type)
    """Return the form of a class; raises `TypeError` if it has none."""
    if isinstance(annotation, type):
        if issubclass(annotation, Enum):
            return EnumForm(annotation)
        if short := getattr(annotation, "_short", ""):
            return ShortForm(annotation, short)
        if hasattr(annotation, "_fields"):
            return ObjectForm(annotation)
        if hasattr(annotation, "from_dict"):
            return NameForm(annotation)
    raise TypeError(f"`{annotation}` has no form in JSON")


def _union(arguments: tuple[Any, ...]) -> UnionForm:
    """Return the form of a union; raises `TypeError` if data would not determine the type."""
    forms = {argument: form_of(argument) for argument in arguments}
    seen: set[type] = set()
    for form in forms.values():
        if not isinstance(form, ObjectForm | NameForm) and seen & form.kinds:
            raise TypeError(f"data does not determine which of {arguments} it is")
        if not isinstance(form, ObjectForm):
            seen |= form.kinds
    return UnionForm(forms)


def guarded(place: Place, make: Any) -> Any:  # noqa: ANN401  (a function, and what it returns)
    """Return what a function makes; its errors become `InvalidArgument` with the place."""
    try:
        return make()
    except (AcmRulesError, ValueError) as error:
        sentence = getattr(error, "sentence", None) or str(error)
        raise refuse(place, sentence) from None
