"""What the expressions of a plan's configuration refer to, followed through modules.

A plan tells no expression, but the references in each: enough to know what a value comes from that
is known only after apply, if it can come from one thing only.
"""

from __future__ import annotations

from acmrules.readers.terraform.resources.references import CERTIFICATE, VALIDATION, steps
from acmrules.syntax.tree import items, mapping
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from acmrules.syntax.tree import Data

    ModulePath = tuple[tuple[str, str], ...]
    """The names of modules from the root on, each with the key of the instance or ``."""

_KNOWN = frozenset(("count", "each", "path", "self", "terraform"))
"""What is known in a plan, beside the variables of the root module."""

_OPEN = frozenset(("local", "module"))
"""What a plan tells no expression of; of a module, where it leaves out the output."""


class ReferenceTarget(Value):
    """What an expression refers to; `key` and `attribute` are empty where the plan tells none."""

    path: ModulePath
    kind: str
    name: str
    key: str
    attribute: str


class PlannedConfiguration:
    """The configuration that a plan was made from; `deferred` are the data it has not read yet."""

    __slots__ = ("_deferred", "_modules", "_providers", "_resources")

    def __init__(self, data: Data, deferred: frozenset[str] = frozenset()) -> None:
        self._deferred = deferred
        self._providers = mapping(mapping(data).get("provider_config"))
        root = mapping(mapping(data).get("root_module"))
        self._modules: dict[tuple[str, ...], dict[str, Data]] = {(): root}
        self._resources: dict[tuple[str, ...], dict[str, dict[str, Data]]] = {}

    def resource(self, path: ModulePath, kind: str, name: str) -> dict[str, Data]:
        """Return a managed resource as the configuration has it; empty where it has none."""
        names = tuple(step for step, _ in path)
        if names not in self._resources:
            found = map(mapping, items(self._module(path).get("resources")))
            self._resources[names] = {
                f"{each.get('type')}.{each.get('name')}": each
                for each in found
                if each.get("mode") == "managed"
            }
        return self._resources[names].get(f"{kind}.{name}", {})

    def provider_region(self, resource: dict[str, Data]) -> dict[str, Data]:
        """Return the expression for the Region of a resource's provider; empty for none."""
        key = str(resource.get("provider_config_key"))
        # A module without a configuration of its own has that of the root.
        provider = self._providers.get(key) or self._providers.get(key.rpartition(":")[2])
        return mapping(mapping(mapping(provider).get("expressions")).get("region"))

    def hands_on(self, kinds: Container[str]) -> bool:
        """Say whether anything but resources of some kinds may be given a certificate.

        Where the plan tells nothing of the configuration, anything may.
        """
        pending = [self._modules[()]]
        if not pending[0]:
            return True
        while pending:
            module = pending.pop()
            resources = map(mapping, items(module.get("resources")))
            given = [each for each in resources if str(each.get("type")) not in kinds]
            if _mentions_certificate([module.get("outputs"), given]):
                return True
            for call in map(mapping, mapping(module.get("module_calls")).values()):
                if _mentions_certificate(call.get("expressions")):
                    return True
                pending.append(mapping(call.get("module")))
        return False

    def target(
        self, path: ModulePath, resource: dict[str, Data], expressions: list[Data]
    ) -> ReferenceTarget | None:
        """Return what expressions of a resource must mean; `None` if there is a choice."""
        seen: set[tuple[ModulePath, str]] = set()
        found: set[ReferenceTarget | None] = set()
        for expression in expressions:
            for leaf in self._leaves(path, resource, expression, seen):
                found.add(leaf)
                if leaf is None or len(found) > 1:
                    return None
        return found.pop() if found else None

    def _leaves(
        self,
        path: ModulePath,
        holder: dict[str, Data],
        expression: Data,
        seen: set[tuple[ModulePath, str]],
    ) -> Iterator[ReferenceTarget | None]:
        """Yield what an expression may come from and is not known; `None` for anything at all.

        `holder` is the resource or module call that the expression belongs to.
        """
        for text in references(expression):
            if (path, text) in seen:
                continue
            seen.add((path, text))
            first, *rest = steps(text) or [("", "")]
            if first[0] == "var" and path and rest:
                call = self._call(path)
                given = mapping(call.get("expressions")).get(rest[0][0])
                yield from self._leaves(path[:-1], call, given, seen)
            elif first[0] == "module" and len(rest) > 1:
                inside = (*path, rest[0])
                outputs = mapping(self._module(inside).get("outputs"))
                output = mapping(mapping(outputs.get(rest[1][0])).get("expression"))
                yield from self._leaves(inside, {}, output, seen) if output else (None,)
            elif text.startswith("each.value"):
                yield from self._leaves(path, holder, holder.get("for_each_expression"), seen)
            elif first[0] in _KNOWN or first[0] == "var":
                continue
            elif first[0] == "data":
                if ".".join(name for name, _ in rest[:2]) in self._deferred:
                    yield None
            elif first[0] == VALIDATION and rest:
                resource = self.resource(path, VALIDATION, rest[0][0])
                arn = mapping(resource.get("expressions")).get("certificate_arn")
                yield from self._leaves(path, resource, arn, seen) if arn else (None,)
            elif rest and first[0] not in _OPEN:
                attribute = rest[1][0] if len(rest) > 1 else ""
                yield ReferenceTarget(path, first[0], *rest[0], attribute)
            else:
                yield None

    def _call(self, path: ModulePath) -> dict[str, Data]:
        calls = mapping(self._module(path[:-1]).get("module_calls"))
        return mapping(calls.get(path[-1][0]))

    def _module(self, path: ModulePath) -> dict[str, Data]:
        names = tuple(step for step, _ in path)
        if names not in self._modules:
            self._modules[names] = mapping(self._call(path).get("module"))
        return self._modules[names]


def _mentions_certificate(data: Data) -> bool:
    """Say whether an expression inside of data refers to a certificate."""
    pending = [data]
    while pending:
        inside = pending.pop()
        if type(inside) is dict:
            if any(text.startswith(_CERTIFICATES) for text in references(inside)):
                return True
            pending += inside.values()
        elif type(inside) is list:
            pending += inside
    return False


_CERTIFICATES = (f"{CERTIFICATE}.", f"{VALIDATION}.")


def module_path(address: str) -> ModulePath:
    """Return the path of a module from its address, `module.a["x"].module.b`."""
    return tuple(steps(address)[1::2])


def references(expression: Data) -> Iterator[str]:
    """Yield what an expression refers to, each with all that is known of it.

    A plan lists `a.b.c`, then `a.b` and `a`, which say no more.
    """
    last = ""
    for text in items(mapping(expression).get("references")):
        if isinstance(text, str) and not last.startswith((f"{text}.", f"{text}[")):
            yield text
            last = text
