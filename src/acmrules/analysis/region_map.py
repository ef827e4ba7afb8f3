"""The Region of each certificate in files, and the Region in which each consumer needs it."""

from __future__ import annotations

from enum import Enum

from acmrules.lint.rules.placement import certificate_region
from acmrules.model.placed import Placed
from acmrules.resources import CertificateReference
from acmrules.services import SERVICES
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.declaration import Declaration, Variant
    from acmrules.model.inventory import Inventory
    from acmrules.model.placed import Location
    from acmrules.resources import Consumer
    from acmrules.services import Service

ANYWHERE = "any Region"
"""What a service needs if it accepts certificates of every Region."""


class Placement(Enum):
    """Whether a certificate is in the Region in which its consumer needs it."""

    RIGHT = "in the right Region"
    WRONG = "in the wrong Region"
    REFUSED = "not accepted"
    UNKNOWN = "not decided"


class RegionalCertificate(Placed):
    """A certificate and its Region, empty if it is unknown.

    `name` is the primary name, empty if no file has it. `address` is that of the certificate, or
    its ARN.
    """

    address: str
    name: str
    region: str


class RegionalConsumer(Placed):
    """A consumer of a certificate, and the Region in which it needs the certificate.

    `certificate` is an index in the map. `needs` is a Region, `ANYWHERE`, or empty if the Region is
    unknown or if the service does not accept certificates of ACM.
    """

    address: str
    service: str
    certificate: int
    needs: str
    placement: Placement


class RegionMap(Value):
    """The certificates and the consumers of files."""

    certificates: tuple[RegionalCertificate, ...]
    consumers: tuple[RegionalConsumer, ...]

    def with_placement(self, placement: Placement) -> list[RegionalConsumer]:
        """Return the consumers with a placement."""
        return [each for each in self.consumers if each.placement is placement]

    @property
    def regions(self) -> list[str]:
        """The Regions of the map: known ones by name, then any Region, then an unknown one."""
        found = {each.region for each in self.certificates} | {
            each.needs for each in self.consumers
        }
        return sorted(found, key=lambda region: (not region, region == ANYWHERE, region))


def region_map(inventory: Inventory) -> RegionMap:
    """Return the certificates of an inventory and their consumers, in the order of the files."""
    certificates: dict[RegionalCertificate, int] = {}
    consumers: dict[RegionalConsumer, None] = {}
    for declaration in inventory.declarations:
        for variant in declaration.variants:
            for number, consumer in enumerate(variant.consumers):
                certificate = _certificate_of(declaration, variant, consumer)
                index = certificates.setdefault(certificate, len(certificates))
                location = variant.location(("consumers", number))
                consumers[_consumer(consumer, location, certificate.region, index)] = None
            if not variant.consumers and (variant.request or variant.imported):
                own = _own(declaration, variant)
                certificates.setdefault(own, len(certificates))
    return RegionMap(tuple(certificates), tuple(consumers))


def _certificate_of(
    declaration: Declaration, variant: Variant, consumer: Consumer
) -> RegionalCertificate:
    """Return the certificate of a consumer: that of the declaration, or what its ARN shows."""
    own = _own(declaration, variant)
    if isinstance(consumer.certificate, CertificateReference):
        return own
    region = _known(certificate_region(consumer))
    address = str(consumer.certificate or "unknown certificate")
    return RegionalCertificate(None, address, "", region)


def _own(declaration: Declaration, variant: Variant) -> RegionalCertificate:
    certificate = variant.request or variant.imported
    region = _known(certificate.region if certificate else None)
    if not region and variant.existing:
        region = next(iter(variant.existing.arn.split(":")[3:4]), "")
    names = variant.names
    address = declaration.address.strip("$")
    return RegionalCertificate(
        variant.location(()), address, str(names[0]) if names else "", region
    )


def _consumer(
    consumer: Consumer, location: Location | None, region: str, index: int
) -> RegionalConsumer:
    service = SERVICES.get(consumer.service)
    needs, placement = _needed(service, _known(consumer.region), region)
    name = str(service) if service else consumer.service
    return RegionalConsumer(location, consumer.address, name, index, needs, placement)


def _needed(service: Service | None, own: str, region: str) -> tuple[str, Placement]:
    """Return the Region that a service needs, and whether the certificate is in it."""
    if service is None:
        return "", Placement.UNKNOWN
    if service.obstacle(own or None) or service.obstacle(region or None):
        return "", Placement.REFUSED
    if service.region.value == "any":
        return ANYWHERE, Placement.RIGHT
    needs = service.certificate_region(own or None) or ""
    if not (needs and region):
        return needs, Placement.UNKNOWN
    return needs, Placement.RIGHT if needs == region else Placement.WRONG


def _known(region: object) -> str:
    """Return a Region, empty if it is not known."""
    return region if isinstance(region, str) else ""
