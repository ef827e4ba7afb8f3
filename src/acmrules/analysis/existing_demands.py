"""The hosts that need no new certificate, because one that exists already covers them."""

from __future__ import annotations

from acmrules.coverage import CoverageIndex
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    KeyPairOrigin,
)
from acmrules.names import Name
from acmrules.planner.demands import Demand
from acmrules.request import CertificateUsage
from acmrules.services import SERVICES
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class CoveredDemand(Value):
    """Hosts of a consumer that a certificate in the account already covers."""

    hosts: tuple[Name, ...]
    address: str
    certificate: CertificateDetail


def without_covered(
    demands: Iterable[Demand], certificates: Iterable[CertificateDetail], as_of: date
) -> tuple[list[Demand], tuple[CoveredDemand, ...]]:
    """Return the demands without the hosts that existing certificates cover, and these.

    A certificate has to be issued, in the Region of the demand, and acceptable to its service. A
    consumer with one certificate needs one that covers all of its hosts.
    """
    usable = [_Usable(each) for each in certificates if _is_usable(each, as_of)]
    left: list[Demand] = []
    covered: list[CoveredDemand] = []
    for demand in demands:
        fitting = [each for each in usable if each.fits(demand, as_of)]
        rest = _rest(demand, fitting, covered)
        if rest:
            left.append(Demand(rest, demand.service, demand.region, demand.address))
    return left, tuple(covered)


class _Usable:
    """A certificate that a service may use, with the index of its names."""

    def __init__(self, certificate: CertificateDetail) -> None:
        self.certificate = certificate
        self._index = CoverageIndex(each for each in certificate.names if isinstance(each, Name))

    def fits(self, demand: Demand, as_of: date) -> bool:
        """Return whether it is in the Region of a demand, and its service accepts its key."""
        region = demand.certificate_region
        if region is None or region != self.certificate.region:
            return False
        if demand.first is not None and demand.first != self.certificate.names[0]:
            return False
        service = SERVICES[demand.service] if demand.service else None
        accepted = service.key_algorithms(as_of=as_of) if service else None
        return accepted is None or self.certificate.key_algorithm in accepted

    def covered(self, hosts: Iterable[Name]) -> tuple[Name, ...]:
        """Return the hosts that its names cover."""
        return tuple(host for host in hosts if self._index.covers(host))


def _rest(demand: Demand, fitting: list[_Usable], covered: list[CoveredDemand]) -> tuple[Name, ...]:
    """Return the hosts of a demand that need a certificate, and add the others to a list."""
    rest = demand.hosts
    for each in fitting:
        found = each.covered(rest)
        if found and (demand.is_divisible or len(found) == len(rest)):
            covered.append(CoveredDemand(found, demand.address, each.certificate))
            rest = tuple(host for host in rest if host not in found)
    return rest


def _is_usable(certificate: CertificateDetail, as_of: date) -> bool:
    """Return whether a public certificate is issued and can authenticate a server."""
    end = certificate.not_after
    return (
        certificate.status is CertificateStatus.ISSUED
        and certificate.type is not CertificateType.PRIVATE
        and certificate.key_pair_origin is not KeyPairOrigin.ACME
        and certificate.usage is not CertificateUsage.CLIENT_AUTH_ONLY
        and (end is None or end.date() >= as_of)
        and bool(certificate.names)
    )
