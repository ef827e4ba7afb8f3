"""Private CAs that files declare: their mode, key, permission for ACM, and end of validity."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm
from acmrules.resources import Authority
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Text, Unknown, Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acmrules.readers.fields import Fields

    Resource = tuple[str, str, Fields]
    """The type, the address and the fields of a resource."""


class AuthorityNames(Value):
    """The types and the member names of private CAs in a tool.

    `references` are the attributes by which other resources refer to a CA.
    """

    authority: str
    permission: str
    certificate: str
    references: tuple[str, ...]
    mode: str
    algorithm: str
    arn: str
    owner: str
    principal: str
    actions: str
    request: str
    validity: str
    unit: str
    amount: str


CLOUDFORMATION = AuthorityNames(
    authority="AWS::ACMPCA::CertificateAuthority",
    permission="AWS::ACMPCA::Permission",
    certificate="AWS::ACMPCA::Certificate",
    references=("", ".Arn"),
    mode="UsageMode",
    algorithm="KeyAlgorithm",
    arn="",
    owner="CertificateAuthorityArn",
    principal="Principal",
    actions="Actions",
    request="CertificateSigningRequest",
    validity="Validity",
    unit="Type",
    amount="Value",
)
TERRAFORM = AuthorityNames(
    authority="aws_acmpca_certificate_authority",
    permission="aws_acmpca_permission",
    certificate="aws_acmpca_certificate",
    references=(".arn", ".id"),
    mode="usage_mode",
    algorithm="certificate_authority_configuration.key_algorithm",
    arn="arn",
    owner="certificate_authority_arn",
    principal="principal",
    actions="actions",
    request="certificate_signing_request",
    validity="validity",
    unit="type",
    amount="value",
)

_SHORT_LIVED = "SHORT_LIVED_CERTIFICATE"
_DAYS = {"DAYS": 1, "MONTHS": 31, "YEARS": 366}
"""The most days of a unit of validity."""

_EPOCH = date(1970, 1, 1).toordinal()
_SECONDS_OF_A_DAY = 86_400
_DATE_DIGITS = len("20271231")


def authorities(resources: Iterable[Resource], names: AuthorityNames) -> tuple[Authority, ...]:
    """Return the private CAs among resources.

    A resource of the wrong form counts as unknown, because other tools report it.
    """
    resources = tuple(resources)
    known = [(address, fields) for kind, address, fields in resources if kind == names.authority]
    owners: dict[Text, str] = {}
    for address, fields in known:
        owners |= dict.fromkeys(_spellings(address, fields, names), address)
    permissions = [_permission(f, names, owners) for t, _, f in resources if t == names.permission]
    ends = dict(_end(f, names) for t, _, f in resources if t == names.certificate)
    return tuple(
        Authority(
            _spellings(address, fields, names),
            address,
            _is_short_lived(fields, names),
            _may_renew(address, permissions),
            *_end_of(address, names, ends),
            _algorithm(fields, names),
        )
        for address, fields in known
    )


def _label(text: str) -> Unresolved:
    return Unresolved((Unknown(f"${{{text}}}"),))


def _spellings(address: str, fields: Fields, names: AuthorityNames) -> tuple[Text, ...]:
    """Return the references to a CA, and its ARN if it is known."""
    arn = _text(fields, names.arn)
    labels = tuple(_label(f"{address}{attribute}") for attribute in names.references)
    return (*labels, arn) if isinstance(arn, str) else labels


def _text(fields: Fields, member: str) -> Text | None:
    try:
        found = fields.text(member)
    except TypeMismatchError:
        return None
    return found and found[0]


def _is_short_lived(fields: Fields, names: AuthorityNames) -> bool | None:
    mode = _text(fields, names.mode)
    return None if isinstance(mode, Unresolved) else mode == _SHORT_LIVED


def _algorithm(fields: Fields, names: AuthorityNames) -> str | None:
    *parents, member = names.algorithm.split(".")
    try:
        for parent in parents:
            fields = fields.inner(parent)
    except TypeMismatchError:
        return None
    found = _text(fields, member)
    return found if isinstance(found, str) else None


def _permission(
    fields: Fields, names: AuthorityNames, owners: Mapping[Text, str]
) -> tuple[str | None, bool | None]:
    """Return the CA of a permission, and whether ACM may renew with it; `None` if unknown."""
    arn, principal = _text(fields, names.owner), _text(fields, names.principal)
    owner = owners.get(arn) if arn is not None else None
    if owner is None and isinstance(arn, str):
        owner = ""  # The CA of other files.
    needed = set(acm.CA_RENEWAL_PERMISSION.value[1:])
    try:
        actions = [text for text, _, _ in fields.texts(names.actions)]
    except TypeMismatchError:
        return owner, None
    if isinstance(principal, str) and principal != acm.CA_RENEWAL_PERMISSION.value[0]:
        return owner, False
    if isinstance(principal, str) and needed <= {text for text in actions if isinstance(text, str)}:
        return owner, True
    is_known = isinstance(principal, str) and all(isinstance(text, str) for text in actions)
    return owner, False if is_known else None


def _may_renew(address: str, permissions: Iterable[tuple[str | None, bool | None]]) -> bool | None:
    results = [granted for owner, granted in permissions if owner in {address, None}]
    certain = [granted for owner, granted in permissions if owner == address]
    if True in certain:
        return True
    return None if None in certain or any(result is not False for result in results) else False


def _end(
    fields: Fields, names: AuthorityNames
) -> tuple[Text | None, tuple[date | None, int | None]]:
    """Return the signing request of a certificate, and its last day or its most days."""
    request = _text(fields, names.request)
    try:
        validity = fields.inner(names.validity)
        unit = validity.literal(names.unit)
        amount = validity.data.get(names.amount)
        number = str(amount if type(amount) is int else validity.literal(names.amount))
    except (TypeMismatchError, ValueError):
        return request, (None, None)  # A number with thousands of digits has no string.
    if not number.isascii() or not number.isdecimal():
        return request, (None, None)
    return request, _last_day_or_days(unit, number)


def _last_day_or_days(unit: str, number: str) -> tuple[date | None, int | None]:
    try:
        if unit in _DAYS:
            return None, int(number) * _DAYS[unit]
        if unit == "ABSOLUTE":
            return date.fromordinal(_EPOCH + int(number) // _SECONDS_OF_A_DAY), None
        if unit == "END_DATE":
            return date.fromisoformat(number[:_DATE_DIGITS]), None
    except (ValueError, OverflowError):
        pass
    return None, None


def _end_of(
    address: str,
    names: AuthorityNames,
    ends: Mapping[Text | None, tuple[date | None, int | None]],
) -> tuple[date | None, int | None]:
    return ends.get(_label(f"{address}.{names.request}"), (None, None))
