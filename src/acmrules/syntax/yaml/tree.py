"""A YAML text as plain data, with the position of every value on demand.

The text is composed into nodes, but no objects are constructed. Tags for Python objects are
errors, and the short forms of CloudFormation become mappings.
"""

from __future__ import annotations

from yaml import MarkedYAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, SequenceNode
from yaml.reader import ReaderError
from yaml.resolver import Resolver

from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY, NOT_RENDERED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, NoReturn

    from acmrules.syntax.tree import Data, Pointer, Step

    Node = Any
    """A node of PyYAML, whose stubs are incomplete."""

    Member = tuple[tuple[int, int], Node]
    """Start and end of a key, and its value."""

try:
    from yaml._yaml import CParser as _Parser
except ImportError:
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Parser(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        """PyYAML's own parser, ten times as slow, for installations without libyaml."""

        def __init__(self, text: str) -> None:
            for base in (Reader, Scanner, Parser, Composer):
                base.__init__(self, *([text] if base is Reader else []))


_DEEPEST = 1_000
_DEEPEST_UNCOUNTED = 5_000  # Composing some ten thousand levels would exhaust the stack.
_MOST_VALUES = 500_000
# Without a position, because each version of libyaml stops at another one.
_TOO_DEEP = "is nested too deeply"
_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"
STANDARD_TAG = "tag:yaml.org,2002:"
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("True", "TRUE"), "true"),
    **dict.fromkeys(("False", "FALSE"), "false"),
}
_OTHER_THAN_TEXT = {
    f"{STANDARD_TAG}null": None,
    f"{STANDARD_TAG}bool": True,
    f"{STANDARD_TAG}int": 0,
    f"{STANDARD_TAG}float": 0,
    f"{STANDARD_TAG}timestamp": 0,
}


class _Composer(_Parser):
    """Composes nodes without resolving implicit tags, which is half of the work."""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """Do nothing, because no tag depends on the path to a node."""

    def ascend_resolver(self) -> None:
        """Do nothing, as in `descend_resolver`."""

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        """Return no tag."""


class YamlTree:
    """One YAML document in a source; with `texts`, scalars are kept as strings, as written."""

    __slots__ = ("_known", "_made", "_root", "_size", "_texts", "data", "source", "syntax")

    EDITS = "acmrules.syntax.yaml.edits"

    def __init__(self, source: Source, root: Node, *, texts: bool) -> None:
        """Raise `InputError` for tags of Python objects, and for aliases without bounds."""
        self.source = source
        self._root = root
        self._texts = texts
        self._known: dict[int, dict[Step, Member]] = {}
        self._made: dict[int, tuple[Data, int]] = {}
        self._size = 0
        self.syntax: Any = None  # The syntax tree of `syntax.yaml.edits`, once it has parsed it.
        try:
            self.data = self._plain(root)
        except RecursionError:
            raise InputError(source.name, _TOO_DEEP) from None

    @property
    def start(self) -> int:
        """The offset of the value, including its tag and anchor."""
        return int(self._root.start_mark.index)

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return the start and end of a value, for a string without its quotes."""
        node = self._root
        key = node.start_mark.index, node.start_mark.index + 1
        for step in pointer:
            if step == KEY:
                return key
            if node.tag is None or step != function(node.tag):
                key, node = self._members(node)[step]
        start, end = node.start_mark.index, node.end_mark.index
        text = self.source.text
        if not isinstance(node.value, str):
            return start, start + len(text[start:end].rstrip())
        if node.tag is None or node.tag.startswith(STANDARD_TAG):
            last = end - 1 if node.style in {'"', "'"} else end
            if text.endswith(node.value, start, last):
                return last - len(node.value), last
            if last < end:
                return text.index(text[last], start) + 1, last
            # A block scalar has its text on the following lines.
            inside = text.find(node.value.strip(), start, end)
            if inside >= 0:
                return inside, inside + len(node.value.strip())
        return start, end

    def keys(self, pointer: Pointer) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the keys of a mapping with their positions, equal ones too."""
        node = self._root
        for step in pointer:
            _, node = self._members(node)[step]
        for key, _ in node.value if isinstance(node, MappingNode) else ():
            if isinstance(key.value, str) and not _is_merge(key):
                yield key.value, self._key_place(key)

    def _members(self, node: Node) -> dict[Step, Member]:
        if id(node) not in self._known:
            members: dict[Step, Member] = {}
            if isinstance(node, MappingNode):
                for key, value in node.value:
                    if _is_merge(key):
                        members = self._merged(value) | members
                    elif isinstance(key.value, str):
                        members[key.value] = self._key_place(key), value
            else:
                for index, value in enumerate(node.value):
                    start = value.start_mark.index
                    members[index] = (start, start + 1), value
            self._known[id(node)] = members
        return self._known[id(node)]

    def _merged(self, node: Node) -> dict[Step, Member]:
        members: dict[Step, Member] = {}
        for source in _sources(node):
            members = self._members(source) | members
        return members

    def _key_place(self, key: Node) -> tuple[int, int]:
        end = key.end_mark.index - (1 if key.style in {'"', "'"} else 0)
        return end - len(key.value), end

    def _plain(self, node: Node) -> Data:
        value = node.value
        if type(value) is str:
            if not self._texts:
                return self._typed(node)
            data = value if node.style or value not in _WORDS else _WORDS[value]
        else:
            data = self._collection(node)
        return data if node.tag is None else self._tagged(node, data)

    def _collection(self, node: Node) -> Data:
        if id(node) in self._made:
            data, size = self._made[id(node)]
            self._size += size
            if not size:
                self._reject(node, "contains an anchor with its own alias")
            if self._size > _MOST_VALUES:
                fault = f"contains aliases that expand to more than {_MOST_VALUES:,} values"
                self._reject(node, fault)
            return data
        self._made[id(node)] = None, 0
        before = self._size
        data = self._mapping(node) if isinstance(node, MappingNode) else self._list(node)
        self._size += len(data) + 1
        self._made[id(node)] = data, self._size - before
        return data

    def _list(self, node: Node) -> list[Data]:
        return [self._plain(item) for item in node.value]

    def _mapping(self, node: Node) -> dict[str, Data]:
        data: dict[str, Data] = {}
        merged: dict[str, Data] = {}
        for key, value in node.value:
            if _is_merge(key):
                self._plain(value)
                for source in _sources(value):
                    merged = self._collection(source) | merged
            elif isinstance(key.value, str):
                data[key.value] = self._plain(value)
        return merged | data if merged else data

    def _tagged(self, node: Node, data: Data) -> Data:
        tag: str = node.tag
        if tag.startswith(f"{STANDARD_TAG}python"):
            name = tag.removeprefix(STANDARD_TAG)
            fault = f"contains the tag `!!{name}`, which creates a Python object"
            self._reject(node, fault)
        return data if tag.startswith(STANDARD_TAG) else {function(tag): data}

    def _typed(self, node: Node) -> Data:
        tag = node.tag
        if tag is None:
            kinds: Any = Resolver()
            tag = kinds.resolve(type(node), node.value, (not node.style, bool(node.style)))
        data = _OTHER_THAN_TEXT.get(tag, node.value)
        return data if node.tag is None else self._tagged(node, data)

    def _reject(self, node: Node, fault: str) -> NoReturn:
        raise InputError(self.source.name, fault, self.source.position(node.start_mark.index))


def parser_of(text: str) -> Any:  # noqa: ANN401  (its stubs are incomplete)
    """Return a parser of a YAML text into events."""
    return _Parser(text)


def trees(source: Source, *, texts: bool = False) -> Iterator[YamlTree]:
    """Yield the documents of a YAML text.

    Raises `InputError` for text that is not valid, is nested too deeply, or creates objects.
    """
    try:
        _check_size(source)
        composer = _Composer(source.text)
        while composer.check_node():
            yield YamlTree(source, composer.get_node(), texts=texts)
    except MarkedYAMLError as error:
        if error.problem == _TOO_DEEP_FOR_LIBYAML:
            raise InputError(source.name, _TOO_DEEP) from None
        mark = error.problem_mark
        position = source.position(mark.index) if mark else None
        raise InputError(source.name, _fault(source, str(error.problem)), position) from None
    except ReaderError as error:
        fault = f"not valid YAML: contains the character U+{error.character:04X}"
        raise InputError(source.name, fault) from None
    except UnicodeEncodeError:
        fault = "not valid YAML: contains half of a surrogate pair"
        raise InputError(source.name, fault) from None
    except RecursionError:
        raise InputError(source.name, _TOO_DEEP) from None


def _fault(source: Source, problem: str) -> str:
    rest = source.text.replace("{{resolve:", "")
    if "{{" in rest or "{%" in rest:
        return NOT_RENDERED
    return f"not valid YAML: {problem}"


def _check_size(source: Source) -> None:
    """Raise `InputError` for a source that is too large or too deep to compose.

    The exact depth is only counted if the text may be too deep.
    """
    text = source.text
    if text.count("\n") + text.count(",") > _MOST_VALUES:
        raise InputError(source.name, f"contains more than {_MOST_VALUES:,} values")
    # Every level needs a bracket or a column of its own, and a column has at most two levels.
    if text.count("[") + text.count("{") + 2 * max(map(len, text.split("\n"))) < _DEEPEST_UNCOUNTED:
        return
    composer, depth = _Composer(text), 0
    while composer.check_event():
        event = composer.get_event()
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise InputError(source.name, _TOO_DEEP)
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def _is_merge(key: Node) -> bool:
    return key.value == "<<" and not key.style


def _sources(node: Node) -> list[Node]:
    """Return the mappings of a merge key; earlier ones take precedence."""
    nodes = node.value if isinstance(node, SequenceNode) else [node]
    return [source for source in nodes if isinstance(source, MappingNode)]


def function(tag: str) -> str:
    """Return the long form of a function's short form, such as `Fn::Sub` for `!Sub`."""
    name = tag.removeprefix("!")
    return name if name in {"Ref", "Condition"} else f"Fn::{name}"
