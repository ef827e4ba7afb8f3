"""A certificate that a consumer uses by its ARN, as files about accounts show it."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.model.account import ListedRegion
    from acmrules.request import CertificateRequest
    from acmrules.x509 import ImportedCertificate


class UsedCertificate(Value):
    """What files about accounts show of a certificate that a consumer uses by its ARN.

    If it does not exist, `existing` is `None`, and `absent_from` is the list of its Region, which
    contains all certificates there.
    """

    arn: str
    existing: CertificateDetail | None = None
    request: CertificateRequest | None = None
    imported: ImportedCertificate | None = None
    absent_from: ListedRegion | None = None
