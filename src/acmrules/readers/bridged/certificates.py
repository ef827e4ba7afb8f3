"""Certificates of Pulumi and Crossplane as requests and imported certificates."""

from __future__ import annotations

from acmrules.model.member_names import MemberNames
from acmrules.model.members import RESOURCE
from acmrules.readers.evaluated import unwrap
from acmrules.readers.fields import Fields
from acmrules.readers.members import MemberCheck
from acmrules.readers.requests import read_request, read_text, unknown_request
from acmrules.readers.tag_mappings import read_tags
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax.tree import KEY
from acmrules.values import Value
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.locations import PointerMap

_IMPORTING = ("certificateBody", "privateKey", "privateKeySecretRef", "certificateChain")
_OPTIONAL = ("validation_method", "key_algorithm", "certificate_authority_arn")
_ABSENT = ("", "NONE")
"""Strings that the provider treats as absent."""


class Dialect(Value):
    """A tool, and how it writes a certificate.

    `wrapper` is the member of a resource that contains the members of its type.
    """

    tool: Tool
    wrapper: str
    names: MemberNames


def _names(options: str) -> MemberNames:
    return MemberNames(
        domain_name="domainName",
        alternatives="subjectAlternativeNames",
        method="validationMethod",
        options=options,
        option_name="domainName",
        option_domain="validationDomain",
        algorithm="keyAlgorithm",
        authority="certificateAuthorityArn",
    )


PULUMI = Dialect(Tool.PULUMI, "properties", _names("validationOptions"))
CROSSPLANE = Dialect(Tool.CROSSPLANE, "spec", _names("validationOption"))


def read_certificate(
    whole: Fields, members: Fields, pointers: PointerMap, dialect: Dialect
) -> CertificateRequest | ImportedCertificate:
    """Return the request or the imported certificate of a resource.

    Adds the location of each value to `pointers`; raises `TypeMismatchError`.
    """
    check = MemberCheck(dialect.tool, dialect.names, pointers)
    meant = check.look(whole, RESOURCE)
    if dialect.wrapper in meant:
        unknown, pointer = meant[dialect.wrapper]
        pointers["names", 0] = pointers["names", 1] = pointer, None
        return check.completed(unknown_request(unknown, None))
    importing = [member for member in _IMPORTING if member in members]
    unvalidated = members.literal(dialect.names.method) == "NONE"
    private = dialect.names.authority in members
    if (importing and dialect.names.domain_name not in members) or (unvalidated and not private):
        return ImportedCertificate()
    options = _block(members, "options")
    check.look(options, "options")
    logging = "certificateTransparencyLoggingPreference"
    request = read_request(
        members,
        pointers,
        dialect.names,
        export=read_text(options, "export", ("export",), pointers),
        transparency_logging=read_text(options, logging, ("transparency_logging",), pointers),
        region=None,
        check=check,
    )
    for index, member in enumerate(importing):
        # Locate the name: its value may be a private key.
        pointers["import_fields", index] = (*members.pointer, member, KEY), None
    blank = {field: None for field in _OPTIONAL if str(getattr(request, field)) in _ABSENT}
    return request.__replace__(
        tags=request.tags or tuple(read_tags(members, pointers)),
        import_fields=tuple(importing),
        **blank,
    )


def _block(members: Fields, member: str) -> Fields:
    """Return a structure that may be in a list of one."""
    data = unwrap(members.data.get(member))
    if type(data) is list and len(data) == 1:
        return Fields(members.reader, data[0], (*members.pointer, member, 0))
    if type(data) is not dict:
        return Fields(members.reader, {}, (*members.pointer, member))
    return members.inner(member)
