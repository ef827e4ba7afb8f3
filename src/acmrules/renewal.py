"""How long a certificate is valid, and when and how ACM renews it."""

from __future__ import annotations

from enum import Enum

from acmrules.errors import InvalidName, NameFault
from acmrules.facts import acm, cabf
from acmrules.facts.fact import CHECKED
from acmrules.names import parse_name
from acmrules.request import ValidationMethod
from acmrules.validation import method_refusal
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from acmrules.dated import Citation

_DAYS_OF_A_YEAR = 365


def validity_days(as_of: date = CHECKED, private: bool = False) -> int:
    """Return for how many days a certificate issued on a day is valid (facts 7.1 and 7.2).

    Raises `ValueError` for a day before ACM was there.

    >>> validity_days()
    198
    """
    return (acm.PRIVATE_VALIDITY_DAYS if private else acm.VALIDITY_DAYS).era(as_of).value


def max_validity_days(as_of: date = CHECKED) -> int:
    """Return for how many days any public CA may let a certificate be valid (facts 7.3 and 7.4).

    Raises `ValueError` for a day before the first such bound.

    >>> from datetime import date
    >>> max_validity_days(), max_validity_days(date(2029, 3, 15))
    (200, 47)
    """
    return cabf.VALIDITY_DAYS.era(as_of).value


def renewal_window(as_of: date = CHECKED, private: bool = False, issued: date | None = None) -> int:
    """Return how many days before its expiry a certificate's renewal starts (facts 7.5 and 7.6).

    What counts is the day it was `issued`, by default the day itself: a certificate of 395 days is
    still renewed 60 days before its end when new ones are renewed 45 days before. Raises
    `ValueError` for a day before ACM was there.

    >>> from datetime import date
    >>> renewal_window(), renewal_window(issued=date(2026, 2, 17))
    (45, 60)
    """
    fact = acm.PRIVATE_RENEWAL_WINDOW_DAYS if private else acm.RENEWAL_WINDOW_DAYS
    return fact.era(issued or as_of).value


def renewal_interval(as_of: date = CHECKED, private: bool = False) -> int:
    """Return the days from the issuance of a certificate to the start of its renewal.

    >>> renewal_interval()
    153
    """
    return validity_days(as_of, private) - renewal_window(as_of, private)


def renewals_per_year(as_of: date = CHECKED, private: bool = False) -> float:
    """Return how often a year a certificate is renewed, if each renewal succeeds as it starts.

    >>> round(renewals_per_year(), 1)
    2.4
    """
    return _DAYS_OF_A_YEAR / renewal_interval(as_of, private)


class Validity(Value):
    """For how many days a certificate issued on some day is valid, and who says so.

    `is_bound` is true where these are the most that the Forum allows, and ACM has not said for how
    many days its own will be.
    """

    days: int
    is_bound: bool
    source: Citation


def foreseen_validity(as_of: date = CHECKED, private: bool = False) -> Validity:
    """Return for how many days a certificate issued on a day is valid, as far as that is known.

    ACM's own number counts (facts 7.1 and 7.2), until the Forum allows a public certificate less
    (facts 7.3 and 7.4). Raises `ValueError` for a day before ACM was there.

    >>> from datetime import date
    >>> [foreseen_validity(date(year, 3, 15)).days for year in (2026, 2027, 2029)]
    [198, 100, 47]
    """
    own = (acm.PRIVATE_VALIDITY_DAYS if private else acm.VALIDITY_DAYS).era(as_of)
    bound = cabf.VALIDITY_DAYS.era(as_of)
    if private or own.value <= bound.value:
        return Validity(own.value, False, own.source)
    return Validity(bound.value, True, bound.source)


class Amount(Value):
    """A number that is known to lie between two; `most` is `None` where nothing bounds it.

    >>> Amount(2, 3) * Amount(4, 4) + Amount(1, 1)
    Amount(least=9, most=13)
    """

    least: float
    most: float | None = None

    def __add__(self, other: Amount) -> Amount:
        """Return the sum of two such numbers."""
        most = None if self.most is None or other.most is None else self.most + other.most
        return Amount(self.least + other.least, most)

    def __mul__(self, other: Amount) -> Amount:
        """Return the product of two such numbers, neither of them negative."""
        if 0 in {self.most, other.most}:
            return Amount(0, 0)
        most = None if self.most is None or other.most is None else self.most * other.most
        return Amount(self.least * other.least, most)

    def __or__(self, other: Amount) -> Amount:
        """Return the number that is one of two."""
        most = None if self.most is None or other.most is None else max(self.most, other.most)
        return Amount(min(self.least, other.least), most)


def renewal_pace(as_of: date = CHECKED, private: bool = False) -> Amount:
    """Return how often a year a certificate is renewed under the rules of a day.

    At the least, each is used up to its last day. At the most, each renewal succeeds on the day on
    which ACM begins it (`renewals_per_year`); how soon ACM will begin where it has not said for
    how many days a certificate is valid, nobody knows.

    >>> from datetime import date
    >>> pace = renewal_pace(date(2029, 3, 15))
    >>> round(pace.least, 1), pace.most
    (7.8, None)
    """
    validity = foreseen_validity(as_of, private)
    most = None if validity.is_bound else renewals_per_year(as_of, private)
    return Amount(_DAYS_OF_A_YEAR / validity.days, most)


class CertificateOrigin(Enum):
    """How a certificate came to be."""

    REQUESTED = "requested in ACM"
    IMPORTED = "imported"
    PRIVATE_CA = "issued through the API of a private CA"
    ACME = "issued through ACME"


class Eligibility(Value):
    """Whether ACM renews a certificate by itself, and what makes it or keeps it from that."""

    eligible: bool
    reasons: tuple[str, ...]
    source: Citation


def renewal_eligibility(
    origin: CertificateOrigin = CertificateOrigin.REQUESTED,
    *,
    in_use: bool = False,
    exported: bool = False,
    expired: bool = False,
    names: Iterable[str] = (),
) -> Eligibility:
    """Say whether ACM renews a certificate by itself (facts 7.7 and 7.8).

    `exported` means since it was issued or last renewed. `names` are as the certificate has them:
    an old one may have labels that are refused today. Raises `InvalidName` for a text that is no
    name for any other reason.

    >>> renewal_eligibility(in_use=True, expired=True).reasons
    ('expired',)
    """
    obstacles = _holding(
        acm.RENEWAL_INELIGIBLE.value,
        origin is CertificateOrigin.IMPORTED,
        expired,
        origin is CertificateOrigin.PRIVATE_CA,
        origin is CertificateOrigin.ACME,
        any(map(_has_refused_label, names)),
    )
    grounds = _holding(acm.RENEWAL_ELIGIBLE.value, in_use, exported)
    if not grounds:
        obstacles += (f"neither {' nor '.join(acm.RENEWAL_ELIGIBLE.value)}",)
    if obstacles:
        return Eligibility(False, obstacles, acm.RENEWAL_INELIGIBLE.source)
    return Eligibility(True, grounds, acm.RENEWAL_ELIGIBLE.source)


def _holding(words: tuple[str, ...], *holds: bool) -> tuple[str, ...]:
    return tuple(word for word, does in zip(words, holds, strict=True) if does)


def _has_refused_label(name: str) -> bool:
    try:
        parse_name(name)
    except InvalidName as error:
        if error.fault in {NameFault.RESERVED_LABEL, NameFault.BROKEN_A_LABEL}:
            return True
        raise
    return False


class RenewalAttempt(Enum):
    """One way in which ACM finds out whether a name still belongs to the owner."""

    HTTPS_PROBE = "each name, or its `www` twin, shows the same certificate over HTTPS"
    DNS_RECORD = "the record of each name is still there"
    HTTP_CONTENT = "the content of each name is still served"
    MAIL = "somebody approves each name by mail"


_ATTEMPTS = {
    ValidationMethod.DNS: RenewalAttempt.DNS_RECORD,
    ValidationMethod.HTTP: RenewalAttempt.HTTP_CONTENT,
    ValidationMethod.EMAIL: RenewalAttempt.MAIL,
}


def renewal_attempts(
    method: str | ValidationMethod | None = None, as_of: date = CHECKED
) -> tuple[RenewalAttempt, ...]:
    """Return what ACM tries on a day, in order, to renew a public certificate (fact 7.13).

    `method` is that of the certificate; without one, the attempts of all methods are given. Raises
    `ValueError` for a method that is none or not there on the day.

    >>> from datetime import date
    >>> [attempt.name for attempt in renewal_attempts(as_of=date(2017, 12, 1))]
    ['HTTPS_PROBE', 'DNS_RECORD', 'MAIL']
    >>> [attempt.name for attempt in renewal_attempts("DNS")]
    ['DNS_RECORD']
    """
    if method is None:
        methods = [each for each in _ATTEMPTS if method_refusal(each, as_of) is None]
    else:
        methods = [ValidationMethod(method)]
        if refusal := method_refusal(methods[0], as_of):
            raise ValueError(refusal[0])
    probed = acm.PROBED_METHODS.era(as_of).value
    own = tuple(_ATTEMPTS[each] for each in methods)
    if any(each.value in probed for each in methods):
        return (RenewalAttempt.HTTPS_PROBE, *own)
    return own


def failure_notice_days(as_of: date = CHECKED, private: bool = False) -> tuple[int, ...]:
    """Return on which days before the expiry AWS tells that a renewal failed (fact 7.12).

    Raises `ValueError` for a day of which that is not known.

    >>> failure_notice_days()
    (30, 15, 7, 3, 1)
    """
    return (
        (acm.PRIVATE_FAILURE_NOTICE_DAYS if private else acm.FAILURE_NOTICE_DAYS).era(as_of).value
    )
