"""`aws_acm_certificate` resources as certificate requests and imported certificates."""

from __future__ import annotations

from acmrules.model.member_names import MemberNames
from acmrules.readers.evaluated import unwrap
from acmrules.readers.fields import Fields
from acmrules.readers.requests import read_request, read_text
from acmrules.readers.terraform.resources.blocks import BLOCKS, block_attributes
from acmrules.request import Tag
from acmrules.syntax.tree import KEY
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.members import MemberCheck
    from acmrules.request import CertificateRequest, Path
    from acmrules.unresolved import Text, Unresolved


ATTRIBUTES = MemberNames(
    domain_name="domain_name",
    alternatives="subject_alternative_names",
    method="validation_method",
    options="validation_option",
    option_name="domain_name",
    option_domain="validation_domain",
    algorithm="key_algorithm",
    authority="certificate_authority_arn",
)
"""The attributes of `aws_acm_certificate`; its tags are a mapping and read separately."""


IMPORT_FIELDS = ("certificate_body", "private_key", "certificate_chain")
"""The attributes of an imported certificate."""

_UNVALIDATED = "NONE"
"""The provider's validation method of imported and privately issued certificates."""

_ABSENT = ("", _UNVALIDATED)
"""Strings that the provider treats as absent."""

_OPTIONAL_FIELDS = ("validation_method", "key_algorithm", "certificate_authority_arn")
"""The request's fields whose values may be such strings."""


def read_certificate(
    fields: Fields,
    pointers: PointerMap,
    region: Text | None = None,
    *,
    create_before_destroy: bool | None = None,
    check: MemberCheck | None = None,
) -> CertificateRequest | ImportedCertificate:
    """Return the request or the imported certificate of a resource.

    Adds the location of each value to `pointers`; `region` is the provider's Region. With `check`,
    unknown arguments are collected; plans and states have none. Raises `TypeMismatchError`.
    """
    importing = [member for member in IMPORT_FIELDS if is_given(fields, member)]
    private = is_given(fields, ATTRIBUTES.authority)
    unvalidated = fields.literal(ATTRIBUTES.method) == _UNVALIDATED
    if (importing and ATTRIBUTES.domain_name not in fields) or (unvalidated and not private):
        return ImportedCertificate(create_before_destroy)
    logging = "certificate_transparency_logging_preference"
    if check and "options" in fields.data:
        _check_options(fields, check)
    request = read_request(
        fields,
        pointers,
        ATTRIBUTES,
        export=_option(fields, "export", ("export",), pointers),
        transparency_logging=_option(fields, logging, ("transparency_logging",), pointers),
        region=read_text(fields, "region", ("region",), pointers) or region,
        check=check,
    )
    for index, member in enumerate(importing):
        # Locate the attribute's name: its value may be a private key.
        pointers["import_fields", index] = (*fields.pointer, member, KEY), None
    blank = {field: None for field in _OPTIONAL_FIELDS if str(getattr(request, field)) in _ABSENT}
    return request.__replace__(
        tags=tuple(_tags(fields, pointers)) or request.tags,
        import_fields=tuple(importing),
        create_before_destroy=create_before_destroy,
        **blank,
    )


def _option(fields: Fields, member: str, path: Path, pointers: PointerMap) -> Text | None:
    """Return a member of the `options` block, unknown if the block is unknown."""
    attributes = block_attributes(fields)
    if "options" in attributes:
        block, pointer = BLOCKS.settle(*attributes.member("options"))
        if unknown := BLOCKS.unknown(block, pointer):
            pointers[path] = pointer, None
            return unknown
    return read_text(attributes.inner("options"), member, path, pointers)


def _check_options(fields: Fields, check: MemberCheck) -> None:
    block, pointer = BLOCKS.settle(*fields.member("options"))
    if type(block) is dict:
        check.look(Fields(BLOCKS, block, pointer), "options")


def is_given(fields: Fields, member: str) -> bool:
    """Return whether a member is set to anything but the empty string."""
    found = fields.text(member)
    return found is not None and found[0] != ""


def _tags(fields: Fields, pointers: PointerMap) -> Iterator[Tag | Unresolved]:
    """Yield the tags, in a plan or a state including the provider's default tags."""
    member = "tags_all" if type(unwrap(fields.data.get("tags_all"))) is dict else "tags"
    if member not in fields:
        return
    tags, pointer = fields.reader.settle(*fields.member(member))
    pointers["tags",] = pointer, None
    unknown = fields.reader.unknown(tags, pointer)
    if unknown:
        pointers["tags", 0] = pointer, None
        yield unknown
        return
    for index, key in enumerate(Fields(fields.reader, tags, pointer).data):
        path = ("tags", index)
        pointers[path] = (*pointer, key), None
        pointers[(*path, "key")] = (*pointer, key, KEY), None
        value = read_text(Fields(fields.reader, tags, pointer), key, (*path, "value"), pointers)
        yield Tag(key, "" if value is None else value)
