"""What files show of AWS accounts and of DNS: the responses of AWS, events, and DNS answers."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.answers import DnsAnswers
from acmrules.diagnosis.certificate import CertificateDetail, CertificateEvent
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.not_checked import NotChecked

GONE = "ResourceNotFoundException"
"""The error of AWS for a certificate that was deleted."""

NOT_ENABLED = frozenset(("InvalidClientTokenId", "UnrecognizedClientException"))
"""The errors of AWS in a Region that is not enabled, or is in another partition."""


class ServiceQuota(Value):
    """A quota of ACM as Service Quotas reports it for an account in a Region."""

    code: str
    name: str
    value: float
    account: str = ""
    region: str = ""


class Refusal(Value):
    """A call that AWS refused, or that failed; its results are missing.

    `arn` is the certificate of the call, empty if it is not about one, or if it is unknown.
    """

    operation: str
    code: str
    message: str = ""
    account: str = ""
    region: str = ""
    arn: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether the certificate was deleted after AWS had listed it."""
        return self.operation == "DescribeCertificate" and self.code == GONE


class ListedRegion(Value):
    """A Region of an account all of whose certificates are in the files, and when they were read.

    `hides` are the kinds of certificates that the filters of the listing left out.
    """

    account: str
    region: str
    at: datetime | None = None
    hides: tuple[str, ...] = ()


class Account(Value):
    """What files show of accounts, joined: each certificate has one entry, by its ARN.

    `events` are those of certificates that no response describes; the others are in `certificates`.
    `ids` are the accounts that `GetCallerIdentity` names. Before files are joined, `certificates`
    also has what lists of validations show of certificates without their ARN. `not_checked` are the
    parts of the files that could not be read.
    """

    certificates: tuple[CertificateDetail, ...] = ()
    dns: DnsAnswers = DnsAnswers()
    quotas: tuple[ServiceQuota, ...] = ()
    events: tuple[CertificateEvent, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    listed: tuple[ListedRegion, ...] = ()
    ids: tuple[str, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
