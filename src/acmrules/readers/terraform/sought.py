"""Where validations and data sources of Terraform look for certificates, and for which ones."""

from __future__ import annotations

import re

from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.computed import names_of
from acmrules.readers.terraform.eval.values import node_at
from acmrules.readers.terraform.ordering import CALL, DATA, OUTPUT, named_in, references
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    FQDNS,
    LOOK_UP,
    without_keys,
)
from acmrules.readers.terraform.scopes import SKIPPED
from acmrules.request import KeyAlgorithm
from acmrules.resources import DataSource, ValidationWait
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Unresolved, read_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from acmrules.model.locations import PointerMap
    from acmrules.readers.terraform.issuance import Issuances
    from acmrules.readers.terraform.lookups import LookUp
    from acmrules.readers.terraform.modules import ModuleCall, ResourceBlock
    from acmrules.readers.terraform.ordering import Node
    from acmrules.readers.terraform.scopes import Evaluation, ResourceInstance
    from acmrules.request import CertificateRequest
    from acmrules.syntax.hcl.ast import Block
    from acmrules.unresolved import ListedName, Text

_REGION = "region"
_OF_EACH = ("each.", "count.")
_FOLLOWED = ("local", "var", CALL)
_ISSUED = ((), ("ISSUED",))
"""The statuses for which a data source finds only certificates that ACM has issued."""

_TYPE_OF_REQUESTS = ("AMAZON_ISSUED", "PRIVATE")
# `re` compiles the pattern when it is first used.
_LITERAL_NAME = r'"_[^"]*"'


def _has_literal_name(written: str) -> bool:
    return '"_' in written and re.search(_LITERAL_NAME, written) is not None


class _Found(Value):
    """An instance of a data source, and the module call that contains it."""

    call: ModuleCall
    name: str
    block: Block
    domain: ListedName
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    source: DataSource


class CertificateSearch:
    """The look-ups of certificates in a root module."""

    def __init__(
        self, root: ModuleCall, certificates: Mapping[str, ResourceBlock], issuances: Issuances
    ) -> None:
        """`certificates` are those of the root module, by address without keys."""
        self._certificates = certificates
        self._issuances = issuances
        self._blocks = [
            (call, name, block)
            for call in root.all()
            for (kind, name), block in call.module.data.items()
            if kind == CERTIFICATE
        ]
        self._sources: dict[Evaluation, dict[tuple[ListedName, str], list[_Found]]] = {}
        self._used: set[str] = set()
        self._requested: dict[Evaluation, dict[object, set[str]]] = {}
        self._regions: dict[Evaluation, dict[str, Text | None]] = {}

    # Validations

    def validations(
        self,
        evaluation: Evaluation,
        certificate: ResourceBlock,
        instance: ResourceInstance,
        request: CertificateRequest,
        pointers: PointerMap,
    ) -> tuple[ValidationWait, ...]:
        """Return the resources that wait for an instance of a certificate.

        One that looks for the certificate in its Region, and for its records, is left out.
        """
        found: list[ValidationWait] = []
        for validation in self._issuances.validations(certificate.address):
            # One for several certificates may be for any of their instances.
            if self._issuances.is_for_several(validation):
                continue
            region = _validation_region(evaluation, validation, certificate, instance)
            others = self._records_of(validation)
            others = () if certificate.address in others else others
            if not others and region == request.region:
                continue
            evaluation.nodes[validation.address] = node_at(validation.block, {})
            pointers["validations", len(found)] = (validation.address, KEY), None
            declared = [each for each in others if each in self._certificates]
            undeclared = tuple(each for each in others if each not in self._certificates)
            names = self._names(evaluation, declared) if others else ()
            found.append(
                ValidationWait(validation.address, region, tuple(declared), names, undeclared)
            )
        return tuple(found)

    def _records_of(self, validation: ResourceBlock) -> tuple[str, ...]:
        """Return the certificates whose records a validation lists, none if that is uncertain."""
        attributes = validation.block.body.attributes
        argument = attributes.get(FQDNS)
        if argument is None or _has_literal_name(argument.value.written):
            return ()
        written = [argument.value.written]
        if "each." in written[0] and "for_each" in attributes:
            written.append(attributes["for_each"].value.written)
        nodes = [node for text in written for node in named_in(validation.call, text)]
        return self._issuances.reach.of_each(_leaves(nodes))

    def _names(
        self, evaluation: Evaluation, certificates: Iterable[str]
    ) -> tuple[ListedName, ...] | None:
        """Return the names of certificates, `None` if those of one are unknown."""
        names: list[ListedName] = []
        for address in certificates:
            certificate = self._certificates[address]
            try:
                for instance in evaluation.resource_instances(
                    certificate.call, certificate.name, certificate.block
                ):
                    own = names_of(instance.node)
                    if own is None:
                        return None
                    names += own
            except SKIPPED:
                return None
        return tuple(names)

    # Data sources

    def sources(
        self,
        evaluation: Evaluation,
        certificate: ResourceBlock,
        request: CertificateRequest,
        pointers: PointerMap,
        look_ups: Callable[[], Iterable[LookUp]],
    ) -> tuple[DataSource, ...]:
        """Return the data sources that may look for a certificate, by its primary name.

        `look_ups` returns those of other root modules, which may leave out its key algorithm.
        """
        if not request.names:
            return ()
        found: list[DataSource] = []
        others = (
            [*self._of_others(evaluation, request, look_ups)] if _has_other_key(request) else []
        )
        for source, block in others:
            pointers["sources", len(found)] = (f"other {len(found)}", KEY), None
            evaluation.nodes[f"other {len(found)}"] = node_at(block, {})
            found.append(source)
        for each, depends in self._own(evaluation, request.names[0], certificate.address):
            node = each.call, DATA + CERTIFICATE, each.name
            is_early = depends and each.statuses in _ISSUED
            awaited_by = self._issuances.missed_by(certificate, node) if is_early else None
            is_needed = bool(awaited_by) and self._issuances.waits_after(certificate, node)
            pointers["sources", len(found)] = (each.source.address, KEY), None
            evaluation.nodes[each.source.address] = node_at(each.block, {})
            is_used = without_keys(each.source.address) in self._used
            found.append(
                each.source.__replace__(
                    depends=depends, awaited_by=awaited_by, is_used=is_used, is_needed=is_needed
                )
            )
        return tuple(found)

    def _own(
        self, evaluation: Evaluation, name: ListedName, certificate: str
    ) -> Iterator[tuple[_Found, bool]]:
        """Yield the data sources that look for a certificate, and whether they refer to it.

        One that refers to none of several with the same name may look for any of them.
        """
        if evaluation not in self._sources:
            self._sources[evaluation] = self._all_sources(evaluation)
        sources = self._sources[evaluation]
        yield from ((each, True) for each in sources.get((name, certificate), ()))
        others = sources.get((name, ""), ())
        if others and not self._is_ambiguous(evaluation, name):
            yield from ((each, False) for each in others)

    def _of_others(
        self,
        evaluation: Evaluation,
        request: CertificateRequest,
        look_ups: Callable[[], Iterable[LookUp]],
    ) -> Iterator[tuple[DataSource, Block]]:
        """Yield the data sources of other root modules in the Region of a certificate."""
        name, region = request.names[0], request.region
        own = {block for _, _, block in self._blocks}
        seen: set[Block] = set()
        for each in look_ups():
            is_same = each.name == name and each.region == region and isinstance(region, str)
            # A module from elsewhere has no file in which to report anything.
            if is_same and each.block.source.name and each.block not in own | seen:
                if self._is_ambiguous(evaluation, name):
                    return
                seen.add(each.block)
                yield each.source, each.block

    def region_of(self, evaluation: Evaluation, reference: Text | None) -> Text | None:
        """Return the Region in which the data source of a reference looks for a certificate.

        It is unknown if the data source refers to a certificate in another Region, because the
        finding about that has the same cause.
        """
        if not isinstance(reference, Unresolved) or len(reference.parts) != 1:
            return None
        label = str(reference).removeprefix("${")
        if LOOK_UP not in label or not self._blocks:
            return None
        if evaluation not in self._regions:
            misplaced = self._misplaced(evaluation)
            self._regions[evaluation] = {
                key: None if key in misplaced else region
                for key, region in self._all_regions(evaluation)
            }
        address = label.removesuffix("}").rpartition(".")[0]
        self._used.add(without_keys(address))
        regions = self._regions[evaluation]
        if address in regions:
            return regions[address]
        whole = without_keys(address)
        several = {region for key, region in regions.items() if without_keys(key) == whole}
        return several.pop() if len(several) == 1 else None

    def _all_regions(self, evaluation: Evaluation) -> Iterator[tuple[str, Text | None]]:
        for call, name, block in self._blocks:
            try:
                for module in evaluation.module_instances(call):
                    for instance in module.resource_instances(f"{LOOK_UP}{name}", block):
                        region = module.region(block.body, instance.scope)
                        yield instance.scope.address, region
            except SKIPPED:
                continue

    def _misplaced(self, evaluation: Evaluation) -> set[str]:
        """Return the data sources that refer to a certificate in another Region, by address."""
        if evaluation not in self._sources:
            self._sources[evaluation] = self._all_sources(evaluation)
        found: set[str] = set()
        for (domain, address), sources in self._sources[evaluation].items():
            if address in self._certificates:
                regions = self._regions_of(evaluation, self._certificates[address], domain)
                others = (each.source for each in sources if _is_elsewhere(each, regions))
                found.update(source.address for source in others)
        return found

    def _regions_of(
        self, evaluation: Evaluation, certificate: ResourceBlock, domain: ListedName
    ) -> set[Text | None]:
        """Return the Regions of the instances of a certificate that have a primary name."""
        regions: set[Text | None] = set()
        try:
            for instance in evaluation.resource_instances(
                certificate.call, certificate.name, certificate.block
            ):
                if (names_of(instance.node) or (None,))[0] == domain:
                    scope = instance.scope
                    regions.add(scope.instance.region(certificate.block.body, scope))
        except SKIPPED:
            return set()
        return regions

    def _all_sources(self, evaluation: Evaluation) -> dict[tuple[ListedName, str], list[_Found]]:
        """Return the data sources by name and by the only certificate that they refer to."""
        found: dict[tuple[ListedName, str], list[_Found]] = {}
        for block in self._blocks:
            for each in _read(evaluation, *block):
                if _may_be_requested(each.types):
                    node = each.call, DATA + CERTIFICATE, each.name
                    referred = self._issuances.reach.of([node])
                    certificate = next(iter(referred)) if len(referred) == 1 else ""
                    found.setdefault((each.domain, certificate), []).append(each)
        return found

    def _is_ambiguous(self, evaluation: Evaluation, name: ListedName) -> bool:
        """Return whether several certificates have, or may have, a primary name."""
        if evaluation not in self._requested:
            requested: dict[object, set[str]] = {}
            for address in self._certificates:
                names = self._names(evaluation, [address])
                for each in names or (None,):
                    requested.setdefault(each, set()).add(address)
            self._requested[evaluation] = requested
        requested = self._requested[evaluation]
        return len(requested.get(name, ())) + len(requested.get(None, ())) > 1


def _read(evaluation: Evaluation, call: ModuleCall, name: str, block: Block) -> Iterator[_Found]:
    """Yield the instances of a data source that look for a name."""
    try:
        for module in evaluation.module_instances(call):
            for instance in module.resource_instances(f"{LOOK_UP}{name}", block):
                fields = Fields(TerraformReader(), dict(instance.node.value), ())
                domain = fields.text("domain")
                if domain is None:
                    continue
                types = tuple(str(text) for text, _, _ in fields.texts("types"))
                statuses = tuple(str(text) for text, _, _ in fields.texts("statuses"))
                keys = tuple(text for text, _, _ in fields.texts("key_types"))
                region = module.region(block.body, instance.scope)
                source = DataSource(instance.scope.address, region, keys)
                known = read_name(domain[0]) if isinstance(domain[0], str) else domain[0]
                yield _Found(call, name, block, known, types, statuses, source)
    except (*SKIPPED, TypeMismatchError):
        return


def _is_elsewhere(found: _Found, regions: set[Text | None]) -> bool:
    """Return whether a data source certainly looks in none of the Regions of a certificate."""
    region = found.source.region
    are_known = all(isinstance(each, str) for each in (region, *regions))
    return bool(regions) and are_known and region not in regions


def _has_other_key(request: CertificateRequest) -> bool:
    """Return whether a request states a key algorithm that is not the default."""
    algorithm = request.key_algorithm
    return isinstance(algorithm, KeyAlgorithm) and algorithm is not KeyAlgorithm.RSA_2048


def _may_be_requested(types: tuple[str, ...]) -> bool:
    """Return whether a data source may look for a certificate that is not imported."""
    return not types or any(kind in _TYPE_OF_REQUESTS or "${" in kind for kind in types)


def _validation_region(
    evaluation: Evaluation,
    validation: ResourceBlock,
    certificate: ResourceBlock,
    instance: ResourceInstance,
) -> Text | None:
    """Return the Region in which a validation looks for an instance of a certificate."""
    body, scope = validation.block.body, instance.scope
    own = body.attributes.get(_REGION)
    is_each = own is not None and any(word in own.value.written for word in _OF_EACH)
    if is_each and _repetition(validation) != _repetition(certificate):
        return None
    try:
        if validation.call is certificate.call:
            return scope.instance.region(body, scope)
        modules = evaluation.module_instances(validation.call)
        return modules[0].region(body, modules[0]) if len(modules) == 1 else None
    except SKIPPED:
        return None


def _repetition(resource: ResourceBlock) -> list[str]:
    attributes = resource.block.body.attributes
    return [attributes[name].value.written for name in ("for_each", "count") if name in attributes]


def _leaves(nodes: Iterable[Node]) -> Iterator[Node | None]:
    """Yield the resources that an expression takes its values from, `None` for anything else."""
    seen: set[Node] = set()
    pending = [*nodes]
    if not pending:
        yield None
    while pending:
        node = pending.pop()
        if node in seen:
            continue
        seen.add(node)
        call, kind, name = node
        is_output = kind.startswith(OUTPUT) and name in call.calls
        is_known_variable = kind != "var" or call.parent is not None
        if (kind in _FOLLOWED and is_known_variable) or is_output:
            pending += () if kind == CALL else references(node)
        elif (kind, name) in call.module.resources or kind == CERTIFICATE:
            yield node
        else:
            yield None
