"""The members of a request that its tool does not have, found while the request is read."""

from __future__ import annotations

from acmrules.model.members import meant, members
from acmrules.request import UnknownMember
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.model.locations import PointerMap
    from acmrules.model.member_names import MemberNames
    from acmrules.model.members import Members
    from acmrules.readers.fields import Fields
    from acmrules.request import CertificateRequest, Tool
    from acmrules.syntax.tree import Pointer

    Meant = dict[str, tuple[Unresolved, Pointer]]
    """The members that unknown ones may mean: an unknown value for each, and its pointer."""

_COMPUTED = ("Fn::", "$", "{{")
"""Parts of the name of a function, a placeholder or a directive, which may add any members."""

_OTHER_FIELDS = {
    "Options": ("export", "transparency_logging"),
    "options": ("export", "transparency_logging"),
    "CertificateExport": ("export",),
    "Export": ("export",),
    "export": ("export",),
    "exportTo": ("export",),
    "CertificateTransparencyLoggingPreference": ("transparency_logging",),
    "certificateTransparencyLoggingPreference": ("transparency_logging",),
    "certificate_transparency_logging_preference": ("transparency_logging",),
    "CertificateUsage": ("certificate_usage",),
    "RootHierarchyType": ("root_hierarchy",),
    "certificateAuthorityRef": ("certificate_authority_arn",),
    "tags": ("tags",),
    "tags_all": ("tags",),
}
"""The fields of a request by the members that `MemberNames` does not contain."""

_LISTS = frozenset(("validation_options", "tags"))
_NOTHING: Meant = {}
_KNOWN: dict[Tool, Members] = {}


class MemberCheck:
    """Collects the unknown members of one request, and adds their pointers to `pointers`.

    `rewriter` is the label of what may replace members before the tool reads them. Then it is
    unknown whether a member is unknown.
    """

    __slots__ = ("_found", "_known", "_meant", "_names", "_pointers", "_rewriter")

    def __init__(
        self, tool: Tool, names: MemberNames, pointers: PointerMap, rewriter: str = ""
    ) -> None:
        self._known = _KNOWN.get(tool) or _KNOWN.setdefault(tool, members(tool))
        self._names = names
        self._pointers = pointers
        self._rewriter = rewriter
        self._found: list[UnknownMember | Unresolved] = []
        self._meant: Meant = {}

    def look(self, fields: Fields, holder: str = "", *, is_item: bool = False) -> Meant:
        """Collect the unknown members of a structure, and return what they may mean.

        `is_item` is true for one of several such structures.
        """
        if fields.data.keys() <= self._known[holder]:
            return _NOTHING
        found = self._in(fields, holder)
        if not is_item:
            self._meant |= found
        return found

    def _in(self, fields: Fields, holder: str) -> Meant:
        known = self._known[holder]
        found: Meant = {}
        siblings = frozenset(fields.data)
        for name, data in fields.data.items():
            # Only a function can make a member absent.
            if name in known or (type(data) is dict and name not in fields):
                continue
            member = UnknownMember(name, holder, siblings)
            unknown = Unresolved((unknown_value_of(name),))
            pointer = (*fields.pointer, name, KEY)
            is_computed = any(mark in name for mark in _COMPUTED)
            if is_computed:
                found |= dict.fromkeys(known.difference(fields.data), (unknown, pointer))
            else:
                found |= dict.fromkeys(meant(member, known), (unknown, pointer))
            if self._rewriter:
                unknown = Unresolved((Unknown(self._rewriter),))
            self._pointers["unknown_members", len(self._found)] = pointer, None
            self._found.append(unknown if is_computed or self._rewriter else member)
        return found

    def completed(self, request: CertificateRequest) -> CertificateRequest:
        """Return the request with its unknown members, and unknown values for what they mean."""
        if not self._found:
            return request
        # What is unknown about all members of a request stays unknown.
        values: dict[str, Any] = {"unknown_members": (*self._found, *request.unknown_members)}
        for name, (unknown, pointer) in self._meant.items():
            if name == self._names.alternatives:
                rest = UnresolvedNames(unknown.unknowns[0])
                self._pointers["names", len(request.names)] = pointer, None
                values["names"] = *request.names, rest
                values["spellings"] = *request.spellings, str(rest)
            for field in self._fields(name):
                if field not in _LISTS:
                    self._pointers[field,] = pointer, None
                    values[field] = unknown
                    continue
                listed = getattr(request, field)
                self._pointers.setdefault((field,), (pointer, None))
                self._pointers[field, len(listed)] = pointer, None
                values[field] = *listed, unknown
        return request.__replace__(**values)

    def _fields(self, member: str) -> tuple[str, ...]:
        names = self._names
        fields = {
            names.method: "validation_method",
            names.options: "validation_options",
            names.algorithm: "key_algorithm",
            names.authority: "certificate_authority_arn",
            names.token: "idempotency_token",
            names.managed_by: "managed_by",
            names.tags: "tags",
        }
        return (fields[member],) if member in fields else _OTHER_FIELDS.get(member, ())


def unknown_value_of(member: str) -> Unknown:
    """Return the unknown value of what an unknown member may mean."""
    return Unknown(f"value of {member}")
