"""The parameters of calls of the ACM API, for programs that have them.

They are taken as what the operation expects, whatever they contain.
"""

from __future__ import annotations

from acmrules.errors import InvalidArgument
from acmrules.messages import choose_from, did_you_mean, quoted
from acmrules.model.declaration import Declaration, Variant
from acmrules.readers import api
from acmrules.readers.fields import Fields, LiteralReader
from acmrules.request import Tool
from acmrules.syntax.errors import ReadError, TypeMismatchError
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.model.locations import PointerMap
    from acmrules.syntax.tree import Data


class ApiOperation(Value):
    """An operation of the ACM API: its required and its other parameters.

    The operation of an ACME resource has its `acme` type in CloudFormation. A missing parameter of
    such a resource is a finding.
    """

    required: tuple[str, ...]
    others: tuple[str, ...] = ()
    acme: str = ""


_ARN = "CertificateArn"

OPERATIONS = {
    "RequestCertificate": ApiOperation(
        ("DomainName",),
        (
            *("ValidationMethod", "SubjectAlternativeNames", "IdempotencyToken", "Options"),
            *("DomainValidationOptions", "CertificateAuthorityArn", "Tags", "KeyAlgorithm"),
            *("ManagedBy", "CertificateUsage", "RootHierarchyType"),
        ),
    ),
    "ImportCertificate": ApiOperation(
        ("Certificate", "PrivateKey"), ("CertificateChain", _ARN, "Tags")
    ),
    "UpdateCertificateOptions": ApiOperation((_ARN, "Options")),
    "RenewCertificate": ApiOperation((_ARN,)),
    "ExportCertificate": ApiOperation((_ARN, "Passphrase")),
    "CreateAcmeEndpoint": ApiOperation(
        ("AuthorizationBehavior", "CertificateAuthority"),
        ("IdempotencyToken", "Contact", "Tags", "CertificateTags"),
        "AcmeEndpoint",
    ),
    "CreateAcmeDomainValidation": ApiOperation(
        ("AcmeEndpointArn", "DomainName", "PrevalidationOptions"),
        ("IdempotencyToken", "Tags"),
        "AcmeDomainValidation",
    ),
    "CreateAcmeExternalAccountBinding": ApiOperation(
        ("AcmeEndpointArn", "RoleArn"),
        ("IdempotencyToken", "Expiration", "Tags"),
        "AcmeExternalAccountBinding",
    ),
}
"""The operations that are checked (API reference of ACM, compared with botocore in a test)."""

_BLOBS = {
    "Certificate": "certificate_body",
    "PrivateKey": "private_key",
    "CertificateChain": "certificate_chain",
}
"""The parameters of an import, and their names in Terraform."""


def called(
    operation: str, parameters: Mapping[str, object], region: str | None = None
) -> Declaration | None:
    """Return what a call declares, `None` if no rule is about its operation.

    Findings about `RequestCertificate` are the same as for a file with these parameters. Raises
    `InvalidArgument` for an unknown operation, and `ReadError` for parameters that a client refuses
    to send: of a wrong type, and in other operations those that are unknown or missing.
    """
    known = OPERATIONS.get(operation)
    if known is None:
        meant = choose_from(operation, OPERATIONS)
        raise InvalidArgument(f"unknown operation {quoted(operation)}{meant}")
    if operation == "RequestCertificate":
        return api.requested(parameters, region)
    data = api.plain(parameters)
    _require_members(operation, known, data)
    if operation == "ImportCertificate":
        return _declaration(_import(data, region))
    return _declaration(_acme(known.acme, data, region)) if known.acme else None


def _declaration(variant: Variant) -> Declaration:
    return Declaration(None, Tool.API, "$", (variant,))


def _require_members(operation: str, known: ApiOperation, data: dict[str, Data]) -> None:
    """Raise `ReadError` for parameters that an operation does not have, or lacks."""
    names = (*known.required, *known.others)
    for name in data:
        if name not in names:
            meant = did_you_mean(name, [each for each in names if each not in data])
            raise ReadError((name,), f"is not a member of `{operation}`{meant}")
    for name in () if known.acme else known.required:
        if name not in data:
            raise ReadError((name,), "is missing")


def _import(data: dict[str, Data], region: str | None) -> Variant:
    """Return the certificate of an import; of the private key, only the label is read."""
    from acmrules.readers.imports import with_content
    from acmrules.x509 import ImportedCertificate

    contents: dict[str, Data] = {}
    for name, argument in _BLOBS.items():
        if name in data:
            blob = data[name]
            if isinstance(blob, bytes | bytearray | memoryview):
                blob = bytes(blob).decode("utf-8", "replace")
            elif not isinstance(blob, str):
                raise TypeMismatchError.of((name,), blob, "bytes or a string")
            contents[argument] = blob
    pointers: PointerMap = {}
    fields = Fields(LiteralReader(), contents, ())
    imported = with_content(ImportedCertificate(region=region), fields, pointers)
    signed = tuple(filter(None, imported.certificates))
    return Variant(None, (), {}, imported=imported, signed=signed)


def _acme(kind: str, data: dict[str, Data], region: str | None) -> Variant:
    from acmrules.readers.cloudformation.acme import acme_resource

    pointers: PointerMap = {}
    fields = Fields(LiteralReader(), data, ())
    return Variant(None, (), {}, acme=acme_resource(kind, fields, pointers, region))
