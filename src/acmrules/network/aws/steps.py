"""The calls that read one account, one Region, or the hosted zones of names, step by step.

Each function is a reader of `Scheduler`: it yields calls, receives their results, and adds entries.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from acmrules.arns import arn_of
from acmrules.diagnosis.certificate import (
    CertificateStatus,
    KeyPairOrigin,
    RenewalStatus,
    UpdateStatus,
    ValidationStatus,
)
from acmrules.diagnosis.dns.domains import canonical, is_within
from acmrules.model.account import GONE
from acmrules.network.aws.calls import ApiCall, ApiError, ApiResult, Steps
from acmrules.network.aws.entries import ApiEntry, entry_of
from acmrules.network.aws.operations import (
    DESCRIBE,
    IDENTITY,
    LIST,
    LIST_ZONES,
    QUOTAS,
    RECORDS,
    REGIONS,
    VALIDATIONS,
    ZONE,
)
from acmrules.request import KeyAlgorithm, RootHierarchyType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Pages = Generator[Sequence[ApiCall], Sequence[ApiResult], list[Mapping[str, Any]] | None]

_PAGE = 1000
"""The most certificates of a response of `ListCertificates`."""

_KEYS = {"Includes": {"keyTypes": [each.value for each in KeyAlgorithm]}}
ALL_ORIGINS = {**_KEYS, "CertificateKeyPairOrigins": [each.value for each in KeyPairOrigin]}
N2_ROOTS = {**ALL_ORIGINS, "RootHierarchyTypes": [each.value for each in RootHierarchyType]}
"""The filters of the two listings: by default, the API hides other keys, ACME, and N2.

One call cannot list everything, because the filter for N2 excludes all other certificates.
"""

_UNKNOWN_FILTER = frozenset(
    ("ValidationException", "InvalidArgsException", "InvalidParameterException")
)
_OUTDATED = "ParamValidationError"
_UNEXPECTED = "UnexpectedResponse"
_REPEATED = ApiError("RepeatedToken", "the token for the next page is one from before")


class CollectedEntries:
    """The entries of a run, and what readers share."""

    def __init__(self) -> None:
        self.account = ""
        self.partition = "aws"
        self.regions: list[str] | None = None
        self.entries: list[ApiEntry] = []
        self.listed = 0
        self.unvalidated: set[str] = set()

    def add(
        self,
        call: ApiCall,
        response: Mapping[str, Any] | None = None,
        error: ApiError | None = None,
    ) -> None:
        """Add the entry of a call, with its response or its error."""
        self.entries.append(entry_of(call, self.account, response, error))


def read_identity(collected: CollectedEntries, region: str) -> Steps:
    """Read the account and the partition of the credentials."""
    call = ApiCall(IDENTITY, region, {})
    [result] = yield [call]
    if result.response:
        collected.account = result.response.get("Account", "")
        collected.partition = arn_of(result.response.get("Arn", "")).partition or "aws"
    collected.add(call, result.response, result.error)


def read_regions(collected: CollectedEntries, region: str) -> Steps:
    """Read the enabled Regions of the account."""
    call = ApiCall(REGIONS, region, {})
    [result] = yield [call]
    fault = result.error or _fault(result.response, "Regions", ("RegionName",))
    if result.response and not fault:
        collected.regions = sorted(each["RegionName"] for each in result.response["Regions"])
    collected.add(call, result.response, fault)


def read_region(collected: CollectedEntries, region: str) -> Steps:
    """Read the certificates and quotas of a Region."""
    arns: dict[str, None] = {}
    listings: list[tuple[ApiCall, list[Mapping[str, Any]]]] = []
    for filters in (ALL_ORIGINS, N2_ROOTS):
        call = ApiCall(LIST, region, {**filters, "MaxItems": _PAGE})
        found = yield from _listing(collected, call)
        if found is not None:
            listings.append((call, found))
            known = len(arns)
            arns |= dict.fromkeys(each["CertificateArn"] for each in found)
            collected.listed += len(arns) - known
    gone = yield from _descriptions(collected, region, sorted(arns))
    for call, found in listings:
        kept = [each for each in found if each["CertificateArn"] not in gone]
        kept.sort(key=lambda each: each["CertificateArn"])
        collected.add(call, {"CertificateSummaryList": kept})
    call = ApiCall(QUOTAS, region, {"ServiceCode": "acm"})
    quotas = yield from _pages(collected, call, "Quotas", ("QuotaCode",))
    if quotas is not None:
        collected.add(call, {"Quotas": sorted(quotas, key=lambda each: each["QuotaCode"])})


def _listing(collected: CollectedEntries, call: ApiCall) -> Pages:
    """Return the certificates of a listing.

    Old versions of boto3, and perhaps some partitions, do not know the filters of 2026. Then the
    error is an entry, and the first listing is made without them.
    """
    before = len(collected.entries)
    found = yield from _pages(collected, call, "CertificateSummaryList", ("CertificateArn",))
    if found or "RootHierarchyTypes" in call.parameters:
        return found
    error = collected.entries[-1].error if collected.entries[before:] else None
    if error and error.code in (*_UNKNOWN_FILTER, _OUTDATED):
        plain = call.__replace__(parameters={**_KEYS, "MaxItems": _PAGE})
        return (yield from _pages(collected, plain, "CertificateSummaryList", ("CertificateArn",)))
    return found


def _descriptions(
    collected: CollectedEntries, region: str, arns: Sequence[str]
) -> Generator[Sequence[ApiCall], Sequence[ApiResult], set[str]]:
    """Describe certificates, and return those that were deleted since they were listed."""
    gone: set[str] = set()
    moving: list[str] = []
    calls = [ApiCall(DESCRIBE, region, {"CertificateArn": arn}) for arn in arns]
    results = (yield calls) if calls else ()
    for call, result in zip(calls, results, strict=True):
        arn = call.parameters["CertificateArn"]
        if result.error and result.error.code == GONE:
            gone.add(arn)
        certificate = (result.response or {}).get("Certificate", {})
        update = certificate.get("UpdateSummary", {}).get("Status")
        if update and update != UpdateStatus.SUCCESS:
            moving.append(arn)
        collected.unvalidated.update(_unvalidated(certificate))
        collected.add(call, result.response, result.error)
    for arn in moving:
        call = ApiCall(VALIDATIONS, region, {"CertificateArn": arn})
        found = yield from _pages(collected, call, "DomainValidationSummaryList", ("DomainName",))
        if found is not None:
            collected.add(call, {"DomainValidationSummaryList": found})
    return gone


def _unvalidated(certificate: Mapping[str, Any]) -> set[str]:
    """Return the names that ACM still has to validate, for the request or for a renewal."""
    renewal = certificate.get("RenewalSummary", {})
    if certificate.get("Status") == CertificateStatus.PENDING_VALIDATION:
        options = certificate.get("DomainValidationOptions", [])
    elif renewal.get("RenewalStatus") == RenewalStatus.PENDING_VALIDATION:
        options = renewal.get("DomainValidationOptions", [])
    else:
        return set()
    return {
        canonical(each["DomainName"].removeprefix("*."))
        for each in options
        if each.get("ValidationStatus") != ValidationStatus.SUCCESS and "DomainName" in each
    }


def read_zones(collected: CollectedEntries, region: str) -> Steps:
    """Read the public and private hosted zones that contain a name without validation."""
    call = ApiCall(LIST_ZONES, region, {})
    members = "Id", "Name"
    zones = yield from _pages(collected, call, "HostedZones", members, "Marker", "NextMarker")
    if zones is None:
        return
    zones = sorted(zones, key=lambda each: each["Id"])
    collected.add(call, {"HostedZones": zones})
    for zone in zones:
        domain = canonical(zone["Name"])
        if any(is_within(name, domain) for name in collected.unvalidated):
            yield from _zone(collected, region, zone["Id"].rpartition("/")[2])


def _zone(collected: CollectedEntries, region: str, identifier: str) -> Steps:
    call = ApiCall(ZONE, region, {"Id": identifier})
    [result] = yield [call]
    collected.add(call, result.response, result.error)
    call = ApiCall(RECORDS, region, {"HostedZoneId": identifier})
    records: list[Mapping[str, Any]] = []
    start: dict[str, Any] = {}
    seen: list[dict[str, Any]] = []
    while True:
        [result] = yield [call.__replace__(parameters={**call.parameters, **start})]
        fault = result.error or _fault(result.response, "ResourceRecordSets", ())
        fault = _REPEATED if start in seen and not fault else fault
        if fault or not result.response:
            collected.add(call, error=fault)
            return
        seen.append(start)
        records += result.response["ResourceRecordSets"]
        if not result.response.get("IsTruncated"):
            break
        names = ("Name", "Type", "Identifier")
        nexts = {name: result.response.get(f"NextRecord{name}") for name in names}
        start = {f"StartRecord{name}": value for name, value in nexts.items() if value}
    collected.add(call, {"ResourceRecordSets": records, "IsTruncated": False})


def _pages(
    collected: CollectedEntries,
    call: ApiCall,
    member: str,
    required: tuple[str, ...],
    asks: str = "NextToken",
    gets: str = "NextToken",
) -> Pages:
    """Return what all pages of a call have in a member, and add the error of one that fails.

    What the pages before it have is returned. If the first one fails, the result is `None`. Entries
    without a member of `required`, and a token that AWS returns again, are errors too.
    """
    found: list[Mapping[str, Any]] | None = None
    token: dict[str, Any] = {}
    seen: set[object] = set()
    while True:
        [result] = yield [call.__replace__(parameters={**call.parameters, **token})]
        if result.error or result.response is None:
            collected.add(call, error=result.error)
            return found
        entries = result.response.get(member) or []
        found = [] if found is None else found
        found += [each for each in entries if all(key in each for key in required)]
        following = result.response.get(gets)
        fault = _REPEATED if following in seen else _fault(result.response, member, required)
        if fault:
            collected.add(call, error=fault)
            return found
        if not following:
            return found
        seen.add(following)
        token = {asks: following}


def _fault(
    response: Mapping[str, Any] | None, member: str, required: tuple[str, ...]
) -> ApiError | None:
    """Return the error for a response without its list, or with an entry without its key."""
    entries = None if response is None else response.get(member)
    if entries is None:
        return ApiError(_UNEXPECTED, f"the response has no `{member}`")
    for key in required:
        if any(key not in each for each in entries):
            return ApiError(_UNEXPECTED, f"an entry of `{member}` has no `{key}`")
    return None
