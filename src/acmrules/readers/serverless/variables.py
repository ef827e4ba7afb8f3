"""The variables of the Serverless Framework, such as `${self:custom.domain}`.

References to the same file are resolved. An option of the command line has the value that the user
gives, or its default. What other sources contain (files, SSM, stacks, the environment) is unknown.
See https://www.serverless.com/framework/docs/guides/variables.
"""

from __future__ import annotations

import re

from acmrules.readers.substituted import Substituted, concatenated
from acmrules.syntax.tree import mapping
from acmrules.unresolved import Unknown, Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text

OPENING = "${"
_STAGE = "opt:stage"
_DEFAULT_STAGE = "dev"
_FOR_ALL = "default"
"""The name under which a file has the parameters of all stages."""

_FROM_OUTSIDE = ("opt:", "env:", "param:")
_DEEPEST = 30
_MOST_STEPS = 10_000
_QUOTES = ("'", '"')

OWN_SOURCES = tuple(
    f"{OPENING}{source}"
    for source in ("self:", "opt:", "env:", "param:", "file(", "ssm:", "cf:", "cf(", "sls:", "s3:")
)
"""The beginnings of variables by which a file is known to be one of the Serverless Framework."""


class Choice(Value):
    """An option that selects members of mappings, and the names of all members."""

    option: str
    members: tuple[str, ...]


class Variables:
    """The values of the variables in one file, with the values that the user gives to options.

    `choices` are the options that select members of mappings, added when they are evaluated.
    `asked` are the names of the options and variables without a value.
    """

    def __init__(self, data: Data, given: Mapping[str, str]) -> None:
        self.choices: dict[str, Choice] = {}
        self.asked: dict[str, None] = {}
        self._data = data
        self._given = given
        self._open: list[Pointer] = []
        self._filled: dict[Pointer, Data] = {}
        self._cuts = 0
        self._steps = 0

    def filled(self, data: Data) -> Data:
        """Return data in which each string with variables has its value."""
        if type(data) is str:
            return self.value(data) if OPENING in data else data
        if type(data) is list:
            return [self.filled(item) for item in data]
        if type(data) is dict:
            return {key: self._member(key, item) for key, item in data.items()}
        return data

    def _member(self, key: str, data: Data) -> Data:
        """Return the value of a member; a string of `Fn::Sub` may have variables of its own."""
        if key == "Fn::Sub":
            if type(data) is str:
                return self._in_sub(data)
            if type(data) is list and data and type(data[0]) is str:
                return [self._in_sub(data[0]), *map(self.filled, data[1:])]
        found = self.filled(data)
        is_argument = key in {"Ref", "Condition", "Type"} or key.startswith("Fn::")
        if is_argument and isinstance(found, Substituted) and type(found.value) is str:
            return found.value
        return found

    def _in_sub(self, text: str) -> str:
        """Return a string of `Fn::Sub` in which the known variables are replaced."""
        parts = []
        for part, is_variable in _parts(text):
            found = self._variable(part, 0) if is_variable and _is_own(part) else None
            value = found.value if found else None
            parts.append(value if type(value) is str else part)
        return "".join(parts)

    def value(self, text: str, depth: int = 0) -> Substituted:
        """Return the value of a string: a string, a list, a mapping, or something unknown."""
        parts = list(_parts(text))
        if len(parts) == 1 and parts[0][1]:
            return self._variable(parts[0][0], depth)
        texts: list[Text | Unknown] = []
        first: Substituted | None = None
        for part, is_variable in parts:
            found = self._variable(part, depth) if is_variable else Substituted(part)
            if is_variable and first is None:
                first = found
            value = found.value
            texts.append(value if isinstance(value, str | Unresolved) else Unknown(part))
        joined = concatenated(texts)
        if joined is None:
            return _unknown(text[:_DEEPEST])
        if first is None:
            return Substituted(joined)
        return Substituted(joined, first.definition, first.note)

    def _variable(self, written: str, depth: int) -> Substituted:
        """Return the value of a variable, from the first of its sources that has one."""
        self._steps += 1
        if not _is_own(written):
            return _unknown(written)
        if depth > _DEEPEST or self._steps > _MOST_STEPS:
            self._cuts += 1
            return _unknown(written)
        option = ""
        for source in _sources(written[2:-1]):
            found = self._source(source, written, depth + 1)
            if found is None:
                option = option or self._option(source)
                continue
            if option and not isinstance(found.value, Unresolved):
                note = found.note or f"default of `{option}`"
                return Substituted(found.value, found.definition, note, option)
            return found
        if option:
            self.asked[option] = None
        return _unknown(written)

    def _option(self, source: str) -> str:
        """Return the option that a source without a value refers to, empty for anything else."""
        name = _STAGE if source == "sls:stage" else source
        return name if name.startswith(_FROM_OUTSIDE) and OPENING not in name else ""

    def _source(self, source: str, written: str, depth: int) -> Substituted | None:
        """Return the value of one source, `None` if it has none."""
        if source[:1] in _QUOTES and source[-1:] == source[:1]:
            return Substituted(source[1:-1])
        if source.startswith(OPENING):
            found = self.value(source, depth)
            is_absent = isinstance(found.value, Unresolved) and source in str(found.value)
            return None if is_absent and self._may_be_absent(source) else found
        if source.startswith("self:"):
            return self._own(source.removeprefix("self:"), written, depth)
        if source == "sls:stage":
            source = _STAGE
            if source not in self._given:
                found = self._own("provider.stage", written, depth) or _unknown(written)
                # Unlike that of the provider, it is always that of the command line.
                return Substituted(found.value, found.definition, found.note, _STAGE)
        if source in self._given:
            return Substituted(self._given[source], None, f"value given for `{source}`")
        if source.startswith(_FROM_OUTSIDE) and OPENING not in source:
            is_parameter = source.startswith("param:")
            return self._parameter(source.removeprefix("param:"), depth) if is_parameter else None
        is_literal = ":" not in source and "(" not in source and source
        return Substituted(source) if is_literal else _unknown(written)

    def _may_be_absent(self, source: str) -> bool:
        inner = source[2:-1].strip()
        return inner.startswith((*_FROM_OUTSIDE, "self:", "sls:"))

    def _own(self, address: str, written: str, depth: int) -> Substituted | None:
        """Return the value at an address of this file, `None` if it is absent."""
        steps = self._steps_of(address, depth)
        if steps is None:
            return _unknown(written)
        pointer: Pointer = ()
        data = self._data
        for number, (step, option) in enumerate(steps, start=1):
            if type(data) is str and OPENING in data:
                found = self._resolved(data, pointer, depth)
                if found.definition is None or isinstance(found.value, Unresolved):
                    return _unknown(written)
                pointer, data = found.definition, self._at(found.definition)
            if type(data) is dict and option:
                rest = [later for later, _ in steps[number:]]
                self._choose(option, [m for m in data if _has(data[m], rest, written)])
            if type(data) is dict and step in data:
                data, pointer = data[step], (*pointer, step)
            elif type(data) is list and step.isdecimal() and int(step) < len(data):
                data, pointer = data[int(step)], (*pointer, int(step))
            elif address == "provider.stage":
                return Substituted(_DEFAULT_STAGE, None, "default stage", _STAGE)
            else:
                return None
        return self._resolved(data, pointer, depth)

    def _at(self, pointer: Pointer) -> Data:
        """Return the data of this file at a pointer, as it is written."""
        data = self._data
        for step in pointer:
            data = data[step]
        return data

    def _resolved(self, data: Data, pointer: Pointer, depth: int) -> Substituted:
        """Return the value of data of this file, with its origin."""
        note = f"`{'.'.join(map(str, pointer))}`"
        if type(data) is not str and not isinstance(data, dict | list):
            return Substituted(data, pointer, note)
        if pointer in self._open or depth > _DEEPEST:
            self._cuts += 1
            return _unknown(f"{OPENING}self:{note[1:-1]}}}")
        self._open.append(pointer)
        try:
            if isinstance(data, dict):
                return Substituted(self._filled_at(pointer, data), pointer, note)
            if isinstance(data, list):
                items = [self._resolved(item, (*pointer, i), depth) for i, item in enumerate(data)]
                return Substituted(items, pointer, note)
            found = self.value(data, depth) if OPENING in data else Substituted(data, pointer, note)
        finally:
            self._open.pop()
        if found.definition is None and not found.note:
            return Substituted(found.value, None, f"value of {note}", found.option)
        return found

    def _filled_at(self, pointer: Pointer, data: Data) -> Data:
        """Return a mapping of this file with its values, which are the same for each reference.

        That is not certain for a mapping in which something refers to what is being evaluated.
        """
        if pointer in self._filled:
            return self._filled[pointer]
        cuts = self._cuts
        found = self.filled(data)
        if self._cuts == cuts:
            self._filled[pointer] = found
        return found

    def _steps_of(self, address: str, depth: int) -> list[tuple[str, str]] | None:
        """Return the steps of an address, each with the option that it comes from; `None` if open.

        A step that is a variable is replaced by its value.
        """
        steps: list[tuple[str, str]] = [("", "")]
        for part, is_variable in _parts(address):
            if not is_variable:
                first, *others = part.split(".")
                steps[-1] = steps[-1][0] + first, steps[-1][1] if not first else ""
                steps += [(other, "") for other in others]
                continue
            found = self._variable(part, depth)
            if type(found.value) is not str:
                option = next(iter(self._names_in(found.value)), "")
                steps[-1] = "", option
                if not option:
                    return None
                continue
            first, *others = found.value.split(".")
            known, _ = steps[-1]
            steps[-1] = known + first, found.option if not known and not others else ""
            steps += [(other, "") for other in others]
        return [step for step in steps if step[0] or step[1]]

    def _names_in(self, value: Data) -> Iterator[str]:
        """Yield the option that a wholly unknown value is."""
        if isinstance(value, Unresolved) and len(value.parts) == 1:
            option = self._option(str(value)[2:-1].strip())
            yield from [option] if option in self.asked else ()

    def _choose(self, option: str, members: list[str]) -> None:
        if members and option not in self._given:
            known = self.choices[option].members if option in self.choices else ()
            self.choices[option] = Choice(option, tuple(dict.fromkeys((*known, *members))))

    def _parameter(self, name: str, depth: int) -> Substituted | None:
        """Return the value of a parameter that the file has for a stage, or for all of them."""
        by_stage: dict[str, tuple[Data, Pointer]] = {}
        for stage, members in mapping(mapping(self._data).get("params")).items():
            if name in mapping(members):
                by_stage[stage] = members[name], ("params", stage, name)
        for stage, members in mapping(mapping(self._data).get("stages")).items():
            if name in (own := mapping(mapping(members).get("params"))):
                by_stage[stage] = own[name], ("stages", stage, "params", name)
        if by_stage.keys() - {_FOR_ALL}:
            # Any other stage has the value of all stages, as the default stage may.
            stages = [_DEFAULT_STAGE if stage == _FOR_ALL else stage for stage in by_stage]
            self._choose(_STAGE, list(dict.fromkeys(stages)))
        for stage in (self._given.get(_STAGE, _DEFAULT_STAGE), _FOR_ALL):
            if stage in by_stage:
                return self._resolved(*by_stage[stage], depth)
        return None


def _has(data: Data, steps: list[str], written: str) -> bool:
    """Return whether there may be a value at some steps, other than the variable itself."""
    for step in steps:
        if type(data) is str and OPENING in data:
            return True
        if step not in mapping(data):
            return False
        data = data[step]
    return not (type(data) is str and written in data)


def _unknown(label: str) -> Substituted:
    return Substituted(Unresolved((Unknown(label),)))


def _is_own(written: str) -> bool:
    """Return whether the Serverless Framework replaces a variable; others are CloudFormation's."""
    inner = written[2:-1]
    return "::" not in inner.partition(",")[0] and (":" in inner or "(" in inner)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a string, and whether each is a variable; those inside are not split."""
    start = begin = depth = 0
    for mark in re.finditer(r"\$\{|\}", text):
        if mark[0] == OPENING:
            begin = begin if depth else mark.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                if begin > start:
                    yield text[start:begin], False
                yield text[begin : mark.end()], True
                start = mark.end()
    if start < len(text):
        yield text[start:], False


def _sources(inner: str) -> Iterator[str]:
    """Yield the sources of a variable, which commas separate."""
    depth = start = 0
    quote = ""
    for offset, character in enumerate(inner):
        if quote:
            quote = "" if character == quote else quote
        elif character in _QUOTES:
            quote = character
        elif character in "{(":
            depth += 1
        elif character in "})":
            depth -= 1
        elif character == "," and depth <= 0:
            yield inner[start:offset].strip()
            start = offset + 1
    yield inner[start:].strip()


def names_in(text: str) -> Iterator[str]:
    """Yield the names of the options and variables in a string that the user can set."""
    yield from dict.fromkeys(re.findall(r"(?<![\w:])(?:opt|env|param):[\w-]+", text))
    if "sls:stage" in text or "self:provider.stage" in text:
        yield _STAGE
