"""The resource instances of a plan or a state, with unknown and sensitive values marked."""

from __future__ import annotations

from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.plan.references import module_path
from acmrules.readers.terraform.resources.certificates import ATTRIBUTES
from acmrules.readers.terraform.resources.references import CERTIFICATE, ZONE, instance_key
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.source import Source
from acmrules.syntax.tree import items, mapping
from acmrules.unresolved import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from acmrules.readers.terraform.plan.references import ModulePath
    from acmrules.syntax.json.tree import JsonTree
    from acmrules.syntax.tree import Data, Pointer, Step

    Values = dict[str, Data]

_COMPUTED = frozenset(
    (
        ATTRIBUTES.domain_name,
        ATTRIBUTES.alternatives,
        ATTRIBUTES.method,
        ATTRIBUTES.algorithm,
        "ownership_verification_certificate_arn",
        "region",
    )
)
"""Attributes that the provider computes if the configuration omits them."""


class PlannedInstance:
    """A planned instance of a resource; not a `Value`, because a plan has thousands.

    `before` are the current values if the plan changes them, and `fields` the planned values.
    `unknown` and `sensitive` mark such values in the form that plans use. `secrets` are pointers to
    values that must not be shown.
    """

    __slots__ = (
        "address",
        "before",
        "configured",
        "create_before_destroy",
        "exists",
        "fields",
        "is_replaced",
        "key",
        "kind",
        "name",
        "path",
        "pointer",
        "secrets",
        "sensitive",
        "unknown",
        "values",
    )

    def __init__(
        self,
        entry: Values,
        address: str,
        module: str,
        pointer: Pointer,
        values: Values,
        sensitive: Data,
    ) -> None:
        self.address = address
        self.kind = str(entry["type"])
        self.name = str(entry.get("name"))
        self.key = instance_key(address)
        self.path: ModulePath = module_path(module)
        self.pointer = pointer
        self.values = values
        self.unknown: Data = None
        self.sensitive = sensitive
        self.secrets = [*_sensitive_pointers(values, sensitive, pointer)]
        self.before: Values | None = None
        # A resource that is not replaced is not destroyed first.
        self.create_before_destroy = True
        self.is_replaced = False
        self.exists = True
        self.configured: Values = {}
        self.fields = Fields(TerraformReader(), values, pointer)


def instances(data: Values, types: Container[str]) -> Iterator[PlannedInstance]:
    """Yield the resource instances of some types; raises `TypeMismatchError`."""
    if "lineage" in data:
        yield from _from_state_file(data, types)
        return
    changes = data.get("resource_changes")
    for entry, pointer in _entries(changes, ("resource_changes",), ("managed",), types):
        yield from _from_change(entry, pointer)
    root = mapping(data.get("values")).get("root_module")
    yield from _from_module(root, ("values", "root_module"), ("managed", "data"), types)
    # Managed resources are in the changes; data sources are only in the prior state.
    root = mapping(mapping(data.get("prior_state")).get("values")).get("root_module")
    yield from _from_module(root, ("prior_state", "values", "root_module"), ("data",), types)


def deferred_certificates(data: Values) -> Iterator[PlannedInstance]:
    """Yield the data sources that look for certificates during the apply."""
    for index, entry in enumerate(map(mapping, items(data.get("resource_changes")))):
        if entry.get("mode") == "data" and entry.get("type") == CERTIFICATE:
            yield from _from_change(entry, ("resource_changes", index))


def _entries(
    data: Data, pointer: Pointer, modes: tuple[str, ...], types: Container[str]
) -> Iterator[tuple[Values, Pointer]]:
    """Yield the relevant resources of a list, with their pointers."""
    if data is not None and type(data) is not list:
        raise TypeMismatchError.of(pointer, data, "a list")
    for index, item in enumerate(data or ()):
        entry = mapping(item)
        kind, mode = entry.get("type"), entry.get("mode")
        wanted = types if mode == "managed" else (ZONE,)
        if isinstance(kind, str) and kind in wanted and mode in modes:
            yield entry, (*pointer, index)


def _from_change(entry: Values, pointer: Pointer) -> Iterator[PlannedInstance]:
    address = _member(entry, "address", pointer, str)
    change = _member(entry, "change", pointer, dict)
    if change.get("after") is None or "deposed" in entry:
        return
    here = (*pointer, "change", "after")
    after = _member(change, "after", here[:-1], dict)
    module = str(entry.get("module_address") or "")
    instance = PlannedInstance(entry, address, module, here, after, change.get("after_sensitive"))
    instance.unknown = change.get("after_unknown")
    sensitive, there = change.get("before_sensitive"), (*pointer, "change", "before")
    instance.secrets += _sensitive_pointers(change.get("before"), sensitive, there)
    actions = tuple(map(str, items(change.get("actions"))))
    instance.create_before_destroy = actions != ("delete", "create")
    body = mapping(change.get("before")).get("certificate_body")
    is_same = body is not None and body == after.get("certificate_body")
    instance.exists = actions == ("no-op",) or (is_same and "create" not in actions)
    instance.is_replaced = "delete" in actions and "create" in actions
    if actions != ("no-op",) and type(change.get("before")) is dict:
        label = f"prior {address}"
        marked = with_unknowns(change["before"], None, sensitive, [], label, lambda _: "")
        instance.before = marked if type(marked) is dict else None
    yield instance


def _from_module(
    data: Data, pointer: Pointer, modes: tuple[str, ...], types: Container[str]
) -> Iterator[PlannedInstance]:
    module = mapping(data)
    name = str(module.get("address") or "")
    for entry, here in _entries(module.get("resources"), (*pointer, "resources"), modes, types):
        values = _member(entry, "values", here, dict)
        address = _member(entry, "address", here, str)
        sensitive = entry.get("sensitive_values")
        yield PlannedInstance(entry, address, name, (*here, "values"), values, sensitive)
    for index, child in enumerate(items(module.get("child_modules"))):
        yield from _from_module(child, (*pointer, "child_modules", index), modes, types)


def _from_state_file(data: Values, types: Container[str]) -> Iterator[PlannedInstance]:
    modes = ("managed", "data")
    for entry, pointer in _entries(data.get("resources"), ("resources",), modes, types):
        module = str(entry.get("module") or "")
        mode = "data." if entry["mode"] == "data" else ""
        whole = f"{module}{'.' * bool(module)}{mode}{entry['type']}.{entry.get('name')}"
        for index, each in enumerate(items(entry.get("instances"))):
            here = (*pointer, "instances", index)
            key = mapping(each).get("index_key")
            values = _member(mapping(each), "attributes", here, dict)
            address = whole if key is None else f"{whole}[{key_literal(key)}]"
            # Each item is a path to a value, as a list of steps.
            paths = [items(path) for path in items(mapping(each).get("sensitive_attributes"))]
            sensitive = {str(mapping(path[0]).get("value")): True for path in paths if path}
            yield PlannedInstance(entry, address, module, (*here, "attributes"), values, sensitive)


def key_literal(key: Data) -> str:
    """Return the key of an instance as addresses write it: `"a"` or `0`."""
    from json import dumps

    return dumps(key, ensure_ascii=False)


def _member(data: Values, member: str, pointer: Pointer, kind: type) -> Data:
    if type(data.get(member)) is not kind:
        wanted = "a string" if kind is str else "a mapping"
        raise TypeMismatchError.of((*pointer, member), data.get(member), wanted)
    return data[member]


def _sensitive_pointers(data: Data, sensitive: Data, pointer: Pointer) -> Iterator[Pointer]:
    """Yield pointers to the sensitive values."""
    if sensitive is True:
        yield pointer
        return
    inside: list[tuple[Step, Data, Data]] = [
        *((key, mapping(data).get(key), flag) for key, flag in mapping(sensitive).items()),
        *((index, _item(data, index), flag) for index, flag in enumerate(items(sensitive))),
    ]
    for step, value, flag in inside:
        if value is not None:
            yield from _sensitive_pointers(value, flag, (*pointer, step))


def masked(tree: JsonTree, secrets: list[Pointer]) -> Source:
    """Return the text with sensitive values replaced by asterisks: excerpts may show them."""
    text, offset = tree.source.text, 0
    pieces: list[str] = []
    for start, end in sorted(map(tree.place, secrets)):
        hidden = "".join(c if c in "\r\n" else "*" for c in text[start:end])
        pieces += text[offset:start], hidden
        offset = max(offset, end)
    return Source(tree.source.name, "".join([*pieces, text[offset:]])) if secrets else tree.source


def with_unknowns(
    data: Data,
    unknown: Data,
    sensitive: Data,
    expressions: list[Data],
    label: str,
    target: Callable[[list[Data]], str],
) -> Data:
    """Return data in which unknown and sensitive values are `Unknown`.

    `expressions` are the configuration's expressions that may result in the data. `target` returns
    the attribute they refer to, empty if it is ambiguous.
    """
    if unknown is True:
        return Unknown(target(expressions) or label)
    if sensitive is True and data is not None:
        return Unknown(label)
    if type(data) is dict or (data is None and type(unknown) is dict):
        inside, flags, secrets = mapping(data), mapping(unknown), mapping(sensitive)
        marked = {}
        for key in (*inside, *(key for key in flags if key not in inside)):
            inner = [*_member_expressions(expressions, key)]
            if expressions and not inner and key in _COMPUTED and flags.get(key) is True:
                continue
            marked[key] = with_unknowns(
                inside.get(key),
                flags.get(key),
                secrets.get(key),
                inner,
                f"{label}.{key}",
                target,
            )
        return marked
    if type(data) is list or (data is None and type(unknown) is list):
        count = max(len(items(data)), len(items(unknown)))
        return [
            with_unknowns(
                item,
                _item(unknown, index),
                _item(sensitive, index),
                [*_item_expressions(expressions, item, count)],
                f"{label}[{index}]",
                target,
            )
            for index, item in enumerate(_item(data, index) for index in range(count))
        ]
    return data


def _item(data: Data, index: int) -> Data:
    found = items(data)
    return found[index] if index < len(found) else None


def _member_expressions(expressions: list[Data], key: str) -> Iterator[Data]:
    """Yield the expressions of a member, for each expression that the map may come from."""
    for each in expressions:
        if type(each) is dict and (key in each or _is_expression(each)):
            yield each if _is_expression(each) else each[key]


def _item_expressions(expressions: list[Data], item: Data, count: int) -> Iterator[Data]:
    """Yield the expressions of an item, for each expression that a list may come from.

    `count` is the length of the list. Blocks of a set have no defined order, and the configuration
    omits blocks that a `dynamic` block generates.
    """
    yield from (each for each in expressions if type(each) is dict and _is_expression(each))
    blocks = [block for each in expressions for block in items(each)]
    if len(blocks) == count:
        yield from (block for block in blocks if _matches_constants(item, mapping(block)))


def _is_expression(data: Values) -> bool:
    return "references" in data or "constant_value" in data


def _matches_constants(item: Data, block: Values) -> bool:
    """Return whether an item is consistent with the constants of a block."""
    for key, value in mapping(item).items():
        constant = mapping(block.get(key)).get("constant_value")
        if constant is not None and _text(constant) != _text(value):
            return False
    return True


def _text(value: Data) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
