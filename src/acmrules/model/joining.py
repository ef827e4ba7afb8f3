"""Joins what several files show of accounts: each certificate becomes one, by its ARN."""

from __future__ import annotations

from acmrules.diagnosis.answers import DnsAnswers, HostedZone
from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.model.account import Account
from acmrules.model.existing import as_declared
from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator
    from typing import TypeVar

    from acmrules.model.declaration import Declaration

    T = TypeVar("T", bound=Hashable)

_ABSENT: tuple[object, ...] = (None, ())
"""The values of fields that a response does not have."""


def join_certificates(declarations: Iterable[Declaration]) -> tuple[Declaration, ...]:
    """Return declarations with one for each certificate that exists, at its best description."""
    declarations = tuple(declarations)
    found: dict[str, list[Declaration]] = {}
    for declaration in declarations:
        if _detail(declaration):
            found.setdefault(declaration.address, []).append(declaration)
    if all(len(same) == 1 for same in found.values()):
        return declarations
    joined = {address: _joined(same) for address, same in found.items()}
    return tuple(
        joined.pop(each.address) if _detail(each) else each
        for each in declarations
        if not _detail(each) or each.address in joined
    )


def account_of(declarations: Iterable[Declaration]) -> Account:
    """Return what joined declarations show of accounts and of DNS."""
    certificates, accounts = [], []
    for declaration in declarations:
        variant = declaration.variants[0]
        if variant.existing:
            certificates.append(variant.existing)
        if variant.account:
            accounts.append(variant.account)
    if not certificates and not accounts:
        return Account()
    answers = DnsAnswers(
        _distinct(each for account in accounts for each in account.dns.answers),
        tuple(joined_zones(each for account in accounts for each in account.dns.zones)),
    )
    rest = {
        field: _distinct(each for account in accounts for each in getattr(account, field))
        for field in ("quotas", "events", "refusals", "listed", "ids")
    }
    return Account(tuple(certificates), answers, **rest)


def joined_detail(first: CertificateDetail, second: CertificateDetail) -> CertificateDetail:
    """Return one certificate of two responses about it; a description has precedence."""
    if second.described and not first.described:
        first, second = second, first
    added: dict[str, object] = {}
    if (second.names_known and not first.names_known) or not first.names:
        added = {"names": second.names, "names_known": second.names_known}
    for field in CertificateDetail._fields:
        mine, other = getattr(first, field), getattr(second, field)
        if field not in {"names", "names_known"} and mine in _ABSENT and other not in _ABSENT:
            added[field] = other
    return first.__replace__(**added) if added else first


def joined_zones(zones: Iterable[HostedZone]) -> Iterator[HostedZone]:
    """Yield zones, with one for each that several responses show parts of."""
    found: dict[tuple[str, str], HostedZone] = {}
    for zone in zones:
        key = zone.name, zone.id
        found[key] = _joined_zone(found[key], zone) if key in found else zone
    yield from found.values()


def _joined_zone(first: HostedZone, second: HostedZone) -> HostedZone:
    return HostedZone(
        first.name,
        first.id,
        second.is_private if first.is_private is None else first.is_private,
        second.name_servers if first.name_servers is None else first.name_servers,
        _distinct((*first.records, *second.records)),
        first.is_complete or second.is_complete,
    )


def _detail(declaration: Declaration) -> CertificateDetail | None:
    return declaration.variants[0].existing if declaration.tool is Tool.ACCOUNT else None


def _joined(declarations: list[Declaration]) -> Declaration:
    details = [each for each in map(_detail, declarations) if each]
    detail = details[0]
    for other in details[1:]:
        detail = joined_detail(detail, other)
    best = next((each for each in declarations if _is_described(each)), declarations[0])
    variant = as_declared(best.variants[0], detail)
    return best.__replace__(variants=(variant,))


def _is_described(declaration: Declaration) -> bool:
    detail = _detail(declaration)
    return detail is not None and detail.described


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
