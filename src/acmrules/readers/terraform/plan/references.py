"""References in the configuration of a plan, followed through modules.

A plan omits expressions but lists their references. If a value that is known only after apply can
come from a single resource, these are enough to find it.
"""

from __future__ import annotations

from acmrules.readers.terraform.resources.references import CERTIFICATE, OPTIONS, VALIDATION, steps
from acmrules.syntax.tree import items, mapping
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from acmrules.syntax.tree import Data

    ModulePath = tuple[tuple[str, str], ...]
    """The names of modules from the root down, each with the key of the instance or ``."""

_KNOWN = frozenset(("count", "each", "path", "self", "terraform"))
"""Roots of references with known values, in addition to variables of the root module."""

_OPAQUE = frozenset(("local", "module"))
"""Roots of references whose expressions a plan omits; for a module, its output."""

_CERTIFICATES = (f"{CERTIFICATE}.", f"{VALIDATION}.")
"""Prefixes of references to certificates."""


class ReferenceTarget(Value):
    """The resource of a reference; `key` and `attribute` are empty if the plan omits them."""

    path: ModulePath
    kind: str
    name: str
    key: str
    attribute: str


class PlannedConfiguration:
    """The configuration of a plan; `deferred` are the data sources to be read during apply."""

    __slots__ = ("_deferred", "_modules", "_providers", "_resources")

    def __init__(self, data: Data, deferred: frozenset[str] = frozenset()) -> None:
        self._deferred = deferred
        self._providers = mapping(mapping(data).get("provider_config"))
        root = mapping(mapping(data).get("root_module"))
        self._modules: dict[tuple[str, ...], dict[str, Data]] = {(): root}
        self._resources: dict[tuple[str, ...], dict[str, dict[str, Data]]] = {}

    def resource(
        self, path: ModulePath, kind: str, name: str, mode: str = "managed"
    ) -> dict[str, Data]:
        """Return the configuration of a resource or a data source, empty if there is none."""
        names = tuple(step for step, _ in path)
        if names not in self._resources:
            found = map(mapping, items(self._module(path).get("resources")))
            self._resources[names] = {
                f"{each.get('mode')} {each.get('type')}.{each.get('name')}": each for each in found
            }
        return self._resources[names].get(f"{mode} {kind}.{name}", {})

    def module(self, names: tuple[str, ...]) -> dict[str, Data]:
        """Return the configuration of a module, by the names of the calls to it."""
        return self._module(tuple((name, "") for name in names))

    def all_names(self) -> Iterator[tuple[str, ...]]:
        """Yield the names of the calls to each module, none for the root module."""
        pending: list[tuple[str, ...]] = [()]
        while pending:
            names = pending.pop()
            yield names
            pending += ((*names, name) for name in mapping(self.module(names).get("module_calls")))

    def provider_region(self, resource: dict[str, Data]) -> dict[str, Data]:
        """Return the expression for the Region of a resource's provider, empty if there is none."""
        return mapping(self.provider(resource).get("region"))

    def provider(self, resource: dict[str, Data]) -> dict[str, Data]:
        """Return the expressions of a resource's provider, empty if there is none."""
        key = str(resource.get("provider_config_key"))
        # A module without its own provider configuration uses that of the root.
        provider = self._providers.get(key) or self._providers.get(key.rpartition(":")[2])
        return mapping(mapping(provider).get("expressions"))

    def may_have_other_consumers(self, kinds: Container[str]) -> bool:
        """Return whether anything other than resources of some types may use a certificate.

        This is true if the plan contains no configuration.
        """
        pending = [self._modules[()]]
        if not pending[0]:
            return True
        while pending:
            module = pending.pop()
            resources = map(mapping, items(module.get("resources")))
            others = [each for each in resources if str(each.get("type")) not in kinds]
            if _mentions_certificate([module.get("outputs"), others]):
                return True
            for call in map(mapping, mapping(module.get("module_calls")).values()):
                if _mentions_certificate(call.get("expressions")):
                    return True
                pending.append(mapping(call.get("module")))
        return False

    def passes_options_on(self, kinds: Container[str]) -> bool:
        """Return whether anything but resources of some types may use validation options."""
        pending = [self._modules[()]]
        while pending:
            module = pending.pop()
            resources = map(mapping, items(module.get("resources")))
            others = [each for each in resources if str(each.get("type")) not in kinds]
            calls = [mapping(each) for each in mapping(module.get("module_calls")).values()]
            arguments = [each.get("expressions") for each in calls]
            if _refers_to([module.get("outputs"), others, arguments], _may_have_options):
                return True
            pending += [mapping(each.get("module")) for each in calls]
        return False

    def target(
        self, path: ModulePath, resource: dict[str, Data], expressions: list[Data]
    ) -> ReferenceTarget | None:
        """Return the only resource that expressions can refer to, `None` if there are several."""
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
        """Yield the resources that the unknown parts of an expression may come from.

        `None` means any resource. `holder` is the resource or module call of the expression.
        """
        for text in references(expression):
            if (path, text) in seen:
                continue
            seen.add((path, text))
            first, *rest = steps(text) or [("", "")]
            if first[0] == "var" and path and rest:
                call = self._call(path)
                argument = mapping(call.get("expressions")).get(rest[0][0])
                yield from self._leaves(path[:-1], call, argument, seen)
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
            elif rest and first[0] not in _OPAQUE:
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
    """Return whether any expression in the data refers to a certificate."""
    return _refers_to(data, lambda text: text.startswith(_CERTIFICATES))


def _may_have_options(text: str) -> bool:
    """Return whether a reference is to a certificate as a whole, or to its options."""
    attributes = [step for step, _ in steps(text)][2:]
    return text.startswith(_CERTIFICATES[0]) and attributes[:1] in ([], [OPTIONS])


def _refers_to(data: Data, matches: Callable[[str], bool]) -> bool:
    """Return whether any expression in the data has a reference that matches."""
    pending = [data]
    while pending:
        inside = pending.pop()
        if type(inside) is dict:
            if any(map(matches, references(inside))):
                return True
            pending += inside.values()
        elif type(inside) is list:
            pending += inside
    return False


def module_path(address: str) -> ModulePath:
    """Return the path of a module from its address, `module.a["x"].module.b`."""
    return tuple(steps(address)[1::2])


def references(expression: Data) -> Iterator[str]:
    """Yield the references of an expression, only the longest of each.

    A plan lists `a.b.c`, then also its prefixes `a.b` and `a`.
    """
    last = ""
    for text in items(mapping(expression).get("references")):
        if isinstance(text, str) and not last.startswith((f"{text}.", f"{text}[")):
            yield text
            last = text
