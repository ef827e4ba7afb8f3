"""The responses of AWS in a file, recognized by their members."""

from __future__ import annotations

from acmrules.syntax.tree import items, mapping
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.tree import Data, Pointer, Tree

DESCRIPTION = "DescribeCertificate"
CERTIFICATES = "ListCertificates"
FOUND_CERTIFICATES = "SearchCertificates"

_OF_CERTIFICATES = frozenset(
    (
        *("CertificateMetadata", "CreatedAt", "DomainValidationOptions", "InUse", "InUseBy"),
        *("IssuedAt", "KeyAlgorithm", "NotAfter", "RenewalEligibility", "Status", "Type"),
        "X509Attributes",
    )
)
"""Members of certificates in responses, which no other object with a `CertificateArn` has."""

_BY_MEMBER = {
    "CertificateSummaryList": CERTIFICATES,
    "Results": FOUND_CERTIFICATES,
}
"""The operations by the member that only their responses have."""

LISTS = {operation: member for member, operation in _BY_MEMBER.items()}
"""The operations that list certificates, and the members with the lists."""

LEADING = ("Certificate", "CertificateArn", *_BY_MEMBER)
"""The members of which one begins a line of a response in YAML."""


class Response(Value):
    """A response of AWS: its operation, its content, and where that is.

    `account` and `region` are those that the call was for, empty if they are unknown.
    """

    operation: str
    data: Data
    tree: Tree
    pointer: Pointer
    account: str = ""
    region: str = ""


def responses(tree: Tree) -> Iterator[Response]:
    """Yield the responses in a tree: it is one, or a list of them."""
    for pointer, data in _objects(tree.data):
        operation = operation_of(data)
        if operation:
            yield Response(operation, data, tree, pointer)


def operation_of(data: dict[str, Data]) -> str:
    """Return the operation whose response an object is, empty if it is none."""
    if is_certificate(mapping(data.get("Certificate"))) or is_certificate(data):
        return DESCRIPTION
    return next((_BY_MEMBER[member] for member in data if member in _BY_MEMBER), "")


def is_certificate(data: dict[str, Data]) -> bool:
    """Return whether an object is a certificate as AWS describes or lists it."""
    return "CertificateArn" in data and not _OF_CERTIFICATES.isdisjoint(data)


def _objects(data: Data) -> Iterator[tuple[Pointer, dict[str, Data]]]:
    if type(data) is dict:
        yield (), data
    for index, item in enumerate(items(data)):
        if type(item) is dict:
            yield (index,), item
