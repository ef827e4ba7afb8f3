"""What AWS did not answer, and what is therefore unknown."""

from __future__ import annotations

from acmrules.messages import counted, printable
from acmrules.model.account import NOT_ENABLED
from acmrules.model.joining import joined_listings
from acmrules.model.not_checked import FILE, RESPONSE
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.account import Account, Refusal

_DESCRIBE = "DescribeCertificate"


class Gap(Value):
    """Calls that failed alike, a listing that hides certificates, or a part that was not read.

    `code` and `message` are those of AWS, and `number` is the number of calls. If `is_gone` is
    true, certificates were deleted while the inventory was read, so nothing is missing.
    """

    account: str
    region: str
    operation: str
    code: str
    message: str
    number: int
    unknown: str
    is_gone: bool = False

    def __str__(self) -> str:
        if not self.code:
            return printable(self.unknown)
        # Nothing in a call is quoted, so a backtick from outside must not start a quotation.
        return printable(f"{self.call} failed ({self.code}): {self.unknown}").replace("`", "'")

    @property
    def call(self) -> str:
        """The operation and the Region, with the number of calls if there are several."""
        number = f"{self.number:,} calls of " * (self.number > 1)
        return f"{number}{self.operation}{f' in {self.region}' * bool(self.region)}"


def gaps(account: Account) -> tuple[Gap, ...]:
    """Return what was not read of accounts, by account, Region and operation."""
    alike: dict[tuple[str, str, str, str], list[Refusal]] = {}
    for each in account.refusals:
        key = each.account, each.region, each.operation, each.code
        alike.setdefault(key, []).append(each)
    listed = {(each.account, each.region) for each in account.listed}
    found = [_refused(refusals, listed) for _, refusals in sorted(alike.items())]
    unread = (each for each in account.not_checked if each.kind in {FILE, RESPONSE})
    notes = [Gap("", "", "", "", "", 1, each.located) for each in unread]
    return (*found, *_hidden(account), *notes)


def missing(account: Account) -> tuple[Gap, ...]:
    """Return what AWS did not answer, without deleted certificates and unread parts of files."""
    found = gaps(account.__replace__(not_checked=()))
    return tuple(each for each in found if not each.is_gone)


def _refused(refusals: list[Refusal], listed: set[tuple[str, str]]) -> Gap:
    first = refusals[0]
    number = len(refusals)
    is_gone = first.is_gone
    unknown = _gone(number) if is_gone else _unknown(first, number, listed)
    if first.code in NOT_ENABLED:
        unknown += "; the Region may not be enabled"
    head = first.account, first.region, first.operation, first.code, first.message
    return Gap(*head, number, unknown, is_gone)


def _gone(number: int) -> str:
    verb = "was" if number == 1 else "were"
    return f"{counted(number, 'certificate')} {verb} deleted while the inventory was read"


def _unknown(refusal: Refusal, number: int, listed: set[tuple[str, str]]) -> str:
    """Return what is unknown after a refusal."""
    region = refusal.region or "the Region"
    if refusal.operation == "ListCertificates":
        some = "other" if (refusal.account, refusal.region) in listed else "the"
        return f"{some} certificates in {region} are unknown"
    if refusal.operation == _DESCRIBE:
        return (
            f"only the entry in the list of {counted(number, 'certificate')} in {region} is known"
        )
    return _UNKNOWN.get(refusal.operation, "the result of {operation} is unknown").format(
        region=region, operation=refusal.operation
    )


_UNKNOWN = {
    "DescribeRegions": "the enabled Regions are unknown; the known Regions with ACM were read",
    "GetCallerIdentity": "the account is known only from the ARNs of its certificates",
    "GetHostedZone": "the name servers of a hosted zone are unknown",
    "ListCertificateDomainValidations": "the records for a change to DNS validation are unknown",
    "ListHostedZones": "the hosted zones are unknown",
    "ListResourceRecordSets": "the records of a hosted zone are unknown",
    "ListServiceQuotas": "the quotas in {region} are unknown; the defaults are assumed",
}


def _hidden(account: Account) -> Iterator[Gap]:
    """Yield the Regions with certificates that the filters of each listing hide."""
    listings = joined_listings(account.listed)
    for each in sorted(listings, key=lambda each: (each.account, each.region)):
        if each.hides:
            unknown = f"the list of {each.region} hides certificates: {', '.join(each.hides)}"
            yield Gap(each.account, each.region, "ListCertificates", "", "", 1, unknown)
