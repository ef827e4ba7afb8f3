"""The validity of certificates, and when and how ACM renews them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from acmrules.errors import InvalidArgument, require_list
from acmrules.facts import acm, cabf
from acmrules.facts.fact import CHECKED
from acmrules.facts.timeline import Citation
from acmrules.name_errors import InvalidName, NameFault
from acmrules.names import Name, parse_name
from acmrules.request import CertificateOrigin, RootHierarchyType, ValidationMethod
from acmrules.unresolved import chosen
from acmrules.validation import method_refusal
from acmrules.values import Value

_DAYS_OF_A_YEAR = 365


def validity_days(
    *,
    as_of: date = CHECKED,
    private: bool = False,
    root_hierarchy: str | RootHierarchyType | None = None,
) -> int:
    """Return the validity in days of a certificate issued on a date (facts 7.1 to 7.4 and N2.8).

    If the CA/Browser Forum allows less than ACM has announced, it is the limit of the Forum; see
    `foreseen_validity`. A root hierarchy is that of an Amazon N2 certificate. Raises
    `InvalidArgument` if the date is before the launch of ACM, or of N2 certificates.

    >>> from datetime import date
    >>> validity_days(), validity_days(as_of=date(2027, 3, 15))
    (198, 100)
    """
    return foreseen_validity(as_of=as_of, private=private, root_hierarchy=root_hierarchy).days


def _hierarchy(value: str | RootHierarchyType | None) -> RootHierarchyType | None:
    return None if value is None else chosen(RootHierarchyType, value, "root hierarchy")


def _announced(as_of: date, private: bool, hierarchy: RootHierarchyType | None) -> Validity:
    """Return the validity that ACM has announced, without the limit of public CAs."""
    if hierarchy is not None:
        n2 = acm.N2_VALIDITY_DAYS.era(as_of)
        return Validity(dict(n2.value)[hierarchy.value], False, n2.source)
    own = (acm.PRIVATE_VALIDITY_DAYS if private else acm.VALIDITY_DAYS).era(as_of)
    return Validity(own.value, False, own.source)


def max_validity_days(*, as_of: date = CHECKED) -> int:
    """Return the maximum validity in days of certificates from public CAs (facts 7.3 and 7.4).

    Raises `InvalidArgument` if the date is before the first such limit.

    >>> from datetime import date
    >>> max_validity_days(), max_validity_days(as_of=date(2029, 3, 15))
    (200, 47)
    """
    return cabf.VALIDITY_DAYS.era(as_of).value


def renewal_window(
    *, as_of: date = CHECKED, private: bool = False, issued_on: date | None = None
) -> int:
    """Return how many days before expiry the renewal starts (facts 7.5 and 7.6).

    The date of issuance decides, by default `as_of`. The renewal of a 395-day certificate starts 60
    days before expiry, although that of newer certificates starts 45 days before. From 2027-03-15
    it is the window of the last validity that ACM has announced; ACM may change both. Raises
    `InvalidArgument` if the date is before the launch of ACM.

    >>> from datetime import date
    >>> renewal_window(), renewal_window(issued_on=date(2026, 2, 17))
    (45, 60)
    """
    fact = acm.PRIVATE_RENEWAL_WINDOW_DAYS if private else acm.RENEWAL_WINDOW_DAYS
    return fact.era(as_of if issued_on is None else issued_on).value


def renewal_interval(*, as_of: date = CHECKED, private: bool = False) -> int:
    """Return the number of days from issuance to the start of the renewal.

    If ACM has not announced its validity on the date, it has not announced the start of the renewal
    either. Then the result is the maximum validity, which no renewal can exceed. Raises
    `InvalidArgument` if the date is before the launch of ACM.

    >>> from datetime import date
    >>> renewal_interval(), renewal_interval(as_of=date(2027, 3, 15))
    (153, 100)
    """
    validity = foreseen_validity(as_of=as_of, private=private)
    return (
        validity.days
        if validity.is_bound
        else validity.days - renewal_window(as_of=as_of, private=private)
    )


def renewals_per_year(*, as_of: date = CHECKED, private: bool = False) -> float:
    """Return the number of renewals per year, if each succeeds on its first day.

    If ACM has not announced its validity on the date, it is the minimum, like `renewal_pace.least`.
    Raises `InvalidArgument` if the date is before the launch of ACM.

    >>> from datetime import date
    >>> round(renewals_per_year(), 1), round(renewals_per_year(as_of=date(2027, 3, 15)), 2)
    (2.4, 3.65)
    """
    return _DAYS_OF_A_YEAR / renewal_interval(as_of=as_of, private=private)


class Validity(Value):
    """The validity of a certificate in days, and its source.

    `is_bound` is true if `days` is the maximum of the CA/Browser Forum, because ACM has not yet
    announced its own value.
    """

    days: int
    is_bound: bool
    source: Citation


def foreseen_validity(
    *,
    as_of: date = CHECKED,
    private: bool = False,
    root_hierarchy: str | RootHierarchyType | None = None,
) -> Validity:
    """Return the expected validity of a certificate issued on a date.

    It is ACM's own value (facts 7.1, 7.2 and N2.8), unless the CA/Browser Forum allows less for
    standard public certificates (facts 7.3 and 7.4). The validity of N2 certificates exceeds that
    limit, so it does not apply to them. Raises `InvalidArgument` if the date is before the launch
    of ACM, or of N2 certificates.

    >>> from datetime import date
    >>> [foreseen_validity(as_of=date(year, 3, 15)).days for year in (2026, 2027, 2029)]
    [198, 100, 47]
    """
    hierarchy = _hierarchy(root_hierarchy)
    own = _announced(as_of, private, hierarchy)
    bound = cabf.VALIDITY_DAYS.era(as_of)
    if private or hierarchy or own.days <= bound.value:
        return own
    return Validity(bound.value, True, bound.source)


class Interval(Value):
    """A number between two bounds; `most` is `None` if there is no upper bound.

    >>> Interval(2, 3) * Interval(4, 4) + Interval(1, 1)
    Interval(least=9, most=13)
    """

    least: float
    most: float | None = None

    def __add__(self, other: Interval) -> Interval:
        """Return the sum."""
        most = None if self.most is None or other.most is None else self.most + other.most
        return Interval(self.least + other.least, most)

    def __mul__(self, other: Interval) -> Interval:
        """Return the product; both numbers must not be negative."""
        if 0 in {self.most, other.most}:
            return Interval(0, 0)
        most = None if self.most is None or other.most is None else self.most * other.most
        return Interval(self.least * other.least, most)

    def __or__(self, other: Interval) -> Interval:
        """Return the bounds of a number that is one of the two."""
        most = None if self.most is None or other.most is None else max(self.most, other.most)
        return Interval(min(self.least, other.least), most)


def renewal_pace(
    *,
    as_of: date = CHECKED,
    private: bool = False,
    root_hierarchy: str | RootHierarchyType | None = None,
) -> Interval:
    """Return the number of renewals per year under the rules of a date.

    The minimum assumes that each certificate is used until its last day. The maximum assumes that
    each renewal succeeds on its first day (`renewals_per_year`). There is no maximum if ACM has not
    announced its validity, or for an N2 certificate, because the start of the renewal is unknown
    then.

    >>> from datetime import date
    >>> pace = renewal_pace(as_of=date(2029, 3, 15))
    >>> round(pace.least, 1), pace.most
    (7.8, None)
    """
    validity = foreseen_validity(as_of=as_of, private=private, root_hierarchy=root_hierarchy)
    is_open = validity.is_bound or root_hierarchy is not None
    most = None if is_open else renewals_per_year(as_of=as_of, private=private)
    return Interval(_DAYS_OF_A_YEAR / validity.days, most)


class Eligibility(Value):
    """Whether ACM renews a certificate automatically, with the reasons and their source.

    It is true in a condition if ACM renews the certificate, like `eligible`.
    """

    eligible: bool
    reasons: tuple[str, ...]
    source: Citation

    def __bool__(self) -> bool:
        """Return whether ACM renews the certificate."""
        return self.eligible


def renewal_eligibility(
    origin: str | CertificateOrigin = CertificateOrigin.REQUESTED,
    *,
    in_use: bool = False,
    exported: bool = False,
    expired: bool = False,
    names: Iterable[str | Name] = (),
) -> Eligibility:
    """Return whether ACM renews a certificate automatically (facts 7.7 and 7.8).

    `exported` means since issuance or the last renewal. `names` are the names in the certificate;
    an old certificate may have labels that ACM rejects today. Raises `InvalidName` if a string is
    not a name for any other reason, and `InvalidArgument` if the origin is unknown.

    >>> renewal_eligibility(in_use=True, expired=True).reasons
    ('expired',)
    """
    require_list(names, "names")
    origin = chosen(CertificateOrigin, origin, "origin")
    obstacles = _true_of(
        acm.RENEWAL_INELIGIBLE.value,
        origin is CertificateOrigin.IMPORTED,
        expired,
        origin is CertificateOrigin.PRIVATE_CA,
        origin is CertificateOrigin.ACME,
        any(map(_has_refused_label, names)),
    )
    grounds = _true_of(acm.RENEWAL_ELIGIBLE.value, in_use, exported)
    if not grounds:
        obstacles += (f"neither {' nor '.join(acm.RENEWAL_ELIGIBLE.value)}",)
    if obstacles:
        return Eligibility(False, obstacles, acm.RENEWAL_INELIGIBLE.source)
    return Eligibility(True, grounds, acm.RENEWAL_ELIGIBLE.source)


def _true_of(words: tuple[str, ...], *values: bool) -> tuple[str, ...]:
    return tuple(word for word, value in zip(words, values, strict=True) if value)


def _has_refused_label(name: str | Name) -> bool:
    try:
        parse_name(name)
    except InvalidName as error:
        if error.fault in {NameFault.RESERVED_LABEL, NameFault.BROKEN_A_LABEL}:
            return True
        raise
    return False


class RenewalAttempt(Enum):
    """A way in which ACM checks that the owner still controls a name."""

    HTTPS_PROBE = "each name, or its `www` twin, serves the same certificate over HTTPS"
    DNS_RECORD = "the record of each name is still published"
    HTTP_CONTENT = "the content for each name is still available"
    MAIL = "a recipient approves each name by mail"


_ATTEMPTS = {
    ValidationMethod.DNS: RenewalAttempt.DNS_RECORD,
    ValidationMethod.HTTP: RenewalAttempt.HTTP_CONTENT,
    ValidationMethod.EMAIL: RenewalAttempt.MAIL,
}


def renewal_attempts(
    validation_method: str | ValidationMethod | None = None, *, as_of: date = CHECKED
) -> tuple[RenewalAttempt, ...]:
    """Return the checks of ACM, in order, to renew a public certificate on a date (fact 7.13).

    Without a `validation_method`, the result contains the checks of all methods. Raises
    `InvalidArgument` if the method is invalid or unavailable on the date.

    >>> from datetime import date
    >>> [attempt.name for attempt in renewal_attempts(as_of=date(2017, 12, 1))]
    ['HTTPS_PROBE', 'DNS_RECORD', 'MAIL']
    >>> [attempt.name for attempt in renewal_attempts("DNS")]
    ['DNS_RECORD']
    """
    if validation_method is None:
        methods = [each for each in _ATTEMPTS if method_refusal(each, as_of) is None]
    else:
        methods = [chosen(ValidationMethod, validation_method, "validation method")]
        if refusal := method_refusal(methods[0], as_of):
            raise InvalidArgument(refusal[0])
    probed = acm.PROBED_METHODS.era(as_of).value
    own = tuple(_ATTEMPTS[each] for each in methods)
    if any(each.value in probed for each in methods):
        return (RenewalAttempt.HTTPS_PROBE, *own)
    return own


def failure_notice_days(*, as_of: date = CHECKED, private: bool = False) -> tuple[int, ...]:
    """Return the days before expiry on which AWS reports a failed renewal (fact 7.12).

    Raises `InvalidArgument` if they are unknown for the date.

    >>> failure_notice_days()
    (30, 15, 7, 3, 1)
    """
    return (
        (acm.PRIVATE_FAILURE_NOTICE_DAYS if private else acm.FAILURE_NOTICE_DAYS).era(as_of).value
    )
