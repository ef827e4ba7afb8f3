"""`aws_acm_certificate` resources to requests and imports."""

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
    from acmrules.request import CertificateRequest, Path
    from acmrules.unresolved import Text, Unresolved


WORDS = MemberNames(
    "domain_name",
    "subject_alternative_names",
    "validation_method",
    "validation_option",
    "domain_name",
    "validation_domain",
    "",
    "key_algorithm",
    "certificate_authority_arn",
    "",
    "",
    "",
    "",
    "",
)
"""The words of the resource `aws_acm_certificate`; its tags are a mapping, read by themselves."""


IMPORTING = ("certificate_body", "private_key", "certificate_chain")


def read_certificate(
    fields: Fields,
    pointers: PointerMap,
    region: Text | None = None,
    *,
    create_before_destroy: bool | None = None,
) -> CertificateRequest | ImportedCertificate:
    """Return what a resource asks of ACM, or that it brings a certificate along.

    Where each value stands is put into `pointers`; `region` is that of the provider. Raises
    `TypeMismatchError`.
    """
    importing = [member for member in IMPORTING if is_given(fields, member)]
    private = is_given(fields, WORDS.authority)
    unvalidated = fields.literal(WORDS.method) == _UNVALIDATED
    if (importing and WORDS.domain_name not in fields) or (unvalidated and not private):
        return ImportedCertificate(create_before_destroy)
    logging = "certificate_transparency_logging_preference"
    request = read_request(
        fields,
        pointers,
        WORDS,
        export=_option(fields, "export", ("export",), pointers),
        transparency_logging=_option(fields, logging, ("transparency_logging",), pointers),
        region=read_text(fields, "region", ("region",), pointers) or region,
    )
    for index, member in enumerate(importing):
        # Where the attribute is named: what it holds may be a private key.
        pointers["import_fields", index] = (*fields.pointer, member, KEY), None
    blank = {field: None for field in _MAY_BE_BLANK if str(getattr(request, field)) in _BLANK}
    return request.__replace__(
        tags=tuple(_tags(fields, pointers)),
        import_fields=tuple(importing),
        create_before_destroy=create_before_destroy,
        **blank,
    )


_UNVALIDATED = "NONE"
"""The provider's word for the method of a certificate that was imported, or issued privately."""


_BLANK = ("", _UNVALIDATED)
"""Texts that the provider takes for none."""


_MAY_BE_BLANK = ("validation_method", "key_algorithm", "certificate_authority_arn")


def _option(fields: Fields, member: str, path: Path, pointers: PointerMap) -> Text | None:
    """Return a member of the block `options`, unknown if the block is."""
    attributes = block_attributes(fields)
    if "options" in attributes:
        block, pointer = BLOCKS.settle(*attributes.member("options"))
        if unknown := BLOCKS.unknown(block, pointer):
            pointers[path] = pointer, None
            return unknown
    return read_text(attributes.inner("options"), member, path, pointers)


def is_given(fields: Fields, member: str) -> bool:
    """Return whether a member is set to anything but the empty string."""
    found = fields.text(member)
    return found is not None and found[0] != ""


def _tags(fields: Fields, pointers: PointerMap) -> Iterator[Tag | Unresolved]:
    """Yield the tags; those of the provider are among them where a plan or a state tells them."""
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
