"""What the resources of a plan wait for, from the references in its configuration.

A plan contains the configuration of every module, but not the expressions of locals. So what only
a local refers to is unknown.
"""

from __future__ import annotations

from acmrules.readers.terraform.ordering import (
    CALL,
    DATA,
    MODULE,
    OUTPUT,
    Reach,
    is_of_other_provider,
)
from acmrules.readers.terraform.plan.references import references
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    FQDNS,
    VALIDATION,
    steps,
    without_keys,
)
from acmrules.resources import DataSource, Issuance, ValidationWait
from acmrules.syntax.tree import items, mapping
from acmrules.unresolved import UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from acmrules.readers.terraform.plan.instances import PlannedInstance
    from acmrules.readers.terraform.plan.references import PlannedConfiguration
    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import ListedName, Text

    Names = tuple[str, ...]
    Node = tuple[Names, str, str]
    """As in a configuration, but a module is identified by the names of the calls to it."""

_OPAQUE = "opaque"
"""The kind of what has a value that the plan omits."""

_OF_WHOLE_CALL = ("count_expression", "depends_on", "for_each_expression")


class PlannedIssuances:
    """What waits until ACM issues the certificates that a plan creates."""

    def __init__(
        self,
        configuration: PlannedConfiguration,
        certificates: Mapping[str, PlannedInstance],
        validations: Iterable[PlannedInstance],
        validated: Callable[[str], str],
    ) -> None:
        """Take a function that returns the certificate of a validation, empty if unknown."""
        self._configuration = configuration
        self._certificates = certificates
        self._reach = Reach(self._references, _certificate, stops=True)
        self._waiting = Reach(self._references, self._waits)
        self._others: dict[str, Node] = {}
        self._validations: dict[str, list[PlannedInstance]] = {}
        for validation in validations:
            self._validations.setdefault(validated(validation.address), []).append(validation)
        # A condition may exclude a validation from the plan: then nothing is meant to wait.
        self._configured = self._reach.of(
            node
            for names in configuration.all_names()
            for node in self._all_in(names[:-1], names[-1] if names else "")
            if node[1] == VALIDATION
        )

    def of(self, user: PlannedInstance, certificate: PlannedInstance) -> Issuance | None:
        """Return what a consumer of a new certificate takes, `None` if it waits."""
        block = without_keys(certificate.address)
        if is_of_other_provider(user.kind):
            return None  # Controllers in Kubernetes try again until the certificate is issued.
        if not user.configured or self._waits_for(block, (_names(user), user.kind, user.name)):
            return None
        awaited_by = self._awaited_by(certificate)
        taken = f"{certificate.address}.arn"
        if awaited_by:
            return Issuance(taken, awaited_by)
        if "" in self._validations:
            return Issuance(taken, None)
        return None if block in self._configured else Issuance(taken, ())

    def sources(
        self, certificate: PlannedInstance, looking: Iterable[tuple[PlannedInstance, Text | None]]
    ) -> Iterator[tuple[DataSource, Pointer]]:
        """Yield the data sources that look for a certificate after the plan creates it."""
        block = without_keys(certificate.address)
        for each, region in looking:
            node = _names(each), DATA + CERTIFICATE, each.name
            is_same = each.fields.literal("domain") == certificate.fields.literal("domain_name")
            if not is_same or self._reach.of([node]) != {block}:
                continue
            statuses = [text for text, _, _ in each.fields.texts("statuses")]
            is_early = statuses in ([], ["ISSUED"]) and not self._waits_for(block, node)
            is_known = "" not in self._validations
            yield (
                DataSource(
                    each.address,
                    region,
                    tuple(text for text, _, _ in each.fields.texts("key_types")),
                    True,
                    self._awaited_by(certificate) if is_early and is_known else None,
                ),
                each.pointer,
            )

    def _awaited_by(self, certificate: PlannedInstance) -> tuple[str, ...]:
        return tuple(each.address for each in self._validations.get(certificate.address, ()))

    def _waits_for(self, certificate: str, node: Node) -> bool:
        """Return whether something depends on what waits for a certificate."""
        return any(
            certificate in self._reach.of([self._others[each]]) for each in self._waiting.of([node])
        )

    def validations(
        self, certificate: PlannedInstance, region: Callable[[PlannedInstance], Text | None]
    ) -> list[tuple[PlannedInstance, ValidationWait]]:
        """Return the resources that wait for a certificate."""
        found = []
        for each in self._validations.get(certificate.address, ()):
            others = self._records_of(each)
            if without_keys(certificate.address) in others:
                others = ()
            names = self._names_of(others) if others else ()
            found.append((each, ValidationWait(each.address, region(each), others, names)))
        return found

    def _records_of(self, validation: PlannedInstance) -> tuple[str, ...]:
        """Return the certificates whose records a validation lists, none if that is uncertain."""
        expressions = mapping(validation.configured.get("expressions"))
        texts = references(expressions.get(FQDNS))
        return self._reach.of_each(self._leaves(self._named(_names(validation), texts)))

    def _names_of(self, certificates: Iterable[str]) -> tuple[ListedName, ...] | None:
        """Return the names of certificates, by addresses without keys, `None` if one is unknown."""
        names: list[ListedName] = []
        for instance in self._certificates.values():
            if without_keys(instance.address) not in certificates:
                continue
            first = instance.fields.text("domain_name")
            others = instance.fields.texts("subject_alternative_names")
            for name in (first[0] if first else None, *(each[0] for each in others)):
                if name is None or isinstance(name, UnresolvedNames):
                    return None
                names.append(read_name(name) if isinstance(name, str) else name)
        return tuple(names) or None

    def _waits(self, node: Node) -> str:
        """Return the label of what may wait: validations, and resources of other providers."""
        names, kind, name = node
        if kind != VALIDATION and (kind == _OPAQUE or not is_of_other_provider(kind)):
            return ""
        label = f"{names} {kind}.{name}"
        self._others[label] = node
        return label

    # References

    def _leaves(self, nodes: Iterable[Node]) -> Iterator[Node | None]:
        """Yield the resources that an expression takes its values from, `None` for others."""
        seen: set[Node] = set()
        pending = [*nodes]
        if not pending:
            yield None
        while pending:
            node = pending.pop()
            if node in seen or node[1] == CALL:
                continue
            seen.add(node)
            names, kind, _ = node
            if kind.startswith(OUTPUT) or (kind == "var" and names):
                pending += self._references(node)
            else:
                is_resource = kind not in {"var", MODULE, _OPAQUE} and not kind.startswith(DATA)
                yield node if is_resource else None

    def _references(self, node: Node) -> Iterator[Node]:
        """Yield what something in the configuration names."""
        names, kind, name = node
        if kind == "var":
            argument = mapping(self._call(names).get("expressions")).get(name) if names else None
            yield from self._named(names[:-1], references(argument))
        elif kind == CALL:
            yield from self._whole_call((*names, name))
        elif kind == MODULE:
            yield from self._all_in(names, name)
        elif kind.startswith(OUTPUT):
            inside = (*names, name)
            outputs = mapping(self._configuration.module(inside).get("outputs"))
            output = mapping(outputs.get(kind.removeprefix(OUTPUT)))
            yield names, CALL, name
            yield from self._named(inside, _all_references([output]))
        elif kind != _OPAQUE:
            path = tuple((step, "") for step in names)
            mode = "data" if kind.startswith(DATA) else "managed"
            kind = kind.removeprefix(DATA)
            resource = self._configuration.resource(path, kind, name, mode)
            yield from self._named(names, _all_references([resource]))
            if names:
                yield names[:-1], CALL, names[-1]

    def _whole_call(self, names: Names) -> Iterator[Node]:
        call = self._call(names)
        whole = [call.get(member) for member in _OF_WHOLE_CALL]
        yield from self._named(names[:-1], _all_references([{"depends_on": whole[1]}, *whole]))
        if names[:-1]:
            yield names[:-2], CALL, names[-2]

    def _all_in(self, names: Names, name: str) -> Iterator[Node]:
        inside = (*names, name) if name else names
        module = self._configuration.module(inside)
        if name:
            yield names, CALL, name
        for each in map(mapping, items(module.get("resources"))):
            if each.get("mode") == "managed":
                yield inside, str(each.get("type")), str(each.get("name"))
        for inner in mapping(module.get("module_calls")):
            yield inside, MODULE, inner

    def _call(self, names: Names) -> dict[str, Data]:
        calls = mapping(self._configuration.module(names[:-1]).get("module_calls"))
        return mapping(calls.get(names[-1]))

    def _named(self, names: Names, texts: Iterable[str]) -> Iterator[Node]:
        """Yield what references in a module name."""
        for text in texts:
            (first, _), *rest = steps(text)
            if first in {"count", "each", "path", "self", "terraform"} or not rest:
                continue
            name = rest[0][0]
            if first == MODULE:
                output = rest[1][0] if len(rest) > 1 else ""
                yield names, OUTPUT + output if output else MODULE, name
            elif first == "data":
                yield names, DATA + name, rest[1][0] if len(rest) > 1 else ""
            else:
                yield names, _OPAQUE if first == "local" else first, name


def _certificate(node: Node) -> str:
    names, kind, name = node
    if kind != CERTIFICATE:
        return ""
    return "".join(f"module.{step}." for step in names) + f"{kind}.{name}"


def _names(instance: PlannedInstance) -> Names:
    return tuple(name for name, _ in instance.path)


def _all_references(data: list[Data]) -> Iterator[str]:
    """Yield the references anywhere in the configuration of a resource."""
    pending = [*data]
    while pending:
        inside = pending.pop()
        if type(inside) is dict:
            yield from references(inside)
            pending += (value for key, value in inside.items() if key != "depends_on")
            yield from (text for text in items(inside.get("depends_on")) if type(text) is str)
        elif type(inside) is list:
            pending += inside
