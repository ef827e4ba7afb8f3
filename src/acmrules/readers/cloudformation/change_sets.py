"""Change sets of CloudFormation, as `aws cloudformation describe-change-set` prints them.

What they hold with `--include-property-values` is read as the template that it comes from, and
stands where its resource is named. Without, there are certificates of which nothing is known.
"""

from __future__ import annotations

from json import dumps

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.readers.cloudformation import reader
from acmrules.readers.cloudformation.template import CERTIFICATE
from acmrules.readers.requests import unknown_request
from acmrules.request import Tool
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import looks_like_json
from acmrules.syntax.tree import items, mapping
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

    from acmrules.model.locations import PointerMap
    from acmrules.readers.options import Parameters
    from acmrules.request import CertificateRequest
    from acmrules.syntax.edits import ValueEdit
    from acmrules.syntax.tree import Data, Pointer, Tree

    Values = dict[str, Data]

_LATER = "{{changeSet:KNOWN_AFTER_APPLY}}"
_REGION_OF_ARN = 3
_GONE = "Remove"


def is_change_set(data: Data) -> bool:
    """Say whether data is what `describe-change-set` prints."""
    top = mapping(data)
    return type(top.get("Changes")) is list and not {"ChangeSetName", "StackName"}.isdisjoint(top)


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers as they will be; `None` if there is no change set.

    Raises `InputError`.
    """
    del parameters  # their values are in it
    if not looks_like_json(source.text):
        return None
    tree = _Tree(source)
    if not is_change_set(tree.data):
        return None
    return tuple(_Set(tree).declarations())


def removed(source: Source) -> tuple[Declaration, ...]:
    """Return the certificates that are no more, as they are before; raises `InputError`."""
    return tuple(_Set(_Tree(source)).removed())


class _Tree(JsonTree):
    """A change set, which nobody edits."""

    __slots__ = ()

    EDITS = __name__


def edits(tree: Tree, change: ValueEdit) -> NoReturn:
    """Refuse to edit a change set: it is made of a template."""
    from acmrules.syntax.edits import EditError

    del tree, change
    raise EditError("it is made by CloudFormation: mend the template")


class _Set:
    """A change set, and the documents it comes to."""

    def __init__(self, tree: _Tree) -> None:
        self._tree = tree
        self._entries: dict[str, Values] = {}
        self._pointers: dict[str, Pointer] = {}
        for index, change in enumerate(items(tree.data["Changes"])):
            entry = mapping(mapping(change).get("ResourceChange"))
            name = entry.get("LogicalResourceId")
            if isinstance(name, str) and isinstance(entry.get("ResourceType"), str):
                self._entries[name] = entry
                self._pointers[name] = ("Changes", index, "ResourceChange", "LogicalResourceId")
        self._arns = {
            str(entry["PhysicalResourceId"]): name
            for name, entry in self._entries.items()
            if entry["ResourceType"] == CERTIFICATE and entry.get("PhysicalResourceId")
        }
        stack = str(mapping(tree.data).get("StackId")).split(":")
        self._region = stack[_REGION_OF_ARN] if len(stack) > _REGION_OF_ARN else None

    def declarations(self) -> Iterator[Declaration]:
        """Yield what the resources come to that are there afterwards."""
        before = {declaration.address: declaration for declaration in self._read("BeforeContext")}
        read = {declaration.address: declaration for declaration in self._read("AfterContext")}
        for name, entry in self._entries.items():
            if entry.get("Action") == _GONE:
                continue
            if name in read:
                was = before.get(name)
                yield self._placed(read[name], was.request if was else None)
            elif entry["ResourceType"] == CERTIFICATE:
                yield self._unknown(name)

    def removed(self) -> Iterator[Declaration]:
        """Yield the certificates that are there before alone."""
        read = {declaration.address: declaration for declaration in self._read("BeforeContext")}
        for name, entry in self._entries.items():
            if entry.get("Action") == _GONE and entry["ResourceType"] == CERTIFICATE:
                yield self._placed(read[name], None) if name in read else self._unknown(name)

    def _read(self, context: str) -> tuple[Declaration, ...]:
        """Return the documents of the template that the properties are those of."""
        from acmrules.readers.options import Parameters

        resources = {}
        for name, entry in self._entries.items():
            properties = self._properties(name, entry, context)
            if properties is not None:
                kind = entry["ResourceType"]
                resources[name] = {"Type": kind, "Properties": properties}
        text = dumps({"Resources": resources})
        values = Parameters({}, self._region)
        name = self._tree.source.name
        try:
            return reader.read(Source(name, text), values) or ()
        except InputError as error:
            # Where that is, is nowhere in the file.
            raise InputError(name, error.fault) from None

    def _properties(self, name: str, entry: Values, context: str) -> Data:
        """Return the properties of a resource, `None` where the change set does not have them."""
        text = entry.get(context)
        if not isinstance(text, str):
            return None
        try:
            data = JsonTree(Source(self._tree.source.name, text), texts=True).data
        except InputError as error:
            raise TypeMismatchError((*self._pointers[name][:-1], context), error.fault).unreadable(
                self._tree
            ) from None
        causes = {
            str(mapping(each).get("CausingEntity")).partition(".")[0]
            for each in items(entry.get("Details"))
        }
        certificates = causes & set(self._arns.values())
        of = certificates.pop() if len(certificates) == 1 else ""
        return self._referring(mapping(data).get("Properties"), of, name)

    def _referring(self, data: Data, certificate: str, label: str) -> Data:
        """Return data in which what is known later, and a certificate here, is referred to."""
        if type(data) is dict:
            return {
                key: self._referring(value, certificate, f"{label}.{key}")
                for key, value in data.items()
            }
        if type(data) is list:
            return [
                self._referring(item, certificate, f"{label}.{index}")
                for index, item in enumerate(data)
            ]
        if type(data) is not str:
            return data
        if data in self._arns:
            return {"Ref": self._arns[data]}
        if data == _LATER and certificate and "ertificate" in label.rpartition(".")[2]:
            return {"Ref": certificate}
        if _LATER in data:
            pieces: list[Data] = []
            for index, piece in enumerate(data.split(_LATER)):
                pieces += [{"Ref": f"{label}.{index}"}] * bool(index) + [piece]
            return {"Fn::Join": ["", pieces]}
        return data

    def _placed(self, declaration: Declaration, issued: CertificateRequest | None) -> Declaration:
        """Return a document whose values stand where their resources are named."""
        variants = []
        for variant in declaration.variants:
            pointers: PointerMap = {(): (self._pointers[declaration.address], None)}
            for index, consumer in enumerate(variant.consumers):
                pointers["consumers", index] = self._pointers[consumer.address], None
            locations = Locations(self._tree, pointers)
            # Those that stay as they are it does not list.
            variants.append(
                variant.__replace__(locations=locations, issued=issued, all_consumers_known=False)
            )
        return declaration.__replace__(source=self._tree.source, variants=tuple(variants))

    def _unknown(self, name: str) -> Declaration:
        label = f"the properties of `{name}`, which `--include-property-values` shows"
        request = unknown_request(Unresolved((Unknown(label),)), self._region)
        locations = Locations(self._tree, {(): (self._pointers[name], None)})
        variant = Variant(request, (), locations)
        return Declaration(self._tree.source, Tool.CLOUDFORMATION, name, (variant,))
