"""Joins what several files show of accounts: each certificate becomes one, by its ARN."""

from __future__ import annotations

from acmrules.diagnosis.answers import DnsAnswers, HostedZone
from acmrules.diagnosis.joining import events_in_order, joined
from acmrules.messages import quoted
from acmrules.model.account import Account, ListedRegion
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.existing import as_declared
from acmrules.model.not_checked import RESPONSE, NotChecked
from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator
    from typing import TypeVar

    from acmrules.diagnosis.certificate import CertificateDetail, CertificateEvent

    T = TypeVar("T", bound=Hashable)

_JOINED = "joined"
"""The address of a declaration that only reports what joining others found."""


def join_certificates(declarations: Iterable[Declaration]) -> tuple[Declaration, ...]:
    """Return declarations with one for each certificate that exists, at its best description.

    A list of validations without an ARN is added to the one certificate that has its names. What
    contradicts itself is reported in the account of an additional declaration. A certificate that
    was deleted after AWS had listed it is left out.
    """
    declarations = _that_exist(tuple(declarations))
    found: dict[str, list[Declaration]] = {}
    for declaration in declarations:
        if _detail(declaration):
            found.setdefault(declaration.address, []).append(declaration)
    partial = [each for each in declarations if _partial(each)]
    if not partial and all(len(same) == 1 for same in found.values()):
        return declarations
    by_address = {address: _joined(same) for address, same in found.items()}
    used = _add_partial(by_address, partial)
    notes = [note for same in found.values() for note in _contradictions(same)]
    return (
        *(
            by_address.pop(each.address) if _detail(each) else each
            for each in declarations
            if id(each) not in used and (not _detail(each) or each.address in by_address)
        ),
        *notes,
    )


def _that_exist(declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """Return declarations without the certificates that were deleted after AWS had listed them."""
    accounts = (each.variants[0].account for each in declarations)
    gone = {
        refusal.arn
        for account in accounts
        for refusal in (account.refusals if account else ())
        if refusal.is_gone and refusal.arn
    }
    if not gone:
        return declarations
    return tuple(
        each
        for each in declarations
        if not ((detail := _detail(each)) and detail.arn in gone and not detail.described)
    )


def account_of(declarations: Iterable[Declaration]) -> Account:
    """Return what joined declarations show of accounts and of DNS.

    `not_checked` is only what joining them found, because files report the rest.
    """
    certificates, accounts, notes = [], [], []
    for declaration in declarations:
        variant = declaration.variants[0]
        if variant.existing:
            certificates.append(variant.existing)
        elif _partial(declaration):
            notes.append(_unassigned(declaration))
        elif variant.account:
            accounts.append(variant.account)
            if declaration.address == _JOINED:
                notes += variant.account.not_checked
    answers = DnsAnswers(
        _distinct(each for account in accounts for each in account.dns.answers),
        tuple(joined_zones(each for account in accounts for each in account.dns.zones)),
    )
    by_arn, events = _with_events(_distinct(certificates), accounts)
    return Account(
        by_arn,
        answers,
        _distinct(each for account in accounts for each in account.quotas),
        events,
        _distinct(each for account in accounts for each in account.refusals),
        joined_listings(each for account in accounts for each in account.listed),
        _distinct(each for account in accounts for each in account.ids),
        tuple(notes),
    )


def _with_events(
    certificates: Iterable[CertificateDetail], accounts: Iterable[Account]
) -> tuple[tuple[CertificateDetail, ...], tuple[CertificateEvent, ...]]:
    """Return certificates with their events in order of time, and the events of others."""
    by_arn: dict[str, list[CertificateEvent]] = {}
    others: dict[CertificateEvent, None] = {}
    known = {each.arn for each in certificates}
    for event in dict.fromkeys(each for account in accounts for each in account.events):
        for arn in event.arns:
            by_arn.setdefault(arn, []).append(event)
        if not known.intersection(event.arns):
            others[event] = None
    found = tuple(
        each.__replace__(events=events_in_order((*each.events, *by_arn[each.arn])))
        if each.arn in by_arn
        else each
        for each in certificates
    )
    return found, tuple(others)


def joined_zones(zones: Iterable[HostedZone]) -> Iterator[HostedZone]:
    """Yield zones, with one for each that several responses show parts of.

    Records without the id of their zone are those of the zone with their name. Of several zones
    with this name, it is the one with the same name servers.
    """
    found: dict[tuple[str, str], HostedZone] = {}
    without: list[HostedZone] = []
    ids: dict[str, list[str]] = {}
    for zone in zones:
        if not zone.id:
            without.append(zone)
            continue
        key = zone.name, zone.id
        if key not in found:
            ids.setdefault(zone.name, []).append(zone.id)
        found[key] = _joined_zone(found[key], zone) if key in found else zone
    for zone in without:
        id_ = _id_of(zone, [found[zone.name, each] for each in ids.get(zone.name, ())])
        key = zone.name, id_
        found[key] = _joined_zone(found[key], zone) if key in found else zone
    yield from found.values()


def _id_of(zone: HostedZone, others: list[HostedZone]) -> str:
    """Return the id of the one zone of others that a zone is a part of, empty if that is open."""
    if len(others) > 1:
        servers = {*(zone.name_servers or ())}
        others = [each for each in others if servers and {*(each.name_servers or ())} == servers]
    return others[0].id if len(others) == 1 else ""


def joined_listings(listings: Iterable[ListedRegion]) -> tuple[ListedRegion, ...]:
    """Return listings with one for each Region of an account, which hides what all of them hide.

    No single call lists everything, because the filter for N2 excludes all other certificates.
    """
    found: dict[tuple[str, str], ListedRegion] = {}
    for each in listings:
        key = each.account, each.region
        known = found.get(key, each)
        times = [at for at in (known.at, each.at) if at]
        hides = tuple(kind for kind in known.hides if kind in each.hides)
        found[key] = ListedRegion(*key, min(times, default=None), hides)
    return tuple(found.values())


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
    detail = joined(each for each in map(_detail, declarations) if each)
    best = next((each for each in declarations if _is_described(each)), declarations[0])
    variant = as_declared(best.variants[0], detail)
    return best.__replace__(variants=(variant,))


def _partial(declaration: Declaration) -> CertificateDetail | None:
    """Return what a list of validations shows of a certificate whose ARN is unknown."""
    account = declaration.variants[0].account
    return account.certificates[0] if account and account.certificates else None


def _add_partial(by_address: dict[str, Declaration], partial: list[Declaration]) -> set[int]:
    """Add validations to the certificates with their names, and return those that were added."""
    used: set[int] = set()
    by_name: dict[object, list[str]] = {}
    for address, declaration in by_address.items() if partial else ():
        for name in declaration.variants[0].names:
            by_name.setdefault(name, []).append(address)
    for declaration in partial:
        detail = _partial(declaration)
        if detail is None:
            continue
        having = [{*by_name.get(name, ())} for name in detail.names]
        addresses = set.intersection(*having) if having else set()
        if len(addresses) == 1:
            [address] = addresses
            by_address[address] = _joined_with(by_address[address], detail)
            used.add(id(declaration))
    return used


def _joined_with(declaration: Declaration, partial: CertificateDetail) -> Declaration:
    variant = declaration.variants[0]
    if variant.existing is None:
        return declaration
    view = partial.__replace__(arn=variant.existing.arn)
    detail = joined((variant.existing, view))
    return declaration.__replace__(variants=(as_declared(variant, detail),))


def _unassigned(declaration: Declaration) -> NotChecked:
    """Return the note about a list of validations that fits no certificate, or several."""
    return NotChecked(
        declaration.variants[0].location(()),
        RESPONSE,
        "the list of validations",
        "does not show its certificate",
        "add the output of `aws acm describe-certificate` for it",
    )


def _contradictions(same: list[Declaration]) -> Iterator[Declaration]:
    """Yield a declaration with a note if two descriptions of a certificate contradict."""
    described = [each for each in same if _is_described(each)]
    for other in described[1:]:
        one, two = _detail(described[0]), _detail(other)
        member = _contradicting(one, two) if one and two else ""
        if one and member:
            note = NotChecked(
                other.variants[0].location(()),
                RESPONSE,
                f"this description of {quoted(one.arn.rpartition('/')[2])}",
                f"has another `{member}` than the one that acmrules uses",
                "keep only the newer description",
            )
            variant = Variant(None, (), {}, account=Account(not_checked=(note,)))
            yield Declaration(other.source, Tool.ACCOUNT, _JOINED, (variant,))


_MEMBERS = {
    "status": "Status",
    "names": "SubjectAlternativeNames",
    "not_after": "NotAfter",
    "renewal": "RenewalSummary",
    "validations": "DomainValidationOptions",
    "in_use_by": "InUseBy",
}
"""Fields that decide a diagnosis, and their members in a description."""


def _contradicting(one: CertificateDetail, two: CertificateDetail) -> str:
    """Return a member that two descriptions have with different values, empty if there is none."""
    for field, member in _MEMBERS.items():
        values = getattr(one, field), getattr(two, field)
        if values[0] != values[1] and (field == "status" or all(values)):
            return member
    return ""


def _is_described(declaration: Declaration) -> bool:
    detail = _detail(declaration)
    return detail is not None and detail.described


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
