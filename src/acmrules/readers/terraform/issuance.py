"""Whether Terraform waits until ACM issues a certificate before it creates what uses it."""

from __future__ import annotations

import re

from acmrules.readers.terraform.ordering import (
    DATA,
    MODULE,
    Reach,
    address_of,
    is_of_other_provider,
    is_remote,
    named_in,
    references,
)
from acmrules.readers.terraform.resources.references import CERTIFICATE, VALIDATION, without_keys
from acmrules.readers.terraform.scopes import SKIPPED
from acmrules.resources import Issuance
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.readers.terraform.modules import ModuleCall, ResourceBlock
    from acmrules.readers.terraform.ordering import Node
    from acmrules.readers.terraform.scopes import Evaluation
    from acmrules.syntax.hcl.ast import Argument, Block

_ARN = "certificate_arn"
_KEY = r"((?:\[[^\]]*\])?)"
# `re` compiles these patterns when they are first used.
_TAKEN = rf"{CERTIFICATE}\.([\w-]+){_KEY}\.(?:arn|id)"
_OF_EXISTING = ("import", "moved")
_OF_EACH = ("each.", "count.")
_SAME_INSTANCE = ("[each.key]", "[count.index]")


class Issuances:
    """The resources of a root module that wait until ACM issues certificates.

    `reach` finds the certificates that something depends on, by their addresses without keys.
    """

    def __init__(self, root: ModuleCall, resources: Iterable[ResourceBlock]) -> None:
        """`resources` are those of the root module and of the modules that it calls."""
        self._root = root
        self.reach = Reach(references, _certificate, stops=True)
        self._nodes: dict[str, Node] = {}
        self._waiting = Reach(references, self._waits)
        self._sought = Reach(references, _data_source)
        self._validations: dict[str, list[ResourceBlock]] = {}
        self._passed: frozenset[str] | None = None
        self._unclear: set[str] = set()
        self._several: dict[str, bool] = {}
        self._existing = _existing_addresses(root)
        for resource in resources:
            if resource.kind == VALIDATION:
                self._add(resource)

    def validations(self, certificate: str) -> Sequence[ResourceBlock]:
        """Return the resources that wait for a certificate, by its address without keys."""
        return self._validations.get(certificate, ())

    def is_for_several(self, validation: ResourceBlock) -> bool:
        """Return whether a resource waits for the certificates of several resources."""
        return self._several.get(validation.address, False)

    def of(
        self,
        evaluation: Evaluation,
        user: ResourceBlock,
        certificate: ResourceBlock,
        taken: str,
    ) -> Issuance | None:
        """Return what a consumer takes, `None` if it waits or if the certificate exists already.

        `taken` is the expression for its certificate. If a condition excludes the resource that
        waits, nothing is meant to wait, so the result is `None` too.
        """
        address = certificate.address
        if address in self._existing or is_of_other_provider(user.kind):
            return None  # Controllers in Kubernetes try again until the certificate is issued.
        is_awaited = taken.startswith(f"{VALIDATION}.") and taken.endswith(f".{_ARN}")
        kind, _, name = user.name.partition(".")
        if not is_awaited and self._waits_for(address, (user.call, kind, name)):
            return None
        validations = self._certain(address)
        if not validations:
            is_unclear = self._may_be_awaited(address)
            optional = _may_be_later(user, certificate)
            return None if is_awaited else Issuance(taken, None if is_unclear else (), optional)
        exist = {each.address: _exists(evaluation, each) for each in validations}
        certain = tuple(each for each, does_exist in exist.items() if does_exist)
        if certain:
            attribute = taken if is_awaited else self._attribute(user, certificate, taken)
            return Issuance(taken, certain, attribute=attribute)
        optionals = tuple(each for each, does_exist in exist.items() if does_exist is None)
        if is_awaited or not optionals:
            return None
        return Issuance(taken, optionals, optional=True)

    def missed_by(self, certificate: ResourceBlock, node: Node) -> tuple[str, ...] | None:
        """Return what waits for a certificate, `None` if a data source waits for that too."""
        address = certificate.address
        if address in self._existing or self._waits_for(address, node):
            return None
        validations = tuple(each.address for each in self._certain(address))
        return validations if validations or not self._may_be_awaited(address) else None

    def waits_after(self, certificate: ResourceBlock, node: Node) -> bool:
        """Return whether the first resource that waits for a certificate needs a data source."""
        first = self._certain(certificate.address)[:1]
        nodes = [(each.call, VALIDATION, each.name.partition(".")[2]) for each in first]
        return address_of(node) in self._sought.of(nodes)

    def _certain(self, certificate: str) -> list[ResourceBlock]:
        """Return the resources that certainly wait for a certificate, if they exist."""
        found = self._validations.get(certificate, ())
        return [each for each in found if each.address not in self._unclear]

    def _may_be_awaited(self, certificate: str) -> bool:
        """Return whether it is unknown if something waits for a certificate.

        A resource may wait for one of several, and a module that is not local may wait for what it
        gets.
        """
        if self._passed is None:
            self._passed = self.reach.of(
                (call, MODULE, name)
                for call in self._root.all()
                for name in call.module.calls
                if name not in call.calls
            )
        return certificate in self._passed or certificate in self._validations

    def _waits_for(self, certificate: str, node: Node) -> bool:
        """Return whether something depends on what waits for a certificate."""
        awaited_by = {each.address for each in self._validations.get(certificate, ())}
        reached = self._waiting.of([node])
        return any(each in awaited_by or self._may_wait(each, certificate) for each in reached)

    def _add(self, validation: ResourceBlock) -> None:
        """Add a resource to the certificates that it may wait for."""
        try:
            attributes = validation.block.body.attributes
        except InputError:
            return  # Reported when the block is read for its own sake.
        argument = attributes.get(_ARN)
        if argument is None:
            return
        written = [argument.value.written]
        is_each = any(word in written[0] for word in _OF_EACH)
        repeated = attributes.get("for_each") if is_each else None
        written += [repeated.value.written] if repeated else []
        nodes = (node for text in written for node in named_in(validation.call, text))
        found = self.reach.of(nodes)
        self._several[validation.address] = len(found) > 1
        if len(found) > 1 and not is_each:
            self._unclear.add(validation.address)
        for address in found:
            self._validations.setdefault(address, []).append(validation)

    def _waits(self, node: Node) -> str:
        """Return the label of what may wait for a certificate, empty for anything else.

        Next to the resource made for that, these are modules that are not local, data sources, and
        resources of other providers, such as those that run a command.
        """
        if node[1] == VALIDATION:
            return address_of(node)
        if not (is_remote(node) or is_of_other_provider(node[1])):
            return ""
        if not self.reach.of([node]):
            return ""
        label = f"{address_of(node)} "
        self._nodes[label] = node
        return label

    def _may_wait(self, label: str, certificate: str) -> bool:
        """Return whether something other than the resource made for it may wait."""
        return label in self._nodes and certificate in self.reach.of([self._nodes[label]])

    def _attribute(self, user: ResourceBlock, certificate: ResourceBlock, taken: str) -> str:
        """Return what a consumer has to take so that it waits, empty if that is not certain."""
        found = re.fullmatch(_TAKEN, taken)
        if found is None or user.call is not certificate.call:
            return ""
        for validation in self._certain(certificate.address):
            if validation.call is user.call and f"{CERTIFICATE}.{found[1]}" == certificate.name:
                key = _key_of_validation(validation.block, certificate, found[2])
                if key is not None:
                    return f"{validation.name}{key}.{_ARN}"
        return ""


def _may_be_later(user: ResourceBlock, certificate: ResourceBlock) -> bool:
    """Return whether a condition of its own may keep a consumer out of the first apply."""
    own = _repetition(user.block)
    is_condition = own is not None and own[0] == "count" and not own[1].isdecimal()
    return is_condition and own != _repetition(certificate.block)


def _exists(evaluation: Evaluation, resource: ResourceBlock) -> bool | None:
    """Return whether a resource has instances, `None` if that depends on an open condition."""
    attributes = resource.block.body.attributes
    try:
        instances = evaluation.resource_instances(resource.call, resource.name, resource.block)
    except SKIPPED:
        return None
    if not instances:
        return False
    is_repeated = "count" in attributes or "for_each" in attributes
    return None if is_repeated and all(each.key is None for each in instances) else True


def _certificate(node: Node) -> str:
    return address_of(node) if node[1] == CERTIFICATE else ""


def _data_source(node: Node) -> str:
    return address_of(node) if node[1] == DATA + CERTIFICATE else ""


def _key_of_validation(validation: Block, certificate: ResourceBlock, key: str) -> str | None:
    """Return the key of the instance that waits for an instance of a certificate, if certain."""
    attributes = validation.body.attributes
    written = attributes[_ARN].value.written
    own = re.fullmatch(_TAKEN, written)
    repeated, others = (_repetition(each) for each in (validation, certificate.block))
    if repeated is None:
        is_literal = not re.search(r"\.", key)
        return "" if own and own[2] == key and (is_literal or not key) else None
    is_map = repeated[0] == "for_each" and repeated[1] == certificate.name
    if not key or not (repeated == others or is_map):
        return None
    if own and (own[2] in _SAME_INSTANCE or own[2] == key == "[0]"):
        return key
    return key if is_map and written == "each.value.arn" else None


def _repetition(block: Block) -> tuple[str, str] | None:
    attributes = block.body.attributes
    for name in ("for_each", "count"):
        if name in attributes:
            return name, attributes[name].value.written
    return None


def _existing_addresses(root: ModuleCall) -> set[str]:
    """Return the addresses, without keys, of what `import` and `moved` blocks find in the cloud."""
    found = set()
    for call in root.all():
        for file in call.module.files:
            for block in file.blocks if " to " in file.source.text else ():
                if block.type not in _OF_EXISTING:
                    continue
                try:
                    to: Argument | None = block.body.attributes.get("to")
                except InputError:
                    continue
                if to:
                    found.add(call.address + without_keys(to.value.written))
    return found
