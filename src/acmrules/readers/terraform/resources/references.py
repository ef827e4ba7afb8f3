"""References from one Terraform resource to another."""

from __future__ import annotations

import re

from acmrules.syntax.errors import TypeMismatchError
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acmrules.readers.fields import Fields, Found
    from acmrules.unresolved import Text


CERTIFICATE = "aws_acm_certificate"
VALIDATION = "aws_acm_certificate_validation"

OPTIONS = "domain_validation_options"
NAME = "resource_record_name"
VALUE = "resource_record_value"
"""The attribute of a certificate with its validation records, and their name and value in it."""

ZONE = "aws_route53_zone"
RECORD = "aws_route53_record"
AUTHORITIES = frozenset(
    f"aws_acmpca_{kind}" for kind in ("certificate_authority", "permission", "certificate")
)
"""The types of private CAs, of their permissions, and of the certificates that they issue."""

LOOK_UP = f"data.{CERTIFICATE}."
"""The beginning of a reference to a certificate that is looked up."""

LISTENER = "aws_lb_listener"
ALB_LISTENER = "aws_alb_listener"
BALANCER_NAMES = frozenset(("aws_lb", "aws_alb", "aws_elb"))
"""The types of load balancers with an attribute `dns_name`."""

IDENTITIES = {
    CERTIFICATE: ("arn", "id"),
    VALIDATION: ("certificate_arn",),
    ZONE: ("zone_id", "id"),
    LISTENER: ("arn", "id"),
    ALB_LISTENER: ("arn", "id"),
}
"""The attributes that identify a resource in references, by type."""


# `re` compiles a pattern when it is first used, because few modules need it.
_STEP = r'([^.\[]+)(?:\[("(?:[^"\\]|\\.)*(?:"|\\?\Z)|[^\]]*)(?:\]|\Z))?'


class CertificateAddress(Value):
    """The resource that an expression refers to, and the key of the instance.

    The key is written as in addresses, `0` or `"a"`. It is empty if it is absent or unknown.
    """

    address: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.address}[{self.key}]" if self.key else self.address

    def fits(self, address: str) -> bool:
        """Return whether this may refer to the instance at an address."""
        return address == str(self) or (not self.key and address.startswith(f"{self.address}["))


def referenced_certificate(
    text: Text, validated: Mapping[str, CertificateAddress] = {}
) -> CertificateAddress | None:
    """Return the certificate that a string refers to, if the string is only a reference.

    `validated` has the certificates of validations, as `validated_certificates` returns them.

    >>> label = '${module.x.aws_acm_certificate.y["a.io"].arn}'
    >>> str(referenced_certificate(Unresolved((Unknown(label),))))
    'module.x.aws_acm_certificate.y["a.io"]'
    """
    found = referenced_resource(text, (CERTIFICATE, VALIDATION))
    if found is None or found[0] == CERTIFICATE:
        return found and found[1]
    return validated.get(str(found[1])) or validated.get(found[1].address)


def validated_certificates(
    resources: Iterable[tuple[str, str, Fields]],
) -> dict[str, CertificateAddress]:
    """Return the certificate of each `aws_acm_certificate_validation`, by its address.

    The address without an instance key refers to all instances.
    """
    validated: dict[str, CertificateAddress] = {}
    for kind, address, fields in resources:
        arn = text_or_none(fields, "certificate_arn") if kind == VALIDATION else None
        certificate = arn and referenced_certificate(arn[0])
        if certificate:
            key = instance_key(address)
            whole = address.removesuffix(f"[{key}]")
            other = validated.get(whole, certificate)
            validated[whole] = other if other == certificate else CertificateAddress(other.address)
            validated[address] = certificate
    return validated


def text_or_none(fields: Fields, member: str) -> Found | None:
    """Return a string, `None` if the member is absent or has another type."""
    try:
        return fields.text(member)
    except TypeMismatchError:
        return None


def referenced_resource(text: Text, types: Iterable[str]) -> tuple[str, CertificateAddress] | None:
    """Return the type and the address of the resource that a string is a reference to."""
    if isinstance(text, str) or len(text.parts) != 1:
        return None
    label = str(text).removeprefix("${").removesuffix("}")
    if not any(kind in label for kind in types):
        return None
    *path, (kind, _), (name, key), (attribute, _) = [("", "")] * 3 + steps(label)
    if kind not in types or attribute not in IDENTITIES[kind]:
        return None
    if path[-1:] == [("data", "")] and kind != ZONE:
        return None
    address = ".".join(step + f"[{k}]" * bool(k) for step, k in [*path[3:], (kind, ""), (name, "")])
    if not key or key.isdecimal() or key.startswith('"'):
        return kind, CertificateAddress(address, key)
    return (kind, CertificateAddress(address)) if kind in {CERTIFICATE, VALIDATION} else None


def steps(address: str) -> list[tuple[str, str]]:
    """Return the parts of an address between its dots, each with the key in brackets after it.

    >>> steps('module.x["a.io"].aws_acm_certificate.y[0]')
    [('module', ''), ('x', '"a.io"'), ('aws_acm_certificate', ''), ('y', '0')]
    """
    if "[" in address:
        return re.findall(_STEP, address)
    return [(step, "") for step in address.split(".")]


def without_keys(address: str) -> str:
    """Return an address without the keys of the instances in it."""
    if "[" not in address:
        return address
    return ".".join(step for step, _ in steps(address))


def instance_key(address: str) -> str:
    """Return the key of an instance's address, empty if there is none."""
    return [("", ""), *steps(address)][-1][1]
