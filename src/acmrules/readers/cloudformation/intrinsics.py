"""CloudFormation's intrinsic functions, resolved where the template determines their values.

A resolver has one set of answers to the questions of the template's conditions. A question without
an answer raises `OpenCondition`, and the reader continues with one resolver for each answer.
"""

from __future__ import annotations

from acmrules.model.locations import Origin
from acmrules.readers.cloudformation.parameters import ParameterValues
from acmrules.readers.cloudformation.template import is_expression, mentions, placeholders, scalar
from acmrules.syntax.errors import CyclicReferenceError, TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import ClassVar

    from acmrules.readers.cloudformation.template import Template
    from acmrules.readers.conditions import State
    from acmrules.readers.fields import Element, Found, Listed
    from acmrules.readers.substituted import Substituted
    from acmrules.syntax.tree import Data, Pointer

    Value = str | Unresolved | list["Resolved"]
    Resolved = tuple[Value, Origin | None]
    """The value of an expression, and its origin."""

_LONGEST_TEXT = 65_536
_MOST_KEYS = 16
"""The largest mapping whose entries are all read if the key is unknown."""

_LONGEST_LABEL = 200
_MOST_PARTS = 1_000


class Resolver:
    """Resolves the expressions of one template with one set of answers.

    With `assume_defaults`, it uses the default answer instead of raising `OpenCondition`. With
    `blanks`, an empty default is a value like any other.
    """

    def __init__(
        self,
        template: Template,
        state: State,
        *,
        assume_defaults: bool = False,
        blanks: bool = False,
    ) -> None:
        self.template = template
        self.state = state
        self._answers = ParameterValues(
            template, state, assume_defaults=assume_defaults, blanks=blanks
        )
        self._truths: dict[str, bool] = {}
        self._open: list[str] = []
        self._resolved: dict[int, Resolved] = {}
        region = "AWS::Region"
        self.region: Text = self._answers.value(region)[0] or _unknown_name(region)

    # `ValueReader`

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return the branch of each `Fn::If` that applies; `None` if it is absent.

        Raises `TypeMismatchError` for null.
        """
        while type(data) is dict and len(data) == 1:
            branches = data.get("Fn::If")
            if type(branches) is list and len(branches) == 3 and type(branches[0]) is str:  # noqa: PLR2004
                index = 1 if self.holds(branches[0]) else 2
                data, pointer = branches[index], (*pointer, "Fn::If", index)
            elif data.get("Ref") == "AWS::NoValue":
                return None, pointer
            else:
                return data, pointer
        if data is None:
            raise TypeMismatchError(pointer, "must not be null")
        return data, pointer

    def unknown(self, data: Data, pointer: Pointer) -> Unresolved | None:
        """Return the unknown value of a settled expression; `None` for any other data."""
        if not is_expression(data):
            return None
        found = self.text(data, pointer)
        if found is None or isinstance(found[0], str):
            raise TypeMismatchError.of(pointer, "", "a mapping")
        return found[0]

    def text(self, data: Data, pointer: Pointer) -> Found | None:
        """Return a string, which may be partly unknown; `None` if it is absent.

        Raises `TypeMismatchError`.
        """
        data, pointer = self.settle(data, pointer)
        if type(data) is str and "{{" not in data:
            return data, pointer, None
        if data is None:
            return None
        if type(data) is list or (type(data) is dict and not is_expression(data)):
            raise TypeMismatchError.of(pointer, data, "a string")
        value, origin = self.resolve(data, pointer)
        if isinstance(value, list):
            raise TypeMismatchError.of(pointer, value, "a string")
        return _with_references(value), pointer, origin

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return a list of strings; an unknown list is one entry for any number of strings.

        A single string is a list of one string, as CloudFormation treats it.
        """
        data, pointer = self.settle(data, pointer)
        if data is None:
            return []
        if type(data) is list:
            found = (self.text(item, (*pointer, index)) for index, item in enumerate(data))
            return list(filter(None, found))
        if type(data) is dict and not is_expression(data):
            raise TypeMismatchError.of(pointer, data, "a list of strings")
        value, origin = self.resolve(data, pointer)
        if isinstance(value, list):
            return [
                (_with_references(text), pointer, source)
                for text, source in value
                if isinstance(text, str | Unresolved)
            ]
        if isinstance(value, Unresolved) and not self._is_string(data):
            return [(UnresolvedNames(Unknown(str(value))), pointer, origin)]
        return [(_with_references(value), pointer, origin)]

    def elements(self, data: Data, pointer: Pointer) -> list[Element]:
        """Return the items of a list, without absent ones; an expression is one item."""
        data, pointer = self.settle(data, pointer)
        if is_expression(data):
            return [(data, pointer)]
        if data is not None and type(data) is not list:
            raise TypeMismatchError.of(pointer, data, "a list")
        settled = [self.settle(item, (*pointer, index)) for index, item in enumerate(data or ())]
        return [element for element in settled if element[0] is not None]

    def holds(self, condition: str) -> bool:
        """Return whether a condition of the template is true.

        Raises `OpenCondition` and `CyclicReferenceError`.
        """
        if condition not in self._truths:
            if condition in self._open:
                cycle = self._open[self._open.index(condition) :]
                raise CyclicReferenceError(("Conditions", condition, KEY), cycle)
            self._open.append(condition)
            try:
                expression = self.template.conditions.get(condition)
                self._truths[condition] = self._is_true(expression, ("Conditions", condition))
            finally:
                self._open.pop()
        return self._truths[condition]

    # Conditions

    def _is_true(self, expression: Data, pointer: Pointer) -> bool:
        if type(expression) is dict and len(expression) == 1:
            ((function, argument),) = expression.items()
            here = (*pointer, function)
            if function == "Condition" and type(argument) is str:
                return self.holds(argument)
            if type(argument) is list:
                inner = (self._is_true(each, (*here, i)) for i, each in enumerate(argument))
                if function == "Fn::And":
                    return all(inner)
                if function == "Fn::Or":
                    return any(inner)
                if function == "Fn::Not" and len(argument) == 1:
                    return not next(inner)
                if function == "Fn::Equals" and len(argument) == 2:  # noqa: PLR2004
                    return self._are_equal(argument, here)
        return self._answers.hold(f"{pointer[:2]}: {expression!r}", (), default=False)

    def _are_equal(self, sides: list[Data], pointer: Pointer) -> bool:
        parameters = sorted(self._parameters(sides))
        comparison = repr(sides)
        known = self._answers.knows(comparison, parameters)
        if known is not None:
            return known
        for index, one in enumerate(sides):
            variable, other = self._variable(one), sides[1 - index]
            if variable and not any(map(self._answers.is_open, self._parameters(other))):
                constant, _ = self.resolve(other, (*pointer, 1 - index))
                if isinstance(constant, str):
                    return self._answers.is_equal(variable, constant)
        resolver = self
        if any(map(self._answers.is_open, parameters)):
            resolver = Resolver(self.template, frozenset(), assume_defaults=True, blanks=True)
            resolver._open = self._open
        values = [resolver.resolve(side, (*pointer, i))[0] for i, side in enumerate(sides)]
        equal = values[0] == values[1]
        if resolver is self and all(isinstance(value, str) for value in values):
            return equal
        return self._answers.hold(comparison, parameters, default=equal)

    def _parameters(self, expression: Data) -> set[str]:
        """Return the parameters in an expression whose value is not given by the user."""
        return {
            name
            for kind, name in mentions(expression)
            if kind == "name"
            and (name in self.template.parameters or name.startswith("AWS::"))
            and not self._answers.is_fixed(name)
        }

    def _variable(self, expression: Data) -> str | None:
        """Return the parameter that an expression refers to, if it is only that."""
        if type(expression) is not dict or len(expression) != 1:
            return None
        name = expression.get("Ref")
        if type(name) is not str or name not in self._parameters(expression):
            return None
        declared = self.template.parameters.get(name)
        return None if declared and declared.is_list else name

    # Expressions

    def resolve(self, data: Data, pointer: Pointer) -> Resolved:
        """Return the value of an expression and its origin; an absent value is empty."""
        data, pointer = self.settle(data, pointer)
        if type(data) is list:
            return [self.resolve(*element) for element in self.elements(data, pointer)], None
        if not is_expression(data):
            if type(data) is dict:
                raise TypeMismatchError.of(pointer, data, "a string or a list")
            if data is not None and not isinstance(data, str | bool | int | float):
                return _substituted(data)
            return scalar(data) or "", None
        known = self._resolved.get(id(data))
        if known is None:
            ((function, argument),) = data.items()
            pointer = (*pointer, function)
            resolve = self._functions.get(function)
            known = resolve(self, argument, pointer) if resolve else None
            known = known or (_unknown(self._label(function, argument, pointer)), None)
            self._resolved[id(data)] = known
        return known

    def _ref(self, argument: Data, pointer: Pointer) -> Resolved | None:
        del pointer
        return self._referred(argument) if type(argument) is str else None

    def _get_att(self, argument: Data, pointer: Pointer) -> Resolved | None:
        del pointer
        if type(argument) is list and all(type(step) is str for step in argument):
            argument = ".".join(argument)
        return self._attribute(argument) if type(argument) is str else None

    def _referred(self, name: str) -> Resolved:
        value, origin = self._answers.value(name)
        if value is None:
            return _unknown_name(name), None
        declared = self.template.parameters.get(name)
        if declared is None or not declared.is_list:
            return value, origin
        items = [item.strip() for item in value.split(",")] if value else []
        return [
            (item, origin and origin.__replace__(item=index)) for index, item in enumerate(items)
        ], origin

    def _attribute(self, name: str) -> Resolved:
        imported = self.template.imported(name)
        return _unknown(imported) if imported else _unknown_name(self.template.identity(name)), None

    def _sub(self, argument: Data, pointer: Pointer) -> Resolved | None:
        variables: Data = {}
        if type(argument) is list and len(argument) == 2:  # noqa: PLR2004
            argument, variables = argument
        if type(argument) is not str or type(variables) is not dict:
            return None
        parts: list[Resolved] = []
        for text, name in placeholders(argument):
            parts.append((text, None))
            if name in variables:
                parts.append(self.resolve(variables[name], (*pointer, 1, name)))
            elif name:
                parts.append(self._attribute(name) if "." in name else self._referred(name))
        return joined(parts)

    def _join(self, argument: Data, pointer: Pointer) -> Resolved | None:
        if type(argument) is not list or len(argument) != 2 or type(argument[0]) is not str:  # noqa: PLR2004
            return None
        values, _ = self.resolve(argument[1], (*pointer, 1))
        if not isinstance(values, list):
            return None
        parts: list[Resolved] = []
        for value in values:
            parts += [(argument[0], None), value]
        return joined(parts[1:])

    def _select(self, argument: Data, pointer: Pointer) -> Resolved | None:
        if type(argument) is not list or len(argument) != 2:  # noqa: PLR2004
            return None
        (selected, _), (values, _) = (
            self.resolve(each, (*pointer, index)) for index, each in enumerate(argument)
        )
        if not isinstance(values, list):
            return None
        return next((value for index, value in enumerate(values) if str(index) == selected), None)

    def _split(self, argument: Data, pointer: Pointer) -> Resolved | None:
        if type(argument) is not list or len(argument) != 2:  # noqa: PLR2004
            return None
        (delimiter, _), (text, origin) = (
            self.resolve(each, (*pointer, index)) for index, each in enumerate(argument)
        )
        if not isinstance(delimiter, str) or not delimiter or not isinstance(text, str):
            return None
        return [(piece, origin) for piece in text.split(delimiter)], origin

    def _find_in_map(self, argument: Data, pointer: Pointer) -> Resolved | None:
        if type(argument) is not list or not 3 <= len(argument) <= 4:  # noqa: PLR2004
            return None
        keys: list[str] = []
        data: Data = self.template.mappings
        for index, step in enumerate(argument[:3]):
            found_key, _ = self.resolve(step, (*pointer, index))
            is_one = len(argument) == 3  # noqa: PLR2004
            key = (
                found_key if isinstance(found_key, str) else self._chosen(step, data, is_one=is_one)
            )
            if not isinstance(key, str):
                return None
            data = data.get(key) if isinstance(data, dict) else None
            keys.append(key)
        entry = ("Mappings", *keys)
        note = f"`{keys[2]}` of `{keys[1]}` in mapping `{keys[0]}`"
        if isinstance(data, list):
            items = [(scalar(item), Origin((*entry, i), note)) for i, item in enumerate(data)]
            return [(text, origin) for text, origin in items if text is not None], None
        found = scalar(data)
        if found is not None:
            return found, Origin(entry, note)
        fallback = argument[3] if len(argument) > len(keys) else None
        if type(fallback) is dict and "DefaultValue" in fallback:
            return self.resolve(fallback["DefaultValue"], (*pointer, 3, "DefaultValue"))
        return None

    def _chosen(self, step: Data, data: Data, *, is_one: bool) -> str | None:
        """Return the key of a mapping that a parameter without a value equals, if it is known.

        With `is_one`, it is a key, because CloudFormation rejects another one. Pseudo parameters
        are left out: many mappings list Regions in which nothing is deployed. Raises
        `OpenCondition`.
        """
        name = self._variable(step)
        is_mapping = type(data) is dict and 0 < len(data) <= _MOST_KEYS
        if name is None or name.startswith("AWS::") or not is_mapping:
            return None
        declared = self.template.parameters.get(name)
        if declared is None or declared.no_echo or declared.is_from_store:
            return None
        return self._answers.choose(name, [*map(str, data)], is_one=is_one)

    _functions: ClassVar[dict[str, Callable[[Resolver, Data, Pointer], Resolved | None]]] = {
        "Ref": _ref,
        "Fn::GetAtt": _get_att,
        "Fn::Sub": _sub,
        "Fn::Join": _join,
        "Fn::Select": _select,
        "Fn::Split": _split,
        "Fn::FindInMap": _find_in_map,
    }

    def _is_string(self, expression: Data) -> bool:
        """Return whether an unknown value is a string, and not a list."""
        if type(expression) is not dict:
            return True
        ((function, argument),) = expression.items()
        declared = self.template.parameters.get(str(argument)) if function == "Ref" else None
        return function in {"Fn::Sub", "Fn::Join"} or (
            declared is not None and not declared.is_list
        )

    def _label(self, function: str, argument: Data, pointer: Pointer) -> str:
        """Return an expression in its short form; a long one is identified by its pointer."""
        name = label = "!" + function.removeprefix("Fn::")
        for piece in (" ", *self._pieces(argument, pointer)):
            label += piece
            if len(label) > _LONGEST_LABEL:
                return f"{name} at {'.'.join(map(str, pointer[:-1]))}"
        return label

    def _pieces(self, data: Data, pointer: Pointer) -> Iterator[str]:
        if type(data) is list:
            for index, item in enumerate(data):
                yield ", " if index else "["
                yield from self._pieces(item, (*pointer, index))
            yield "]" if data else "[]"
        elif type(data) is dict and not is_expression(data):
            for index, (key, value) in enumerate(data.items()):
                yield f"{', ' if index else '{'}{key}: "
                yield from self._pieces(value, (*pointer, key))
            yield "}" if data else "{}"
        elif data is not None:
            value, _ = self.resolve(data, pointer)
            if isinstance(value, list):
                yield f"[{', '.join(str(text) for text, _ in value)}]"
            else:
                yield str(value)


def _substituted(data: Substituted) -> Resolved:
    """Return the value of a variable of another tool (`readers.substituted`), and its origin."""
    value = data.value
    if type(value) is list:
        return [_substituted(item) for item in value], data.written
    if not isinstance(value, Unresolved):
        value = scalar(value) or ""
    return value, data.written


def _unknown(label: str) -> Unresolved:
    return Unresolved((Unknown(label),))


def _unknown_name(name: str) -> Unresolved:
    return _unknown(f"${{{name}}}")


def joined(parts: list[Resolved]) -> tuple[Text, Origin | None] | None:
    """Return concatenated strings; `None` if one is a list or the result is too long."""
    pieces: list[str | Unknown] = []
    origin, length = None, 0
    for value, source in parts:
        if isinstance(value, list):
            return None
        for piece in value.parts if isinstance(value, Unresolved) else (value,):
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece:
                pieces.append(piece)
            length += len(piece) if isinstance(piece, str) else 0
        origin = origin or source
        if length > _LONGEST_TEXT or len(pieces) > _MOST_PARTS:
            return None
    return _text(pieces), origin


def _text(pieces: list[str | Unknown]) -> Text:
    if any(isinstance(piece, Unknown) for piece in pieces):
        return Unresolved(tuple(pieces))
    return "".join(map(str, pieces))


_DYNAMIC_REFERENCE = "{{resolve:"


def _with_references(value: Text) -> Text:
    """Return a string in which each dynamic reference (`{{resolve:…}}`) is an unknown part.

    CloudFormation does not replace other strings in braces, so they are placeholders.
    """
    if "{{" not in str(value):
        return value
    if isinstance(value, Unresolved):
        is_reference = _DYNAMIC_REFERENCE in str(value)
        return Unresolved((Unknown(str(value)),)) if is_reference else value
    pieces: list[str | Unknown] = []
    rest = 0
    while (start := value.find("{{", rest)) >= 0 and (end := value.find("}}", start)) >= 0:
        pieces += [value[rest:start]] * (start > rest)
        rest = end + 2
        is_reference = value.startswith(_DYNAMIC_REFERENCE, start)
        pieces.append(Unknown(value[start:rest], is_placeholder=not is_reference))
    pieces += [value[rest:]] * (rest < len(value))
    return _text(pieces)
