"""Facts about certificates that exist: their states, why requests fail, what renews them.

The value of a state or a reason is what it means, and what to do.
"""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import Fact, Meaning, dated, inferred, undated
from acmrules.facts.timeline import Era

# Statuses: row L.1

PENDING_VALIDATION = undated(
    "L.1a",
    "What the status `PENDING_VALIDATION` means, and what to do.",
    Meaning(
        "ACM has not validated all names yet; it tries for 72 hours",
        "validate each name that is not `SUCCESS`; with the records in place, wait up to 30 "
        "minutes",
    ),
    sources.UG_FAILED,
    sources.UG_DNSTS,
    sources.UG_CAA,
)
ISSUED = undated(
    "L.1b",
    "What the status `ISSUED` means, and what to do.",
    Meaning("the certificate is usable until it expires", "nothing, while it is renewed"),
    sources.UG_DESCRIBE,
)
INACTIVE = undated(
    "L.1c",
    "What the status `INACTIVE` means, and what to do.",
    Meaning("the meaning is not documented", "ask AWS Support what the status means"),
    sources.BOTOCORE_26_11,
    note="The value is in the model; no page explains it.",
)
EXPIRED = undated(
    "L.1d",
    "What the status `EXPIRED` means, and what to do.",
    Meaning(
        "the certificate has expired, and ACM does not renew it anymore",
        "request a new certificate, use it in each service, and delete this one",
    ),
    sources.UG_RENEW,
    sources.UG_LIMITS,
    note="An expired certificate still counts toward the quota.",
)
VALIDATION_TIMED_OUT = undated(
    "L.1e",
    "What the status `VALIDATION_TIMED_OUT` means, and what to do.",
    Meaning(
        "ACM could not validate all names within 72 hours; the request cannot be resumed",
        "fix the cause, delete this certificate, and request a new one; DNS records that are "
        "correct stay valid for the same account and name",
    ),
    sources.UG_FAILED,
    sources.UG_DNS,
)
REVOKED = undated(
    "L.1f",
    "What the status `REVOKED` means, and what to do.",
    Meaning("the certificate was revoked for good", "request a new certificate"),
    sources.UG_REVOKE,
)
FAILED = undated(
    "L.1g",
    "What the status `FAILED` means, and what to do.",
    Meaning(
        "the request failed and cannot be resubmitted",
        "fix the cause, and request a new certificate",
    ),
    sources.UG_FAILED,
)

# Failure reasons of requests and renewals: rows L.2 to L.19

NO_AVAILABLE_CONTACTS = undated(
    "L.3",
    "What the failure reason `NO_AVAILABLE_CONTACTS` means, and what to do.",
    Meaning(
        "ACM could not send mail, because the mail domain has no MX record",
        "add an MX record, or use DNS validation",
    ),
    sources.UG_FAILED,
    sources.UG_EMAILTS,
)
ADDITIONAL_VERIFICATION_REQUIRED = undated(
    "L.4",
    "What the failure reason `ADDITIONAL_VERIFICATION_REQUIRED` means, and what to do.",
    Meaning(
        "the fraud check stopped the request: a name is among the best-known sites, or "
        "belongs to Amazon",
        "contact AWS Support for your own name, or replace a name of Amazon by one of your own",
    ),
    sources.UG_FAILED,
)
DOMAIN_NOT_ALLOWED = undated(
    "L.5",
    "What the failure reason `DOMAIN_NOT_ALLOWED` means, and what to do.",
    Meaning(
        "a name is on a list of dangerous or restricted domains",
        "get the domain off the list, or contact AWS Support",
    ),
    sources.UG_ACMEDV,
    sources.ARCHIVE,
    note="AWS documents it for ACME; the page about requests is from 2017.",
)
INVALID_PUBLIC_DOMAIN = undated(
    "L.6",
    "What the failure reason `INVALID_PUBLIC_DOMAIN` means, and what to do.",
    Meaning(
        "the top-level domain of a name does not exist or is not public",
        "correct the name, or use a private CA for an internal name",
    ),
    sources.UG_FAILED,
)
DOMAIN_VALIDATION_DENIED = inferred(
    "L.7",
    "What the failure reason `DOMAIN_VALIDATION_DENIED` means, and what to do.",
    Meaning(
        "a recipient of the validation mail rejected the request",
        "ask the owner of the domain",
    ),
    sources.BOTOCORE_26_11,
    note="The value is in the model; its meaning is not documented.",
)
CAA_ERROR = undated(
    "L.8",
    "What the failure reason `CAA_ERROR` means, and what to do.",
    Meaning(
        "the CAA records did not allow Amazon to issue",
        "allow `amazon.com` in the CAA records, with `issue` or, for wildcards, `issuewild`",
    ),
    sources.UG_FAILED,
    sources.UG_CAA,
)
PCA_LIMIT_EXCEEDED = undated(
    "L.9",
    "What the failure reason `PCA_LIMIT_EXCEEDED` means, and what to do.",
    Meaning(
        "a quota of the private CA is exhausted",
        "wait, or request an increase of the quota",
    ),
    sources.UG_EXC,
)
PCA_INVALID_ARN = inferred(
    "L.10",
    "What the failure reason `PCA_INVALID_ARN` means, and what to do.",
    Meaning("the ARN of the private CA is wrong", "correct the ARN"),
    sources.BOTOCORE_26_11,
    note="The value is in the model; its meaning is not documented.",
)
PCA_INVALID_STATE = undated(
    "L.11",
    "What the failure reason `PCA_INVALID_STATE` means, and what to do.",
    Meaning(
        "the private CA is not active",
        "describe the CA, then install its certificate (`PENDING_CERTIFICATE`), enable it "
        "(`DISABLED`), restore it (`DELETED`), or renew its certificate (`EXPIRED`)",
    ),
    sources.UG_EXC,
)
PCA_REQUEST_FAILED = undated(
    "L.12",
    "What the failure reason `PCA_REQUEST_FAILED` means, and what to do.",
    Meaning(
        "a fault of the network or of the service interrupted the request",
        "wait some minutes, and contact AWS Support if it fails again",
    ),
    sources.UG_EXC,
)
PCA_NAME_CONSTRAINTS_VALIDATION = inferred(
    "L.13",
    "What the failure reason `PCA_NAME_CONSTRAINTS_VALIDATION` means, and what to do.",
    Meaning(
        "a name is outside the name constraints of the private CA",
        "use a name that the CA permits, or another CA",
    ),
    sources.BOTOCORE_26_11,
    note="The value is in the model; its meaning is not documented.",
)
PCA_RESOURCE_NOT_FOUND = undated(
    "L.14",
    "What the failure reason `PCA_RESOURCE_NOT_FOUND` means, and what to do.",
    Meaning("the private CA does not exist", "check the ARN of the CA, or use another CA"),
    sources.UG_EXC,
)
PCA_INVALID_ARGS = inferred(
    "L.15",
    "What the failure reason `PCA_INVALID_ARGS` means, and what to do.",
    Meaning(
        "the request does not suit the private CA",
        "compare the key algorithm and the names with what the CA allows",
    ),
    sources.BOTOCORE_26_11,
    note="The value is in the model; its meaning is not documented.",
)
PCA_INVALID_DURATION = undated(
    "L.16",
    "What the failure reason `PCA_INVALID_DURATION` means, and what to do.",
    Meaning(
        "the certificate would outlive the certificate of the private CA",
        "renew the certificate of the CA",
    ),
    sources.UG_EXC,
    sources.UG_PRIVATE,
)
PCA_ACCESS_DENIED = undated(
    "L.17",
    "What the failure reason `PCA_ACCESS_DENIED` means, and what to do.",
    Meaning(
        "ACM is not allowed to use the private CA",
        "permit `acm.amazonaws.com` to use the CA, or, for the CA of another account, share "
        "it by a resource policy",
    ),
    sources.UG_EXC,
    sources.PCA_MODEL,
)
SLR_NOT_FOUND = undated(
    "L.18",
    "What the failure reason `SLR_NOT_FOUND` means, and what to do.",
    Meaning(
        "the private CA belongs to another account, and the service-linked role of ACM is missing",
        "create the role `AWSServiceRoleForCertificateManager`",
    ),
    sources.UG_SLR,
    sources.UG_EXC,
)
OTHER = undated(
    "L.19",
    "What the failure reason `OTHER` means, and what to do.",
    Meaning(
        "the reason is not specified; usually, a name has a typing mistake",
        "correct the name, or contact AWS Support",
    ),
    sources.UG_FAILED,
)

# Renewal: row L.20

NO_RENEWAL = undated(
    "L.20a",
    "What the absence of a renewal status means, and what to do.",
    Meaning(
        "the renewal has not begun, because it is too early or the certificate is not eligible",
        "if the renewal is due, use the certificate in a service or export it",
    ),
    sources.UG_RENEWSTATUS,
    sources.UG_RENEW,
)
PENDING_AUTO_RENEWAL = undated(
    "L.20b",
    "What the renewal status `PENDING_AUTO_RENEWAL` means, and what to do.",
    Meaning(
        "ACM is validating the names automatically",
        "keep the DNS records published; the status may lag by hours",
    ),
    sources.UG_RENEWSTATUS,
)
RENEWAL_PENDING_VALIDATION = undated(
    "L.20c",
    "What the renewal status `PENDING_VALIDATION` means, and what to do.",
    Meaning(
        "ACM could not validate a name automatically",
        "publish the DNS records again, approve each name by mail, or serve the content of "
        "HTTP validation",
    ),
    sources.UG_RENEWSTATUS,
    sources.UG_DNSRENEW,
    note="Each attempt ends after 72 hours and begins again.",
)
RENEWAL_SUCCESS = undated(
    "L.20d",
    "What the renewal status `SUCCESS` means, and what to do.",
    Meaning("the certificate was renewed", "if you exported the certificate, export it again"),
    sources.UG_RENEWSTATUS,
    sources.UG_RENEW,
)
RENEWAL_FAILED = undated(
    "L.20e",
    "What the renewal status `FAILED` means, and what to do.",
    Meaning("the certificate expired before ACM could renew it", "request a new certificate"),
    sources.UG_RENEWSTATUS,
)

# Other signs: rows L.21 to L.29

EVENT_TYPES: Fact[tuple[tuple[str, str], ...]] = undated(
    "L.21a",
    "The events about certificates of AWS Health and EventBridge, and what each proves.",
    (
        (
            "AWS_ACM_RENEWAL_STATE_CHANGE",
            "the certificate was renewed, has expired, or is about to",
        ),
        ("CAA_CHECK_FAILURE", "CAA records forbid Amazon to issue"),
        ("AWS_ACM_RENEWAL_FAILURE", "the private CA could not renew the certificate"),
        ("ACM Certificate Renewal Action Required", "records or approvals are missing"),
    ),
    sources.UG_EVENTS,
)
EVENT_REASON: Fact[str] = undated(
    "L.21b",
    "The reason in an event about a renewal that waits for records or approvals.",
    "PENDING_DOMAIN_VALIDATION",
    sources.UG_EVENTS,
    note="The other reasons are those of failures (L.2).",
)
METHOD_CHANGE_PENDING = dated(
    "L.22a",
    "What the update status `PENDING_DOMAIN_VALIDATION` means, and what to do.",
    Era(
        date(2026, 7, 9),
        Meaning(
            "the change to DNS validation waits for records; the certificate stays valid",
            "publish the records within 72 hours, or ACM keeps email validation",
        ),
        sources.UG_MIGOV,
    ),
    also=(sources.UG_EMAILTS,),
    note="You can start the change again.",
)
METHOD_CHANGE_FAILED = dated(
    "L.22b",
    "What the update status `FAILED` means, and what to do.",
    Era(
        date(2026, 7, 9),
        Meaning(
            "ACM did not find the records within 72 hours and keeps email validation",
            "start the change again, and publish the records within 72 hours",
        ),
        sources.UG_MIGOV,
    ),
)
METHOD_CHANGE_RECORDS = dated(
    "L.22c",
    "The operation that returns the DNS records of a change to DNS validation.",
    Era(date(2026, 7, 9), "ListCertificateDomainValidations", sources.UG_MIGRATEDO),
)
FOREIGN_USERS = undated(
    "L.23",
    "What a load balancer or distribution of an unknown account in `InUseBy` means.",
    Meaning(
        "a custom domain of API Gateway, or of a similar service, uses the certificate",
        "remove the custom domain to free the certificate",
    ),
    sources.UG_APIGWTS,
)
