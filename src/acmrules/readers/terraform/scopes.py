"""Scopes: the values of the names in Terraform modules.

An `Evaluation` is the evaluation of a root module under one set of answers to its conditions. In
it, each module call has instances, and each instance is a scope for expressions.
"""

from __future__ import annotations

import re

from acmrules.readers.conditions import OpenCondition
from acmrules.readers.evaluated import Node, TerraformReader
from acmrules.readers.options import WORKSPACE
from acmrules.readers.terraform.answers import GivenAnswers
from acmrules.readers.terraform.attributes import (
    EvaluatedArgument,
    keyed,
    resource_node,
    with_key,
    with_note,
)
from acmrules.readers.terraform.eval.expressions import Exhausted, Work, evaluate
from acmrules.readers.terraform.eval.types import Conversion
from acmrules.readers.terraform.eval.values import (
    EvaluationError,
    NotConstant,
    Partial,
    boolean,
    label,
    node_at,
    shortened,
    text,
    with_value,
)
from acmrules.readers.terraform.modules import ModuleCall, is_sensitive
from acmrules.readers.terraform.resources.references import CERTIFICATE, RECORD, ZONE
from acmrules.syntax.errors import ReadError, TypeMismatchError
from acmrules.syntax.hcl.ast import Literal
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Text, Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from acmrules.readers.conditions import State
    from acmrules.readers.terraform.files import RootFiles
    from acmrules.syntax.hcl.ast import Argument, Block, Body, Expression
    from acmrules.syntax.tree import Data

# `re` compiles a pattern when it is first used, because few modules need it.
_QUALIFIED = r"(?:\bmodule\.[\w-]+(?:\[[^\]]*\])?\.)*\bvar\.[\w-]+(?:\.[\w-]+)*"
_MENTION = r"\b(var|local)\.([\w-]+)"
PASSED_PROVIDER = r"([\w.-]+)\"?\s*[=:]\s*\"?([\w.-]+)"
"""A provider that a call passes: its name in the module, and its name in the caller."""

SKIPPED = (InputError, ReadError, OpenCondition, RecursionError)
"""Errors in a resource, which are reported when the resource is read for its own sake."""

SUPPLIED = ""
"""The default answer to the question whether a variable is empty that the user must supply."""

_SAME_IN_ALL_MODULES = ("terraform.", "path.root", "path.cwd")
_REGION = "region"
_STEPS = 1_000_000
_STEPS_PER_RESOURCE = 1_000
_STEPS_PER_INSTANCE = 200


class Evaluation:
    """A root module and the modules it calls, under one set of answers to their conditions.

    `values` are the variables of the root that the caller or a file sets. With `assume_defaults`,
    open conditions take their default answers instead of raising `OpenCondition`; with `certain`,
    only if defaults determine the answer. `used_defaults` records that this happened. `nodes` are
    the evaluated resources by address. `certificates` is the number of certificates below each
    call, which weighs the work of its instances. `files` are those that expressions read, `None` if
    they are unknown.
    """

    def __init__(
        self,
        root: ModuleCall,
        values: Mapping[str, Node],
        region: str | None,
        state: State,
        *,
        assume_defaults: bool = False,
        certain: bool = False,
        resources: int = 0,
        certificates: Mapping[ModuleCall, int] = {},
        files: RootFiles | None = None,
    ) -> None:
        self.files = files
        self.values = values
        self.region = region
        self.work = Work(_STEPS + resources * _STEPS_PER_RESOURCE)
        self.nodes: dict[str, Node] = {}
        self.used_defaults = False
        self.certificates = certificates
        self._assumes_defaults = assume_defaults
        self._certain = certain
        self.answers = GivenAnswers(state)
        self.root = ModuleInstance(self, root, "", None)

    def decide(self, label: str) -> bool:
        """Answer a condition that the variables leave open; raises `OpenCondition`."""
        answer = self.answers.to(label)
        if answer is None:
            default = self._default_answer(label)
            answer = default is not False
            if not self._assumes_defaults or (self._certain and default is None):
                raise OpenCondition((str(default), label), answer)
            self.used_defaults = True
        self.answers.add(label, answer)
        return answer

    def choose(self, name: str, keys: list[str], *, is_one: bool) -> str | None:
        """Return the key that an unknown value equals, `None` for none of them.

        Raises `OpenCondition`, and `NotConstant` if open conditions have their default answers.
        """
        candidates = []
        for key in keys:
            condition = f"{name} == {label(key)}"
            answer = self.answers.to(condition)
            if answer:
                return key
            if answer is None:
                candidates.append(condition)
        if not candidates:
            return None
        if self._assumes_defaults:
            raise NotConstant
        default = self._default_answer(candidates[0])
        is_certain = is_one and len(candidates) == 1
        answer = is_certain or default is not False
        raise OpenCondition((str(default), candidates[0]), answer, certain=is_certain)

    def _default_answer(self, label: str) -> bool | None:
        """Return the value of a condition if all variables have their defaults."""
        from acmrules.syntax.hcl import native

        try:
            return boolean(evaluate(native.expression(Source("", label)), self.root))
        except (InputError, NotConstant, EvaluationError):
            return None

    def variable(self, name: str, *, in_condition: bool) -> Node | None:
        """Return the value of a variable of the root, `None` if it is unknown.

        With `in_condition`, defaults are ignored, because the user may change them.
        """
        block = self.root.call.module.variables.get(name)
        passed = self.values.get(name)
        if passed and (passed.value is not None or not block or _is_nullable(block)):
            return passed
        if block is None:
            return None
        if name in self.answers.known:
            return Node(self.answers.known[name], block.source, block.start, block.end)
        default = block.body.attributes.get("default")
        if default is None or name in self.answers.without_default or in_condition:
            return None
        found = evaluate(default.value, self.root)
        # An empty default means that the user must supply a value.
        return (
            None if found.value in (None, "") else with_note(found, f"default of variable `{name}`")
        )

    def has_empty_default(self, name: str) -> bool:
        """Return whether a variable of the root has an empty list, map or number as its value."""
        block = self.root.call.module.variables.get(name)
        default = block and block.body.attributes.get("default")
        if (
            not default
            or name in self.values
            or name in {*self.answers.known, *self.answers.without_default}
        ):
            return False
        return _is_empty(evaluate(default.value, self.root).value)

    def supply(self, name: str) -> None:
        """Read on as if the user supplied a variable that has an empty default.

        Raises `OpenCondition`, unless all variables have their defaults.
        """
        if not self._assumes_defaults:
            label = f"length(var.{name}) == 0"
            raise OpenCondition((SUPPLIED, label), default=False, certain=True)

    def workspace(self) -> Node | None:
        """Return `terraform.workspace`, which is the same in all modules, `None` if unknown."""
        passed = self.values.get(WORKSPACE)
        known = self.answers.known.get(WORKSPACE)
        if passed or known is None:
            return passed
        return Node(known, Source("", ""), 0, 0)

    def module_instances(self, call: ModuleCall) -> list[ModuleInstance]:
        """Return the instances of a call, none if the conditions exclude it."""
        if call.parent is None:
            return [self.root]
        return [
            child
            for parent in self.module_instances(call.parent)
            for child in parent.children(call)
        ]

    def resource_instances(
        self, call: ModuleCall, name: str, block: Block
    ) -> list[ResourceInstance]:
        """Return the instances of a resource in all instances of its module."""
        found = []
        for module in self.module_instances(call):
            for instance in module.resource_instances(name, block):
                self.add_node(instance, block)
                found.append(instance)
        return found

    def add_node(self, instance: ResourceInstance, block: Block) -> str:
        """Add a resource to the nodes, and return its address."""
        address = instance.scope.address
        if address not in self.nodes:
            self.nodes[address] = node_at(block, dict(instance.node.value))
        return address


class ModuleInstance:
    """An instance of a module in an evaluation: the scope of the expressions in its files.

    `address` ends in a dot and includes keys; `call_scope` is the scope of the call. The scope for
    conditions has the `original` instance.
    """

    def __init__(
        self,
        evaluation: Evaluation,
        call: ModuleCall,
        address: str,
        call_scope: ResourceScope | None,
        original: ModuleInstance | None = None,
    ) -> None:
        self.evaluation = evaluation
        self.call = call
        self.address = address
        self.work = evaluation.work
        self.call_scope = call_scope
        self._original = original
        self._condition_scope: ModuleInstance | None = self if original else None
        self._evaluating: list[str] = []
        self._cache: dict[str, Node | None] = {}
        self._resource_instances: dict[str, list[ResourceInstance]] = {}
        self._regions: dict[str, Text] = {}
        self._children: dict[str, list[ModuleInstance]] = {}

    def for_conditions(self) -> ModuleInstance:
        """Return the scope in which conditions are evaluated, which ignores defaults."""
        if self._condition_scope is None:
            call_scope = self.call_scope and self.call_scope.for_conditions()
            self._condition_scope = ModuleInstance(
                self.evaluation, self.call, self.address, call_scope, self
            )
        return self._condition_scope

    # Names

    def variable(self, name: str) -> Node | None:
        """Return the value of a variable, `None` if it is unknown."""
        return self._cached(f"var.{name}", lambda: self._variable(name))

    def local(self, name: str) -> Node | None:
        """Return the value of a local; raises `InputError` for one that refers to itself."""
        argument = self.call.module.locals.get(name)
        if argument is None:
            return None
        key = f"local.{name}"
        if key in self._evaluating:
            self._raise_cycle(key, argument)
        return self._cached(
            key, lambda: with_note(evaluate(argument.value, self), f"local `{name}`")
        )

    def resource(self, kind: str, name: str) -> Node | None:
        """Return a resource with all its instances, `None` if it is not declared here."""
        block = self.call.module.resources.get((kind, name))
        return self._declared(f"{kind}.{name}", block) if block else None

    def definition(self, local: str) -> Expression | None:
        """Return the expression of a local, `None` if it is not declared here."""
        argument = self.call.module.locals.get(local)
        return argument.value if argument else None

    def file(self, path: Text, *, is_pem: bool = False) -> Source | None:
        """Return a file that an expression reads, `None` if it is unknown."""
        files = self.evaluation.files
        return files.source(path, is_pem=is_pem) if files else None

    def data(self, kind: str, name: str) -> Node | None:
        """Return a data source with all its instances, `None` if it is not declared here."""
        block = self.call.module.data.get((kind, name))
        if kind == "aws_region" and block and "region" not in block.body.attributes:
            region = self.region(block.body, self)
            attributes = dict.fromkeys(("id", "name", _REGION), node_at(block, region))
            return node_at(block, Partial(attributes, f"data.{kind}.{name}"))
        files = self.evaluation.files
        if kind == "local_file" and block and files and files.has_imports:
            return self._local_file(block, f"data.{kind}.{name}")
        return self._declared(f"data.{kind}.{name}", block) if block else None

    def _local_file(self, block: Block, key: str) -> Node | None:
        """Return a data source of a file, with its content if that is PEM."""
        attributes = block.body.attributes
        path = attributes.get("filename")
        if path is None or "count" in attributes or "for_each" in attributes:
            return self._declared(key, block)
        try:
            file = self.file(text(evaluate(path.value, self)), is_pem=True)
        except (EvaluationError, NotConstant):
            file = None
        if file is None:
            return self._declared(key, block)
        return node_at(block, Partial({"content": node_at(block, file.text)}, key))

    def module(self, name: str) -> Node | None:
        """Return the outputs of a module that this module calls."""
        call = self.call.calls.get(name)
        return self._cached(f"module.{name}", lambda: self._outputs(call)) if call else None

    def terraform(self, name: str) -> Node | None:
        """Return `terraform.workspace`, `None` if it is unknown."""
        return self.evaluation.workspace() if name == "workspace" else None

    def each(self, member: str) -> Node | None:  # noqa: ARG002
        """Return `None`: a module has no `each`."""
        return None

    def count(self) -> Node | None:
        """Return `None`: a module has no `count`."""
        return None

    def decide(self, label: str) -> bool:
        """Return whether a condition is true; raises `OpenCondition`."""
        return self.evaluation.decide(label)

    def choose(self, name: str, keys: list[str], *, is_one: bool) -> str | None:
        """Return the key that an unknown value equals; raises `OpenCondition`, `NotConstant`."""
        return self.evaluation.choose(name, keys, is_one=is_one)

    def qualify(self, label: str) -> str:
        """Return a reference relative to the root module."""
        return label if label.startswith(_SAME_IN_ALL_MODULES) else self.address + label

    # Values of names

    def _cached(self, key: str, find: Callable[[], Node | None]) -> Node | None:
        """Return a cached value, and `None` while it is being computed."""
        if key not in self._cache:
            if key in self._evaluating:
                return None
            self._evaluating.append(key)
            try:
                self._cache[key] = find()
            finally:
                self._evaluating.pop()
        return self._cache[key]

    def _raise_cycle(self, key: str, argument: Argument) -> None:
        source = argument.value.source
        cycle = [name for name in self._evaluating[self._evaluating.index(key) :] if "." in name]
        listed = ", ".join(f"`{self.address}{name}`" for name in cycle)
        fault = f"is part of a reference cycle: {listed}" if cycle[1:] else "refers to itself"
        raise InputError(source.name, f"`{key}` {fault}", source.position(argument.key[0]))

    def _variable(self, name: str) -> Node | None:
        block = self.call.module.variables.get(name)
        if block and is_sensitive(block):
            self._hide(name, block)
            return None  # Findings would show the value.
        found = self._unconverted(name, block)
        kind = block and block.body.attributes.get("type")
        if found is None or not kind:
            return found
        conversion = Conversion(name, lambda default: evaluate(default, self), self.work.spend)
        return conversion.convert(found, kind.value)

    def _hide(self, name: str, block: Block) -> None:
        """Mark the values of a sensitive variable as secrets of the files that contain them."""
        call = self.call.block
        default = block.body.attributes.get("default")
        argument = call.body.attributes.get(name) if call else None
        written = [stated.value for stated in (default, argument) if stated]
        passed = self.evaluation.values.get(name) if call is None else None
        for value in [*written, *([passed] if passed else ())]:
            value.source.add_secret(value.start, value.end)

    def _unconverted(self, name: str, block: Block | None) -> Node | None:
        """Return the value of a variable before its conversion to the declared type."""
        if self.call_scope is None or self.call.block is None:
            return self.evaluation.variable(name, in_condition=self._original is not None)
        argument = self.call.block.body.attributes.get(name)
        if argument is not None:
            passed = evaluate(argument.value, self.call_scope)
            if self.call.module.is_external:
                passed = with_key(passed, argument)
            else:
                passed = with_note(passed, f"argument `{name}` of module `{self.call.name}`")
            if passed.value is not None or not block or _is_nullable(block):
                return passed
        default = block and block.body.attributes.get("default")
        if not default:
            return None
        return with_note(evaluate(default.value, self), f"default of variable `{name}`")

    def _declared(self, key: str, block: Block) -> Node | None:
        """Return all instances of a block: a single one, a list, or a map."""

        def find() -> Node:
            instances = self.resource_instances(key, block)
            if block.labels[0] in {CERTIFICATE, ZONE, RECORD}:
                from acmrules.readers.terraform.computed import as_referenced

                instances = [
                    ResourceInstance(
                        one.key,
                        as_referenced(block, one.scope.address, one.node, one.scope),
                        one.scope,
                    )
                    for one in instances
                ]
            return with_note(_as_referenced(block, instances), f"attribute of `{key}`")

        return self._cached(key, find)

    def _outputs(self, call: ModuleCall) -> Node | None:
        """Return the outputs of all instances of a call."""
        if call.block is None:
            return None
        instances = []
        for child in self.children(call):
            inner = child.for_conditions() if self._original else child
            outputs: dict[str, Node] = {
                name: EvaluatedArgument(child.address, name, inner, argument)
                for name, block in call.module.outputs.items()
                for argument in (block.body.attributes.get("value"),)
                if argument
            }
            node = node_at(call.block, Partial(outputs, child.address.removesuffix(".")))
            if child.call_scope:
                instances.append(ResourceInstance(child.call_scope.key, node, child.call_scope))
        return with_note(_as_referenced(call.block, instances), f"output of module `{call.name}`")

    # Instances and Regions

    def resource_instances(
        self, key: str, block: Block, *, single: Container[str] | None = None
    ) -> list[ResourceInstance]:
        """Return the instances of a resource or a data source.

        `single` is a set of attribute names. If it is given, return one instance with an unknown
        key and only these attributes.
        """
        if single is not None:
            scope = ResourceScope(self, self.address + key)
            return [
                ResourceInstance(None, resource_node(block, scope.address, scope, single), scope)
            ]
        if key not in self._resource_instances:
            self._resource_instances[key] = [
                ResourceInstance(scope.key, resource_node(block, scope.address, scope), scope)
                for scope in self.scopes(key, block)
            ]
        return self._resource_instances[key]

    def children(self, call: ModuleCall) -> list[ModuleInstance]:
        """Return the instances of a called module; raises `OpenCondition`."""
        if self._original:
            return self._original.children(call)
        if call.name not in self._children and call.block:
            self._children[call.name] = [
                ModuleInstance(self.evaluation, call, f"{scope.address}.", scope)
                for scope in self.scopes(
                    f"module.{call.name}", call.block, self.evaluation.certificates.get(call, 1)
                )
            ]
        return self._children.get(call.name, [])

    def scopes(self, name: str, block: Block, weight: int = 1) -> Iterator[ResourceScope]:
        """Yield a scope for each instance of a block; raises `OpenCondition`."""
        address = self.address + name
        attributes = block.body.attributes
        repeated = attributes.get("for_each") or attributes.get("count")
        if repeated is None:
            yield ResourceScope(self, address)
            return
        node = self._repetition(repeated.value)
        found = node.value
        if found is False and type(repeated.value) is not Literal:
            found = None  # Before Terraform 0.12, `count` could be a comparison of any types.
        if isinstance(found, str) and found.isdecimal():
            found = int(found)
        known = isinstance(found, int | dict | list)
        try:
            number = found if isinstance(found, int) else len(found) if known else 0
            self.work.spend(number * weight * _STEPS_PER_INSTANCE)
        except Exhausted:
            known = False
        if not known:
            yield ResourceScope(self, address, repeated_by=_origins(label(found), node))
        elif isinstance(found, int):
            for index in range(found):
                yield ResourceScope(self, address, index, count=with_value(node, index))
        else:
            for key, each_key, value in keyed(node):
                if key is None:
                    origins = _origins(label(value), node)
                    yield ResourceScope(self, address, repeated_by=origins)
                else:
                    yield ResourceScope(self, address, key, each_key, value)
            if isinstance(found, Partial):
                yield ResourceScope(self, address, repeated_by=_origins(found.label, node))

    def _repetition(self, expression: Expression) -> Node:
        """Return the value of `for_each` or `count`; raises `OpenCondition`.

        If it is empty because the default of a variable is empty, it is unknown, because such a
        default means that the user must supply a value.
        """
        node = evaluate(expression, self)
        if not _is_empty(node.value):
            return node
        supplied = [
            name for name in self._variables(expression) if self.evaluation.has_empty_default(name)
        ]
        if not supplied:
            return node
        open_node = evaluate(expression, self.for_conditions())
        if _is_empty(open_node.value):
            return node
        for name in supplied:
            self.evaluation.supply(name)
        return open_node

    def _variables(self, expression: Expression) -> list[str]:
        """Return the variables of the root that an expression mentions, directly or indirectly."""
        found: dict[str, None] = {}
        seen = set[tuple[str, str]]()
        pending: list[tuple[ModuleInstance, Expression]] = [(self, expression)]
        while pending:
            instance, expression = pending.pop()
            for kind, name in re.findall(_MENTION, expression.written):
                key = kind, instance.address + name
                if key in seen:
                    continue
                seen.add(key)
                if kind == "local":
                    argument = instance.call.module.locals.get(name)
                    above = instance
                elif instance.call_scope is None or instance.call.block is None:
                    found[name] = None
                    continue
                else:
                    argument = instance.call.block.body.attributes.get(name)
                    above = instance.call_scope.instance
                if argument:
                    pending.append((above, argument.value))
        return [*found]

    def region(self, body: Body, scope: ModuleInstance | ResourceScope) -> Text:
        """Return the Region of a resource in this module."""
        own = body.attributes.get(_REGION)
        found = _text(evaluate(own.value, scope)) if own else None
        if found is None:
            provider = body.attributes.get("provider")
            found = self.provider_region(provider.value.written if provider else "aws")
        return found

    def provider_region(self, name: str) -> Text:
        """Return the Region of a provider, by the provider's name in this module."""
        if name not in self._regions:
            self._regions[name] = self._provider_region(name)
        return self._regions[name]

    def _provider_region(self, name: str) -> Text:
        owner, own_name, block = self.provider_block(name)
        if owner is not self:
            return owner.provider_region(own_name)
        region = block and block.body.attributes.get(_REGION)
        found = _text(evaluate(region.value, self)) if region else None
        if found is None:
            default = self.evaluation.region if name == "aws" or block else None
            found = default or Unresolved((Unknown(self.qualify(f"provider.{name}.region")),))
        return found

    def provider_block(self, name: str) -> tuple[ModuleInstance, str, Block | None]:
        """Return the module that configures a provider, its name there, and its block."""
        block = self.call.module.providers.get(name)
        call_block = self.call_scope and self.call.block
        if block is None and self.call_scope and call_block:
            providers = call_block.body.attributes.get("providers")
            passed = {}
            if providers:
                passed = dict(re.findall(PASSED_PROVIDER, providers.value.written))
            above = passed.get(name, name if name == "aws" else "")
            if above:
                return self.call_scope.instance.provider_block(above)
        return self, name, block


class ResourceScope:
    """The scope of one instance of a resource, data source or module call."""

    def __init__(
        self,
        instance: ModuleInstance,
        address: str,
        key: str | int | None = None,
        name: Node | None = None,
        value: Node | None = None,
        *,
        count: Node | None = None,
        repeated_by: str = "",
    ) -> None:
        """`repeated_by` names what determines unknown instances, empty for a known one."""
        self.instance = instance
        self.block_address = address
        self.address = address + (f"[{label(key)}]" if key is not None else "")
        self.key = key
        self.work = instance.work
        self._each = {"key": name, "value": value}
        self._count = count
        self._repeated_by = repeated_by

    def for_conditions(self) -> ResourceScope:
        """Return the scope in which conditions are evaluated."""
        each = self._each
        return ResourceScope(
            self.instance.for_conditions(),
            self.block_address,
            self.key,
            each["key"],
            each["value"],
            count=self._count,
            repeated_by=self._repeated_by,
        )

    def variable(self, name: str) -> Node | None:
        """Return the value of a variable of the module."""
        return self.instance.variable(name)

    def local(self, name: str) -> Node | None:
        """Return the value of a local of the module."""
        return self.instance.local(name)

    def resource(self, kind: str, name: str) -> Node | None:
        """Return a resource of the module."""
        return self.instance.resource(kind, name)

    def definition(self, local: str) -> Expression | None:
        """Return the expression of a local of the module."""
        return self.instance.definition(local)

    def file(self, path: Text, *, is_pem: bool = False) -> Source | None:
        """Return a file that an expression reads, `None` if it is unknown."""
        return self.instance.file(path, is_pem=is_pem)

    def data(self, kind: str, name: str) -> Node | None:
        """Return a data source of the module."""
        return self.instance.data(kind, name)

    def module(self, name: str) -> Node | None:
        """Return the outputs of a module that the module calls."""
        return self.instance.module(name)

    def terraform(self, name: str) -> Node | None:
        """Return `terraform.workspace`, `None` if it is unknown."""
        return self.instance.terraform(name)

    def each(self, member: str) -> Node | None:
        """Return `each.key` or `each.value`."""
        return self._each.get(member)

    def count(self) -> Node | None:
        """Return `count.index`."""
        return self._count

    def decide(self, label: str) -> bool:
        """Return whether a condition is true; raises `OpenCondition`."""
        return self.instance.decide(label)

    def choose(self, name: str, keys: list[str], *, is_one: bool) -> str | None:
        """Return the key that an unknown value equals; raises `OpenCondition`, `NotConstant`."""
        return self.instance.choose(name, keys, is_one=is_one)

    def qualify(self, label: str) -> str:
        """Return a reference relative to the root, for `each` and `count` with the resource."""
        if label.startswith(("each.", "count.")):
            origin = f" from {self._repeated_by}" if self._repeated_by else ""
            return f"{label} of {self.block_address}{origin}"
        return self.instance.qualify(label)


class ResourceInstance:
    """An instance of a resource or a module: its key, its attributes, and their scope."""

    __slots__ = ("key", "node", "scope")

    def __init__(self, key: str | int | None, node: Node, scope: ResourceScope) -> None:
        self.key = key
        self.node = node
        self.scope = scope


def _is_nullable(variable: Block) -> bool:
    stated = variable.body.attributes.get("nullable")
    return stated is None or stated.value.written != "false"


def _as_referenced(block: Block, instances: list[ResourceInstance]) -> Node:
    """Return all instances of a block in the form that references use."""
    attributes = block.body.attributes
    if "for_each" in attributes:
        if any(instance.key is None for instance in instances):
            return node_at(block, Unknown(instances[0].scope.block_address))
        return node_at(block, {str(instance.key): instance.node for instance in instances})
    if "count" in attributes:
        if any(instance.key is None for instance in instances):
            return node_at(block, Unknown(instances[0].scope.block_address))
        return node_at(block, [instance.node for instance in instances])
    return instances[0].node


def _is_empty(value: Data) -> bool:
    """Return whether a value is an empty list or map, or the number zero."""
    return value == 0 if type(value) is int else type(value) in {list, dict} and not value


def _origins(described: str, node: Node) -> str:
    """Return the variables that an expression contains, or the expression if it has none."""
    found = dict.fromkeys(re.findall(_QUALIFIED, described))
    return ", ".join(found) if found else shortened(described, node)


def _text(node: Node) -> Text | None:
    try:
        found = TerraformReader().text(node, ())
    except TypeMismatchError:
        return None
    return found[0] or None if found else None
