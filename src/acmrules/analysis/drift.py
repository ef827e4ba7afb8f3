"""Drift: what files declare, what exists in accounts, and what is in use."""

from __future__ import annotations

from enum import StrEnum

from acmrules.analysis.declared import Declared, declared_certificates
from acmrules.analysis.drift_fields import Difference, differences
from acmrules.analysis.drift_matches import AccountMatches
from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus, KeyPairOrigin
from acmrules.messages import counted, quoted, quoted_list
from acmrules.model.placed import Placed
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.model.account import ListedRegion
    from acmrules.model.inventory import Inventory
    from acmrules.model.placed import Location


class DriftKind(StrEnum):
    """How the files and the accounts differ."""

    DIFFERS = "differs"
    NOT_ISSUED = "not-issued"
    NOT_FOUND = "not-found"
    NOT_LISTED = "not-listed"
    NOT_DECLARED = "not-declared"
    DECLARED_TWICE = "declared-twice"
    UNUSED = "unused"


class Drift(Placed):
    """One difference between the files and an account.

    `text` is a clause without a final period. `address` is that of the declaration, and `arn` that
    of the existing certificate; each is empty without one. With the kind `DIFFERS`, `field` is the
    field of the request, `declared` its value, and `existing` that of the certificate. If a drift
    is not certain, the files do not decide it.
    """

    kind: DriftKind
    text: str
    address: str = ""
    arn: str = ""
    field: str = ""
    declared: str = ""
    existing: str = ""
    is_certain: bool = True


class DriftPair(Placed):
    """A certificate that the files declare, and the one that exists, `None` without one.

    `address` is empty if the file is a single request. `names` are those in the file.
    """

    address: str
    names: tuple[str, ...]
    existing: CertificateDetail | None = None


class DriftReport(Value):
    """The declared certificates with those that exist, and how they differ."""

    pairs: tuple[DriftPair, ...]
    drifts: tuple[Drift, ...]


def drifts(
    inventory: Inventory, account_of: Callable[[str], str | None] | None = None
) -> tuple[Drift, ...]:
    """Return how the files and the accounts of an inventory differ, in reading order.

    There is none without a declared certificate, or without files about an account. `account_of`
    returns the account of a file, or `None` if it is unknown.
    """
    return drift_report(inventory, account_of).drifts


def drift_report(
    inventory: Inventory, account_of: Callable[[str], str | None] | None = None
) -> DriftReport:
    """Return the declared certificates with those that exist, and how they differ.

    A certificate matches a declaration by its ARN, or else by its names, Region and account.
    """
    account = inventory.account
    declared = declared_certificates(inventory, account_of or (lambda _: None))
    if not declared or not (account.certificates or account.listed):
        return DriftReport((), ())
    matches = AccountMatches(declared, account)
    found = [drift for each in declared for drift in _of_declared(each, matches)]
    found += _not_declared(inventory, matches)
    pairs = tuple(
        DriftPair(
            each.location(), each.address, tuple(map(str, each.names)), matches.existing(each)
        )
        for each in declared
    )
    return DriftReport(pairs, tuple(sorted(dict.fromkeys(found), key=_order)))


def _order(drift: Drift) -> tuple[object, ...]:
    return *drift.reading_order, drift.address, drift.arn, drift.kind.value, drift.text


# What the files declare ---------------------------------------------------------------------------


def _of_declared(one: Declared, matches: AccountMatches) -> Iterator[Drift]:
    existing = matches.existing(one)
    if existing is None:
        yield _without_match(one, matches)
        return
    variant = matches.variant(one)
    for each in differences(one, variant, existing):
        yield _difference(one, variant.location(each.path), existing, each)
    if existing.status not in {CertificateStatus.ISSUED, None}:
        status = quoted(existing.status)
        text = f"the certificate is not issued: its status is {status}"
        yield _drift(one, DriftKind.NOT_ISSUED, text, existing)
    elif existing.status is CertificateStatus.ISSUED and is_unused(existing):
        users = dict.fromkeys(
            consumer.address
            for variant in one.declaration.variants
            for consumer in variant.consumers
        )
        text = "no resource in the account uses the certificate"
        if users:
            text += f", although these files declare {quoted_list([*users])}, which would"
        yield _drift(one, DriftKind.UNUSED, text, existing)


def _difference(
    one: Declared, location: Location | None, existing: CertificateDetail, found: Difference
) -> Drift:
    return Drift(
        location,
        DriftKind.DIFFERS,
        found.text,
        one.address,
        existing.arn,
        found.field,
        found.declared,
        found.existing,
    )


def _without_match(one: Declared, matches: AccountMatches) -> Drift:
    """Return that a declared certificate does not exist, or why that is unknown."""
    other = matches.taken_by(one)
    if other is not None:
        where = other.title
        sure = one.region is not None and one.region == other.region
        text = (
            f"{where} declares a certificate with the same names, and only one of them exists"
            + ("" if sure else "; the other may be in another Region or account")
        )
        return _drift(one, DriftKind.DECLARED_TWICE, text, is_certain=sure)
    if not one.has_known_names:
        text = "the names are unknown, so it is unknown whether the certificate exists"
        return _drift(one, DriftKind.NOT_LISTED, text, is_certain=False)
    listed = matches.listings(one)
    if one.region is None or not listed:
        place = f"`{one.region}`" if one.region else "its Region, which is unknown"
        text = f"it is unknown whether the certificate exists: no file lists all of {place}"
        return _drift(one, DriftKind.NOT_LISTED, text, is_certain=False)
    hidden = [kind for each in listed for kind in each.hides]
    places = " and ".join(map(place_of, listed))
    if hidden:
        text = (
            f"the certificate is not among those of {places}, but the list leaves out"
            f" {quoted_list(hidden)}"
        )
        return _drift(one, DriftKind.NOT_LISTED, text, is_certain=False)
    text = f"the certificate does not exist in {places}"
    return _drift(one, DriftKind.NOT_FOUND, text, is_certain=one.account is not None)


def place_of(listed: ListedRegion) -> str:
    """Return the Region and the account of a list, and its date."""
    on = f" on {listed.at.date()}" if listed.at else ""
    account = f" of account `{listed.account}`" if listed.account else ""
    return f"`{listed.region}`{account}{on}"


def _drift(
    one: Declared,
    kind: DriftKind,
    text: str,
    existing: CertificateDetail | None = None,
    *,
    is_certain: bool = True,
) -> Drift:
    arn = existing.arn if existing else ""
    return Drift(one.location(), kind, text, one.address, arn, is_certain=is_certain)


# What the files do not declare --------------------------------------------------------------------


def _not_declared(inventory: Inventory, matches: AccountMatches) -> Iterator[Drift]:
    """Yield the certificates that no file declares, and the Regions that are not listed."""
    locations = {
        variant.existing.arn: variant.location(())
        for declaration in inventory.declarations
        for variant in declaration.variants
        if variant.existing
    }
    partly: dict[tuple[str, str], list[CertificateDetail]] = {}
    for existing in matches.unmatched:
        if _has_other_owner(existing) or matches.may_be_declared(existing):
            continue
        if matches.is_listed(existing):
            yield _undeclared(existing, locations.get(existing.arn))
        else:
            partly.setdefault((existing.account, existing.region), []).append(existing)
    for (account, region), found in partly.items():
        number = counted(len(found), "certificate")
        of_account = f" of account `{account}`" if account else ""
        text = (
            f"no file here declares {number} in `{region}`{of_account}, and there may be more:"
            " no file lists all of this Region"
        )
        arn = found[0].arn
        yield Drift(locations.get(arn), DriftKind.NOT_LISTED, text, arn=arn, is_certain=False)


def _undeclared(existing: CertificateDetail, location: Location | None) -> Drift:
    names = quoted_list(existing.names)
    status = "" if existing.status is None else f", status {quoted(existing.status)}"
    unused = ", and no resource uses it" if is_unused(existing) else ""
    text = f"no file here declares the certificate for {names}{status}{unused}"
    return Drift(location, DriftKind.NOT_DECLARED, text, arn=existing.arn)


def _has_other_owner(existing: CertificateDetail) -> bool:
    """Return whether CloudFront or a client of ACME requested a certificate."""
    return existing.managed_by is not None or existing.key_pair_origin is KeyPairOrigin.ACME


def is_unused(existing: CertificateDetail) -> bool:
    """Return whether no resource uses a certificate, and it has not been exported either."""
    is_idle = existing.in_use is False or (existing.in_use is None and existing.in_use_by == ())
    return is_idle and not existing.was_exported
