"""One name of a certificate, with everything that is known about its validation."""

from __future__ import annotations

from datetime import datetime, timedelta

from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus, DomainValidation
from acmrules.diagnosis.dns.content import ZoneContent
from acmrules.diagnosis.dns.evidence import Delegation, Evidence
from acmrules.diagnosis.dns.pending import plain_name
from acmrules.diagnosis.model import RecordAction, RecordChange
from acmrules.facts import dns
from acmrules.names import Name
from acmrules.request import ValidationMethod
from acmrules.values import Value


class Case(Value):
    """The validation of one name, the certificate that waits for it, and the evidence.

    `pending` are all names of the certificate that wait.
    """

    name: Name
    validation: DomainValidation
    method: ValidationMethod | None
    certificate: CertificateDetail
    evidence: Evidence
    as_of: datetime
    pending: tuple[Name, ...] = ()

    @property
    def plain(self) -> str:
        """The name without the `*.` of a wildcard."""
        return str(plain_name(self.name))

    @property
    def is_of_renewal(self) -> bool:
        """Whether the validation is that of a renewal."""
        renewal = self.certificate.renewal
        return renewal is not None and self.validation in renewal.validations

    @property
    def is_late(self) -> bool:
        """Whether ACM has had the time that it needs for a correct record (fact P.1)."""
        begun = self.certificate.created_at
        if self.certificate.status is CertificateStatus.ISSUED:
            renewal = self.certificate.renewal
            begun = renewal.updated_at if renewal else None
        return bool(begun and self.as_of - begun > timedelta(minutes=dns.RECORD_MINUTES.value))

    def delegation(self, name: str) -> Delegation | None:
        """Return the zone of a name, and its servers."""
        return self.evidence.delegation(name)

    def publication(self, name: str, kind: str, *values: str) -> RecordChange:
        """Return the publication of a new set of records, in the zone that answers."""
        return self._change(RecordAction.PUBLISH, name, kind, values)

    def replacement(self, name: str, kind: str, *values: str) -> RecordChange:
        """Return the change of a set of records that exists."""
        return self._change(RecordAction.CHANGE, name, kind, values)

    def removal(self, name: str, kind: str, *values: str) -> RecordChange:
        """Return the removal of records."""
        return self._change(RecordAction.REMOVE, name, kind, values)

    def _change(
        self, action: RecordAction, name: str, kind: str, values: tuple[str, ...]
    ) -> RecordChange:
        zone_name, zone_id = self.zone_to_edit(name)
        return RecordChange(action, name, kind, values, zone_name, zone_id)

    def zone_to_edit(self, name: str) -> tuple[str, str]:
        """Return the name and the id of the zone that answers for a name, empty if unknown."""
        delegated = self.evidence.delegation(name)
        if delegated and "." not in delegated.zone:
            return "", ""
        for zone in self.evidence.zones_of(name):
            if zone.is_private is not True and (not delegated or serves(zone, delegated)):
                return zone.name, zone.id
        return (delegated.zone, "") if delegated else ("", "")


def serves(zone: ZoneContent, delegated: Delegation) -> bool:
    """Return whether a hosted zone may be the one that a delegation points to."""
    if zone.name != delegated.zone:
        return False
    own, seen = zone.name_servers, delegated.servers
    return not own or not seen or not own.isdisjoint(seen)
